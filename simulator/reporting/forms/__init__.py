"""How a report is written: one laid-out content as HTML, as PDF, as a Word document, and its numbers as a workbook and as plain tables.

``writers.py`` lists the forms; those of Word have a room of their own, ``simulator/reporting/word``.
"""
