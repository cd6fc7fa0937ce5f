"""Makes the text of a new site's strategy of a Word file, or of text that was copied out of one: chapters, channels, rules, and a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kanalstrategi.content.rule_leads import announces, letters_of
from kanalstrategi.content.settings import MAX_LEAD_CHARACTERS, MAX_LEADS
from kanalstrategi.content.steps import StepError
from kanalstrategi.content.strategy_text import StrategyText
from kanalstrategi.content.structure_steps import checked_name
from kanalstrategi.danish.slugs import slug
from kanalstrategi.danish.words import STOP_WORDS, words
from kanalstrategi.diagnostics import printable
from kanalstrategi.limits import TooSlowError, time_limit
from kanalstrategi.markdown.parser import parse
from kanalstrategi.word.channels import ChannelFinder
from kanalstrategi.word.document import Block, Heading, Image, ListItem, NoteMark, Paragraph, Table, WordDocument, plain_text
from kanalstrategi.word.importing import MAX_SECONDS, GuidelineFileError, read_file, shown_text
from kanalstrategi.word.markdown_writer import write_blocks, write_note
from kanalstrategi.word.strategy_report import Part, write_strategy_report
from kanalstrategi.word.words import words_of

FIRST_CHAPTER = "Indledning"
"""The chapter of what stands above the first heading."""
_MIN_LEADS = 3
"""How many lists a line with a colon must stand above to be taken for what announces rules, where nobody has said what does."""
_BELOW_ALL = 99
"""The level of a heading that every other is above."""
_MAX_NAME_WORDS, _MAX_NAME_CHARACTERS = 3, 40
"""How much of a rule becomes its name."""


@dataclass(frozen=True)
class ImportedStrategy:
    """What becomes of a file."""

    text: StrategyText
    report: str
    missing: dict[str, int]
    """The words of the file that are neither in the text nor in the report, and how often. The report names them."""


@dataclass
class _Target:
    """A page that is filled."""

    title: str
    is_channel: bool
    blocks: list[Block] = field(default_factory=list)
    holds_channels: bool = False
    """Whether channels stand below the heading of this chapter."""


@dataclass
class _Sorted:
    """The blocks of a file, by the page that they go to."""

    title: str = ""
    targets: list[_Target] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """The headings that have become titles of pages, as they stand in the file."""


def import_strategy(data: bytes, name: str, channels: Sequence[str], leads: Sequence[str]) -> ImportedStrategy:
    """Return the text of a strategy in a file. Raises GuidelineFileError.

    `name` is the file's. `channels` are the titles of the channels, and `leads` what announces rules; where there are none, they are found in
    the text: a line with a colon that stands above several lists, and the headings with such a list below them.
    """
    try:
        with time_limit(MAX_SECONDS):
            document, in_file = read_file(data, name, "strategi", ())
            return _imported(document, in_file, name, channels, leads)
    except TooSlowError as error:
        raise GuidelineFileError(printable(f"{name}: filen tager for lang tid at læse – del den i flere")) from error


def _imported(document: WordDocument, in_file: Counter[str], name: str, channels: Sequence[str], leads: Sequence[str]) -> ImportedStrategy:
    blocks = _with_title(document.blocks)
    found_leads = tuple(leads) or tuple(_repeated_leads(blocks))
    parts = _sorted_blocks(blocks, _among(channels) if channels else {title: title for title in _announcing_headings(blocks, found_leads)}.get)
    used: set[str] = set()
    rules = {id(target): _with_ids(target, found_leads, used) for target in parts.targets}
    written = {id(target): _written(target.blocks, document) for target in parts.targets}
    chapters = [target for target in parts.targets if not target.is_channel and not target.holds_channels and written[id(target)]]
    of_channels = [target for target in parts.targets if target.is_channel]
    about = "\n\n".join(filter(None, (written[id(target)] for target in parts.targets if target.holds_channels)))
    text = StrategyText(
        title=parts.title,
        chapters=tuple((target.title, written[id(target)]) for target in chapters),
        channels={target.title: written[id(target)] for target in of_channels},
        about_channels=about,
        rule_leads=found_leads,
        channels_with_rules=frozenset(target.title for target in of_channels if rules[id(target)]),
        images=document.images,
    )
    told = [remark.words for remark in document.remarks if not remark.kind.is_on_page]
    shown = words_of(" ".join(shown_text(parse(one).root) for one in written.values()))
    missing = in_file - shown - words_of(" ".join([*parts.told, *document.marks, *told]))
    placed = [
        Part(target.title, target.is_channel, target.holds_channels, rules[id(target)]) for target in parts.targets if written[id(target)] or target.is_channel
    ]
    report = write_strategy_report(printable(name), text, placed, document.remarks, missing)
    return ImportedStrategy(text, report, dict(missing))


def _with_title(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a file, in which a heading that stands above everything, and alone on its level, is the title."""
    headings = [block for block in blocks if isinstance(block, Heading)]
    first = headings[0] if headings else None
    if first is None or first.level == 0 or blocks[0] is not first or any(other.level <= first.level for other in headings[1:]):
        return [*blocks]
    return [replace(first, level=0), *blocks[1:]] if len(headings) > 1 else [*blocks]


def _repeated_leads(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the lines with a colon that stand above several lists, without it."""
    lines = [plain_text([one]) for one, below in pairwise(blocks) if isinstance(one, Paragraph) and isinstance(below, ListItem)]
    found = Counter(letters_of(line) for line in lines if line.endswith(":") and len(line) <= MAX_LEAD_CHARACTERS)
    leads = {letters: next(line for line in lines if letters_of(line) == letters) for letters, count in found.items() if letters and count >= _MIN_LEADS}
    yield from (line.rstrip(": ") for line in [*leads.values()][:MAX_LEADS])


def _announcing_headings(blocks: Sequence[Block], leads: Collection[str]) -> Iterator[str]:
    """Yield the headings with a list of rules right below them, before any other heading."""
    heading = ""
    taken: dict[str, str] = {}
    for block, below in pairwise(blocks):
        if isinstance(block, Heading):
            heading = plain_text([block]) if block.level else ""
        elif heading and isinstance(block, Paragraph) and isinstance(below, ListItem) and announces(plain_text([block]), leads):
            with suppress(StepError):  # a page cannot have that name, so it stays in its chapter; nor can two have one
                name = checked_name(heading)
                if slug(name) != "index" and taken.setdefault(slug(name), name) == name:
                    yield name
            heading = ""


def _among(channels: Sequence[str]) -> Callable[[str], str | None]:
    """Return what finds the one of these channels that a heading is about, by its title in any inflection."""
    finder = ChannelFinder.of_titles(channels)

    def find(heading: str) -> str | None:
        found = finder.find(heading)
        return found[0].title if len(found) == 1 else None

    return find


def _sorted_blocks(blocks: Sequence[Block], channel_of: Callable[[str], str | None]) -> _Sorted:
    """Sort blocks by the page that the headings above them lead to. `channel_of` returns the title of the channel that a heading is about."""
    parts = _Sorted()
    by_channel: dict[str, _Target] = {}
    around: list[tuple[int, _Target]] = []

    def add(block: Block) -> None:
        if not around and write_blocks([block], 2):
            around.append((_BELOW_ALL, _begun(parts, FIRST_CHAPTER)))
        if around:
            around[-1][1].blocks.append(block)

    for block in blocks:
        if not isinstance(block, Heading):
            add(block)
            continue
        text = " ".join(plain_text([block]).split())
        if block.level == 0 or not text:
            parts.title = parts.title or text
            parts.told.append(text)
            add(_without_text(block))
            continue
        while around and around[-1][0] >= block.level:
            around.pop()
        outer = around[-1][1] if around else None
        title = None if outer and outer.is_channel else channel_of(text)
        if title:
            if outer:
                outer.holds_channels = True
            by_channel[title] = target = by_channel.get(title) or _begun(parts, title, is_channel=True)
            _head(block, target, parts)
        elif outer:
            target = outer
            target.blocks.append(block)
        else:
            target = _begun(parts, text)
            _head(block, target, parts)
        around.append((block.level, target))
    return parts


def _begun(parts: _Sorted, title: str, *, is_channel: bool = False) -> _Target:
    parts.targets.append(target := _Target(title, is_channel))
    return target


def _head(heading: Heading, target: _Target, parts: _Sorted) -> None:
    """Have a heading be the title of a page, or stand on it if it says something else."""
    if target.blocks or " ".join(plain_text([heading]).split()) != target.title:
        target.blocks.append(heading)
        return
    parts.told.append(target.title)
    target.blocks.append(_without_text(heading))


def _without_text(heading: Heading) -> Paragraph:
    """Return the notes and images of a heading, which no title can have; mostly none."""
    return Paragraph(tuple(inline for inline in heading.inlines if isinstance(inline, (NoteMark, Image))))


def _with_ids(target: _Target, leads: Collection[str], used: set[str]) -> int:
    """Give the items of a page that are rules an id, and return how many there are."""
    count, is_below_heading, is_announced, level = 0, False, False, None
    for number, block in enumerate(target.blocks):
        if isinstance(block, Heading):
            is_below_heading, is_announced, level = announces(plain_text([block]), leads), False, None
        elif not isinstance(block, ListItem):
            is_announced, level = isinstance(block, Paragraph) and announces(plain_text([block]), leads), None
        elif is_below_heading or is_announced:
            level = block.level if level is None else level
            if block.level <= level and words(plain_text([block])):
                target.blocks[number] = replace(block, id=_rule_id(target.title, plain_text([block]), used))
                count += 1
    return count


def _rule_id(title: str, text: str, used: set[str]) -> str:
    """Return the id of a rule: the name of its page and the first words that say something."""
    said = [word for word in words(text) if word not in STOP_WORDS][:_MAX_NAME_WORDS] or ["regel"]
    base = f"{slug(title)[:_MAX_NAME_CHARACTERS]}-{slug(' '.join(said))[:_MAX_NAME_CHARACTERS]}".strip("-")
    id = next(name for number in range(1, len(used) + 2) if (name := base if number == 1 else f"{base}-{number}") not in used)
    used.add(id)
    return id


def _written(blocks: Sequence[Block], document: WordDocument) -> str:
    """Return blocks as the text of a page, with the notes whose marks are in them."""
    marked = dict.fromkeys(_note_marks(blocks))
    notes = [write_note(name, document.notes[name]) for name in marked if name in document.notes]
    return "\n\n".join(filter(None, [write_blocks(blocks, 2), *notes]))


def _note_marks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from _note_marks(cell.blocks)
        else:
            yield from (inline.name for inline in block.inlines if isinstance(inline, NoteMark))
