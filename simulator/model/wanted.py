"""What a simulated year is asked for beside the awards of members."""

from __future__ import annotations

from enum import Flag, auto


class Wanted(Flag):
    """Parts of a year on which no award of a member hangs: what nobody reads need not be lived through.

    Attributes
    ----------
    COLLECTIVES
        The awards of units.
    CHOICE_BY_NOISE
        Who would have won by merit and the noise of appraisal alone.
    CHOICE_WITHOUT_CLAIMS
        Who would have won had nobody claimed more than there was.
    ANSWERS
        When deeds were answered by an award.

    References
    ----------
        Merit by the other fixed references, which is worked out of what is kept of every year.
    """

    AWARDS_ALONE = 0
    COLLECTIVES = auto()
    CHOICE_BY_NOISE = auto()
    CHOICE_WITHOUT_CLAIMS = auto()
    ANSWERS = auto()
    REFERENCES = auto()
    EVERYTHING = COLLECTIVES | CHOICE_BY_NOISE | CHOICE_WITHOUT_CLAIMS | ANSWERS | REFERENCES
