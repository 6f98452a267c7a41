"""Where words and pictures begin.

What question does this package answer? *How does a reader see a result?* As a sentence, a table, a figure or a formatted number, in Vietnamese or
English. Every sentence stands in ``messages/``; the code only chooses which one is true.

What does it refuse to know? How results come about. It reads finished records and never runs, measures or decides anything.

Where does a newcomer start reading? ``messages/vi.yaml`` for the words, ``wording.py`` for how a true sentence is chosen, ``table_layout.py`` and
``style.py`` for what every table and figure is made of; then the room of the subject: ``rules/``, ``scores/``, ``results/`` or ``registers/``.
"""
