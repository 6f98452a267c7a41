"""Names for the arrays the house passes around; a name tells what an array holds, its docstring the shape and the unit."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

BoolArray: TypeAlias = NDArray[np.bool_]
FloatArray: TypeAlias = NDArray[np.floating[Any]]
"""float32 for merit, scores and propensities of members; float64 for units, sums and indicators."""
IndexArray: TypeAlias = NDArray[np.integer[Any]]
"""Positions, identifiers, counts, years."""
GridArray: TypeAlias = NDArray[np.int32]
"""Scores on the fixed grid on which they are compared."""
KeyArray: TypeAlias = NDArray[np.uint64]
"""Random bits and sort keys."""
YearBits: TypeAlias = NDArray[np.uint32]
"""A yes/no memory of 32 years: bit 0 is this year, bit 1 last year."""

Language: TypeAlias = Literal["vi", "en"]
