"""The law, read from YAML: what a clause is, where it comes from, and what is wrong with it.

The question this room answers: what does this criteria set say, clause by clause, with which source, and can it be relied upon? It refuses to know
people, scores and arithmetic: nothing here imports numpy, and nothing here decides who gets an award.

A newcomer starts with ``schema`` (what a file may say), then ``loading`` (from an expression such as ``decree-91+hanoi-letter-3959`` to one
:class:`~simulator.rules.criteria.CriteriaSet`), then ``linting`` (what is wrong or doubtful in it).
"""
