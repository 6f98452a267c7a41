"""Runs of no model at all: outputs with known indices, so that the plumbing around them is proved."""

from __future__ import annotations

import numpy as np

from simulator.experiments.sensitivity.uncertain_inputs import UncertainInput

ISHIGAMI_FIRST = (0.3139, 0.4424, 0.0)
ISHIGAMI_TOTAL = (0.5576, 0.4424, 0.2437)
"""Known indices of Ishigami's function with 7 and 0.1."""
NUMBERS = tuple(UncertainInput(name, "assumption", f"of-{name}", -np.pi, np.pi) for name in "abc")
STRUCTURE = UncertainInput("structure", "structure", "structure", 0, 4, 5)
DUMMY = UncertainInput("seed_block", "dummy", "seed_block", 0, 3, 4)


def ishigami(values):
    """Give Ishigami's function."""
    a, b, c = (values[name] for name in "abc")
    return np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)


class AnalyticRuns:
    """Stands for runs of a scenario: functions of the values of a draw, with luck of its block and replication on top."""

    def __init__(self, *functions, luck=0.0, seed=1):
        self.functions = functions
        self.luck = luck
        self.seed = seed
        self.margins = np.full(len(functions), 0.05)
        self.observed = []

    def observe(self, draws, width):
        """(n_draws, n_outputs, width)."""
        self.observed += [(draw, width) for draw in draws]
        return np.array([self._block(draw, width) for draw in draws])

    def _block(self, draw, width):
        values = dict(draw.values)
        # Other people are awarded under other numbers: the luck of a place is its own, and the same whenever it is asked for.
        place = [int(abs(number) * 1e6) for number in values.values()]
        noise = np.random.default_rng([self.seed, draw.block, *place]).standard_normal((len(self.functions), width))
        return np.array([[function(values)] for function in self.functions]) + self.luck * noise
