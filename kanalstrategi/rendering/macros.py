"""Defines macros: the call that a macro gets, the error that it raises, and the registry of all macros."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kanalstrategi.content.model import Channel, Content, Page
from kanalstrategi.content.urls import relative_url
from kanalstrategi.rendering.escaping import escape_text
from kanalstrategi.suggestions import suggestion


@dataclass(frozen=True)
class Call:
    """The context of a macro call: the whole content and the page with the call."""

    content: Content
    page: Page

    def link(self, url: str) -> str:
        """Turn a URL that is relative to the site's root into one that is relative to the page, escaped for HTML."""
        return escape_text(relative_url(url, self.page))


class MacroError(ValueError):
    """A macro call that fails, with a message and a hint in Danish."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message} – {hint}")
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
class Macro:
    """A function that pages can call, with everything that the rest of the program needs to know about it."""

    answer: Callable[..., str]
    """The function. It takes the call and the arguments in the parentheses, and returns HTML. Raises MacroError."""
    classes: frozenset[str] = frozenset()
    """The CSS classes in its HTML. The sanitizer removes all others."""
    anchors: Callable[[Content], Iterable[str]] | None = None
    """A function that returns the ids in its HTML that links may point to, or None if it writes no ids."""
    script: str = ""
    """The browser script that its page needs, relative to `overrides/theme/assets/`."""

    @property
    def name(self) -> str:
        """The name that pages use to call it."""
        return self.answer.__name__

    @cached_property
    def signature(self) -> inspect.Signature:
        """The parameters of `answer`. The first one is the call."""
        return inspect.signature(self.answer)

    def __call__(self, call: Call, *arguments: str) -> str:
        return self.answer(call, *arguments)


def macro(
    *classes: str, anchors: Callable[[Content], Iterable[str]] | None = None, script: str = ""
) -> Callable[[Callable[..., str]], Macro]:
    """Turn the decorated function into a macro: `@macro("card", "badge")`. See `Macro` for the arguments."""
    return lambda answer: Macro(answer, frozenset(classes), anchors, script)


class MacroRegistry(Mapping[str, Macro]):
    """All macros, keyed by name."""

    def __init__(self, macros: Iterable[Macro]) -> None:
        self._macros = {macro.name: macro for macro in macros}

    def __getitem__(self, name: str) -> Macro:
        return self._macros[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._macros)

    def __len__(self) -> int:
        return len(self._macros)

    @cached_property
    def classes(self) -> frozenset[str]:
        """The CSS classes of all macros."""
        return frozenset().union(*(macro.classes for macro in self._macros.values()))


def known_channel(call: Call, id: str) -> Channel:
    """Return the channel with an id. Raises MacroError."""
    known = call.content.channels
    if id not in known:
        raise MacroError(f"kanalen {id} findes ikke", suggestion(id, known))
    return known[id]
