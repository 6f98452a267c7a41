"""From finished results to a report an office can put on the table.

What question does this package answer? *How does a result become a document?* Results and what was asked for become evidence; a notebook template tells it
in sections; the sections are laid out once; and every form (HTML, Word, PDF, the workbook of numbers) is written from that outline. A report carries its
evidence, so that it can be told anew and everything run again.

What does it refuse to know? How to simulate, and what the law says: a template computes nothing, and no form holds a sentence of its own.

Where does a newcomer start reading? ``evidence/contents.py`` for what a report stands on, ``document.py`` and ``outline.py`` for what it is made of,
``pages/`` for what it says, ``forms/`` and ``word/`` for how it is written, ``publishing.py`` for how it gets onto the shelf whole, ``verifying.py`` for how
it is checked.
"""
