"""The seat on the page: whom to put forward this year, what came of it and why, what others did, and at the end the same choices under other rules."""

from __future__ import annotations

import html
import secrets
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_number, format_percent
from simulator.presentation.rules.citing import NO_REGISTER, cite
from simulator.rules.clauses import Eligibility
from simulator.rules.linting import find_register
from simulator.widgets.looks import paragraph, title, words
from simulator.widgets.panel import Panel
from simulator.widgets.training.seat import FOCUS, RULES, YEARS, Seat

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulator.presentation.numbers import Lang
    from simulator.widgets.looks import Alarm
    from simulator.widgets.training.seat import Colleague, Refusal, Result
    from simulator.workspace import Workspace

HIGHEST_SEED: Final = 2**31 - 1
_COLUMNS: Final = ("rule", "awarded", "people", "leaders", "merit")


class SeatPanel(Panel):
    """One unit, five years.

    Parameters
    ----------
    workspace, lang, alarm
        As of every panel.
    seat
        The years lived so far; when absent, a unit is founded as soon as somebody takes the seat.
    on_choice
        Called when a unit was founded, and after each choice.
    """

    def __init__(
        self, workspace: Workspace, lang: Lang, alarm: Alarm, seat: Seat | None = None, on_choice: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(workspace, lang, alarm)
        self.seat, self._on_choice = seat, on_choice
        self._register = find_register(workspace) or NO_REGISTER
        self.heading, self.told, self.past, self.table = (widgets.HTML(layout=widgets.Layout(width="100%")) for _ in range(4))
        self._latest = ""
        self.boxes: dict[int, widgets.Checkbox] = {}
        self.list = widgets.VBox()
        self.nominate = self.button("training.seat.nominate", self._nominate)
        self.skip = self.button("training.seat.skip", lambda: self._choose([]))
        self.again = self.button("training.seat.begin" if seat is None else "training.seat.again", self._begin)
        self.panel = widgets.VBox(
            [
                words(self._say("opening")),
                self.past,
                self.heading,
                self.list,
                widgets.HBox([self.nominate, self.skip, self.again], layout=widgets.Layout(flex_flow="row wrap")),
                self.told,
                self.table,
            ]
        )
        self._show()

    def _say(self, key: str, **fields: str) -> str:
        return translate(f"training.seat.{key}", self.lang, **fields)

    def _begin(self) -> None:
        self.seat = Seat(self.workspace, secrets.randbelow(HIGHEST_SEED + 1))
        self.again.description = self._say("again")
        self._show()
        self._on_choice()

    def _nominate(self) -> None:
        chosen = [number for number, box in self.boxes.items() if box.value]
        if chosen:
            self._choose(chosen)
        else:
            self.told.value = f'<div role="status">{paragraph(self._say("choose-first"), css="tieuchi-warning")}</div>{self._latest}'

    def _choose(self, numbers: Sequence[int]) -> None:
        if self.seat is not None and not self.seat.is_over:
            self.seat.choose(numbers)
            self._show()
            self._on_choice()

    def _show(self) -> None:
        """Show the year to be decided; its heading comes last, so that whoever reads it finds its people below it.

        What came of the year before stands below the button that was just pressed: above the list it would have to be looked for.
        """
        seat = self.seat
        is_open = seat is not None and not seat.is_over
        self.boxes = {}
        if seat is not None and is_open:
            self.boxes = {
                colleague.number: widgets.Checkbox(description=self._say_colleague(colleague), indent=False, layout=widgets.Layout(width="100%"))
                for colleague in seat.colleagues()
            }
        self.list.children = (words(self._say_rule(seat)), *self.boxes.values()) if seat is not None and is_open else ()
        self.nominate.disabled = self.skip.disabled = not is_open
        years = [] if seat is None else [self._say_year(seat, year) for year in range(1, seat.year)]
        self.told.value = self._latest = years.pop() if years and is_open else ""
        self.past.value = "".join(years)
        self.table.value = self._compared(seat) if seat is not None and seat.is_over else ""
        self.heading.value = self._say_heading(seat) if seat is not None and is_open else ""

    def _say_heading(self, seat: Seat) -> str:
        told, n_places = {"year": str(seat.year), "years": str(YEARS)}, seat.n_places()
        words_of_year = self._say("year", **told, places=str(n_places)) if n_places else self._say("no-place", **told)
        return str(title(words_of_year, 4).value)

    def _say_rule(self, seat: Seat) -> str:
        """Say how many places there are and why, and what the title asks for."""
        clauses = seat.rules["as-is"].awards[FOCUS].clauses
        asked = "; ".join(self._say_clause(seat, "as-is", f"{FOCUS}.{name}") for name, clause in clauses.items() if isinstance(clause, Eligibility))
        counted = self._say("places", share=format_percent(seat.share, self.lang), holders=str(seat.n_holders()))
        return f"{counted} {self._say('choose', conditions=asked)}"

    def _say_colleague(self, colleague: Colleague) -> str:
        """Tell what a head knows of somebody; whether the rules allow them is for the head to see."""
        parts = [
            self._say("number", n=str(colleague.number)),
            self._say(f"post.{colleague.role}"),
            translate(f"field.value.{colleague.rating}", self.lang),
            *([] if colleague.has_lower else [self._say("no-lower" if colleague.is_registered else "not-registered")]),
            self._say("initiatives", n=str(colleague.n_initiatives)) if colleague.n_initiatives else self._say("no-initiative"),
            self._say("score", score=format_number(colleague.score, self.lang)),
            self._say("wait.years", n=str(colleague.wait)) if colleague.wait else self._say("wait.last"),
        ]
        return " · ".join(parts)

    def _say_year(self, seat: Seat, year: int) -> str:
        """Tell what became of a year: who was put forward and awarded, why others were not, and what the other units did."""
        named, won = self._listed(seat.choices[year - 1]), self._listed(seat.awarded(year))
        refused = " ".join(self._say_refusal(seat, "as-is", refusal) for refusal in seat.refusals(year))
        found = seat.others(year)
        others = self._say("others", units=str(found.n_units), awards=str(found.n_awards), leaders=str(found.n_leaders), again=str(found.n_again))
        decided = self._say("decided", year=str(year), named=named, won=won)
        return f'<div role="status">{paragraph(f"{decided} {refused}".strip())}{paragraph(others, css="tieuchi-small")}</div>'

    def _listed(self, numbers: Sequence[int]) -> str:
        return self._say("people", numbers=", ".join(str(number) for number in numbers)) if numbers else self._say("nobody")

    def _say_refusal(self, seat: Seat, rule: str, refusal: Refusal) -> str:
        clauses = "; ".join(self._say_clause(seat, rule, path) for path in refusal.clauses)
        return self._say(f"refused.{refusal.ground}", n=str(refusal.number), **({"clauses": clauses} if clauses else {}))

    def _say_clause(self, seat: Seat, rule: str, path: str) -> str:
        """Name a clause and what it rests on."""
        criteria = seat.rules[rule]
        clause: Any = criteria.clause(path)
        source = clause.source
        grounds = self._say("assumed") if source is None else cite(source, self.lang, self._register, is_amended=path in criteria.amended)
        return self._say("clause", title=clause.title.in_language(self.lang), grounds=grounds)

    def _compared(self, seat: Seat) -> str:
        """Set the same choices beside each other under each rule, and beside the other units."""
        n_chosen = sum(len(chosen) for chosen in seat.choices)
        rows = self._rows(self._say("own", n=str(n_chosen)), {rule: seat.result(rule) for rule in RULES})
        rows += self._rows(self._say("of-others"), {rule: seat.result_of_others(rule) for rule in RULES})
        heads = "".join(f"<th>{html.escape(self._say(f'table.{name}'))}</th>" for name in _COLUMNS)
        why = "".join(self._say_why(seat, rule) for rule in RULES[1:])
        note = paragraph(self._say("note", seed=str(seat.seed)), css="tieuchi-small")
        heading = title(self._say("other"), 4).value
        return f'<div role="status">{heading}<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{why}{note}</div>'

    def _rows(self, heading: str, results: dict[str, Result]) -> str:
        rows = f'<tr><th colspan="{len(_COLUMNS)}">{html.escape(heading)}</th></tr>'
        for rule, found in results.items():
            n_decimals = int(found.n_units > 1)
            counts = (found.n_awards, found.n_people, found.n_leaders, found.n_best)
            cells = (self._say(f"rule.{rule}"), *(format_number(count / found.n_units, self.lang, n_decimals) for count in counts))
            rows += f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells)}</tr>"
        return rows

    def _say_why(self, seat: Seat, rule: str) -> str:
        """Tell which choices another rule refuses that were awarded, and by which clause."""
        told = []
        for year in range(1, YEARS + 1):
            won = seat.awarded(year)
            refused = " ".join(self._say_refusal(seat, rule, refusal) for refusal in seat.refusals(year, rule) if refusal.number in won)
            told += [self._say("in-year", year=str(year), text=refused)] if refused else []
        text = "\n".join([self._say("why", rule=self._say(f"rule.{rule}")), *(told or [self._say("none-refused")])])
        return paragraph(text, css="tieuchi-small")
