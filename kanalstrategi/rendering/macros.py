"""What a macro is: the call that it answers, the error that it raises, and the registry of them all."""

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
    """What a macro knows: the whole content, and the page that it is called on."""

    content: Content
    page: Page

    def link(self, url: str) -> str:
        """Return a URL relative to the site's root as the page's HTML needs it, escaped."""
        return escape_text(relative_url(url, self.page))


class MacroError(ValueError):
    """A call that cannot be answered, with what is wrong and what to do about it, in Danish."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message} – {hint}")
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
class Macro:
    """Something that a page may call, and everything that the rest of the program has to know about it."""

    answer: Callable[..., str]
    """Takes the call and the words in the parentheses, and returns HTML. Raises MacroError."""
    classes: frozenset[str] = frozenset()
    """The CSS classes that its HTML carries; the sanitizer lets only these through."""
    anchors: Callable[[Content], Iterable[str]] | None = None
    """Returns the ids that it puts on its page, which links may point at; None if it puts none there."""
    script: str = ""
    """The browser script that its page needs, below `overrides/theme/assets/`."""

    @property
    def name(self) -> str:
        """What pages call it by."""
        return self.answer.__name__

    @cached_property
    def signature(self) -> inspect.Signature:
        """The parameters of `answer`, of which the first is the call."""
        return inspect.signature(self.answer)

    def __call__(self, call: Call, *arguments: str) -> str:
        return self.answer(call, *arguments)


def macro(
    *classes: str, anchors: Callable[[Content], Iterable[str]] | None = None, script: str = ""
) -> Callable[[Callable[..., str]], Macro]:
    """Make a macro of the function below: `@macro("card", "badge")`. See `Macro` for the arguments."""
    return lambda answer: Macro(answer, frozenset(classes), anchors, script)


class MacroRegistry(Mapping[str, Macro]):
    """All macros by name."""

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
