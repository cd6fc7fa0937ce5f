"""Reads a department's local guideline: which channel groups it covers, and what the department has decided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from kanalstrategi.content.coverage_model import Coverage
from kanalstrategi.content.decision_model import Decision, DecisionState
from kanalstrategi.content.fields import FieldReader
from kanalstrategi.content.model import Channel, Guideline, GuidelineSection, Page, Status
from kanalstrategi.content.settings_model import DEFAULT_WORDS, Words
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.macro_calls import MacroCall
from kanalstrategi.markdown.nodes import Block, ParsedPage

_LIKE_A_TASK = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]*)?[*_`]*\[[- \txX]{0,3}\](?![(\[:])")
"""The beginning of a line that was probably meant to be a decision."""
_NOT_OWN_TEXT = re.compile(
    r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|<!--(?:(?!<!--).)*?-->"  # macros and comments; none is searched for its end twice
    r"|^#+ [^\n]*$|^[ \t]*\{:[^\n]*\}[ \t]*$|^[^\n]*:[ \t]*$",  # headings, attribute lists, and lines that only introduce a list
    re.DOTALL | re.MULTILINE,
)


def read_guideline(
    page: Page,
    parsed: ParsedPage,
    groups: Sequence[Channel],
    diagnostics: list[Diagnostic],
    earlier: Sequence[Sequence[Channel]] = (),
    words: Words = DEFAULT_WORDS,
) -> Guideline:
    """Return the guideline on a page. Missing and misplaced sections and decisions are reported.

    `earlier` are the channel groups of each edition that was in force before, the latest first. A section about one of them that is gone
    is kept, and one about a group that came later than a guideline may be missing: the day of an adoption, nobody can have written it.
    """

    def report(line: int, message: str, hint: str) -> None:
        diagnostics.append(Diagnostic(f"docs/{page.path}", line, message, hint))

    id = page.path.rpartition("/")[2].removesuffix(".md")
    front = FieldReader(page.path, parsed, diagnostics)
    department, part_of = front.text("department"), front.text("part_of", required=False) or ""
    title_line = next((block.line for block in parsed.blocks if block.kind == "heading"), 1)
    sections = []
    for group in groups:
        heading = heading_of(group, parsed)
        if group.departments and not {id, part_of} & {*group.departments}:
            if heading:
                hint = f"slet afsnittet, eller skriv {id} under departments i docs/{group.page.path}"
                report(heading.line, f"kanalen {group.title}{words.say(' gælder ikke for fagområdet')}", hint)
            sections.append(_not_applicable(heading, page, group, parsed))
            continue
        if heading is None:
            message = f"retningslinjen mangler et afsnit om {group.title}"
            own = words.say("fagområdets egne beslutninger")
            hint = f'skriv overskriften `## {group.title} {{: #{group.id} }}` og under den {{{{ rules("{group.id}") }}}} og {own}'
            misplaced = next((b for b in parsed.blocks if b.kind == "heading" and b.id == group.id), None)
            if misplaced:
                report(misplaced.line, f"afsnittet »{misplaced.text}« er ikke på øverste niveau", "skriv overskriften med ## foran")
            elif not is_new(group, earlier) and not part_of:
                report(title_line, message, hint)
            sections.append(GuidelineSection(group, page.url, Coverage.MISSING, ()))
            continue
        sections.append(_read_section(heading, page, group, parsed, earlier))
    former_sections = [
        _read_section(heading, page, group, parsed, earlier)
        for group in {group.id: group for edition in reversed(earlier) for group in edition}.values()
        if group.id not in {group.id for group in groups} and (heading := heading_of(group, parsed))
    ]
    lines_in_sections = {decision.line for section in (*sections, *former_sections) for decision in section.decisions}
    decision_lines = {block.line for block in parsed.blocks if block.task}
    for line in sorted(decision_lines - lines_in_sections):
        hint = "flyt den ned under overskriften for den kanal, den handler om"
        report(line, "beslutningen står uden for kanalernes afsnit", hint)
    settled_lines = decision_lines | parsed.code
    for line, text in enumerate(parsed.markdown.split("\n"), 1):
        if _LIKE_A_TASK.match(text) and line not in settled_lines:
            hint = "skriv `- [ ] ` foran en åben beslutning, `- [x] ` foran en truffet og `- [-] ` foran en, der ikke er relevant, i en liste uden for HTML"
            report(line, "beslutningen er ikke skrevet rigtigt", hint)
    return Guideline(id, department or page.title, page, tuple(sections), tuple(former_sections), part_of)


def is_new(group: Channel, earlier: Sequence[Sequence[Channel]]) -> bool:
    """Whether a channel group came with an adoption, after others. `earlier` are the groups of each edition before."""
    return any(group.id not in {former.id for former in edition} for edition in earlier)


def heading_of(group: Channel, parsed: ParsedPage) -> Block | None:
    """Return the heading of a guideline's section about a channel group, or None if there is none."""
    return next((block for block in parsed.blocks if block.kind == "heading" and block.level == 2 and block.id == group.id), None)


def lines_of(heading: Block, parsed: ParsedPage) -> range:
    """Return the lines of a heading's section, without that of the heading itself."""
    next_headings = (block.line for block in parsed.blocks if block.line > heading.line and block.kind == "heading" and block.level <= heading.level)
    return range(heading.line + 1, next(next_headings, parsed.markdown.count("\n") + 2))


def _read_section(heading: Block, page: Page, group: Channel, parsed: ParsedPage, earlier: Sequence[Sequence[Channel]]) -> GuidelineSection:
    lines = lines_of(heading, parsed)
    blocks = [block for block in parsed.blocks if block.line in lines]
    text = "\n".join(parsed.markdown.split("\n")[lines.start - 1 : lines.stop - 1])
    versions = (group, *(former for edition in earlier for former in edition if former.id == group.id))
    subchannels = {subchannel.id for version in versions for subchannel in version.subchannels}
    decisions = tuple(_read_decisions(blocks, group, subchannels, parsed.calls))
    if heading.used:
        return GuidelineSection(group, f"{page.url}#{group.id}", Coverage.NOT_USED, _irrelevant(decisions))
    return GuidelineSection(group, f"{page.url}#{group.id}", _coverage_of(page, text), decisions)


def _not_applicable(heading: Block | None, page: Page, group: Channel, parsed: ParsedPage) -> GuidelineSection:
    """Return the section about a channel that is only for other departments: there should be none, and the decisions of one do not count."""
    decisions = _irrelevant(_read_section(heading, page, group, parsed, ()).decisions) if heading else ()
    return GuidelineSection(group, page.url, Coverage.NOT_APPLICABLE, decisions)


def _irrelevant(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions of a section that the department does not need."""
    return tuple(replace(decision, state=DecisionState.NOT_RELEVANT) for decision in decisions)


def _read_decisions(blocks: Sequence[Block], group: Channel, subchannels: Set[str], calls: Sequence[MacroCall]) -> Iterator[Decision]:
    """Yield the decisions among the blocks of a channel group's section. `subchannels` are the ids of those that the group has or had."""
    of_rules = [(call.line, call.arguments[0]) for call in calls if call.name == "rules" and call.arguments and call.arguments[0] in subchannels]
    for block in blocks:
        if task := block.task:
            state = DecisionState(task.state)
            question, answer = block.text, task.answer
            if not answer and task.lead and state is not DecisionState.OPEN and not block.text.endswith("?"):
                question, answer = task.lead, block.text.removeprefix(f"{task.lead}:").strip()
            channel = next((id for line, id in reversed(of_rules) if blocks[0].line <= line < block.line), group.id)
            yield Decision(block.id, channel, block.text, question, answer, state, task.is_essential, block.line)


def _coverage_of(page: Page, markdown: str) -> Coverage:
    """Return the coverage of a section, given its Markdown. A section that only repeats the strategy's rules, by macro, counts as missing."""
    if not _NOT_OWN_TEXT.sub("", markdown).strip():
        return Coverage.MISSING
    return Coverage.ADOPTED if page.status is Status.ADOPTED else Coverage.DRAFT
