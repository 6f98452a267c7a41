"""One replication of a scenario: what is run, what is read of it, and the name of its result for ever."""
