"""Stores simplemma's Danish dictionary in a database file that opens instantly.

Unpacking the dictionary takes two seconds and 250 MB, and a build only looks up a few thousand words. The file is written once
per environment, in a folder inside it; if it cannot be written, the database is kept in memory.

It also holds what can only be computed from the whole dictionary: how regularly its compounds are formed with a given part.
"""

from __future__ import annotations

import sqlite3
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

MIN_LETTERS = 3
"""Letters in the shortest word that can be part of a compound: `fag`, `tid`."""

_LINKING_LETTERS = ("", "s", "e")
"""The letters that Danish puts between the two words of a compound."""

_FOLDER = Path(sys.prefix, "share", "kanalstrategi")

_TABLES = """
    CREATE TABLE forms (form TEXT PRIMARY KEY, lemma TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE lemmas (lemma TEXT PRIMARY KEY, forms TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE firsts (part TEXT PRIMARY KEY, regular REAL NOT NULL, verbs REAL NOT NULL) WITHOUT ROWID;
    CREATE TABLE lasts (part TEXT PRIMARY KEY, regular REAL NOT NULL) WITHOUT ROWID;
"""


class Lexicon:
    """The dictionary as a database. Safe to use from several threads."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @cache  # noqa: B019 -- each process has one lexicon, for as long as it runs
    def lemma(self, form: str) -> str | None:
        """Return the base form of a form, or None if the dictionary does not have it."""
        row = self._database.execute("SELECT lemma FROM forms WHERE form = ?", (form,)).fetchone()
        return str(row[0]) if row else None

    def forms(self, lemma: str) -> list[str]:
        """Return all forms of a word, or an empty list if the dictionary does not have it."""
        row = self._database.execute("SELECT forms FROM lemmas WHERE lemma = ?", (lemma,)).fetchone()
        return str(row[0]).split(" ") if row else []

    def is_first(self, word: str) -> bool:
        """Whether a compound can begin with this word."""
        return len(word) >= MIN_LETTERS and self.lemma(word) is not None

    @cache  # noqa: B019 -- each process has one lexicon, for as long as it runs
    def as_first(self, part: str) -> tuple[float, float]:
        """Return two shares from 0 to 1.

        The first is how many of the words beginning with this part continue with a word, the second how many of those are verbs.
        """
        return self._database.execute("SELECT regular, verbs FROM firsts WHERE part = ?", (part,)).fetchone() or (1.0, 0.0)

    @cache  # noqa: B019 -- each process has one lexicon, for as long as it runs
    def as_last(self, part: str) -> float | None:
        """Return how many of the words ending in this part begin with a word, from 0 to 1, or None if no compound can end in it."""
        row = self._database.execute("SELECT regular FROM lasts WHERE part = ?", (part,)).fetchone()
        return float(row[0]) if row else None


def first_part_candidates(start: str) -> Iterator[tuple[str, str]]:
    """Yield the possible first words of a compound, given its start, each with the linking letter that follows it (or an empty string)."""
    for link in _LINKING_LETTERS:
        if start.endswith(link):
            yield start[: len(start) - len(link)], link


def is_verb(word: str, lemma: Callable[[str], str | None]) -> bool:
    """Whether a word has a present participle: `gøre-nde`. `lemma` looks up the base form of a word."""
    return lemma(word + "nde") == word


@cache
def open_lexicon() -> Lexicon:
    """Return the lexicon from its file or, if that cannot be written, in memory."""
    file = ensure_database(_FOLDER)
    if file:
        return Lexicon(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False))
    database = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(database)
    return Lexicon(database)


def ensure_database(folder: Path) -> Path | None:
    """Return the database file in a folder, after writing it if this dictionary and code do not have one yet, or None if that fails.

    The file is only given its name when it is complete, so it is never read half-written. If two processes write it at the same time,
    one replaces the other's.
    """
    file = folder / f"danish-{version('simplemma')}-{sha256(Path(__file__).read_bytes()).hexdigest()[:8]}.sqlite"
    if file.is_file():
        return file
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder) as temporary:
            new = Path(temporary, file.name)
            with closing(sqlite3.connect(new)) as database:
                _fill(database)
            new.replace(file)
    except (OSError, sqlite3.OperationalError):  # SQLite raises its own error for a full disk, for example
        return None
    return file


def _fill(database: sqlite3.Connection) -> None:
    from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY  # imported here, because it is slow and not needed once the file exists

    lemmas = dict(DEFAULT_DICTIONARY_FACTORY.get_dictionary("da").items())
    forms: dict[str, list[str]] = defaultdict(list)
    for form, lemma in lemmas.items():
        forms[lemma].append(form)
    firsts, lasts = _regularity(lemmas)
    database.executescript(_TABLES)
    with database:  # sorted, so that SQLite only appends
        database.executemany("INSERT INTO forms VALUES (?, ?)", sorted(lemmas.items()))
        database.executemany("INSERT INTO lemmas VALUES (?, ?)", ((lemma, " ".join(forms[lemma])) for lemma in sorted(forms)))
        database.executemany("INSERT INTO firsts VALUES (?, ?, ?)", ((part, *firsts[part]) for part in sorted(firsts)))
        database.executemany("INSERT INTO lasts VALUES (?, ?)", ((part, lasts[part]) for part in sorted(lasts)))


def _regularity(lemmas: dict[str, str]) -> tuple[dict[str, tuple[float, float]], dict[str, float]]:
    """Return `Lexicon.as_first` for each part that words begin with, and `Lexicon.as_last` for each part that words end in.

    The counts start at one, so that a part found in few words is not judged by those alone.
    """
    words = {word for word in set(lemmas.values()) if len(word) >= MIN_LETTERS and word.isalpha() and word.islower()}
    first_words: dict[str, int] = defaultdict(int)
    first_compounds: dict[str, int] = defaultdict(int)
    first_verbs: dict[str, int] = defaultdict(int)
    last_words, last_compounds = dict.fromkeys(words, 0), dict.fromkeys(words, 0)
    for word in words:
        verb = is_verb(word, lemmas.get)
        for split in range(MIN_LETTERS, len(word) - MIN_LETTERS + 1):
            start, rest = word[:split], word[split:]
            if start in lemmas:
                first_words[start] += 1
                if rest in words or (rest[0] in "se" and rest[1:] in words):
                    first_compounds[start] += 1
                    first_verbs[start] += verb
            if rest in words:
                last_words[rest] += 1
                last_compounds[rest] += any(len(first) >= MIN_LETTERS and first in lemmas for first, _ in first_part_candidates(start))
    firsts = {part: ((first_compounds[part] + 1) / (count + 1), first_verbs[part] / max(first_compounds[part], 1)) for part, count in first_words.items()}
    return firsts, {part: (last_compounds[part] + 1) / (count + 1) for part, count in last_words.items()}


if __name__ == "__main__":  # run by `scripts/environment.py` after it has set up an environment
    for former in _FOLDER.glob("danish-*.sqlite"):
        former.unlink()
    ensure_database(_FOLDER)
