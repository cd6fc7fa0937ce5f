"""simplemma's Danish dictionary as a database file that opens at once.

Unpacking the dictionary takes two seconds and 250 MB, and a build looks up only some thousand words. The file is written once in an
environment, in a folder of its own below it; where it cannot be written, the database is in memory.

It also holds what can only be computed from the whole dictionary: how regularly its own compounds are made with a part.
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
"""Letters of the shortest word that takes part in a compound: `fag`, `tid`."""

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

    @cache  # noqa: B019 -- a process has one lexicon, as long as it runs
    def lemma(self, form: str) -> str | None:
        """Return the word that this is a form of, or None if the dictionary does not have it."""
        row = self._database.execute("SELECT lemma FROM forms WHERE form = ?", (form,)).fetchone()
        return str(row[0]) if row else None

    def forms(self, lemma: str) -> list[str]:
        """Return all forms of a word; none if the dictionary does not have it."""
        row = self._database.execute("SELECT forms FROM lemmas WHERE lemma = ?", (lemma,)).fetchone()
        return str(row[0]).split(" ") if row else []

    def is_first(self, word: str) -> bool:
        """Whether a compound may begin with this word."""
        return len(word) >= MIN_LETTERS and self.lemma(word) is not None

    @cache  # noqa: B019 -- a process has one lexicon, as long as it runs
    def as_first(self, part: str) -> tuple[float, float]:
        """Return two shares from 0 to 1: of the words beginning with this part, those whose rest is a word; and of these, the verbs."""
        return self._database.execute("SELECT regular, verbs FROM firsts WHERE part = ?", (part,)).fetchone() or (1.0, 0.0)

    @cache  # noqa: B019 -- a process has one lexicon, as long as it runs
    def as_last(self, part: str) -> float | None:
        """Return the share, from 0 to 1, of the words ending in this part whose start is a word; None if no compound can end in it."""
        row = self._database.execute("SELECT regular FROM lasts WHERE part = ?", (part,)).fetchone()
        return float(row[0]) if row else None


def first_part_candidates(start: str) -> Iterator[tuple[str, str]]:
    """Yield what the first word of a compound may be, given its start, each with the linking letter that follows it (or none)."""
    for link in _LINKING_LETTERS:
        if start.endswith(link):
            yield start[: len(start) - len(link)], link


def is_verb(word: str, lemma: Callable[[str], str | None]) -> bool:
    """Whether a word has a present participle: `gøre-nde`. `lemma` looks up the word that a form belongs to."""
    return lemma(word + "nde") == word


@cache
def open_lexicon() -> Lexicon:
    """Return the lexicon, from its file or, where that cannot be written, in memory."""
    file = ensure_database(_FOLDER)
    if file:
        return Lexicon(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False))
    database = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(database)
    return Lexicon(database)


def ensure_database(folder: Path) -> Path | None:
    """Return the database file in a folder, and write it if there is none of this dictionary by this code; None if that fails.

    The file gets its name when it is complete, so nobody reads half of it. If two processes write it at once, one replaces the other's.
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
    from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY  # imported here, since it is slow and not needed once there is a file

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
    """Return what `Lexicon.as_first` answers for each part that words begin with, and `Lexicon.as_last` for each that they end in.

    The counts begin at one, so that a part that stands in few words is not judged by them alone.
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


if __name__ == "__main__":  # run by `scripts/environment.py` when it has set up an environment
    for former in _FOLDER.glob("danish-*.sqlite"):
        former.unlink()
    ensure_database(_FOLDER)
