"""Questions put to the model: scenarios, paired runs, and what they show.

What question does this package answer? *What does a change of rules do, on the same people and the same luck?*
It plans runs, runs them, and compares each option with the rules it starts from.

What does it refuse to know? Words and pictures: results leave here as records of numbers and keys, and
``simulator.presentation`` turns them into sentences, tables and figures. It also never decides an award itself.

Where does a newcomer start reading? ``results.py``, which says what a comparison holds; then ``scenario.py``.
"""
