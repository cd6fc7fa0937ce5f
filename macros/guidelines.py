"""Read a department's local guideline: which channel groups it covers, and what it has decided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .front_matter import FrontMatterReader
from .records import Channel, Coverage, Decision, Guideline, GuidelineSection, Page, Problem, Status
from .source import Block, Source

GUIDELINES = "retningslinjer"
"""The folder whose pages are the departments' guidelines."""

TASK = re.compile(r"\[([ xX])\]\s+")
"""What a decision begins with: `[ ] ` is open, `[x] ` is decided."""
_LIKE_A_TASK = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])?[ \t]*[*_`]*\[[ \txX]{0,3}\](?![(\[:])")
_OF_NO_DEPARTMENT = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<!--.*?-->"  # macros and comments
    r"|^#+ [^\n]*$|^[ \t]*\{:[^\n]*\}[ \t]*$|^[^\n]*:[ \t]*$",  # headings, attribute lists, and what only announces a list
    re.DOTALL | re.MULTILINE,
)


def read_guideline(page: Page, source: Source, groups: Sequence[Channel], problems: list[Problem]) -> Guideline:
    """The guideline that a page of the folder holds. What is missing or misplaced is complained of."""

    def complain(line: int, what: str, remedy: str) -> None:
        problems.append(Problem(f"docs/{page.path}", line, what, remedy))

    id = page.path.rpartition("/")[2].removesuffix(".md")
    department = FrontMatterReader(page.path, source, problems).text("department")
    title_line = next((block.line for block in source.blocks if block.kind == "heading"), 1)
    claimed: set[int] = set()
    sections = []
    for group in groups:
        heading = next((b for b in source.blocks if b.kind == "heading" and b.level == 2 and b.id == group.id), None)
        if heading is None:
            what = f"retningslinjen mangler et afsnit om {group.title}"
            remedy = (
                f"skriv overskriften `## {group.title} {{: #{group.id} }}` og under den "
                f'{{{{ rules("{group.id}") }}}} og fagområdets egne beslutninger'
            )
            misplaced = next((b for b in source.blocks if b.kind == "heading" and b.id == group.id), None)
            if misplaced:
                complain(misplaced.line, f"afsnittet »{misplaced.text}« er ikke på øverste niveau", "skriv overskriften med ## foran")
            else:
                complain(title_line, what, remedy)
            sections.append(GuidelineSection(group, page.url, Coverage.MISSING, ()))
            continue
        blocks, text = _under(heading, source)
        decisions = tuple(filter(None, map(_decision, blocks)))
        claimed |= {decision.line for decision in decisions}
        sections.append(
            GuidelineSection(group, f"{page.url}#{group.id}", _coverage(page, text), decisions)
        )
    decided_or_open = {block.line for block in source.blocks if _decision(block)}
    for line in sorted(decided_or_open - claimed):
        remedy = "flyt den ned under overskriften for den kanal, den handler om"
        complain(line, "beslutningen står uden for kanalernes afsnit", remedy)
    for line, written in enumerate(source.shown.split("\n"), 1):
        if _LIKE_A_TASK.match(written) and line not in decided_or_open | source.code:
            remedy = "skriv `- [ ] ` foran en åben beslutning og `- [x] ` foran en truffet, i en liste uden for HTML"
            complain(line, "beslutningen er ikke skrevet rigtigt", remedy)
    return Guideline(id, department or page.title, page, tuple(sections))


def department_problems(guidelines: Sequence[Guideline], sources: dict[str, Source]) -> Iterator[Problem]:
    """Departments of one name, which no reader could tell apart."""
    first: dict[str, str] = {}
    for guideline in guidelines:
        path = guideline.page.path
        line = sources[path].front.lines.get("department", 1)
        name = guideline.department.casefold()
        if name in first:
            what = f"fagområdet {guideline.department} står allerede i {first[name]}"
            yield Problem(f"docs/{path}", line, what, "giv det ene af de to et andet navn")
        first.setdefault(name, f"docs/{path}:{line}")


def _under(heading: Block, source: Source) -> tuple[list[Block], str]:
    """The blocks of a heading's section, and its Markdown."""
    following = [block for block in source.blocks if block.line > heading.line]
    ends = (block.line for block in following if block.kind == "heading" and block.level <= heading.level)
    lines = source.shown.split("\n")
    end = next(ends, len(lines) + 1)
    return [block for block in following if block.line < end], "\n".join(lines[heading.line : end - 1])


def _decision(block: Block) -> Decision | None:
    match = TASK.match(block.written) if block.kind == "item" else None
    if match is None:
        return None
    return Decision(TASK.sub("", block.text, count=1), match.group(1) == " ", block.line)


def _coverage(page: Page, markdown: str) -> Coverage:
    """The rules alone, which macros bring, are nothing of the department's own."""
    if not _OF_NO_DEPARTMENT.sub("", markdown).strip():
        return Coverage.MISSING
    return Coverage.ADOPTED if page.status is Status.ADOPTED else Coverage.DRAFT
