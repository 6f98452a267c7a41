"""Apply the law to a table of nominees.

*Which question does this package answer?* Who meets the conditions of an award, and how many places there are. *What does
it refuse to know?* Where the table came from: the same code reads simulated members and a real list of nominees. *Where to
start:* :mod:`simulator.scoring.eligibility`, then :mod:`simulator.scoring.quotas`.
"""
