"""Defines macros: the call that a macro gets, the error that it raises, and the registry of all macros."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from kanalstrategi.content.model import Channel, Content, Page
from kanalstrategi.content.urls import relative_url
from kanalstrategi.markdown.nodes import Element, Node, nodes
from kanalstrategi.suggestions import suggestion

Answer = Node | Sequence[Node]
"""What a macro puts on a page: an element, a text, or a list of them."""


@dataclass(frozen=True)
class Call:
    """The context of a macro call: the whole content and the page with the call."""

    content: Content
    page: Page

    def link(self, url: str) -> str:
        """Turn a URL that is relative to the site's root into one that is relative to the page."""
        return relative_url(url, self.page)


class MacroError(ValueError):
    """A macro call that fails, with a message and a hint in Danish."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message} – {hint}")
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
class Macro:
    """A function that pages can call, with everything that the rest of the program needs to know about it."""

    answer: Callable[..., Answer]
    """The function. It takes the call and the arguments in the parentheses. Raises MacroError."""
    anchors: Callable[[Content], Iterable[str]] | None = None
    """A function that returns the ids in its answer that links may point to, or None if it writes no ids."""
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

    def __call__(self, call: Call, *arguments: str) -> list[Node]:
        """Return the answer to a call as new nodes. Raises MacroError, and TypeError if the macro does not return nodes."""
        answer = self.answer(call, *arguments)
        parts: Sequence[object] = answer if isinstance(answer, list | tuple) else [answer]
        for part in parts:
            if type(part) not in (Element, str):
                raise TypeError(f"the macro {self.name} returned a value of type {type(part).__name__} instead of elements and text")
        return nodes(answer)


@overload
def macro(answer: Callable[..., Answer], /) -> Macro: ...
@overload
def macro(*, anchors: Callable[[Content], Iterable[str]] | None = None, script: str = "") -> Callable[[Callable[..., Answer]], Macro]: ...
def macro(
    answer: Callable[..., Answer] | None = None, /, *, anchors: Callable[[Content], Iterable[str]] | None = None, script: str = ""
) -> Macro | Callable[[Callable[..., Answer]], Macro]:
    """Turn the decorated function into a macro: `@macro` or `@macro(script="register.js")`. See `Macro` for the arguments."""
    return Macro(answer, anchors, script) if answer else lambda answer: Macro(answer, anchors, script)


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


def known_channel(call: Call, id: str) -> Channel:
    """Return the channel with an id. Raises MacroError."""
    known = call.content.channels
    if id not in known:
        raise MacroError(f"kanalen {id} findes ikke", suggestion(id, known))
    return known[id]
