"""What the YAML parser complains about, in words that help whoever wrote the file."""

from typing import NamedTuple

import yaml

from smsrepo.load.refusal import Refused


class _Saying(NamedTuple):
    """Part of libyaml's message, what we say, what to do; `at_start` points to where the thing began."""

    part: str
    message: str
    hint: str = ""
    at_start: bool = False


_SAYINGS = (
    _Saying(
        "mapping values are not allowed",
        "a colon inside the value, or a line indented too far",
        "Put the value in quotes, or correct the indentation.",
    ),
    _Saying(
        "could not find expected ':'",
        "this is no `name: value` line",
        "Write `name: value`, or put text of several lines behind `|`.",
        at_start=True,
    ),
    _Saying(
        "expected <block end>",
        "the indentation does not fit the lines above",
        "Give fields of one level the same indentation.",
    ),
    _Saying(
        "did not find expected key",
        "the indentation or quotes do not fit the lines above",
        "Look for a missing quote or a wrong indentation.",
    ),
    _Saying(
        "expected '-' indicator",
        "a field cannot stand between list entries",
        "Begin the line with `- `, or indent it.",
    ),
    _Saying(
        "did not find expected ',' or",
        "a list or map in brackets is not closed",
        "Close it with ] or }.",
        at_start=True,
    ),
    _Saying(
        "unexpected end of stream", "a quote is opened and never closed", "Close the quote.", at_start=True
    ),
    _Saying("cannot start any token", "this character cannot start a value", "Put the value in quotes."),
    _Saying(
        "block sequence entries are not allowed",
        "a list entry (-) cannot stand here",
        "Start the list on its own line.",
    ),
    _Saying(
        "but found another document",
        "a second document (---) starts here",
        "Keep one document in a file.",
    ),
)


def refusal(error: yaml.MarkedYAMLError, first_line: int) -> Refused:
    """The refusal that tells a parser's error; `first_line` is the file's line of the text's first."""
    problem = str(error.problem)
    fallback = _Saying("", f"this is not YAML: {problem}")
    saying = next((saying for saying in _SAYINGS if saying.part in problem), fallback)
    mark = (saying.at_start and error.context_mark) or error.problem_mark or error.context_mark
    line, column = (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)
    return Refused(saying.message, line, column, saying.hint)
