"""Checks the macro calls on a page and the text that macros quote."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.model import Content, Page
from kanalstrategi.diagnostics import Diagnostic, Wording
from kanalstrategi.markdown.allow_list import may_contain
from kanalstrategi.markdown.macro_calls import MAX_EXPANDED_CHARACTERS, MacroCall
from kanalstrategi.markdown.nodes import Element, Node, ParsedPage, descendants
from kanalstrategi.rendering.guide_examples import call_of_example
from kanalstrategi.rendering.macros import Call, MacroError, MacroRegistry
from kanalstrategi.suggestions import suggestion

WORDINGS = {
    "unknown": Wording("makroen $name findes ikke", "$suggestion"),
    "arguments": Wording("makroen $name er kaldt med forkerte oplysninger", "skriv $example"),
    "example": Wording("", "skriv $example"),
}
"""What can be wrong with a call that can be read, before its macro answers; `example` replaces the hint about the syntax of a known macro."""


def check_quotable_blocks(path: str, parsed: ParsedPage) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each macro call inside quotable text, since quotes are read before macros run."""
    for block in parsed.blocks:
        if block.has_macro and (block.kind == "heading" or block.id):
            message = "der står en makro i en overskrift eller et afsnit med id"
            yield Diagnostic(f"docs/{path}", block.line, message, "skriv teksten selv, eller flyt makroen til et afsnit for sig")


def check_macro_calls(page: Page, parsed: ParsedPage, content: Content, registry: MacroRegistry) -> Iterator[Diagnostic]:
    """Yield the diagnostics for the macro syntax of a page and for the calls on it."""
    file = f"docs/{page.path}"
    yield from check_syntax(file, parsed, registry)
    if not content.organisation.is_read:
        return  # no macro would know what its words name
    length = 0
    for call, around in _calls_in(parsed.root, ()):
        shown = call_of_example(call, Call(content, page)) or Call(content, page)
        if mistake := find_mistake(call, shown.content, registry):
            yield Diagnostic(file, call.line, *mistake)
            continue
        try:
            answer = registry[call.name](shown, *call.arguments)
        except MacroError as error:
            yield Diagnostic(file, call.line, error.message, error.hint)
            continue
        if _is_misplaced(answer, around):
            message = f"makroen {call.name} kan ikke stå midt i et link, en overskrift eller fremhævet tekst"
            yield Diagnostic(file, call.line, message, "sæt den på en linje for sig")
        length += sum(map(_length, answer))
        if length > MAX_EXPANDED_CHARACTERS:
            yield Diagnostic(file, call.line, "siden bliver for lang", "brug færre makroer, eller del siden i flere")
            return


def check_syntax(file: str, parsed: ParsedPage, registry: MacroRegistry) -> Iterator[Diagnostic]:
    """Yield the diagnostics for the macro calls of a page that cannot be read."""
    for diagnostic in parsed.macro_diagnostics:
        message, hint = diagnostic.message, diagnostic.hint
        if diagnostic.macro in registry:
            hint = WORDINGS["example"].filled(example=registry[diagnostic.macro].example)[1]
        elif diagnostic.macro:
            message, hint = _unknown(diagnostic.macro, registry)
        yield Diagnostic(file, diagnostic.line, message, hint)


def find_mistake(call: MacroCall, content: Content, registry: MacroRegistry) -> tuple[str, str] | None:
    """Return what is wrong with the name, the number and the words of a call, before the macro looks at anything else."""
    if call.name not in registry:
        return _unknown(call.name, registry)
    macro = registry[call.name]
    try:
        macro.signature.bind(None, *call.arguments)
    except TypeError:
        return WORDINGS["arguments"].filled(name=call.name, example=macro.example)
    try:
        macro.require_known_words(content, call.arguments)
    except MacroError as error:
        return error.message, error.hint
    return None


def _unknown(name: str, registry: MacroRegistry) -> tuple[str, str]:
    return WORDINGS["unknown"].filled(name=name, suggestion=suggestion(name, registry))


def _calls_in(parent: Element, around: tuple[str, ...]) -> Iterator[tuple[MacroCall, tuple[str, ...]]]:
    """Yield each macro call in a tree with the tags of the elements around it, outermost first."""
    inside = (*around, parent.tag)
    for child in parent.children:
        if type(child) is MacroCall:
            yield child, inside
        elif type(child) is Element:
            yield from _calls_in(child, inside)


def _is_misplaced(answer: list[Node], around: tuple[str, ...]) -> bool:
    """Whether a browser would move the answer of a macro out of the elements around its call. A paragraph is split around it instead."""
    elements = [node for node in answer if type(node) is Element]
    if around[-1] != "p" and not all(may_contain(around[-1], element.tag) for element in elements):
        return True
    return "a" in around and any(inner.tag == "a" for element in elements for inner in (element, *descendants(element)))


def _length(node: Node) -> int:
    """Return about how many characters of HTML a node becomes."""
    if type(node) is not Element:
        return len(node) if type(node) is str else 0
    return 2 * len(node.tag) + sum(map(len, node.attributes.values())) + sum(map(_length, node.children))
