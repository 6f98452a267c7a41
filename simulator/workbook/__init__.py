"""Meet Excel: everything that reads or writes a spreadsheet or a list of nominees.

*Which question does this package answer?* What do the cells of an office say, and how is a result written back into cells? *What does it refuse to
know?* What the rules make of a nominee: it hands a typed roster down and gets scores back. *Where to start:* :mod:`simulator.workbook.roster`, which
reads nominees, then :mod:`simulator.workbook.cells`, which reads a file nobody vouches for, and :mod:`simulator.workbook.template`, the sheet to fill.
"""
