"""Marks the words that differ between two texts, so that the marks can be seen without colors and heard. No I/O."""

from __future__ import annotations

from kanalstrategi.content.word_diff import RunKind, WordRun, word_diff
from kanalstrategi.markdown.nodes import Element, Node, element, nodes

_SAID = {RunKind.GONE: ("del", "udgået tekst: ", ", slut på udgået"), RunKind.NEW: ("ins", "ny tekst: ", ", slut på ny")}
"""The element of each kind of words, and what is said before and after them: screen readers pass over most marks in silence."""


def marked_words(old: str, new: str) -> tuple[list[Node], list[Node]]:
    """Return two texts, the first with the words marked that only it has, and the second likewise."""
    runs = word_diff(old, new)
    before, after = ([run for run in runs if run.kind is not left_out] for left_out in (RunKind.NEW, RunKind.GONE))
    return nodes(*map(_run, before)), nodes(*map(_run, after))


def _run(run: WordRun) -> list[Node]:
    """Return words with their mark, outside of which are the spaces around them."""
    words = run.text.strip()
    if run.kind is RunKind.EQUAL or not words:
        return nodes(run.text)
    start = run.text.index(words)
    return nodes(run.text[:start], _mark(run.kind, words), run.text[start + len(words) :])


def _mark(kind: RunKind, words: str) -> Element:
    tag, before, after = _SAID[kind]
    return element(tag, element("span.visually-hidden.web-only", before), words, element("span.visually-hidden.web-only", after))
