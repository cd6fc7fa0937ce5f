"""Reads what is known about a municipality from a file, and reports everything that cannot be used, with its line. No I/O.

The file is YAML, and what is in it is untrusted. README.md, "For your own municipality", has an example with every key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import yaml

from kanalstrategi.content.config_file import parse_config
from kanalstrategi.content.config_values import mapping
from kanalstrategi.content.conventions import NOBODY
from kanalstrategi.content.settings import read_settings
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.sanitizing.files import FOLDER_NAME
from kanalstrategi.starter.answers import Answers, NewDepartment, NewOwner
from kanalstrategi.starter.checked import (
    MAX_CHANNELS,
    MAX_DEPARTMENTS,
    MAX_OWNERS,
    AnswerError,
    account_answer,
    distinct,
    email_answer,
    file_name_answer,
    phone_answer,
    text_answer,
    url_answer,
)
from kanalstrategi.suggestions import suggestion

MAX_BYTES = 100_000
"""The maximum size of the file: a hundred times that of one with all of it."""
KEYS = ("name", "title", "colors", "logo", "shape", "channels", "departments", "owners", "statement", "strategy")
_COLORS = ("primary", "accent")
_DEPARTMENT_KEYS = ("name", "units")
_OWNER_FACTS: dict[str, Callable[[str], str]] = {"name": text_answer, "phone": phone_answer, "email": email_answer, "account": account_answer}
_MAX_SHOWN = 40
_MAX_PATH_CHARACTERS = 1000

Path = tuple[str | int, ...]
"""Where a value stands: the keys above it and its own, with the number of an entry in a list."""


def read_answers(name: str, data: bytes, typed_name: str, diagnostics: list[Diagnostic]) -> Answers:
    """Return what a file says. What is wrong is reported, and what is not there is as in a site of defaults.

    `name` is the file's, for messages, and `typed_name` the municipality's as it was typed on the command line, which is checked already.
    """
    if len(data) > MAX_BYTES:
        diagnostics.append(Diagnostic(name, 1, f"filen fylder over {MAX_BYTES // 1000} kB", "skriv kun svarene i den"))
        return Answers(typed_name)
    config = parse_config(name, data)
    diagnostics += config.diagnostics
    if config.diagnostics or config.values is None:
        return Answers(typed_name)
    return _Reader(name, _lines_of(config.text), diagnostics).answers(config.values, typed_name)


class _Reader:
    def __init__(self, file: str, lines: Mapping[Path, int], diagnostics: list[Diagnostic]) -> None:
        self._file = file
        self._lines = lines
        self._diagnostics = diagnostics

    def answers(self, values: Mapping[str, Any], typed_name: str) -> Answers:
        facts = mapping(values)
        self._check_keys((), facts, KEYS)
        name = self._text(("name",), facts, text_answer, default=typed_name)
        if name != typed_name:
            self._report(("name",), f"kommunen hedder »{name}« her og »{typed_name}« på kommandolinjen", "skriv det samme begge steder")
        colors = self._mapping(("colors",), facts.get("colors"), 'skriv farverne under den, som `primary: "#0c4a60"`')
        self._check_keys(("colors",), colors, _COLORS)
        found = Answers(
            name=typed_name,
            title=self._text(("title",), facts, text_answer),
            primary=self._text(("colors", "primary"), colors, _color),
            accent=self._text(("colors", "accent"), colors, _color),
            logo=self._text(("logo",), facts, _path),
            settings=read_settings(facts.get("shape"), lambda path, message, hint: self._report(("shape", *path), message, hint)),
            shape=mapping(facts.get("shape")),
            owners=tuple(self._owners(facts.get("owners"))),
            statement=self._text(("statement",), facts, url_answer),
            strategy=self._text(("strategy",), facts, _path),
        )
        if "channels" in facts:
            found = replace(found, channels=tuple(self._names(("channels",), facts["channels"], MAX_CHANNELS, "kanal")))
        if "departments" in facts:
            found = replace(found, departments=tuple(self._departments(facts["departments"])))
        return found

    def _report(self, path: Path, message: str, hint: str) -> None:
        """Add a diagnostic at a value, or at the nearest thing that it stands in."""
        line = next((self._lines[path[:length]] for length in range(len(path), 0, -1) if path[:length] in self._lines), 1)
        self._diagnostics.append(Diagnostic(self._file, line, message, hint))

    def _check_keys(self, above: Path, values: Mapping[str, Any], known: Sequence[str]) -> None:
        for key in values:
            if key not in known:
                self._report((*above, key), f"{key[:_MAX_SHOWN]} kendes ikke", suggestion(key, known, f"kendte navne er {', '.join(known)}"))

    def _mapping(self, path: Path, value: Any, hint: str) -> dict[str, Any]:
        if value is not None and not isinstance(value, dict):
            self._report(path, f"{path[-1]} har ingen navne under sig", hint)
        return mapping(value)

    def _text(self, path: Path, values: Mapping[str, Any], check: Callable[[str], str], default: str = "") -> str:
        """Return the text at a path, whose last part is a key of `values`, or the default if it is missing or wrong."""
        value = values.get(str(path[-1]))
        return default if value is None else self._checked(path, value, check, default)

    def _checked(self, path: Path, value: Any, check: Callable[[str], str], default: str = "") -> str:
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            self._report(path, f"{_shown(path)} er ikke tekst", 'skriv teksten i anførselstegn: "…"')
            return default
        try:
            return check(str(value))
        except AnswerError as error:
            self._report(path, *_split(str(error)))
            return default

    def _list(self, path: Path, value: Any, maximum: int, thing: str) -> list[Any]:
        name = path[-1]
        if not isinstance(value, list) or not value:
            hint = f"skriv hver {thing} på sin egen linje under den, som `- navn`; slet linjen, hvis I ikke ved det endnu"
            self._report(path, f"{name} er ikke en liste", hint)
            return []
        if len(value) > maximum:
            self._report(path, f"{name} har over {maximum} punkter", "begynd med færre; resten kan komme til senere")
        return value[:maximum]

    def _names(self, path: Path, value: Any, maximum: int, thing: str) -> list[str]:
        entries = self._list(path, value, maximum, thing)
        names = [self._checked((*path, number), entry, file_name_answer) for number, entry in enumerate(entries)]
        found = [name for name in names if name]
        for message in distinct(found):
            self._report(path, *_split(message))
        return found

    def _departments(self, value: Any) -> Iterator[NewDepartment]:
        found = []
        for number, entry in enumerate(self._list(("departments",), value, MAX_DEPARTMENTS, "afdeling")):
            path: Path = ("departments", number)
            if not isinstance(entry, dict):
                found.append(NewDepartment(self._checked(path, entry, file_name_answer)))
                continue
            facts = mapping(entry)
            self._check_keys(path, facts, _DEPARTMENT_KEYS)
            if "name" not in facts:
                self._report(path, "afdelingen har intet navn", "skriv `name: …`, og hver enhed som et punkt under `units:`")
            units = self._names((*path, "units"), facts["units"], MAX_DEPARTMENTS, "enhed") if "units" in facts else []
            found.append(NewDepartment(self._text((*path, "name"), facts, file_name_answer), tuple(units)))
        for message in distinct(name for one in found for name in (one.name, *one.units) if name):
            self._report(("departments",), *_split(message))
        yield from (department for department in found if department.name)

    def _owners(self, value: Any) -> Iterator[NewOwner]:
        owners = self._mapping(("owners",), value, "skriv hver ansvarlig under den med et kort navn, som `stab: {name: Staben}`")
        if len(owners) > MAX_OWNERS:
            self._report(("owners",), f"owners har over {MAX_OWNERS}", "begynd med færre; resten kan komme til senere")
        for id, entry in [*owners.items()][:MAX_OWNERS]:
            path = ("owners", id)
            if not FOLDER_NAME.fullmatch(id) or id == NOBODY:
                hint = "brug små bogstaver a–z, tal og bindestreg"
                self._report(path, f"den ansvarlige kan ikke have det korte navn {id[:_MAX_SHOWN]}", hint)
                continue
            facts = self._mapping(path, entry, "skriv `name: …` under den")
            self._check_keys(path, facts, tuple(_OWNER_FACTS))
            if "name" not in facts:
                self._report(path, f"den ansvarlige {id} har intet navn", "skriv `name: …` under den")
            yield NewOwner(id, **{key: self._text((*path, key), facts, check) for key, check in _OWNER_FACTS.items()})


def _color(typed: str) -> str:
    """Return a color as it was typed. Whether it is one, and can be seen, is found by the check of the finished site. Raises AnswerError."""
    text = " ".join(typed.split())
    if not text.isprintable() or not text or len(text) > _MAX_SHOWN:
        raise AnswerError('det er ikke en farve – skriv den i anførselstegn, for # begynder en kommentar: "#0c4a60"')
    return text


def _path(typed: str) -> str:
    if not typed.strip() or not typed.isprintable() or len(typed) > _MAX_PATH_CHARACTERS:
        raise AnswerError("det er ikke navnet på en fil – skriv det, som det står i mappen")
    return typed


def _split(message: str) -> tuple[str, str]:
    first, _, hint = message.partition(" – ")
    return first, hint


def _shown(path: Path) -> str:
    return ".".join(str(part + 1 if isinstance(part, int) else part) for part in path)[:_MAX_SHOWN]


def _lines_of(text: str) -> dict[Path, int]:
    """Return the line of each value of a YAML text, by its path. Of one that is named again elsewhere (`*a`), only the first place is looked into."""
    found: dict[Path, int] = {}
    seen: set[int] = set()

    def add(node: yaml.Node, path: Path) -> None:
        if len(path) > len(("departments", 0, "units", 0)) or id(node) in seen:
            return
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode):
                    found[(*path, str(key.value))] = key.start_mark.line + 1
                    add(value, (*path, str(key.value)))
        elif isinstance(node, yaml.SequenceNode):
            for number, item in enumerate(node.value):
                found[(*path, number)] = item.start_mark.line + 1
                add(item, (*path, number))

    if root := yaml.compose(text, yaml.SafeLoader):
        add(root, ())
    return found
