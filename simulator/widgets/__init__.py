"""The workbench and the training session in the hand: a rule is turned, its effect is seen.

What question does this package answer? *What would this sentence do if it said something else?* A draft holds what was turned; controls offer what can be
turned; a panel shows either, and what comes of it.

What does it refuse to know? How a result is computed, and what a report looks like. What needs no picture imports no widget, so that it can be tested and
used without a browser.

Where does a newcomer start reading? ``draft.py`` for what is being written, ``controls.py`` for what can be turned.
"""
