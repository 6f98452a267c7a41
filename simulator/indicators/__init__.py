"""Measure rotation, leader bias, inflation and merit alignment in a history of awards.

*Which question does this package answer?* What a list of awards shows, simulated or real. *What does it refuse to know?* The
model that produced the list, and the rules behind it. *Where to start:* :mod:`simulator.indicators.panel` (who stood in line
with whom), then one family, for example :mod:`simulator.indicators.rotation`.

Every family is a pair: ``components`` adds up what is needed for each group (unit, year, or everything), and ``combine``
turns sums into indicators. So the value of the whole list, its course over the years, and its bootstrap by unit are the same
code over different sums.
"""
