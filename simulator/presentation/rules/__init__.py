"""A rule in words: a condition, a clause, its source, a set beside another, and what rounding does to its shares."""
