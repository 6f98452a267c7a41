from __future__ import annotations

from dataclasses import replace

from simulator.experiments.runs.references import RESULTS, order_options
from simulator.presentation.results.reference_orders import has_references, references_table, say_references
from tests.presentation.specimen import specimen_comparison


def stable():
    comparison = specimen_comparison()
    return replace(comparison, references=[order for order in comparison.references if order.is_stable])


def test_an_order_that_stays_is_one_sentence():
    (sentence,) = say_references(stable(), "vi")
    assert sentence == (
        "Dù hiểu thành tích theo cách nào (kết quả công tác; kết quả và sáng kiến; các tiêu chí theo trọng số của cơ quan), không có hai phương án nào "
        "đổi chỗ cho nhau quá ngưỡng đáng kể, ở cả 2 chỉ số được đo."
    )


def test_two_that_change_places_are_named_with_their_indicator():
    first, *swaps = say_references(specimen_comparison(), "en")
    assert first.startswith("The order of options depends on what merit is taken to be")
    (swap,) = swaps
    assert swap.startswith(
        "Agreement of awards with merit: “Keep as is” lies above “Add letter 3959” where merit is the criteria as the office weighs"
    )
    assert swap.endswith("but below it where merit is results.")


def test_the_table_gives_values_and_places_and_says_of_each_indicator_whether_the_order_stays():
    table = references_table(specimen_comparison(), "vi")
    groups = {group.title: {row.header: row.cells for row in group.rows} for group in table.groups}
    assert table.columns == ("Phương án", "Kết quả công tác", "Kết quả và sáng kiến", "Các tiêu chí theo trọng số của cơ quan")
    assert list(groups) == [
        "Mức độ biểu hiện luân phiên: thứ tự chỉ khác ở mức dưới ngưỡng đáng kể",
        "Mức tăng khen thưởng vượt mức tăng thành tích (%/năm): thứ tự không đổi",
        "Mức phù hợp giữa khen thưởng và thành tích: thứ tự thay đổi",
    ]
    assert groups["Mức phù hợp giữa khen thưởng và thành tích: thứ tự thay đổi"]["Thêm Công văn 3959"] == (
        "0,30 (thứ 2)",
        "0,29 (thứ 2)",
        "0,26 (thứ 4)",
    )


def test_decimals_suffice_to_see_the_margin():
    comparison = specimen_comparison()
    options = [
        replace(option, indicators={name: replace(item, low=item.low - 5, high=item.high + 5) for name, item in option.indicators.items()})
        for option in comparison.options
    ]
    assert references_table(replace(comparison, options=options), "vi").groups[0].rows[0].cells[0] == "0,21 (thứ 2)"


def test_the_words_and_the_finding_agree():
    """Two options are said to change places exactly where the record says that some do."""
    comparison = specimen_comparison()
    ids = [option.id for option in comparison.options]
    for gap in (0.02, 0.04):
        runs = {
            option: [{RESULTS: dict.fromkeys(NAMES, 0.2 + gap * (k == 1)), "office": dict.fromkeys(NAMES, 0.2 - gap * (k == 1))}]
            for k, option in enumerate(ids)
        }
        orders = order_options(runs, dict.fromkeys(NAMES, 0.03))
        found = replace(comparison, references=[order for order in orders if order.indicator == "merit_kappa"])
        assert (len(say_references(found, "vi")) > 1) == (not found.references[0].is_stable) == (gap > 0.03)


NAMES = ("turn_taking_index", "equal_opportunity_difference", "excess_inflation", "merit_kappa")


def test_what_has_no_value_is_said_and_changes_no_places():
    comparison = specimen_comparison()
    kappa = comparison.references[-1]
    values = {reference: {**of, "letter-3959": None} for reference, of in kappa.values.items()}
    holed = replace(comparison, references=[replace(kappa, values=values, is_stable=True)])
    assert len(say_references(holed, "vi")) == 1
    assert references_table(holed, "vi").groups[0].rows[2].cells == ("không xác định",) * 3
    nowhere = replace(kappa, values={reference: dict.fromkeys(of) for reference, of in kappa.values.items()}, is_stable=True)
    assert references_table(replace(comparison, references=[*holed.references, nowhere]), "vi").groups == references_table(holed, "vi").groups


def test_one_option_or_one_reference_is_nothing_to_compare():
    comparison = specimen_comparison()
    assert has_references(comparison)
    assert not has_references(replace(comparison, options=comparison.options[:1]))
    assert not has_references(replace(comparison, references=[]))
    alone = [replace(order, values={"results": order.values["results"]}) for order in comparison.references]
    assert not has_references(replace(comparison, references=alone))


def test_where_a_value_is_missing_nothing_is_said_to_stay():
    comparison = specimen_comparison()
    kappa = comparison.references[-1]
    values = {reference: {**of, "letter-3959": None} for reference, of in kappa.values.items()}
    unknown = replace(kappa, values=values, is_stable=None)
    alone = replace(comparison, references=[unknown])
    assert say_references(alone, "en") == ["Not known, because a value is undefined for some option: Agreement of awards with merit."]
    assert references_table(alone, "vi").groups[0].title.endswith(": chưa kết luận được vì có giá trị không xác định")
    same, open_question = say_references(replace(stable(), references=[*stable().references, unknown]), "en")
    assert "any of the 2 indicators" in same
    assert open_question.startswith("Not known")
    assert len(say_references(replace(comparison, references=[*comparison.references, unknown]), "vi")) == 3
