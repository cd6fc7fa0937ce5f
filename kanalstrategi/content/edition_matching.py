"""Finds the blocks of one edition in another, where they may have other words or stand elsewhere. No I/O."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from kanalstrategi.content.text_block import HEADING, RULE, TextBlock
from kanalstrategi.danish.words import STOP_WORDS

MIN_LIKENESS_IN_PLACE, MIN_LIKENESS_ON_PAGE, MIN_LIKENESS_ELSEWHERE = 0.3, 0.5, 0.65
"""The part of their telling words that two blocks must share at least to be taken for one that is reworded: between the same neighbours, on the
same page, and on another page."""
MAX_PAIRS = 20_000
"""Where a page has more pairs of blocks with the same words than this, words that stand there many times are no guide: to find the best pairs would
take too long."""
MAX_LOOKUPS = 600
"""How many blocks are found by their words for each block, by the rarest words first: a word that all have does not tell which one is looked for."""
MAX_CANDIDATES = 8
"""How many blocks that share words with it, and how many in its place, each block is compared with word by word."""
_FEW_WORDS, _FEW_LETTERS = 4, 200
"""Blocks of at most this many telling words, and of at most this many letters, are compared by their letters."""


def match_blocks(old: Sequence[TextBlock], new: Sequence[TextBlock]) -> dict[int, int]:
    """Return the position in the new edition of each block of the old one that is found there.

    Rules are found by their id. Other blocks are found by their id, else by the same words, else by words that are like theirs.
    """
    matching = _Matching(old, new)
    matching.by_id()
    matching.by_words_in_place()
    matching.by_words()
    matching.by_likeness()
    return matching.pairs


def governing_headings(blocks: Sequence[TextBlock]) -> list[int | None]:
    """Return the position of the heading that each block stands under on its page, or None if there is none."""
    found: list[int | None] = []
    current: int | None = None
    for position, block in enumerate(blocks):
        if position and blocks[position - 1].page != block.page:
            current = None
        found.append(current)
        if block.kind == HEADING:
            current = position
    return found


class _Matching:
    """The pairs that have been found so far."""

    def __init__(self, old: Sequence[TextBlock], new: Sequence[TextBlock]) -> None:
        self.old, self.new = old, new
        self.pairs: dict[int, int] = {}
        self._taken: set[int] = set()

    def _pair(self, position: int, place: int) -> None:
        if position not in self.pairs and place not in self._taken:
            self.pairs[position] = place
            self._taken.add(place)

    def _left(self) -> tuple[list[int], list[int]]:
        """Return the positions of the blocks of both editions that are still without a pair."""
        return [it for it in range(len(self.old)) if it not in self.pairs], [it for it in range(len(self.new)) if it not in self._taken]

    def by_id(self) -> None:
        """Pair the blocks with the same id. Only headings need to be on the same page: their ids are unique there alone."""
        places = {(key, number): place for key, number, place in _numbered(_id_key(block) for block in self.new)}
        for key, number, position in _numbered(_id_key(block) for block in self.old):
            if key and (place := places.get((key, number))) is not None:
                self._pair(position, place)

    def by_words_in_place(self) -> None:
        """Pair the blocks of a page that have the same words and stand between the same others."""
        old_pages, new_pages = _by_page(self.old), _by_page(self.new)
        numbers: dict[object, int] = {}

        def keys(blocks: Sequence[TextBlock], positions: Iterable[int], found: Mapping[int, int]) -> list[int]:
            """Return a number for each block, which is the same for those with the same words, or that are a pair already."""
            names = (("pair", found[it]) if it in found else _word_key(blocks[it]) for it in positions)
            return [numbers.setdefault(name, len(numbers)) for name in names]

        # A rule without its pair is found nowhere, whatever its words.
        paired = {place: place for place in self._taken}
        for page in [page for page in old_pages if page in new_pages]:
            before, after = old_pages[page], new_pages[page]
            one, other = keys(self.old, before, self.pairs), keys(self.new, after, paired)
            counts = Counter(other)
            matcher = SequenceMatcher(None, one, other, autojunk=sum(counts[key] for key in one) > MAX_PAIRS)
            for start, place, size in matcher.get_matching_blocks():
                for offset in range(size):
                    if self.old[before[start + offset]].kind != RULE:
                        self._pair(before[start + offset], after[place + offset])

    def by_words(self) -> None:
        """Pair the blocks with the same words that are left: those beside a pair, those on the same page, and those that are alone with them."""
        left_old, left_new = ([it for it in left if blocks[it].kind != RULE] for left, blocks in zip(self._left(), (self.old, self.new), strict=True))
        for position in (*left_old, *reversed(left_old)):
            for step in (1, -1):
                place = self.pairs.get(position - step, -2) + step
                if 0 <= place < len(self.new) and _word_key(self.old[position]) == _word_key(self.new[place]):
                    self._pair(position, place)
        counts = Counter(map(_word_key, self.old)) | Counter(map(_word_key, self.new))

        def key_on_page(block: TextBlock) -> object:
            return block.page, _word_key(block)

        def key_anywhere(block: TextBlock) -> object:
            """Return the words of a block; none for a heading of several pages, as that above a list of rules, which moves to none of them."""
            key = _word_key(block)
            return key if block.kind != HEADING or counts[key] == 1 else None

        for key_of in (key_on_page, key_anywhere):
            waiting: dict[object, list[int]] = defaultdict(list)
            for place in reversed(left_new):
                if place not in self._taken:
                    waiting[key_of(self.new[place])].append(place)
            for position in left_old:
                key = key_of(self.old[position])
                if position not in self.pairs and key is not None and waiting.get(key):
                    self._pair(position, waiting[key].pop())

    def by_likeness(self) -> None:
        """Pair the blocks that are left and whose words are alike, the most alike first."""
        left_old, left_new = ([it for it in left if blocks[it].kind != RULE] for left, blocks in zip(self._left(), (self.old, self.new), strict=True))
        gaps = self._gaps(left_old, left_new)
        found: list[tuple[float, int, int]] = []
        for position, place in _candidates(self.old, self.new, left_old, left_new, gaps):
            one, other = self.old[position], self.new[place]
            is_in_place = gaps[0][position] == gaps[1][place]
            is_on_page = one.page == other.page
            least = MIN_LIKENESS_IN_PLACE if is_in_place else MIN_LIKENESS_ON_PAGE if is_on_page else MIN_LIKENESS_ELSEWHERE
            alike = _likeness(one.text, other.text)
            if alike >= least:
                found.append((alike + 0.2 * is_in_place + 0.1 * is_on_page, position, place))
        for _, position, place in sorted(found, key=lambda it: (-it[0], it[1], it[2])):
            self._pair(position, place)
        # A heading in the place of the only one that is gone there has its section.
        alone: dict[object, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, (left, blocks) in enumerate(zip(self._left(), (self.old, self.new), strict=True)):
            for it in left:
                if blocks[it].kind == HEADING:
                    alone[gaps[side][it]][side].append(it)
        for before, after in alone.values():
            if len(before) == len(after) == 1:
                self._pair(before[0], after[0])

    def _gaps(self, left_old: Sequence[int], left_new: Sequence[int]) -> tuple[dict[int, object], dict[int, object]]:
        """Return the place of each block that is left as its page and the pair before it, which is the same place in both editions."""

        def gaps(blocks: Sequence[TextBlock], left: Iterable[int], found: Mapping[int, int]) -> dict[int, object]:
            wanted, places, current = {*left}, dict[int, object](), -1
            for position, block in enumerate(blocks):
                if position and blocks[position - 1].page != block.page:
                    current = -1
                if position in found:
                    current = found[position]
                elif position in wanted:
                    places[position] = (block.page, current)
            return places

        return gaps(self.old, left_old, self.pairs), gaps(self.new, left_new, {place: place for place in self._taken})


def _numbered(keys: Iterable[object]) -> Iterator[tuple[object, int, int]]:
    """Yield each key with how many times it has come before, and its position."""
    seen: Counter[object] = Counter()
    for position, key in enumerate(keys):
        yield key, seen[key], position
        seen[key] += 1


def _id_key(block: TextBlock) -> object:
    if not block.has_id and block.kind != RULE:
        return None
    return (block.kind, block.reference, block.page if block.kind == HEADING else "")


def _word_key(block: TextBlock) -> object:
    return ("rule", block.reference) if block.kind == RULE else (block.kind, block.text)


def _by_page(blocks: Sequence[TextBlock]) -> dict[str, list[int]]:
    pages: dict[str, list[int]] = defaultdict(list)
    for position, block in enumerate(blocks):
        pages[block.page].append(position)
    return pages


def _candidates(
    old: Sequence[TextBlock], new: Sequence[TextBlock], left_old: Sequence[int], left_new: Sequence[int], gaps: tuple[dict[int, object], dict[int, object]]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of blocks of one kind that may be alike: they share words that few others have, or stand in the same place."""
    having: dict[tuple[str, str], list[int]] = defaultdict(list)
    in_place: dict[tuple[str, object], list[int]] = defaultdict(list)
    for place in left_new:
        for word in {*_words(new[place].text)}:
            having[new[place].kind, word].append(place)
        in_place[new[place].kind, gaps[1][place]].append(place)
    numbers: Counter[tuple[str, object]] = Counter()
    for position in left_old:
        kind = old[position].kind
        shared: Counter[int] = Counter()
        known = sorted((len(having[kind, word]), word) for word in {*_words(old[position].text)} if (kind, word) in having)
        for _, word in known:
            shared.update(having[kind, word][:MAX_LOOKUPS])
            if shared.total() > MAX_LOOKUPS:
                break
        spot = kind, gaps[0][position]
        near = max(0, numbers[spot] - MAX_CANDIDATES // 2)
        numbers[spot] += 1
        for place in dict.fromkeys((*(place for place, _ in shared.most_common(MAX_CANDIDATES)), *in_place[spot][near : near + MAX_CANDIDATES])):
            yield position, place


def _likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1: the part of their telling words that they share, or of their letters if they have few."""
    before, after = _words(one), _words(other)
    if max(len(before), len(after)) <= _FEW_WORDS and max(len(one), len(other)) <= _FEW_LETTERS:
        return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()
    return 2 * (Counter(before) & Counter(after)).total() / max(1, len(before) + len(after))


def _words(text: str) -> list[str]:
    """Return the words that tell what a text is about."""
    plain = (word.strip(".,;:!?()»«\"'") for word in text.casefold().split())
    return [word for word in plain if word and word not in STOP_WORDS]
