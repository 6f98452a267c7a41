"""Questions put to the model: scenarios, paired runs, and what they show.

What question does this package answer? *What does a change of rules do, on the same people and the same luck?*
It plans runs, runs them, and compares each option with the rules it starts from.

What does it refuse to know? Words and pictures: results leave here as records of numbers and keys, and
``simulator.presentation`` turns them into sentences, tables and figures. It also never decides an award itself.

Where does a newcomer start reading? ``results/comparison.py``, which says what a comparison holds; then ``scenarios/scenario.py``, ``runs/run.py`` and
``comparing/compare.py``. Every other question a drafter asks has a room of its own: because of which clause (``attribution``), depending on what
(``sensitivity``), where it tips over (``tipping``), what a list can show (``power``), what paper it takes (``paperwork``).
"""
