"""Because of which clause: the effect of an option split over the clauses it changes."""
