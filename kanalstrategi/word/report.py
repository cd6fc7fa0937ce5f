"""Tells in Danish what has become of the words of a file: what went where, what has no place, and what is not on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kanalstrategi.word.document import Remark, RemarkKind


@dataclass(frozen=True)
class Placement:
    """A heading of the file, and where it and the text below it went."""

    heading: str
    """Empty for the text above the first heading."""
    channels: tuple[str, ...]
    """The title of the channel; none if the heading is about no channel, several if it cannot be told which."""


def write_report(file: str, path: str, placements: Sequence[Placement], remarks: Sequence[Remark], images: Iterable[str], missing: Mapping[str, int]) -> str:
    """Return the report as text. `missing` are the words that are neither on the page nor in the remarks, and how often."""
    return "\n".join(_lines(file, path, placements, remarks, sorted(images), missing)) + "\n"


def _lines(
    file: str, path: str, placements: Sequence[Placement], remarks: Sequence[Remark], images: Sequence[str], missing: Mapping[str, int]
) -> Iterator[str]:
    yield f"Fra {file} til {path}"
    yield ""
    yield "Intet er besluttet for jer: Spørgsmålene på siden er stadig åbne. Farver, skrifttyper og understregning er ikke med."
    yield from part("Det står nu under en kanal:", [f"»{one.heading}« → {one.channels[0]}" for one in placements if len(one.channels) == 1])
    yield from part("Det har ingen plads endnu. Det står nederst på siden:", [_without_place(one) for one in placements if len(one.channels) != 1])
    yield from remark_lines(remarks, images, missing)


def remark_lines(remarks: Sequence[Remark], images: Iterable[str], missing: Mapping[str, int]) -> Iterator[str]:
    """Yield what every report ends with: the images that have come along, what is not on a page, and the words that nobody has found."""
    yield from part("Billeder, der er kommet med:", sorted(images))
    for kind in RemarkKind:
        words = Counter(remark.words for remark in remarks if remark.kind is kind)
        yield from part(f"{kind.value}:", [f"»{text}«{f' ({times} steder)' if times > 1 else ''}" for text, times in words.items()])
    if missing:
        yield from part("Ord, der ikke kunne placeres. Find dem i filen, og skriv dem selv:", [_times(word, times) for word, times in missing.items()])


def part(heading: str, points: Sequence[str]) -> Iterator[str]:
    """Yield a heading and the points below it, or nothing if there are none."""
    if points:
        yield from ("", heading, *(f"- {point}" for point in points))


def _without_place(placement: Placement) -> str:
    if placement.channels:
        return f"»{placement.heading}« (passer til flere kanaler: {', '.join(placement.channels)})"
    return f"»{placement.heading}«" if placement.heading else "Teksten før den første overskrift"


def _times(word: str, times: int) -> str:
    return f"{word} ({times} gange)" if times > 1 else word
