from __future__ import annotations

import pytest

from simulator.rules.citation import Instrument, InstrumentRegister
from simulator.rules.linting import lint
from simulator.rules.values import Text
from tests.rules.specimen import OVERLAY, SET, line_of, replace, stack_texts
from tests.rules.table_specimen import at


def instrument(kind):
    words = Text(vi="Văn bản", en="Instrument")
    return Instrument(kind=kind, title=words, issuer=words, status="in-force", confidence="read")


REGISTER = InstrumentRegister({"decree-example": instrument("decree"), "letter-example": instrument("letter"), "law-example": instrument("law")})
LIMIT = "limit: {share: 0.4, source: {instrument: decree-example, confidence: read}}"


def found(*texts):
    return [(finding.code, finding.file, finding.line) for finding in lint(stack_texts(*texts), register=REGISTER, assumption_ids=["rank_weight"])]


def raising(ground):
    return replace(OVERLAY, "share: 0.3", f"share: 0.6\n        {ground}").replace(
        "checked_on: 2026-10-01\n", "checked_on: 2026-10-01\ninstruments: [letter-example, law-example]\n"
    )


def test_a_quota_above_what_a_higher_instrument_allows():
    text = replace(SET, "share: 0.5", f"share: 0.5\n        {LIMIT}")
    assert found(text) == [("RL353", "layer-0.yaml", line_of(text, "share: 0.5"))]
    assert found(text.replace("limit: {share: 0.4", "limit: {share: 0.5")) == []
    assert found(text.replace("limit: {share: 0.4", "limit: {places: 4")) == [], "a share and a number are not compared"


@pytest.mark.parametrize(("own", "codes"), [("letter-example", ["RL354"]), ("law-example", []), ("decree-example", [])])
def test_an_overlay_that_raises_a_quota_above_a_higher_instrument(own, codes):
    text = raising(f"source: {{instrument: {own}, confidence: read}}")
    findings = [finding for finding in lint(stack_texts(SET, text), register=REGISTER) if finding.code not in {"RL304", "RL303"}]
    assert [finding.code for finding in findings] == codes
    if codes:
        assert (findings[0].file, findings[0].line) == ("layer-1.yaml", line_of(text, "share: 0.6"))
        assert findings[0].fields["former"] == "decree-example"


def test_raised_on_an_assumption_it_is_only_doubtful_and_lowered_it_is_fine():
    text = raising('assumption: {vi: "Thử", en: "Trial"}')
    assert [finding.code for finding in lint(stack_texts(SET, text), register=REGISTER) if finding.code != "RL304"] == ["RL355"]
    assert [code for code, _file, _line in found(SET, replace(text, "share: 0.6", "share: 0.4")) if code != "RL304"] == []


def test_raised_without_any_ground_of_its_own_is_one_finding():
    text = replace(OVERLAY, "share: 0.3", "share: 0.6")
    assert [code for code, _file, _line in found(SET, text)] == ["RL325"]


CAP = '      cap: {kind: leader-cap, title: {vi: "Trần", en: "Cap"}, assumption: {vi: "A", en: "B"}, share: 0.1, pooling: all}\n'
FLOOR = CAP.replace("cap: {kind: leader-cap", "more: {kind: direct-worker-floor")


def test_a_floor_and_a_cap_of_the_same_posts():
    counted = "share: 0.2\n        pooling: unit\n        counts_as_direct: [head, deputy]"
    text = replace(SET + CAP, "share: 0.2\n        pooling: unit", counted).replace("pooling: unit\n        counts", "pooling: all\n        counts")
    assert found(text) == [("RL356", "layer-0.yaml", line_of(text, "share: 0.2"))]
    assert found(text.replace("[head, deputy]", "[direct, staff]")) == []


def test_floors_that_take_more_than_everything():
    text = replace(
        SET + FLOOR.replace("share: 0.1", "share: 0.85, counts_as_direct: [head]"),
        "share: 0.2\n        pooling: unit",
        "share: 0.2\n        pooling: all",
    )
    assert [code for code, _file, _line in found(text)] == ["RL356"]
    assert found(text.replace("share: 0.85", "share: 0.8")) == []
    assert found(text.replace("counts_as_direct: [head]", "counts_as_direct: [direct]")) == [], "both may be the same people"


@pytest.mark.parametrize(
    ("old", "new"),
    [("multiple: 1.0", "multiple: 0"), ("share: 0.2\n", "share: 0\n")],
)
def test_what_rules_nothing(old, new):
    text = replace(SET, old, new)
    assert found(text) == [("RL344", "layer-0.yaml", line_of(text, new))]


def test_a_quota_of_everybody_rules_nothing_and_one_of_all_holders_may():
    text = replace(SET, "share: 0.5\n        of: {holders_of: worker}", "share: 1\n        of: {holders_of: worker}")
    assert found(text) == []
    text = replace(text, "share: 1\n        of: {holders_of: worker}", "share: 1")
    assert found(text) == [("RL344", "layer-0.yaml", line_of(text, "share: 1\n"))]


def test_a_slack_cap_and_no_rest():
    slack = CAP.replace("share: 0.1", "share: 1")
    rest = '      rest: {kind: cooling-off, title: {vi: "Nghỉ", en: "Rest"}, assumption: {vi: "A", en: "B"}, years: 0}\n'
    assert [code for code, _file, _line in found(SET + slack + rest)] == ["RL344", "RL344"]


def test_shares_out_of_range_are_told_once_wherever_they_stand():
    at("vote: {threshold: 0.9", "vote: {threshold: 90", "RL307")
    at("at_least_share: 0.85", "at_least_share: 85", "RL307")


def test_leaders_counted_as_direct_workers():
    text = replace(
        SET, "        share: 0.2\n        pooling: unit\n", "        share: 0.2\n        counts_as_direct: [direct, deputy]\n        pooling: unit\n"
    )
    found = [(finding.code, finding.fields["found"]) for finding in lint(stack_texts(text)) if finding.code == "RL376"]
    assert found == [("RL376", "@deputy")]
