"""From a comparison to a report an office can put on the table.

What question does this package answer? *How does a result become a document?* A notebook template tells and shows its sections, a fresh kernel
executes it, and the sections are exported as one self-contained file.

What does it refuse to know? How to simulate: the simulation is finished before the notebook starts, and the notebook gets one path and one hash.

Where does a newcomer start reading? ``document.py`` for what a section holds, ``pages.py`` for the sections of the scenario report, then
``render.py`` and ``export.py``.
"""
