"""The seat on the page: whom to put forward this year, what came of it, and at the end the same choices under other rules."""

from __future__ import annotations

import html
import secrets
from typing import TYPE_CHECKING, Final

import ipywidgets as widgets

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_number
from simulator.widgets.looks import paragraph, title, words
from simulator.widgets.panel import Panel
from simulator.widgets.training.seat import MEMBERS, RULES, YEARS, Seat

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.widgets.looks import Alarm
    from simulator.widgets.training.seat import Colleague
    from simulator.workspace import Workspace

HIGHEST_SEED: Final = 2**31 - 1
_COLUMNS: Final = ("rule", "awarded", "people", "leaders", "merit", "kept")


class SeatPanel(Panel):
    """One unit, five years.

    Parameters
    ----------
    workspace, lang, alarm
        As of every panel.
    seat
        The years lived so far; when absent, a unit is founded as soon as somebody takes the seat.
    """

    def __init__(self, workspace: Workspace, lang: Lang, alarm: Alarm, seat: Seat | None = None) -> None:
        super().__init__(workspace, lang, alarm)
        self.seat = seat
        self.heading, self.told, self.past, self.table = (widgets.HTML(layout=widgets.Layout(width="100%")) for _ in range(4))
        self.boxes: dict[int, widgets.Checkbox] = {}
        self.list = widgets.VBox()
        self.nominate = self.button("training.seat.nominate", self._nominate)
        self.again = self.button("training.seat.begin" if seat is None else "training.seat.again", self._begin)
        self.panel = widgets.VBox(
            [
                words(translate("training.seat.opening", lang)),
                self.past,
                self.heading,
                self.list,
                widgets.HBox([self.nominate, self.again]),
                self.told,
                self.table,
            ]
        )
        self._show()

    def _begin(self) -> None:
        self.seat = Seat(self.workspace, secrets.randbelow(HIGHEST_SEED + 1))
        self.again.description = translate("training.seat.again", self.lang)
        self._show()

    def _nominate(self) -> None:
        if self.seat is None or self.seat.is_over:
            return
        chosen = [number for number, box in self.boxes.items() if box.value]
        n_places = self.seat.n_places()
        if len(chosen) != n_places:
            told = translate("training.seat.choose-exactly", self.lang, places=str(n_places), n=str(len(chosen)))
            self.told.value = paragraph(told, css="tieuchi-warning")
            return
        self.seat.choose(chosen)
        self._show()

    def _show(self) -> None:
        seat, lang = self.seat, self.lang
        self.told.value = self.table.value = self.heading.value = self.past.value = ""
        self.boxes = {}
        self.nominate.disabled = seat is None or seat.is_over
        if seat is None:
            self.list.children = ()
            return
        self.past.value = "".join(paragraph(self._say_year(seat, year), css="tieuchi-small") for year in range(1, seat.year))
        if seat.is_over:
            self.list.children = ()
            self.table.value = self._compared(seat)
            return
        n_places = seat.n_places()
        key = "training.seat.year" if n_places else "training.seat.no-place"
        fields = {"year": str(seat.year), "years": str(YEARS), **({"places": str(n_places)} if n_places else {})}
        self.heading.value = title(translate(key, lang, **fields), 4).value
        allowed = [colleague for colleague in seat.colleagues() if colleague.is_eligible] if n_places else []
        self.boxes = {
            colleague.number: widgets.Checkbox(description=self._say(colleague), indent=False, layout=widgets.Layout(width="100%"))
            for colleague in allowed
        }
        asked = translate("training.seat.choose", lang, n=str(len(allowed)), members=str(MEMBERS))
        self.list.children = (words(asked), *self.boxes.values()) if allowed else ()

    def _say(self, colleague: Colleague) -> str:
        wait = (
            translate("training.seat.wait.last", self.lang)
            if colleague.wait == 0
            else translate("training.seat.wait.years", self.lang, n=str(colleague.wait))
        )
        return translate(
            "training.seat.member",
            self.lang,
            n=str(colleague.number),
            post=translate(f"training.seat.post.{colleague.role}", self.lang),
            score=format_number(colleague.score, self.lang),
            wait=wait,
        )

    def _say_year(self, seat: Seat, year: int) -> str:
        def listed(numbers: list[int]) -> str:
            if not numbers:
                return translate("training.seat.nobody", self.lang)
            return translate("training.seat.people", self.lang, numbers=", ".join(str(number) for number in numbers))

        return translate(
            "training.seat.decided", self.lang, year=str(year), named=listed(list(seat.choices[year - 1])), won=listed(seat.awarded(year))
        )

    def _compared(self, seat: Seat) -> str:
        """Set the same choices beside each other under each rule."""
        rows = ""
        for rule in RULES:
            found = seat.result(rule)
            cells = (
                translate(f"training.seat.rule.{rule}", self.lang),
                str(found.n_awards),
                str(found.n_people),
                str(found.n_leaders),
                f"{found.n_best}/{found.n_awards}",
                f"{found.n_kept}/{found.n_chosen}",
            )
            rows += f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells)}</tr>"
        heads = "".join(f"<th>{html.escape(translate(f'training.seat.table.{name}', self.lang))}</th>" for name in _COLUMNS)
        note = paragraph(translate("training.seat.note", self.lang, seed=str(seat.seed)), css="tieuchi-small")
        heading = title(translate("training.seat.other", self.lang), 4).value
        return f'<div role="status">{heading}<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{note}</div>'
