"""Puts placeholders in the place of macro calls while a page is parsed as Markdown, so that Markdown gives no meaning to what is in a call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kanalstrategi.diagnostics import TextDiagnostic
from kanalstrategi.markdown.macro_calls import MacroCall, MacroText

_MARK = "\x02"
"""Begins the number in a placeholder. A page may not contain this character, and one that does has it replaced here."""
LINE_FILLER = "{\x04}"
"""Begins each line in the place of those that a call goes on over: an empty line would end the paragraph that the call stands in."""
_PLACEHOLDER = re.compile(rf"{{{_MARK}([0-9]+)}}(?:\s*{re.escape(LINE_FILLER)})*")
_PART = re.compile(rf"\{{?[{_MARK}\x04][0-9]*\}}?")
"""What a quotation may have left of a placeholder by being cut."""
_MAX_INDENT = 100
"""The most white space that is put before each of these lines."""
_RESERVED = str.maketrans({_MARK: "\ufffd", "\x04": "\ufffd"})


class Placeholders:
    """The placeholders of one page."""

    def __init__(self, macro_text: MacroText) -> None:
        self._calls: list[MacroCall] = []
        self._typed: list[str] = []
        self.text = self._insert(macro_text)
        """The page's Markdown, line for line, with a placeholder for each call."""

    def split(self, text: str) -> Iterator[str | MacroCall]:
        """Yield the text between the placeholders and the calls that they stand for, in order."""
        if _MARK not in text:
            yield text
            return
        position = 0
        for match in _PLACEHOLDER.finditer(text):
            if position < match.start():
                yield text[position : match.start()]
            yield self._calls[int(match[1])]
            position = match.end()
        if position < len(text):
            yield text[position:]

    def typed(self, text: str) -> str:
        """Return the text with each call as it was typed."""
        if _MARK in text:
            text = _PLACEHOLDER.sub(lambda match: self._typed[int(match[1])], text)
        return text.replace(LINE_FILLER, "")

    def typed_diagnostic(self, diagnostic: TextDiagnostic) -> TextDiagnostic:
        """Return a diagnostic that quotes the calls as they were typed, on one line."""
        if not _PART.search(diagnostic.message + diagnostic.hint):
            return diagnostic
        message, hint = (" ".join(_PART.sub("…", self.typed(text)).split()) for text in (diagnostic.message, diagnostic.hint))
        return replace(diagnostic, message=message, hint=hint)

    def _insert(self, macro_text: MacroText) -> str:
        if macro_text.diagnostics:  # the page has errors, and its calls are not known for sure
            return macro_text.markdown.translate(_RESERVED)
        parts: list[str] = []
        indent, is_before_text = "", True
        for part in macro_text.parts:
            if isinstance(part, str):
                parts.append(part.translate(_RESERVED))
                _, newline, last = part.rpartition("\n")
                if newline:
                    indent, is_before_text = "", True
                if is_before_text:
                    indent += last[: len(last) - len(last.lstrip(" \t"))]
                    is_before_text = not last.strip(" \t")
            else:
                typed = macro_text.typed[len(self._calls)]
                parts.append(f"{{{_MARK}{len(self._calls)}}}" + f"\n{indent[:_MAX_INDENT]}{LINE_FILLER}" * typed.count("\n"))
                is_before_text = False
                self._calls.append(part)
                self._typed.append(typed)
        return "".join(parts)
