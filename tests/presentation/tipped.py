"""A hand-made study of tipping: forty futures, two options, of which one tips over where turns weigh much and units are small."""

from __future__ import annotations

from simulator.experiments.tipping.results import (
    STRUCTURE,
    UNIT_SIZE,
    FutureInput,
    Held,
    OptionRobustness,
    OptionTipping,
    Restriction,
    Spread,
    Tipping,
    TippingBox,
    TippingEvent,
)
from simulator.experiments.tipping.targets import Target
from simulator.model.behaviour import STRUCTURES

N = 40
TURNS = [0.75 * ((7 * number) % N) / N for number in range(N)]
SIZES = [24.0 + 71.0 * ((11 * number) % N) / N for number in range(N)]
OF_STRUCTURES = [STRUCTURES[number % 5] for number in range(N)]
ANSWERS = [turns >= 0.3 and size <= 60 for turns, size in zip(TURNS, SIZES, strict=True)]
LIMITS = (
    Restriction("turn_weight", "low", 0.3, [], 1e-9),
    Restriction(UNIT_SIZE, "high", 60.0, [], 0.0123),
)
AMONG = Restriction(STRUCTURE, "among", None, ["weighted", "peer-vote"], 0.03)


def box_of(*restrictions, holds="misses", inside=12, cases_inside=10, cases=12, is_reached=True):
    """Give a box."""
    return TippingBox(
        holds=holds,
        restrictions=list(restrictions),
        inside=inside,
        cases_inside=cases_inside,
        cases=cases,
        coverage=cases_inside / cases,
        density=cases_inside / inside,
        coverage_left_out=0.75,
        density_left_out=0.71,
        is_reached=is_reached,
    )


def event_of(word, box=None, *, target="any", missed=12, answers=None):
    """Give an event."""
    return TippingEvent(target, N, missed, word, box, list(ANSWERS if answers is None else answers))


def option_of(name, event, **others):
    """Give an option with this event for all targets together."""
    spread = Spread(N, 0.01, -0.1, 0.2)
    targets = {each: event_of("never", target=each, missed=0, answers=[False] * N) for each in ("turn_taking_index", "excess_inflation")}
    events = {"any": event} | targets | others
    return OptionTipping(name, {"vi": name.upper(), "en": name.upper()}, dict.fromkeys(targets, spread), events, 27)


def row_of(name, met, regret=2.0):
    """Give how an option does over all futures."""
    held = Held(met, N)
    by_structure = {structure: Held(min(met, 8), 8) for structure in STRUCTURES}
    by_target = {"turn_taking_index": held, "excess_inflation": Held(N, N)}
    return OptionRobustness(name, {"vi": name.upper(), "en": name.upper()}, by_target, held, by_structure, regret, 0.5)


def tipped(*options, rows=None, **changes):
    """Give a study of these options, or of a plan that tips over and a letter that never does."""
    options = options or (option_of("plan", event_of("box", box_of(*LIMITS))), option_of("letter", event_of("never", missed=0, answers=[False] * N)))
    rows = rows or [row_of("keep", N, 3.0), *(row_of(option.id, N - option.events["any"].missed) for option in options)]
    given = {
        "scenario": "hanoi-2021",
        "title": {"vi": "Hà Nội", "en": "Hanoi"},
        "baseline_title": {"vi": "Giữ nguyên", "en": "Keep as is"},
        "seed": 3959,
        "futures": N,
        "replications": 4,
        "members_asked": 2000,
        "members_in_scenario": 20_000,
        "years": 10,
        "targets": [Target("turn_taking_index", "not-further", 0.05), Target("excess_inflation", "not-further", 0.02)],
        "inputs": [
            FutureInput(
                "turn_weight", "assumption", "weight", {"vi": "Mức đơn vị xét theo lượt", "en": "Weight a unit gives to turns"}, 0.25, 0.0, 0.75
            ),
            FutureInput(UNIT_SIZE, "population", "members", None, 47.6, 23.8, 95.2),
            FutureInput(STRUCTURE, "structure", "", choices=STRUCTURES),
        ],
        "options": list(options),
        "robustness": rows,
        "least_regret": "plan",
        "repeated": 30,
        "failures": [],
        "structures": OF_STRUCTURES,
        "shown_values": {"turn_weight": TURNS, UNIT_SIZE: SIZES},
        "idle": ["turn_learning", "rank_learning"],
    }
    return Tipping(**given | changes)
