"""Reads the pages that answer citizens' questions, and which websites they may lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kanalstrategi.content.answer_model import AnswerPage
from kanalstrategi.content.conventions import ANSWER_FOLDER
from kanalstrategi.content.edition_paths import section_in_force
from kanalstrategi.content.fields import FieldReader
from kanalstrategi.content.folders import Folders
from kanalstrategi.content.model import Channel, Page, Status
from kanalstrategi.danish.sentences import split_sentences
from kanalstrategi.diagnostics import Diagnostic, Wording
from kanalstrategi.markdown.nodes import Block, ParsedPage
from kanalstrategi.suggestions import suggestion

_TOP_LEVEL_DOMAINS = ("com", "dk", "eu", "net", "nu", "org")
"""The last parts of the websites that are recognized. Any other would find `f.eks`, too."""
_WORD = re.compile(r"[\w.@-]+")

WORDINGS = {
    "no_channel": Wording("svaret nævner ingen kanal", "skriv `channel: …` øverst med en af disse: $channels"),
    "unknown_channel": Wording("kanalen $value findes ikke", "$suggestion"),
    "no_keywords": Wording(
        "svaret har ingen søgeord", f"skriv de ord, folk søger med, efter `keywords:`; siderne i docs/{ANSWER_FOLDER} bliver fundet ved dem"
    ),
}
"""What can be wrong with the fields that only answers have."""


def read_answer(
    page: Page, parsed: ParsedPage, groups: Sequence[Channel], diagnostics: list[Diagnostic], earlier: Sequence[Sequence[Channel]] = ()
) -> AnswerPage:
    """Return the answer on a page. Missing and wrong fields are reported; `kanalstrategi.checks.answers` judges the text.

    `earlier` are the channel groups of each edition that was in force before: an answer about a channel that is gone keeps it until
    somebody has gone through it.
    """
    front = FieldReader(page.path, parsed, diagnostics)
    channels = {channel.id: channel for group in groups for channel in (group, *group.subchannels)}
    former = {channel.id: channel for edition in reversed(earlier) for group in edition for channel in (group, *group.subchannels)}
    channel_id = ""
    if not parsed.front.values.get("channel"):
        front.report("channel", *WORDINGS["no_channel"].filled(channels=", ".join(channels)))
    elif (channel_id := front.text("channel") or "") and channel_id not in channels and channel_id not in former:
        front.report("channel", *WORDINGS["unknown_channel"].filled(value=channel_id, suggestion=suggestion(channel_id, channels)))
    if not page.keywords:
        front.report("keywords", *WORDINGS["no_keywords"].filled())
    paragraph = first_paragraph(parsed)
    text = paragraph.text if paragraph else ""
    id = page.path.rpartition("/")[2].removesuffix(".md")
    return AnswerPage(id, page, text, split_sentences(text)[0], channels.get(channel_id) or former.get(channel_id))


def first_paragraph(parsed: ParsedPage) -> Block | None:
    """Return the block below the title if it is a paragraph of text; lines that hold nothing but a macro, such as the status, do not count."""
    blocks = (block for block in parsed.blocks if block.text and not (block.kind == "heading" and block.level == 1))
    first = next(blocks, None)
    return first if first and first.kind == "paragraph" else None


def named_hosts(pages: Mapping[str, Page], parsed_pages: Mapping[str, ParsedPage], folders: Folders) -> tuple[str, ...]:
    """Return the websites that the adopted text of the strategy and its channels names, in lower case and in the order of the alphabet."""
    adopted = (path for path, page in pages.items() if section_in_force(path, folders) in folders.of_strategy and page.status is Status.ADOPTED)
    return tuple(sorted({host for path in adopted for block in parsed_pages[path].blocks for host in _hosts_in(block.text)}))


def _hosts_in(text: str) -> Iterator[str]:
    """Yield the websites that a text names, as `borger.dk`. E-mail addresses are left out."""
    for word in _WORD.findall(text.lower()):
        name, _, domain = word.rstrip(".-").rpartition(".")
        if name and domain in _TOP_LEVEL_DOMAINS and "@" not in word:
            yield f"{name}.{domain}"
