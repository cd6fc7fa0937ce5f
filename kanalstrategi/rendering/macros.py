"""Defines macros: the call that a macro gets, the error that it raises, and the registry of all macros."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.urls import relative_url
from kanalstrategi.diagnostics import Wording
from kanalstrategi.markdown.nodes import Element, Node, element, nodes
from kanalstrategi.suggestions import suggestion

Answer = Node | Sequence[Node]
"""What a macro puts on a page: an element, a text, or a list of them."""


@dataclass(frozen=True)
class Call:
    """The context of a macro call: the whole content and the page with the call."""

    content: Content
    page: Page
    site_url: str = ""
    """The URL of the published site; empty if it is not known."""

    def link(self, url: str) -> str:
        """Turn a URL that is relative to the site's root into one that is relative to the page."""
        return relative_url(url, self.page)


class MacroError(ValueError):
    """A macro call that fails, with a message and a hint in Danish."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message} – {hint}")
        self.message = message
        self.hint = hint


ANY_PAGE = "*"
"""Stands for the folders of all pages."""


@dataclass(frozen=True)
class Vocabulary:
    """The words that an argument of a macro can be, such as the ids of channels, and what is said about any other word."""

    words: Callable[[Content], Collection[str]]
    wording: Wording
    """The message about an unknown `$word`, and the hint if no known word is like it; without a hint, all known words are listed."""
    folders: tuple[str, ...] = ()
    """The folders, as the program calls them, with the pages whose text decides which words there are; `ANY_PAGE` for passages."""
    ignores_case: bool = False
    former: Callable[[Content], Collection[str]] = lambda content: ()
    """A function that returns the words that it could be in an earlier edition: they are known still, but not suggested."""

    def require(self, word: str, content: Content) -> None:
        """Raise MacroError if a word is unknown."""
        plain, known = word.lower() if self.ignores_case else word, self.words(content)
        if plain not in known and plain not in self.former(content):
            message, hint = self.wording.said(content.say).filled(word=word)
            raise MacroError(message, suggestion(plain, known, hint))


@dataclass(frozen=True)
class Macro:
    """A function that pages can call, with everything that the rest of the program needs to know about it."""

    answer: Callable[..., Answer]
    """The function. It takes the call and the arguments in the parentheses. Raises MacroError."""
    anchors: Callable[[Content], Iterable[str]] | None = None
    """A function that returns the ids in its answer that links may point to, or None if it writes no ids."""
    script: str = ""
    """The browser script that its page needs, relative to `overrides/theme/assets/`."""
    vocabulary: Vocabulary | None = None
    """The words that its first argument can be, and each argument if it takes any number of them; None if it can be any text."""
    is_of_site: bool = False
    """Whether it shows the site as it is now, such as guidelines: on a page of an edition that is not in force, it does not."""

    @property
    def name(self) -> str:
        """The name that pages use to call it."""
        return self.answer.__name__

    @cached_property
    def signature(self) -> inspect.Signature:
        """The parameters of `answer`. The first one is the call."""
        return inspect.signature(self.answer)

    @property
    def takes_any_number(self) -> bool:
        """Whether it takes any number of arguments."""
        return any(parameter.kind is inspect.Parameter.VAR_POSITIONAL for parameter in self.signature.parameters.values())

    @property
    def example(self) -> str:
        """An example call: `{{ quote("passage", "beginning") }}`."""
        arguments = [f'"{parameter}"' for parameter in list(self.signature.parameters)[1:]]
        return f"{{{{ {self.name}({', '.join(arguments)}) }}}}"

    def require_known_words(self, content: Content, arguments: Sequence[str]) -> None:
        """Raise MacroError if an argument is not one of the words that it can be."""
        if self.vocabulary and not (self.is_of_site and content.folder):
            for word in arguments if self.takes_any_number else arguments[:1]:
                self.vocabulary.require(word, content)

    def __call__(self, call: Call, *arguments: str) -> list[Node]:
        """Return the answer to a call as new nodes. Raises MacroError, and TypeError if the macro does not return nodes."""
        if self.is_of_site and call.content.folder:
            return _shown_in_force(call)
        self.require_known_words(call.content, arguments)
        answer = self.answer(call, *arguments)
        parts: Sequence[object] = answer if isinstance(answer, list | tuple) else [answer]
        for part in parts:
            if type(part) not in (Element, str):
                raise TypeError(f"the macro {self.name} returned a value of type {type(part).__name__} instead of elements and text")
        return nodes(answer)


def _shown_in_force(call: Call) -> list[Node]:
    """Return a line that leads to the page in force; the front page of an edition has nothing in its place."""
    if call.page.path == f"{call.content.folder}index.md":
        return []
    page = element("a", "siden, der gælder nu", href=call.link(call.content.replacements.get(call.page.path, "")))
    return [element("p.edition-absent", "Dette vises kun på ", page, ".", data_search_exclude="")]


@overload
def macro(answer: Callable[..., Answer], /) -> Macro: ...
@overload
def macro(
    *, anchors: Callable[[Content], Iterable[str]] | None = None, script: str = "", vocabulary: Vocabulary | None = None, is_of_site: bool = False
) -> Callable[[Callable[..., Answer]], Macro]: ...
def macro(
    answer: Callable[..., Answer] | None = None,
    /,
    *,
    anchors: Callable[[Content], Iterable[str]] | None = None,
    script: str = "",
    vocabulary: Vocabulary | None = None,
    is_of_site: bool = False,
) -> Macro | Callable[[Callable[..., Answer]], Macro]:
    """Turn the decorated function into a macro: `@macro` or `@macro(script="register.js")`. See `Macro` for the arguments."""
    return Macro(answer, anchors, script, vocabulary) if answer else lambda answer: Macro(answer, anchors, script, vocabulary, is_of_site)


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
