"""Writes what has changed in an edition: the rules by channel, the rest by page, each with its words before and after. No I/O."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kanalstrategi.content.compared_editions import block_url
from kanalstrategi.content.edition_changes import Change, ChangeKind
from kanalstrategi.content.edition_comparison import Comparison
from kanalstrategi.content.edition_model import Edition, EditionState
from kanalstrategi.content.edition_notes import EditionNotes
from kanalstrategi.content.text_block import HEADING, RULE, TextBlock
from kanalstrategi.danish.phrases import count_phrase, long_date
from kanalstrategi.markdown.nodes import Element, Node, descendants, element
from kanalstrategi.rendering.components import heading
from kanalstrategi.rendering.headings import NOTES_CLASS
from kanalstrategi.rendering.hearing import answer_line
from kanalstrategi.rendering.macros import Call
from kanalstrategi.rendering.word_marks import marked_words

_NOUNS = {HEADING: ("overskrift", False), "paragraph": ("afsnit", True), RULE: ("regel", False), "item": ("punkt", True)}
"""What each kind of block is called, and whether the word is neuter."""
_ADJECTIVES = {
    ChangeKind.NEW: ("ny", "nyt", "nye"),
    ChangeKind.CHANGED: ("ændret", "ændret", "ændrede"),
    ChangeKind.MOVED: ("flyttet", "flyttet", "flyttede"),
    ChangeKind.GONE: ("udgået", "udgået", "udgåede"),
}
"""What each kind of change is called: of common gender, neuter, and plural."""
_LABELS = {
    EditionState.PROPOSAL: ("Gælder nu", "Forslag"),
    EditionState.CONSULTATION: ("Gælder nu", "Forslag"),
    EditionState.LAPSED: ("Gjaldt", "Forslag"),
    EditionState.ADOPTED: ("Før", "Nu"),
    EditionState.SUPERSEDED: ("Før", "Efter"),
}
"""What the words of the old and of the new edition are called, by the state of the new one."""
_NO_NOTES = EditionNotes()


def changes_page_tree(call: Call, comparison: Comparison, notes: EditionNotes = _NO_NOTES) -> Element:
    """Return the tree of the page with an edition's changes. `notes` is what its editors say about them."""
    writer = _ChangesWriter(call, comparison, notes)
    title = element("h1", call.page.title, id="aendringer")
    # Editors introduce the page in their own words, which often are these.
    opening = "Fra " if notes.introduction else "Her står, hvad der er ændret fra "
    between = element("p", opening, writer.edition(comparison.old), " til ", writer.edition(comparison.new), ".")
    if comparison.changes:
        tree = element("div", title, between, notes.introduction, writer.summary(), writer.rules(), writer.other_text(), writer.unchanged())
    else:
        tree = element("div", title, between, notes.introduction, element("p", "De to udgaver har den samme tekst."), writer.other_notes())
    _make_ids_unique(tree)
    return tree


class _ChangesWriter:
    """Writes the changes of one edition for one page."""

    def __init__(self, call: Call, comparison: Comparison, notes: EditionNotes) -> None:
        self._call = call
        self._comparison = comparison
        self._notes = notes
        self._labels = _LABELS[comparison.new.state]
        self._rules = _grouped((change for change in comparison.changes if change.block.kind == RULE), comparison.channel_titles, "channel")
        self._others = _grouped((change for change in comparison.changes if change.block.kind != RULE), comparison.page_titles, "page")
        self._noted: set[str] = set()

    def edition(self, edition: Edition) -> list[Node]:
        """Return a link to an edition, and how far it has come."""
        return [element("a", edition.title, href=self._call.link(edition.url)), f" ({_standing(edition)})"]

    def summary(self) -> Element:
        """Return the changes in numbers, with links to them."""
        items = [
            self._summary_item("Regler", "regler", self._rules, self._comparison.channel_titles),
            self._summary_item("Øvrig tekst", "tekst", self._others, self._comparison.page_titles),
            element("li", element("a", "Uændret", href="#uaendret"), f": {self._unchanged_phrase()}"),
        ]
        return element("ul.change-summary", items)

    def rules(self) -> list[Node]:
        """Return the changes of rules, by channel."""
        return self._part("Regler", "regler", self._rules, self._comparison.channel_titles)

    def other_text(self) -> list[Node]:
        """Return the changes of everything else, by page."""
        return self._part("Øvrig tekst", "tekst", self._others, self._comparison.page_titles)

    def unchanged(self) -> list[Node]:
        """Return one line about what holds unchanged, and the notes about it."""
        return [heading(2, "Uændret", "uaendret"), element("p", f"Resten af teksten er, som den var: {self._unchanged_phrase()}."), *self.other_notes()]

    def other_notes(self) -> list[Node]:
        """Return the notes about blocks that have not changed."""
        blocks = {block.reference: block for block in reversed(self._comparison.unchanged)}
        found = [(blocks[reference], note) for reference, note in self._notes.by_reference.items() if reference in blocks and reference not in self._noted]
        items = [element("li.change", self._side(self._labels[1], self._comparison.new, block, [block.text]), _note(note)) for block, note in found]
        return [element("ul.changes", items)] if items else []

    def _summary_item(self, title: str, id: str, groups: Mapping[str, Sequence[Change]], titles: Mapping[str, str]) -> Element:
        changes = [change for group in groups.values() for change in group]
        if not changes:
            return element("li", f"{title}: ingen ændringer")
        inner = [
            element("li", element("a", titles.get(name, name), href=f"#{_group_id(id, name)}"), f": {_counts_phrase(group)}") for name, group in groups.items()
        ]  # fmt: skip - one item
        return element("li", element("a", title, href=f"#{id}"), f": {_counts_phrase(changes)}", element("ul", inner))

    def _part(self, title: str, id: str, groups: Mapping[str, Sequence[Change]], titles: Mapping[str, str]) -> list[Node]:
        if not groups:
            return []
        parts: list[Node] = [heading(2, title, id)]
        for name, changes in groups.items():
            parts += [heading(3, titles.get(name, name), _group_id(id, name)), element("ul.changes", map(self._change, changes))]
        return parts

    def _change(self, change: Change) -> Element:
        block = change.block
        is_gone = change.new is None
        note: list[Node] = []
        if not is_gone or block.reference not in self._comparison.new_references:
            note = self._notes.by_reference.get(block.reference, [])
            self._noted.add(block.reference)
        url = block_url(self._comparison.old if is_gone else self._comparison.new, block)
        answer = answer_line(self._call, block.reference, block.text, url)
        kind = element(
            "p.change-kind",
            element("strong.badge", _kind_phrase(change)),
            self._place(change),
            [" ", element(f"span.{NOTES_CLASS}", answer, data_search_exclude="")] if answer else "",
            id=change.anchor,
        )
        return element(f"li.change.{change.kind.value}", kind, self._words(change), _note(note) if note else "")

    def _words(self, change: Change) -> Node:
        """Return the words of a block before and after."""
        old, new, comparison = change.old, change.new, self._comparison
        before, after = marked_words(old.text if old else "", new.text if new else "")
        sides = []
        if old and (change.is_reworded or new is None):
            sides.append(self._side(self._labels[0], comparison.old, old, before))
        if new:
            sides.append(self._side(self._labels[1], comparison.new, new, after))
        return element("div.change-sides", sides)

    def _side(self, label: str, edition: Edition, block: TextBlock, words: Iterable[Node]) -> Element:
        seen = "Se i sammenhæng"
        name = f"{seen} i {edition.title}: {textwrap.shorten(block.text, 60, placeholder=' …')}"
        link = element("a", seen, href=self._call.link(block_url(edition, block)), aria_label=name)
        return element("div.change-side", element("p.change-label", element("strong", label, ":"), element("span.web-only", " ", link)), element("p", words))

    def _place(self, change: Change) -> str:
        """Return where a block stands, as far as the heading above it on this page does not say so."""
        old, new = change.old, change.new
        if change.kind is ChangeKind.MOVED and old and new:
            before, after = self._name_of_place(old), self._name_of_place(new)
            return f" fra {before} til {after}" if before != after else f" inden for {after}"
        block = change.block
        title = self._comparison.page_titles.get(block.page, "")
        return f" i »{block.section}«" if block.kind not in (RULE, HEADING) and block.section not in ("", title) else ""

    def _name_of_place(self, block: TextBlock) -> str:
        if block.kind == RULE:
            return f"»{self._comparison.channel_titles.get(block.channel, block.channel)}«"
        title = self._comparison.page_titles.get(block.page, block.page)
        return f"»{title}«" if block.section in ("", title) or block.kind == HEADING else f"»{title}«, »{block.section}«"

    def _unchanged_phrase(self) -> str:
        blocks = self._comparison.unchanged
        rules = sum(block.kind == RULE for block in blocks)
        others = "andre afsnit, punkter og overskrifter"
        return f"{count_phrase(rules, 'regel', 'regler')} og {count_phrase(len(blocks) - rules, 'andet afsnit, punkt eller overskrift', others)}"


def _make_ids_unique(root: Element) -> None:
    """Give each element another id if one above it has the same: two changes may be of the same point, and notes have headings of their own."""
    taken: set[str] = set()
    for node in descendants(root):
        id, number = node.id, 1
        while node.id and node.id in taken:
            number += 1
            node.attributes["id"] = f"{id}-{number}"
        taken.add(node.id)


def _note(note: Iterable[Node]) -> Element:
    return element("div.change-note", element("p.change-label", element("strong", "Bemærkning:")), note)


def _grouped(changes: Iterable[Change], titles: Mapping[str, str], key: str) -> dict[str, list[Change]]:
    """Return changes by the channel or the page of their block (`key`), in the order of their titles."""
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        found[getattr(change.block, key)].append(change)
    order = {name: number for number, name in enumerate(titles)}
    return {name: found[name] for name in sorted(found, key=lambda name: (order.get(name, len(order)), name))}


def _group_id(part: str, name: str) -> str:
    return f"{part}-{name.removesuffix('.md').replace('/', '-')}"


def _kind_phrase(change: Change) -> str:
    """Return what has happened to what: `Ny regel`, `Flyttet og ændret afsnit`."""
    noun, is_neuter = _NOUNS[change.block.kind]
    adjective = _ADJECTIVES[change.kind][is_neuter]
    if change.kind is ChangeKind.MOVED and change.is_reworded:
        adjective += " og ændret"
    return f"{adjective.capitalize()} {noun}"


def _counts_phrase(changes: Iterable[Change]) -> str:
    """Return how many changes there are of each kind: `1 ny, 3 ændrede`."""
    kinds = [change.kind for change in changes]
    return ", ".join(f"{number} {_ADJECTIVES[kind][0 if number == 1 else 2]}" for kind in ChangeKind if (number := kinds.count(kind)))


def _standing(edition: Edition) -> str:
    """Return how far an edition has come, in lower case."""
    if edition.state is EditionState.LAPSED:
        return "bortfaldet forslag"
    if not edition.state.was_adopted:
        return "forslag i høring" if edition.state is EditionState.CONSULTATION else "forslag"
    day = f"vedtaget den {long_date(edition.adopted)}" if edition.adopted else "vedtaget"
    return f"{day}, afløst den {long_date(edition.superseded)}" if edition.superseded else day
