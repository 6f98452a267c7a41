"""The table of how fast the engine is: measured, and scaled to a machine of known speed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count, format_number, format_percent
from simulator.presentation.table_layout import Group, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simulator.presentation.numbers import Lang

_LARGE: Final = 99_000
"""A population of 100,000 may be a few members short."""
_GIGABYTE: Final = 1e9
_KERNELS: Final = (
    ("copy_gb_per_s", "copy"),
    ("sort_ns", "sort"),
    ("sort_in_blocks_ns", "sort-in-blocks"),
    ("noise_ns", "noise"),
    ("object_ns", "objects"),
)


def draw_speed(measured: Mapping[str, Any], lang: Lang = "vi") -> Table:
    """Return one group for the machine, and one for each thing that was measured; what was not measured has none.

    Parameters
    ----------
    measured
        What ``benchmarks/engine.py`` gives.
    lang
        Language.
    """
    words = _Words(measured, lang)
    groups = (words.machine(), words.engine(), words.opponent(), words.memory(), words.stages(), words.slider())
    return Table(
        id="speed",
        lang=lang,
        caption=translate("speed.caption", lang),
        columns=(translate("speed.what", lang), translate("speed.measured", lang), words.scaled_to()),
        groups=tuple(group for group in groups if group.rows),
        notes=tuple(words.notes()),
    )


class _Words:
    """The cells of one table."""

    def __init__(self, measured: Mapping[str, Any], lang: Lang) -> None:
        self._measured, self._lang = measured, lang
        calibration = measured["calibration"]
        self._scale = calibration["reference_sort_ns"] / calibration["sort_ns"]
        self._scale_of_objects = calibration["reference_object_ns"] / calibration["object_ns"]

    def _say(self, key: str, **fields: str) -> str:
        return translate(f"speed.{key}", self._lang, **fields)

    def _number(self, number: float, places: int = 0) -> str:
        return format_number(number, self._lang, places)

    def _count(self, number: int) -> str:
        return format_count(number, self._lang)

    def _group(self, key: str, rows: Iterable[Row]) -> Group:
        return Group(self._say(f"group.{key}"), tuple(rows))

    def _nanoseconds(self, nanoseconds: float) -> tuple[str, str]:
        return self._say("ns", number=self._number(nanoseconds)), self._say("ns", number=self._number(nanoseconds * self._scale))

    def _against(self, nanoseconds: float, times: float) -> str:
        return f"{self._say('ns', number=self._number(nanoseconds))}: {self._say('times', number=self._number(times, 1))}"

    def _seconds(self, seconds: float) -> tuple[str, str]:
        return self._say("seconds", number=self._number(seconds, 2)), self._say("seconds", number=self._number(seconds * self._scale, 2))

    def scaled_to(self) -> str:
        """Head the column of scaled figures."""
        return self._say("scaled", number=self._number(self._measured["calibration"]["reference_sort_ns"]))

    def machine(self) -> Group:
        """Tell what the machine does with the kernels."""
        calibration = self._measured["calibration"]
        rows = [
            Row(
                self._say(f"kernel.{key}"),
                (
                    self._say(
                        "gigabytes-a-second" if name == "copy_gb_per_s" else "ns-each",
                        number=self._number(calibration[name], 1),
                        apart=format_percent(calibration["spread"][name], self._lang),
                    ),
                    "",
                ),
            )
            for name, key in _KERNELS
        ]
        return self._group("machine", rows)

    def engine(self) -> Group:
        """Tell what a member-year costs, how even that is, and how long each run took."""
        runs = self._measured["engine"]
        rows = []
        for run in runs:
            what = self._say("run", members=self._count(run["members"]), years=self._count(run["years"]), rules=run["rules"])
            parts = self._say("parts", model=self._number(run["model_ns"]), indicators=self._number(run["indicators_ns"]))
            own, scaled = self._nanoseconds(run["ns_per_member_year"])
            rows.append(Row(what, (f"{own} {parts}", scaled)))
            memory = run["peak_resident_bytes"]
            took, would_take = self._seconds(run["clock_seconds"])
            held = "" if memory is None else self._say("gigabytes", number=self._number(memory / _GIGABYTE, 2))
            rows.append(Row(self._say("clock"), (", ".join(filter(None, (took, held))), would_take)))
        alike = [run for run in runs if (run["rules"], run["years"]) == (runs[0]["rules"], runs[0]["years"])]
        large = [run["ns_per_member_year"] for run in alike if run["members"] >= _LARGE]
        if len(large) > 1:
            rows.append(Row(self._say("flatness"), (format_percent(max(large) / min(large) - 1, self._lang), "")))
        return self._group("engine", rows)

    def opponent(self) -> Group:
        """Tell how many times as fast the engine is as the model of one object a member."""
        rows = []
        for ratio in self._measured["ratios"]:
            key = "against-smaller" if ratio["is_extrapolated"] else "against"
            objects, years = self._count(ratio["object_members"]), self._count(ratio["object_years"])
            what = self._say(key, members=self._count(ratio["members"]), objects=objects, years=years)
            cells = (("object_ns", "ratio", 1.0), ("object_ns", "ratio_scaled", self._scale_of_objects))
            rows.append(Row(what, tuple(self._against(ratio[ns] * scale, ratio[times]) for ns, times, scale in cells)))
            rows.append(Row(self._say("rules-alone"), (self._say("times", number=self._number(ratio["ratio_without_indicators"], 1)), "")))
        return self._group("opponent", rows)

    def memory(self) -> Group:
        """Tell what a member takes."""
        return self._group(
            "memory",
            (
                Row(
                    self._say(f"memory.{key}", members=self._count(run["members"])),
                    (self._say("bytes", number=self._number(run[name])), ""),
                )
                for run in self._measured["memory"]
                for name, key in (("held_bytes", "held"), ("bytes_of_a_year", "year"), ("peak_bytes", "peak"))
            ),
        )

    def stages(self) -> Group:
        """Share the time out among the stages of a year."""
        return self._group(
            "stages",
            (
                Row(self._say(f"stage.{stage}"), (format_percent(share, self._lang, 1), ""))
                for run in self._measured["stages"]
                for stage, share in sorted(run["shares"].items(), key=lambda pair: (pair[0] == "rest", -pair[1]))
            ),
        )

    def slider(self) -> Group:
        """Tell what a moved slider costs."""
        rows = []
        for run in self._measured["slider"]:
            counts = {name: self._count(run[name]) for name in ("members", "years", "replications")}
            own, scaled = self._nanoseconds(run["engine_ns"])
            took, would_take = self._seconds(run["engine_seconds"])
            rows.append(Row(self._say("slider.engine", **counts), (f"{took}, {own}", f"{would_take}, {scaled}")))
            own, scaled = self._nanoseconds(run["indicators_ns"])
            took, would_take = self._seconds(run["indicators_seconds"])
            of_both = format_percent(run["indicators_ns"] / (run["engine_ns"] + run["indicators_ns"]), self._lang)
            share = self._say("slider.share", share=of_both)
            rows.append(Row(self._say("slider.indicators"), (f"{took}, {own} {share}", f"{would_take}, {scaled}")))
            rows.append(Row(self._say("slider.figure"), self._seconds(run["figure_seconds"])))
            rows.append(Row(self._say("slider.answer", processes=self._count(run["n_processes"])), self._seconds(run["answer_seconds"])))
        return self._group("slider", rows)

    def notes(self) -> Iterable[str]:
        """Say how to read the figures, and what is not to be trusted, missing or failed."""
        measured, calibration = self._measured, self._measured["calibration"]
        yield self._say("note")
        if measured["ratios"]:
            yield self._say("note.opponent", number=self._number(calibration["reference_object_ns"]))
        for run in measured["stages"]:
            members, overhead = self._count(run["members"]), format_percent(run["overhead"], self._lang)
            yield self._say("note.stages", members=members, years=self._count(run["years"]), overhead=overhead)
        if not calibration["is_trustworthy"]:
            worst = max(calibration["spread"]["sort_ns"], calibration["spread"]["noise_ns"])
            yield self._say("note.not-trustworthy", share=format_percent(worst, self._lang))
        if measured["missing"]:
            yield self._say("note.missing")
        for failure in measured["failures"]:
            yield self._say("note.failed", measurement=failure["measurement"], error=failure["error"])
        machine = measured["machine"]
        yield self._say("note.machine", **{name: str(value) for name, value in machine.items()})
