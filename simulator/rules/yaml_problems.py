"""What the YAML parser found, as a word of the catalogue: its own English is never shown to a reader.

The parser in C and the one in Python word some problems differently; both are known here. What is not known keeps a general word, and the line and the
column still say where to look.
"""

from __future__ import annotations

from typing import Final

UNKNOWN: Final = "@yaml-other"
_WORDS: Final[tuple[tuple[str, str], ...]] = (
    ("mapping values are not allowed", "@yaml-colon-in-text"),
    ("found unexpected ':'", "@yaml-colon-in-text"),
    ("mapping keys are not allowed", "@yaml-question-mark"),
    ("sequence entries are not allowed", "@yaml-dash"),
    ("did not find expected '-' indicator", "@yaml-list-alignment"),
    ("did not find expected key", "@yaml-key-alignment"),
    ("expected ',' or '}'", "@yaml-brace"),
    ("expected ',' or ']'", "@yaml-bracket"),
    ("could not find expected ':'", "@yaml-no-colon"),
    ("unexpected end of stream", "@yaml-open-quote"),
    ("unexpected document", "@yaml-open-quote"),
    ("unknown escape character", "@yaml-backslash"),
    ("hexdecimal number", "@yaml-backslash"),
    ("hexadecimal numbers", "@yaml-backslash"),
    ("Unicode character escape", "@yaml-backslash"),
    ("cannot start any token", "@yaml-first-character"),
    ("node content", "@yaml-no-value"),
    ("tab character", "@yaml-tab"),
    ("undefined alias", "@yaml-reference"),
    ("duplicate anchor", "@yaml-reference"),
    ("alphabetic or numeric character", "@yaml-reference"),
    ("tag", "@yaml-exclamation-mark"),
    ("URI", "@yaml-exclamation-mark"),
    ("expected '!'", "@yaml-exclamation-mark"),
    ("indentation indicator", "@yaml-text-block"),
    ("chomping", "@yaml-text-block"),
    ("comment or line break", "@yaml-text-block"),
    ("comment or a line break", "@yaml-text-block"),
    ("directive", "@yaml-percent-sign"),
    ("version", "@yaml-percent-sign"),
    ("incompatible YAML document", "@yaml-percent-sign"),
    ("<document start>", "@yaml-after-the-end"),
    ("characters are not allowed", "@yaml-control-character"),
)
_BY_CONTEXT: Final[tuple[tuple[str, str], ...]] = (
    ("block mapping", "@yaml-key-alignment"),
    ("block collection", "@yaml-list-alignment"),
    ("alias", "@yaml-reference"),
    ("anchor", "@yaml-reference"),
    ("tag", "@yaml-exclamation-mark"),
    ("directive", "@yaml-percent-sign"),
    ("block scalar", "@yaml-text-block"),
)


def word_of(problem: str | None, context: str | None) -> str:
    """Give the word of the catalogue for a problem the parser met, ``@yaml-other`` for one that is not known.

    Parameters
    ----------
    problem
        What the parser says is wrong.
    context
        What it was reading.
    """
    found = next((word for part, word in _WORDS if problem and part in problem), None)
    return found or next((word for part, word in _BY_CONTEXT if context and part in context), UNKNOWN)
