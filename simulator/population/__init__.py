"""Units and the people in them, before anything is decided.

*Which question does this package answer?* How many units of which kind and size, and who leads, serves and works in them.
*What does it refuse to know?* Merit, rules and awards. *Where to start:* :mod:`simulator.population.spec`.
"""
