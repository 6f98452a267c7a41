"""Footnotes say what numbers stand on where that is not the usual, and keep silent elsewhere."""

from __future__ import annotations

from dataclasses import replace

from simulator.experiments.results.stopping import Stopping, WideDifference
from simulator.presentation.footnotes import few_replications_notes, override_notes, replication_notes, stopping_notes, thinned_notes
from simulator.presentation.results.annex_tables import annex_tables
from simulator.presentation.results.tables import draw_table
from tests.presentation.specimen import specimen_comparison


def test_numbers_on_fewer_members_than_the_scenario_has_say_on_how_many():
    (note,) = thinned_notes(2_000, 20_000, "vi")
    assert "2.000" in note
    assert "20.000" in note
    assert thinned_notes(2_000, 2_000, "vi") == thinned_notes(None, None, "vi") == []


def test_seven_replications_are_few_and_eight_are_not():
    assert few_replications_notes(7, "vi") == ["Chỉ có 7 lượt mô phỏng cho mỗi phương án: chỉ để xem qua, chưa nên kết luận."]
    assert few_replications_notes(8, "vi") == []


def stopped(reason, cap=20, **wide):
    """Give the specimen with replications that stopped; wide: indicator → half-width."""
    found = [WideDifference("plan", name, half, 0.01) for name, half in wide.items()]
    return replace(specimen_comparison(), stopping=Stopping(reason, cap, wide=found))


def test_why_replications_stopped_is_told_where_they_stopped_by_themselves():
    (precise,) = stopping_notes(stopped("precise", 200), "en")
    assert precise.startswith("The number of replications was not fixed beforehand: they stopped after 20 (at most 200), when ")
    (held,) = stopping_notes(stopped("cap"), "en")
    assert held == "Replications stopped at their most, 20, before the differences in the main indicators had stayed precise for 5 more."
    (wide,) = stopping_notes(stopped("cap", turn_taking_index=0.02), "vi")
    assert "nhiều nhất là 20; chênh lệch về mức độ biểu hiện luân phiên chưa đạt độ chính xác cần thiết" in wide
    assert wide in draw_table(stopped("cap", turn_taking_index=0.02), "vi").notes


def test_nothing_is_told_where_their_number_was_fixed_or_too_small_to_stop():
    for comparison in (specimen_comparison(), stopped("asked"), stopped("cap", 14, turn_taking_index=0.02)):
        assert stopping_notes(comparison, "vi") == []
    assert stopping_notes(stopped("cap", 15), "vi")


def overridden():
    comparison = specimen_comparison()
    turns, reliability = comparison.assumptions
    title = {"vi": "Mức đơn vị xét theo thứ tự luân phiên (s)", "en": "How much units award by turn (s)"}
    return replace(comparison, assumptions=[replace(turns, title=title, value=0.4, default=0.25), replace(reliability, default=0.52)])


def test_an_assumption_the_scenario_changes_is_named_with_its_value_and_the_usual_one():
    (note,) = override_notes(overridden(), "vi")
    assert note == (
        "Kịch bản này đặt giá trị khác mặc định cho các giả định: “Mức đơn vị xét theo thứ tự luân phiên” là 0,4 (mặc định 0,25); "
        "“Độ tin cậy của một lần thẩm định” là 0,45 (mặc định 0,52)."
    )
    assert "“Reliability of one appraisal” is 0.45 (default 0.52)" in override_notes(overridden(), "en")[0]
    assert note in draw_table(overridden(), "vi").notes


def test_a_scenario_that_changes_none_says_nothing_of_it():
    assert override_notes(specimen_comparison(), "vi") == []


def partly_defined(**counts):
    """Return the specimen with all numbers over all 20 replications, but for one indicator of the last two options."""
    comparison = specimen_comparison()
    everywhere = {"n": 20, "value_n": 20, "lawful_best_n": 20}
    options = [
        replace(
            option,
            indicators={
                name: replace(item, **everywhere) if position < 2 or name != "leader_share" else replace(item, **everywhere | counts)
                for name, item in option.indicators.items()
            },
        )
        for position, option in enumerate(comparison.options)
    ]
    return replace(comparison, options=options)


def test_a_number_over_fewer_replications_says_over_how_many(monkeypatch):
    comparison = partly_defined(n=15, value_n=17)
    (note,) = replication_notes(comparison, ["turn_taking_index", "leader_share"], "vi")
    assert note == (
        "Có số liệu chỉ tính được ở một phần trong 20 lượt mô phỏng, các lượt còn lại không xác định: tỷ lệ lãnh đạo, quản lý trong số được khen, "
        "phương án “Thêm Công văn 3959” và “Thêm cả hai văn bản”: giá trị theo 17 lượt, chênh lệch theo 15 lượt."
    )
    assert note in draw_table(comparison, "vi").notes
    monkeypatch.setattr("simulator.presentation.results.annex_tables.shown_names", lambda _comparison: [])
    assert [table.id for table in annex_tables(comparison, "vi") if note in table.notes] == ["annex-leaders"]
    assert replication_notes(comparison, ["turn_taking_index"], "vi") == []
    assert "lawful best over 3" in replication_notes(partly_defined(lawful_best_n=3), ["leader_share"], "en")[0]


def test_numbers_over_all_replications_or_over_none_need_no_note():
    assert replication_notes(partly_defined(), ["leader_share"], "vi") == []
    assert replication_notes(partly_defined(n=0, value_n=0), ["leader_share"], "vi") == []
    assert replication_notes(specimen_comparison(), ["leader_share"], "vi") == []


def test_the_reference_alone_is_not_said_to_lack_a_difference():
    whole = specimen_comparison()
    reference = whole.options[0]
    share = replace(reference.indicators["leader_share"], n=15, value_n=17, lawful_best_n=20)
    alone = replace(whole, options=[replace(reference, indicators={"leader_share": share})])
    (note,) = replication_notes(alone, ["leader_share"], "en")
    assert "value over 17" in note
    assert "difference" not in note
