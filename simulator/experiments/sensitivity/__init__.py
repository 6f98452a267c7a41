"""Depending on what: each assumption one at a time, and everything that nobody knows varied at once."""
