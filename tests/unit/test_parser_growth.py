"""Whatever an editor types, a page is parsed in time that grows in step with its length.

Growth is measured as CPU time of texts of which one is four times as long as the other: in step, it takes four times as long, and
sixteen times if the time grows with the square. So the speed of the machine does not matter.
"""

from __future__ import annotations

import time

import pytest

from kanalstrategi.markdown.parser import parse

SHORT, LONG = 12_000, 48_000
"""The lengths of the texts, in characters."""
MAX_GROWTH = 10.0
MIN_SECONDS = 0.05
"""A text that takes less is fast enough, and its time could not be compared."""
ROUNDS = 2

REPEATED = [
    "[",
    "]",
    "(",
    "<a ",
    "</",
    "<a href=",
    "<!--",
    "<![",
    "*a ",
    "**",
    "_a",
    "`",
    "``` ",
    "> ",
    "- ",
    "1. ",
    " ",
    "\t",
    "{{ ",
    "{% ",
    "{# ",
    "{: ",
    "{: #a ",
    "[^1]",
    "&",
    "&amp;",
    "#",
    "# a\n",
    "\\",
    "|",
    "| a ",
    "~",
    "~~",
    "==",
    "!!!",
    "![",
    "](",
    "a@",
    "http://a ",
    "\n",
    "\n\n",
    "\n- a",
    "\n1. a",
    "\n> a",
    '!!! note "x"\n    a\n\n',
    "| a | b |\n",
    "[a]: b\n",
    "*[A]: x\n",
    "[^a]: x\n\n",
    "- a\n  - b\n",
    "<div>\n",
    "<b>",
    "</b>",
    "Ord\n: x\n\n",
    "æ",
    "a",
]  # fmt: skip - one per line would fill a page


def seconds(text: str) -> float:
    """Return the least CPU time of some rounds, since other work on the machine can only add to it."""
    found = []
    for _ in range(ROUNDS):
        started = time.process_time()
        parse(text)
        found.append(time.process_time() - started)
        if found[-1] > 1:
            break
    return min(found)


@pytest.mark.parametrize("piece", REPEATED)
@pytest.mark.parametrize("frame", ["{}", "# A\n\nTekst. {} mere.", "| a | b |\n|---|---|\n| {} | x |", "a{}{{: #b }}"])
def test_time_grows_in_step_with_the_length(piece: str, frame: str) -> None:
    longer = seconds(frame.format(piece * (LONG // len(piece))))
    if longer > MIN_SECONDS:
        assert longer < MAX_GROWTH * seconds(frame.format(piece * (SHORT // len(piece))))
