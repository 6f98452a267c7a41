"""Small award lists as offices keep them, and the reports made of them without a kernel."""

from __future__ import annotations

import csv
import random
from functools import lru_cache

from simulator.reporting.evidence.contents import Asked, read_evidence
from simulator.reporting.evidence.register import register_evidence
from simulator.reporting.outline import lay_out
from simulator.reporting.pages.register import RegisterPages

ORDER = ["front", "contents", "results", "years", "mix", "reading", "needs", "limits", "annex", "provenance"]
"""The sections of a register report."""
AWARD = "chien-si-thi-dua-co-so"


def write_register(path, *, years=range(2018, 2023), units=24, size=14, n_awards=3, roles=("head", "deputy", "deputy", "staff"), seed=1, columns=()):
    """Write a list with merit that lasts, in which the better are likelier to be awarded; people are called by names nobody may repeat."""
    luck = random.Random(seed)  # noqa: S311 - the luck of a test is no secret
    rows = []
    for unit in range(units):
        people = [(f"Nguyễn Văn Mẫu {unit}-{seat}", luck.gauss(0, 1), roles[seat] if seat < len(roles) else "direct") for seat in range(size)]
        for year in years:
            ranked = sorted(people, key=lambda person: -person[1] - luck.gauss(0, 0.5))
            for person in people:
                award = AWARD if person in ranked[:n_awards] else ""
                row = {"year": year, "unit_id": f"Phòng {unit}", "member_id": person[0], "role": person[2], "award": award}
                told = {"merit": f"{person[1]:.2f}".replace(".", ","), "level": "1" if award else "", "track": "annual" if award else ""}
                rows.append(row | {name: told.get(name, "x") for name in columns})
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=["year", "unit_id", "member_id", "role", "award", *columns], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


def evidence_of_register(path, *, lang="vi", date="", is_anonymous=False, is_complete=False, seed=None, **files):
    """Measure a list for a report."""
    asked = Asked("", lang=lang, date=date, is_anonymous=is_anonymous, is_complete=is_complete, seed=seed)
    return register_evidence(path, asked=asked, **files)


def outline_of_register(evidence, lang=None):
    """Lay a register report out without a kernel; the same one only once, for tests leave it as it is."""
    return _laid_out(evidence.to_json(), lang or evidence.asked.lang)


@lru_cache(maxsize=8)
def _laid_out(said, lang):
    evidence = read_evidence(said)
    pages = RegisterPages(evidence, lang, evidence.asked.date)
    return lay_out([getattr(pages, name)() for name in ORDER])
