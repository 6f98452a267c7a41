"""Every option beside the baseline, on the same people and the same luck: altogether, by group, under other structures of behaviour, at once on a small population."""
