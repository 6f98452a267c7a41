"""What a register shows, as a table: indicators by the question they answer, with interval, and caveats in words below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import NumberFormat, Scale, format_count, format_number, is_undefined, places_for
from simulator.presentation.registers.anonymity import HIDDEN
from simulator.presentation.registers.measurement_sentences import interval_words
from simulator.presentation.table_layout import Group, Row, Table
from simulator.presentation.wording import CAUSES, award_kind, column_heads, indicator_name, pick, say_shares_outside, scale_of, sentence_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.experiments.results.records import BilingualText
    from simulator.indicators.measurement import Measured, Measurement
    from simulator.presentation.numbers import Lang

QUESTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "rotation": ("turn_taking_index", "last_winner_penalty", "repeat_deficit", "win_dispersion"),
    "leaders": (
        "equal_opportunity_difference",
        "post_worth",
        "leader_risk_ratio",
        "unexplained_gap",
        "leader_share",
        "direct_worker_share",
    ),
    "volume": (
        "excess_inflation",
        "award_volume_growth",
        "award_level_growth",
        "award_rate",
        "five_year_coverage",
        "fill_rate",
        "approval_rate",
        "ratchet_index",
    ),
    "merit": ("merit_kappa", "merit_ceiling", "precision_at_k", "regret"),
    "concentration": ("gini", "effective_winners"),
    "timeliness": ("time_to_award_months", "recognised_within_12_months", "discovery_recall"),
    "work": ("awards_owed_to_chasing", "dossiers", "cost_vnd"),
}
"""Group → the indicators that answer its question, in the order in which they are printed."""
TRACKS: Final = ("annual", "ad_hoc", "thematic")
_LEAST_P: Final = 0.001
OTHER: Final = "other"
"""Group of the indicators that answer none of these questions."""


def measurement_table(measurement: Measurement, lang: Lang, award_title: BilingualText | None = None) -> Table:
    """Return what a register shows: each indicator with its interval, the allocation mix per 100 awards, and the caveats in words below.

    Parameters
    ----------
    measurement
        What was measured.
    lang
        Language.
    award_title
        Title of the award; without one, the register's own word for it is shown.
    """
    notes = _Notes(lang)
    of_question = {name: question for question, names in QUESTIONS.items() for name in names}
    rows: dict[str, list[Row]] = {question: [] for question in (*QUESTIONS, OTHER)}
    for name in (*of_question, *(name for name in measurement.indicators if name not in of_question)):
        if name in measurement.indicators:
            row = _row(indicator_name(name, lang), scale_of(name), measurement.indicators[name], notes)
            rows[of_question.get(name, OTHER)].append(row)
    mix = [
        _row(translate(f"table.mix.{cause}", lang), Scale.PERCENT, measurement.allocation_mix[cause], notes)
        for cause in CAUSES
        if cause in measurement.allocation_mix
    ]
    titled = {translate(f"table.measure.group.{question}", lang): found for question, found in rows.items()}
    titled[translate("figure.mix.title", lang)] = mix
    groups = tuple(Group(title, tuple(found)) for title, found in titled.items() if found)
    columns = column_heads("table", ("indicator", "value", "interval", "measure.n", "measure.caveat"), lang)
    outside = {text for part in measurement.allocation_mix.values() for text in say_shares_outside([part.value], lang, _places(part, Scale.PERCENT))}
    is_split = any(not is_undefined(part.value) for part in measurement.allocation_mix.values())
    below = (*notes.texts, *_of_the_list(measurement, lang), *((translate("report.mix.intro", lang),) if is_split else ()), *outside)
    return Table(
        "measurement", lang, _caption(measurement, award_title, lang), columns, groups, (*below, translate("table.measure.observations", lang))
    )


def _caption(measurement: Measurement, award_title: BilingualText | None, lang: Lang) -> str:
    counts = {"people": measurement.n_members, "units": measurement.n_units, "years": measurement.n_years, "awards": measurement.n_awards}
    people, units, years, awards = (_counted(name, count, lang) for name, count in counts.items())
    award = measurement.award if award_title is None else pick(award_title, lang)
    kind = award_kind(award_title, lang)
    return translate("table.measure.caption", lang, kind=kind, award=award, members=people, units=units, years=years, awards=awards)


def _of_the_list(measurement: Measurement, lang: Lang) -> tuple[str, ...]:
    return tuple(translate("table.measure.remark", lang, caveat=sentence_case(translate(caveat, lang))) for caveat in measurement.caveats)


class _Notes:
    """Caveats in the order in which they are met, each once."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang
        self._numbers: dict[str, str] = {}

    def refer(self, caveat: str) -> str:
        """Note a caveat, and return the number by which a row refers to it."""
        return f"({self._numbers.setdefault(caveat, str(len(self._numbers) + 1))})"

    @property
    def texts(self) -> tuple[str, ...]:
        """The notes in words."""
        return tuple(
            translate("table.measure.note", self.lang, number=number, caveat=sentence_case(translate(caveat, self.lang)))
            for caveat, number in self._numbers.items()
        )


def _counted(name: str, count: int | None, lang: Lang) -> str:
    """Word a count, with the singular where a language has one; one that is not told stays open."""
    shown = HIDDEN if count is None else format_count(count, lang)
    return translate(f"table.measure.{name}.{'one' if count == 1 else 'many'}", lang, n=shown)


def _places(measured: Measured, scale: Scale) -> int:
    half = (measured.high - measured.low) / 2 if measured.low is not None and measured.high is not None else None
    return places_for([half], scale)


def _beside(measured: Measured, form: NumberFormat) -> Iterator[str]:
    """Word what stands beside a value: how likely it is by chance, and what each track shows by itself."""
    p_value = measured.beside.get("p_value")
    if p_value is not None:
        # No chance is nought: what would be rounded to it is told as smaller than the least that is shown.
        key, shown = ("p-value.below", _LEAST_P) if p_value < _LEAST_P else ("p-value", p_value)
        yield translate(f"table.measure.{key}", form.lang, p=format_number(shown, form.lang, 3))
    of_tracks = {track: form.value(measured.beside[track]) for track in TRACKS if track in measured.beside}
    if of_tracks:
        yield translate("table.measure.tracks", form.lang, **of_tracks)


def _row(name: str, scale: Scale, measured: Measured, notes: _Notes) -> Row:
    lang = notes.lang
    form = NumberFormat(lang, scale, _places(measured, scale)).around(measured.low, measured.high)
    unit = translate(f"table.unit.value.{scale}", lang)
    header = sentence_case(name) + (f" ({unit})" if unit else "")
    caveat = measured.caveat or ("caveat.undefined" if is_undefined(measured.value) else None)
    remarks = [*_beside(measured, form), *([notes.refer(caveat)] if caveat else [])]
    count = HIDDEN if measured.n is None else format_count(measured.n, lang)
    return Row(header, (form.value(measured.value), interval_words(measured, form), count, " ".join(remarks)))
