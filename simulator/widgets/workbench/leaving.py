"""Ask before a page is left on which something is not saved yet."""

from __future__ import annotations

from typing import Final

UNSAVED: Final = "tieuchi-unsaved"
"""Class of what marks the page as one that should not be left yet."""
_SCRIPT: Final = f"""
if (!window.tieuchiAsksBeforeLeaving) {{
  window.tieuchiAsksBeforeLeaving = true;
  let isLeaving = false;
  const isUnsaved = () => document.querySelector('.{UNSAVED}') !== null;
  window.addEventListener('beforeunload', event => {{
    if (isLeaving || !isUnsaved()) return;
    event.preventDefault();
    event.returnValue = '';
    event.stopImmediatePropagation();
  }}, true);
  window.addEventListener('pagehide', () => {{
    isLeaving = true;
    if (isUnsaved()) window.dispatchEvent(new Event('beforeunload'));
  }});
}}
"""
"""The server's page ends its kernel as soon as somebody is asked whether to leave; whoever stays would have a dead page. So it hears of it only on leaving."""
ASK_BEFORE_LEAVING: Final = f'<style onload="{" ".join(_SCRIPT.split())}">.{UNSAVED} {{ white-space: nowrap; }}</style>'
"""Sets the question up once for a page. A style sheet tells when it has been read; a script in the value of a widget would never be run."""
