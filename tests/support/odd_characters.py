"""Characters that no text may have."""

from __future__ import annotations

ODD = {
    "zero": "\0", "bell": "\x07", "vertical tab": "\x0b", "form feed": "\x0c", "escape": "\x1b", "delete": "\x7f", "next line": "\x85", "control of C1": "\x9b",
    "line separator": "\u2028", "paragraph separator": "\u2029", "zero-width space": "\u200b", "word joiner": "\u2060", "byte order mark": "\ufeff",
    "left-to-right embedding": "\u202a", "right-to-left override": "\u202e", "isolate": "\u2066", "end of isolate": "\u2069", "deprecated format": "\u206e",
    "filler": "\u3164", "grapheme joiner": "\u034f", "annotation": "\ufff9", "object": "\ufffc", "no character": "\ufdd0", "no character at the end": "\ufffe",
    "no character beyond": "\U0001ffff", "tag": "\U000e0041", "variant": "\U000e0101", "private": "\ue000", "bullet of a word processor": "\uf0b7",
    "private beyond": "\U00100000", "lost": "\ufffd", "accents upon accents": "a" + "\u0301" * 6,
    "right-to-left mark in Danish": "\u200f", "joiner in Danish": "\u200d",
    "letters read wrongly": "pÃ¥", "quotation marks read wrongly": "â€œ",
}  # fmt: skip # laid out by hand, as a table
MARKS = ("right-to-left mark in Danish", "joiner in Danish")
"""Those that an editor may write as `&rlm;`, where a person sees it in the file."""
