"""The training session: eight short exercises, marking in common, a seat as the head of a unit, and a sheet to print.

What question does this room answer? *What has this person tried, foreseen and understood?* Every number is computed when it is asked for; no result is
written down beforehand.

What does it refuse to know? Who the trainee is: a name is written by hand on the printed sheet, and stands in no file.

Where does a newcomer start reading? ``exercises/`` for what is asked, one file each; ``exercise.py`` for what such a file may say; ``page.py`` for what is shown.
"""
