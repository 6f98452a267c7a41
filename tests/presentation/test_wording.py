from __future__ import annotations

import re
from dataclasses import replace

import pytest

from simulator.experiments.mathematics.statistics import COMPARED
from simulator.experiments.results.comparison import STRUCTURES_CAVEAT, Estimate
from simulator.model.behaviour import Behaviour
from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.numbers import Scale
from simulator.presentation.wording import (
    DEFAULT_STRUCTURE,
    award_kind,
    column_heads,
    compared_names,
    course_margin,
    course_name,
    course_scale,
    difference_format,
    headline_names,
    in_both,
    indicator_name,
    is_of_collectives,
    list_words,
    measured,
    name_in,
    not_clear_meaning,
    other_options,
    quoted,
    scale_of,
    sentence_case,
    value_format,
    verdict_words,
    with_unit,
    words_in,
)
from simulator.rules.values import Text
from tests.presentation.specimen import specimen_comparison

OFFICIAL = {
    "turn_taking_index": "mức độ biểu hiện luân phiên",
    "last_winner_penalty": "mức giảm khả năng được khen của người vừa được khen",
    "equal_opportunity_difference": "chênh lệch tỷ lệ được khen giữa lãnh đạo, quản lý và người lao động trực tiếp khi thành tích tương đương",
    "leader_share": "tỷ lệ lãnh đạo, quản lý trong số được khen",
    "excess_inflation": "mức tăng khen thưởng vượt mức tăng thành tích",
    "award_rate": "tỷ lệ được khen trên số thuộc diện xét",
    "merit_kappa": "mức phù hợp giữa khen thưởng và thành tích",
    "merit_ceiling": "mức phù hợp tối đa với độ tin cậy thẩm định hiện có",
    "ratchet_index": "xu hướng khen lần sau cao hơn lần trước",
    "time_to_award_months": "thời gian từ khi lập thành tích đến khi có quyết định",
    "recognised_within_12_months": "tỷ lệ được khen kịp thời trong 12 tháng",
    "discovery_recall": "tỷ lệ nhân tố mới được phát hiện, khen thưởng",
    "awards_owed_to_chasing": "phần khen thưởng dựa trên thành tích kê khai chưa được xác minh",
}
# "chạy" alone is a plain verb; what must never be said is said of awards and achievements.
BANNED = ("thiên vị", "lạm phát", "may rủi", "xổ số", "chạy", "con dấu", "giấy chứng nhận")
OUR_KEYS = ("report.", "table.", "figure.", "indicator.", "verdict.", "caveat.", "cli.")


@pytest.mark.parametrize(("name", "words"), OFFICIAL.items())
def test_indicators_have_the_names_an_office_can_sign(name, words):
    assert indicator_name(name, "vi") == words


def test_the_default_structure_is_that_of_the_model():
    assert Behaviour().structure == DEFAULT_STRUCTURE
    assert not Behaviour().learns


def test_verdicts_and_causes_have_their_official_words():
    assert [catalogue("vi")[f"verdict.{verdict}"] for verdict in ("clear", "small", "not-clear")] == ["rõ", "nhỏ", "chưa đủ căn cứ"]
    parts = [catalogue("vi")[f"table.mix.{cause}"] for cause in ("merit", "turn", "post", "unexplained")]
    assert parts == ["theo thành tích", "theo thứ tự luân phiên", "gắn với chức vụ", "chưa giải thích được"]


@pytest.mark.parametrize("word", BANNED)
def test_no_banned_word_is_in_the_catalogue(word):
    assert [key for key, text in catalogue("vi").items() if key.startswith(OUR_KEYS) and word in text.lower()] == []


def test_every_specimen_indicator_has_a_name_in_both_languages():
    for name in specimen_comparison().options[0].indicators:
        assert indicator_name(name, "vi") != indicator_name(name, "en")


def test_the_baseline_is_no_other_option():
    assert [option.id for option in other_options(specimen_comparison())] == ["plan-115", "letter-3959", "both"]


def test_a_verdict_names_its_nature_unless_it_is_not_clear():
    indicator = specimen_comparison().option("letter-3959").indicators["turn_taking_index"]
    assert verdict_words(indicator, "vi") == "rõ (do giả định)"
    assert verdict_words(replace(indicator, verdict="small", nature="arithmetic"), "en") == "small (rule)"
    astride = replace(indicator, verdict="not clear", difference_low=-0.1, difference_high=0.1)
    assert verdict_words(astride, "vi") == "chưa đủ căn cứ"
    assert verdict_words(replace(astride, difference_low=None), "vi") == "chưa đủ căn cứ"


def test_what_is_not_clear_says_why():
    below = replace(specimen_comparison().option("letter-3959").indicators["turn_taking_index"], verdict="not clear")
    assert verdict_words(below, "vi") == "giảm, chưa chắc đạt ngưỡng"
    assert verdict_words(replace(below, difference_low=0.01, difference_high=0.1), "en") == "up, perhaps below the margin"
    differing = replace(below, caveat=STRUCTURES_CAVEAT)
    assert verdict_words(differing, "vi") == "chưa đủ căn cứ (khác nhau giữa các giả thuyết hành vi)"
    assert verdict_words(differing, "vi", is_brief=True) == "chưa đủ căn cứ"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_words_for_a_sure_direction_are_explained_where_they_stand(lang):
    clear = specimen_comparison().option("letter-3959").indicators["turn_taking_index"]
    below = replace(clear, verdict="not clear")
    words = verdict_words(below, lang).split(", ")[1]
    assert words in not_clear_meaning([clear, below], lang)
    assert words not in not_clear_meaning([clear], lang)


def test_formats_follow_intervals_but_show_a_difference_of_one_margin():
    items = measured(specimen_comparison(), "turn_taking_index")
    assert value_format("turn_taking_index", items, "vi").places == 2
    wide = [replace(item, low=0.0, high=1.0, difference_low=-1.0, difference_high=1.0) for item in items]
    assert value_format("turn_taking_index", wide, "vi").places == 2
    assert difference_format("turn_taking_index", wide, "vi").places == 2
    coarse = [replace(item, margin=1.0) for item in wide]
    assert value_format("turn_taking_index", coarse, "vi").places == 1
    assert difference_format("turn_taking_index", coarse, "vi").places == 0


def test_a_yearly_growth_is_followed_as_a_total():
    assert scale_of("excess_inflation") is Scale.PERCENT_A_YEAR
    assert course_scale("excess_inflation") is Scale.PERCENT
    assert course_margin("excess_inflation", 0.02, 10) == pytest.approx(0.2)
    assert course_name("excess_inflation", "vi") != indicator_name("excess_inflation", "vi")
    assert course_name("turn_taking_index", "vi") == indicator_name("turn_taking_index", "vi")
    assert course_margin("turn_taking_index", 0.05, 10) == 0.05


@pytest.mark.parametrize(("unit", "text"), [("%", "5%"), ("%/năm", "5%/năm"), ("điểm %", "5\u00a0điểm %"), ("", "5")])
def test_units_follow_numbers_as_written(unit, text):
    assert with_unit("5", unit) == text


@pytest.mark.parametrize(("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a và b"), (["a", "b", "c"], "a, b và c")])
def test_lists_are_joined_as_read_aloud(words, text):
    assert list_words(words, "vi") == text


def test_titles_are_quoted():
    assert quoted(["A", "B"], "vi") == "“A” và “B”"
    assert quoted(["A", "B"], "en") == "“A” and “B”"
    assert quoted(["A", "B"], "en", "tipping.or") == "“A” or “B”"


def test_only_the_first_letter_is_raised():
    assert sentence_case("đơn vị Hà Nội") == "Đơn vị Hà Nội"
    assert not sentence_case("")


def test_heads_of_columns_begin_as_sentences_do():
    assert column_heads("table", ("value", "measure.n"), "vi") == tuple(
        sentence_case(translate(key, "vi")) for key in ("table.value", "table.measure.n")
    )
    assert all(head[0].isupper() for head in column_heads("table.held", ("indicator", "usual", "verdict"), "vi"))


def test_no_message_has_a_straight_quote_or_a_hyphen_for_a_minus():
    for lang in ("vi", "en"):
        wrong = [
            key for key, text in catalogue(lang).items() if key.startswith(("report.", "figure.", "table.")) and re.search(r'"|(?<![\w])-\d', text)
        ]
        assert wrong == []


def test_formats_survive_missing_intervals():
    assert value_format("merit_kappa", [], "vi").places == 2
    assert Estimate(None, None, None, 0).caveat is None


def test_a_comparison_that_knows_kinds_of_unit_but_no_posts_is_of_collectives():
    people = specimen_comparison()
    assert not is_of_collectives(people)
    collectives, unknown = (
        replace(people, options=[replace(option, by_group=by_group) for option in people.options])
        for by_group in ({"unit_kind": people.options[0].by_group["unit_kind"]}, {})
    )
    assert is_of_collectives(collectives)
    assert not is_of_collectives(unknown)
    assert name_in(collectives, "effective_winners", "vi").startswith("số tập thể được khen trong một cụm, khối")
    assert name_in(collectives, "gini", "vi") == name_in(people, "gini", "vi") == indicator_name("gini", "vi")
    assert name_in(people, "effective_winners", "en") == indicator_name("effective_winners", "en")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Chiến sĩ thi đua cơ sở", "danh hiệu"),
        ("Giấy khen đột xuất", "hình thức khen thưởng"),
        ("Huân chương Lao động hạng Ba", "hình thức khen thưởng"),
    ],
)
def test_an_award_is_a_title_or_a_commendation(title, kind):
    assert award_kind({"vi": title, "en": ""}, "vi") == kind
    assert award_kind(None, "vi") == "loại khen thưởng"


def of_collectives():
    """Give the specimen as a comparison of collectives: no posts, and nothing known of leaders."""
    comparison = specimen_comparison()
    nothing = {"value": None, "lawful_best": None, "difference": None, "difference_low": None, "difference_high": None}
    options = [
        replace(
            option,
            by_group={"unit_kind": option.by_group["unit_kind"]},
            indicators={**option.indicators, "equal_opportunity_difference": replace(option.indicators["equal_opportunity_difference"], **nothing)},
            by_year={**option.by_year, "equal_opportunity_difference": [replace(option.by_year["turn_taking_index"][0], value=None)]},
        )
        for option in comparison.options
    ]
    return replace(comparison, options=options)


def test_an_entry_is_given_in_both_languages_with_the_title_it_names():
    assert in_both("figure.trial.after") == Text(vi="Bản thảo", en="Draft")
    named = in_both("criteria.overlay.title", Text(vi="Tên", en="Name"))
    assert "Tên" in named.vi
    assert "Name" in named.en


def test_collectives_are_not_called_people():
    assert words_in(specimen_comparison(), "group.note.hidden", "vi").startswith("“Không nêu”: nhóm có dưới 5 người")
    assert words_in(of_collectives(), "group.note.hidden", "vi").startswith("“Không nêu”: nhóm có dưới 5 tập thể")
    assert words_in(of_collectives(), "verdict.clear", "vi") == words_in(specimen_comparison(), "verdict.clear", "vi")


def test_what_says_nothing_of_collectives_is_left_out():
    assert compared_names(specimen_comparison()) == list(COMPARED)
    assert compared_names(of_collectives()) == [name for name in COMPARED if name != "equal_opportunity_difference"]
    assert headline_names(of_collectives()) == ["turn_taking_index", "excess_inflation"]
    unknown = [replace(option, by_year={"turn_taking_index": [Estimate(None, None, None, 0)]}) for option in specimen_comparison().options]
    assert headline_names(replace(specimen_comparison(), options=unknown)) == ["turn_taking_index"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_sentence_for_collectives_stands_beside_one_for_people(lang):
    keys = [key for key in catalogue(lang) if key.endswith(".collective") and not key.startswith(("clause.", "set."))]
    assert len(keys) >= 8
    assert [key for key in keys if key.removesuffix(".collective") not in catalogue(lang)] == []
    allowed = re.compile(r"\(gồm {members} người\)|con người|người lao động trực tiếp")  # members of the collectives, not those awarded
    assert [key for key in keys if lang == "vi" and "người" in allowed.sub("", catalogue(lang)[key])] == []
