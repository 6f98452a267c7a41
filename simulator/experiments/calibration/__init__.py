"""Whether the model shows what is known: patterns read from small worlds, and what they should read. Used by ``benchmarks/match_history.py``."""
