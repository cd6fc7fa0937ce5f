"""The alignment of table cells."""

from __future__ import annotations

import pytest

from kanalstrategi.rendering.tables import align_by_class


@pytest.mark.parametrize(
    ("written", "result"),
    [
        ('<td style="text-align: right;">1</td>', '<td class="align-right">1</td>'),
        ('<th class="a" style="text-align: center;">1</th>', '<th class="align-center a">1</th>'),
        ('<td style="text-align: left;" id="b">1</td>', '<td id="b" class="align-left">1</td>'),
        ("<td>1</td>", "<td>1</td>"),
        ("<p>&lt;td style=text-align</p>", "<p>&lt;td style=text-align</p>"),
    ],
)
def test_alignment_is_a_class_since_the_policy_forbids_inline_styles(written: str, result: str) -> None:
    assert align_by_class(written) == result
