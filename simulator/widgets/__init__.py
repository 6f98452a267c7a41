"""The workbench and the training session in the hand: a rule is turned, its effect is seen.

What question does this package answer? *What would this sentence do if it said something else?* A draft holds what was turned; a page offers what can be
turned and shows what comes of it; a server brings the page to a browser.

What does it refuse to know? How a result is computed, and what a report looks like.

Where does a newcomer start reading? ``drafting/draft.py`` for what is being written, ``workbench/page.py`` for what is shown.
"""
