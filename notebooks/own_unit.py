"""A unit with a mind of its own, for the tour on extending the model. Copy this file, give the class your own rule, and run the tour again."""

import numpy as np

from simulator import Unit

BETTER_HALF = 0.5


class BetterHalfByTurn(Unit):
    """Take turns, but only among the better half by file."""

    def priority(self, reasons):
        """Order the better half by how long they have waited; below them, the others by their files."""
        is_better = reasons.score >= BETTER_HALF
        return np.where(is_better, 1 + reasons.waiting, reasons.score) / 2
