"""Content streams are split into the same instructions as by pikepdf, which makes an object of each operand."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.pdf.audit.content_stream import ContentReader
from kanalstrategi.pdf.audit.content_syntax import ContentSyntaxError, instructions, name, numbers, shown_parts
from kanalstrategi.pdf.audit.objects import DIRECT
from tests.support.sample_pdf import SAMPLE, compiled

WITHOUT_EFFECT = frozenset("Tr cs CS sc scn SC SCN rg RG g G k K w M J j i h d gs ET".split())
"""The operators that may be skipped."""
INLINE_IMAGE = b"q BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI\xff\n EI Q"


def parsed(data: bytes) -> list[tuple[bytes, bytes]]:
    return [(operands, operator) for operands, operator in instructions(data) if operator.decode() not in WITHOUT_EFFECT]


def operators_of_pikepdf(data: bytes) -> list[str]:
    pdf = pikepdf.new()
    found = [str(one.operator) for one in pikepdf.parse_content_stream(pdf.make_stream(data))]
    return [{"INLINE IMAGE": "EI"}.get(operator, operator) for operator in found if operator not in WITHOUT_EFFECT]


def test_pages_have_the_instructions_that_pikepdf_finds(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(compiled(SAMPLE.read_bytes()))
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        for page in pdf.pages:
            data = page.Contents.read_bytes()
            assert [operator.decode() for _, operator in parsed(data) if operator != b"BI"] == operators_of_pikepdf(data)
            ours = [shown_parts(operands, -1e9)[0] for operands, operator in parsed(data) if operator in (b"Tj", b"TJ")]
            shown = [one for one in pikepdf.parse_content_stream(page) if str(one.operator) in ("Tj", "TJ")]
            texts = [part for one in shown for part in (one.operands[0] if isinstance(one.operands[0], pikepdf.Array) else [one.operands[0]])]
            assert b"".join(part for parts in ours for part in parts) == b"".join(bytes(part) for part in texts if isinstance(part, pikepdf.String))


@pytest.mark.parametrize(
    "data",
    [
        b"BT/F1 12 Tf(a\\)b)Tj(c(d)e)'ET",
        b"% a comment ( \n0 0 m 1 1 l S",
        b"/P<</MCID 0/Alt(x \\) /MCID 9)>>BDC EMC",
        b"/P <</A[1 2<</B true>>]/C null>> BDC EMC",
        b"1 0 0 1 .5 -3. cm\r\n/X Do",
        b"[(a)-250(b)<63>]TJ",
        b"[] 0 d 0 0 9 9 re W* n",
        b"/A#20B Do\x00q\x00Q",
        INLINE_IMAGE,
        b"true false null q Q 1 2",
    ],
)
def test_odd_instructions_are_those_that_pikepdf_finds(data: bytes) -> None:
    assert [operator.decode() for _, operator in parsed(data) if operator != b"BI"] == operators_of_pikepdf(data)


@pytest.mark.parametrize("data", [b"(never closed", b"BT (a Tj ET", b"q BI /W 1 ID \x00\x01", b"q (" + b"(" * 20 + b")" * 20 + b") Tj Q"])
def test_a_damaged_stream_is_not_read_half(data: bytes) -> None:
    with pytest.raises(ContentSyntaxError):
        list(instructions(data))
    assert not ContentReader().read(pikepdf.new().make_stream(data), DIRECT, None).is_readable


@given(st.binary(max_size=40))
def test_any_string_is_read_as_pikepdf_reads_it(content: bytes) -> None:
    written = pikepdf.unparse_content_stream([([pikepdf.String(content)], pikepdf.Operator("Tj"))])
    [(operands, operator)] = instructions(written)
    assert operator == b"Tj" and shown_parts(operands, -200)[0] == ([content] if content else [])


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        (rb"(a\101\1012\8\n\q)", [b"aAA28\nq"]),
        (b"(a\\\nb\r\nc\rd)", [b"ab\nc\nd"]),
        (rb"[(\1)5(1\0)(2)]", [b"\x01" + b"1" + b"\x00" + b"2"]),
        (b"[(a) -300 (b) 3 (c)]", [b"a", b"", b"bc"]),
        (b"<4 1\n4>", [b"A@"]),
        (b"()", []),
    ],
)
def test_strings_are_read_as_the_standard_says(written: bytes, parts: list[bytes]) -> None:
    assert shown_parts(written, -200)[0] == parts


def test_operands_are_read_when_they_are_asked_for() -> None:
    assert numbers(b" 1 -2.5 .5 +4.\n") == (1, -2.5, 0.5, 4) and numbers(b"1 /x 2") == (1, 2)
    assert name(b"\n/F#311 12") == "/F11" and name(b"12") == ""
