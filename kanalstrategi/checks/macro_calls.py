"""Checks the macro calls on a page and the text that macros quote."""

from __future__ import annotations

from collections.abc import Iterator

from kanalstrategi.content.model import Content, Page
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.macro_calls import MAX_EXPANDED_CHARACTERS
from kanalstrategi.markdown.nodes import Element, Node, ParsedPage
from kanalstrategi.rendering.macros import Call, Macro, MacroError, MacroRegistry
from kanalstrategi.suggestions import suggestion


def check_quotable_blocks(path: str, parsed: ParsedPage) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each macro call inside quotable text, since quotes are read before macros run."""
    for block in parsed.blocks:
        if block.has_macro and (block.kind == "heading" or block.id):
            message = "der står en makro i en overskrift eller et afsnit med id"
            yield Diagnostic(f"docs/{path}", block.line, message, "skriv teksten selv, eller flyt makroen til et afsnit for sig")


def check_macro_calls(page: Page, parsed: ParsedPage, content: Content, registry: MacroRegistry) -> Iterator[Diagnostic]:
    """Yield the diagnostics for the macro syntax of a page and for the calls on it."""
    file = f"docs/{page.path}"
    for diagnostic in parsed.macro_text.diagnostics:
        message, hint = diagnostic.message, diagnostic.hint
        if diagnostic.macro in registry:
            hint = f"skriv {_example(registry[diagnostic.macro])}"
        elif diagnostic.macro:
            message, hint = f"makroen {diagnostic.macro} findes ikke", suggestion(diagnostic.macro, registry)
        yield Diagnostic(file, diagnostic.line, message, hint)
    length = 0
    for call in parsed.calls:
        if call.name not in registry:
            yield Diagnostic(file, call.line, f"makroen {call.name} findes ikke", suggestion(call.name, registry))
            continue
        macro = registry[call.name]
        try:
            macro.signature.bind(None, *call.arguments)
        except TypeError:
            message = f"makroen {call.name} er kaldt med forkerte oplysninger"
            yield Diagnostic(file, call.line, message, f"skriv {_example(macro)}")
            continue
        try:
            length += sum(map(_length, macro(Call(content, page), *call.arguments)))
        except MacroError as error:
            yield Diagnostic(file, call.line, error.message, error.hint)
        if length > MAX_EXPANDED_CHARACTERS:
            yield Diagnostic(file, call.line, "siden bliver for lang", "brug færre makroer, eller del siden i flere")
            return


def _length(node: Node) -> int:
    """Return about how many characters of HTML a node becomes."""
    if type(node) is not Element:
        return len(node) if type(node) is str else 0
    return 2 * len(node.tag) + sum(map(len, node.attributes.values())) + sum(map(_length, node.children))


def _example(macro: Macro) -> str:
    """Return an example call of a macro: `{{ quote("passage", "beginning") }}`."""
    arguments = [f'"{parameter}"' for parameter in list(macro.signature.parameters)[1:]]
    return f"{{{{ {macro.name}({', '.join(arguments)}) }}}}"
