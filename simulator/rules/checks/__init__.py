"""What can be wrong with rules that can be read: one question a file, one signature for all.

Every module here has ``check(subject) -> Iterator[Finding]``. ``simulator.rules.linting`` asks them all, in the order a jurist would: grounds,
references, numbers, ladder, exhortations, places, dates, overlays, wording.
"""
