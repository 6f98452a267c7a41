"""Scores of real nominees in words: who comes where, why, by which clause, and what would change it."""
