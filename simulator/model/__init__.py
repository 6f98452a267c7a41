"""A year in the life of units and councils that nominate and decide under a criteria set.

*Which question does this package answer?* Who is awarded, year after year, when these people in these units meet these
rules. *What does it refuse to know?* That it is part of an experiment, and what anybody will measure afterwards. *Where to
start:* :meth:`simulator.model.model.AwardModel.step` reads as the schedule of the year; each line is one submodel.

This is the only package that imports Mesa. Units and councils are Mesa agents; members are columns, side by side by unit,
because two million agents are two million Python objects too many.
"""
