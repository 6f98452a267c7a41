"""Numbers only: intervals, space-filling points, emulators, peeling, Shapley values; nothing here knows a rule, a scenario or a model.

Every module can be checked against an answer known exactly, or against another library, without running anything.
"""
