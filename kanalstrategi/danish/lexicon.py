"""simplemma's Danish dictionary as a file that opens at once: unpacking it takes two seconds and 250 MB, for a build that asks
of some thousand words. Made once in an environment, below its own folder; in memory where that cannot be written.

With it lies what takes going through all of it: how regularly the dictionary's own compounds are made with a part.
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
"""What Danish puts between the two words of a compound."""

_FOLDER = Path(sys.prefix, "share", "kanalstrategi")

_TABLES = """
    CREATE TABLE forms (form TEXT PRIMARY KEY, lemma TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE lemmas (lemma TEXT PRIMARY KEY, forms TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE firsts (part TEXT PRIMARY KEY, regular REAL NOT NULL, verbs REAL NOT NULL) WITHOUT ROWID;
    CREATE TABLE lasts (part TEXT PRIMARY KEY, regular REAL NOT NULL) WITHOUT ROWID;
"""


class Lexicon:
    """May be asked by several threads."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    @cache
    def lemma(self, form: str) -> str | None:
        """The word that this is a form of, if the dictionary has it."""
        row = self._database.execute("SELECT lemma FROM forms WHERE form = ?", (form,)).fetchone()
        return str(row[0]) if row else None

    def forms(self, lemma: str) -> list[str]:
        row = self._database.execute("SELECT forms FROM lemmas WHERE lemma = ?", (lemma,)).fetchone()
        return str(row[0]).split(" ") if row else []

    def is_first(self, word: str) -> bool:
        """Whether a compound may begin with this."""
        return len(word) >= MIN_LETTERS and self.lemma(word) is not None

    @cache
    def as_first(self, part: str) -> tuple[float, float]:
        """How regularly words that begin with this go on as a word, and how many of those that do are verbs."""
        return self._database.execute("SELECT regular, verbs FROM firsts WHERE part = ?", (part,)).fetchone() or (1.0, 0.0)

    @cache
    def as_last(self, part: str) -> float | None:
        """How regularly words that end with this begin as a word; None if it is not a word that can end one."""
        row = self._database.execute("SELECT regular FROM lasts WHERE part = ?", (part,)).fetchone()
        return float(row[0]) if row else None


def first_part_candidates(start: str) -> Iterator[tuple[str, str]]:
    """What a compound's first word may be, and the link after it."""
    for link in _LINKING_LETTERS:
        if start.endswith(link):
            yield start[: len(start) - len(link)], link


def is_verb(word: str, lemma: Callable[[str], str | None]) -> bool:
    """Whether a word has a present participle: `gøre-nde`."""
    return lemma(word + "nde") == word


@cache
def open_lexicon() -> Lexicon:
    file = ensure_database(_FOLDER)
    if file:
        return Lexicon(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False))
    database = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(database)
    return Lexicon(database)


def ensure_database(folder: Path) -> Path | None:
    """The file, made if this folder has none of this program's and this dictionary's; None where it cannot be written.

    It gets its name when it is whole, so that nobody reads half of it; of two who make it at once, one replaces the other's.
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
    except (OSError, sqlite3.OperationalError):  # SQLite's own is of a full disk, say
        return None
    return file


def _fill(database: sqlite3.Connection) -> None:
    from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY  # which whoever has the file need not wait for

    lemmas = dict(DEFAULT_DICTIONARY_FACTORY.get_dictionary("da").items())
    forms: dict[str, list[str]] = defaultdict(list)
    for form, lemma in lemmas.items():
        forms[lemma].append(form)
    firsts, lasts = _regularity(lemmas)
    database.executescript(_TABLES)
    with database:  # in order, so that SQLite adds to the end
        database.executemany("INSERT INTO forms VALUES (?, ?)", sorted(lemmas.items()))
        database.executemany("INSERT INTO lemmas VALUES (?, ?)", ((lemma, " ".join(forms[lemma])) for lemma in sorted(forms)))
        database.executemany("INSERT INTO firsts VALUES (?, ?, ?)", ((part, *firsts[part]) for part in sorted(firsts)))
        database.executemany("INSERT INTO lasts VALUES (?, ?)", ((part, lasts[part]) for part in sorted(lasts)))


def _regularity(lemmas: dict[str, str]) -> tuple[dict[str, tuple[float, float]], dict[str, float]]:
    """Of the parts that words begin with (`as_first`), and of those that they end with (`as_last`)."""
    words = {word for word in set(lemmas.values()) if len(word) >= MIN_LETTERS and word.isalpha() and word.islower()}
    begins: dict[str, int] = defaultdict(int)
    begins_made: dict[str, int] = defaultdict(int)
    begins_verbs: dict[str, int] = defaultdict(int)
    ends, ends_made = dict.fromkeys(words, 0), dict.fromkeys(words, 0)
    for word in words:
        verb = is_verb(word, lemmas.get)
        for place in range(MIN_LETTERS, len(word) - MIN_LETTERS + 1):
            start, rest = word[:place], word[place:]
            if start in lemmas:
                begins[start] += 1
                if rest in words or (rest[0] in "se" and rest[1:] in words):
                    begins_made[start] += 1
                    begins_verbs[start] += verb
            if rest in words:
                ends[rest] += 1
                ends_made[rest] += any(len(first) >= MIN_LETTERS and first in lemmas for first, _ in first_part_candidates(start))
    firsts = {part: ((begins_made[part] + 1) / (count + 1), begins_verbs[part] / max(begins_made[part], 1)) for part, count in begins.items()}
    return firsts, {part: (ends_made[part] + 1) / (count + 1) for part, count in ends.items()}


if __name__ == "__main__":  # `scripts/environment.py`, of an environment that has just been set up
    for former in _FOLDER.glob("danish-*.sqlite"):
        former.unlink()
    ensure_database(_FOLDER)
