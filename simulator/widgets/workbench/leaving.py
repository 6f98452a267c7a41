"""Ask before a page is left on which something is not saved yet."""

from __future__ import annotations

from typing import Final

UNSAVED: Final = "tieuchi-unsaved"
"""Class of what marks the page as one that should not be left yet."""
ASK_BEFORE_LEAVING: Final = (
    "<style onload=\"window.tieuchiAsksBeforeLeaving || (window.tieuchiAsksBeforeLeaving = true, window.addEventListener('beforeunload', "
    f"event => {{ if (document.querySelector('.{UNSAVED}')) {{ event.preventDefault(); event.returnValue = ''; }} }}))\">.{UNSAVED} {{ white-space: nowrap; }}</style>"
)
"""Sets the question up once for a page. A style sheet tells when it has been read; a script in the value of a widget would never be run."""
