"""Reads `mkdocs.yml`, as far as it can be understood without MkDocs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kanalstrategi.content.config_keys import key_lines
from kanalstrategi.danish.normalization import to_nfc
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.incoming_text import forbidden_character, join_surrogates, read_bytes

_ESSENTIAL_TYPES = {
    "extra": (dict, "skriv `navn: værdi` på indrykkede linjer under den, som i eksemplet i README"),
    "nav": (list, "skriv hver side på sin egen linje, som `- Titel: mappe/side.md`"),
}
"""The types of the settings that nearly everything is read from, so that a mistake in them would lead to many others, and how they are written."""
_HINT = "ret linjen; indrykning skal være mellemrum, og tekst med kolon skal stå i anførselstegn"


@dataclass(frozen=True)
class ConfigFile:
    """The configuration file."""

    name: str
    """The file's name in the project's root."""
    text: str
    values: dict[str, Any] | None
    """What the file says; None if it cannot be read. What MkDocs would compute, such as `!ENV`, is None."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What is wrong with the file as text or as YAML."""


def read_config_file(file: Path) -> ConfigFile:
    """Return the configuration file, which `file` is the path of."""
    return parse_config(file.name, file.read_bytes())


def parse_config(name: str, data: bytes) -> ConfigFile:
    """Return the configuration file with a name and some bytes."""
    incoming = read_bytes(data)
    diagnostics = [diagnostic.in_file(name) for diagnostic in incoming.diagnostics]
    loader = None
    try:
        loader = _TolerantLoader(incoming.text)
        values = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
    except yaml.reader.ReaderError as error:
        line = incoming.text.count("\n", 0, error.position) + 1
    except (OverflowError, ValueError):  # PyYAML (6.0) lets these through for an escape that is no character: `"\U00110000"`
        line = loader.line + 1 if loader else 1
    except RecursionError:
        nested = "opsætningen kan ikke læses, for den har lister i lister i lister"
        return ConfigFile(name, incoming.text, None, (*diagnostics, Diagnostic(name, 1, nested, "skriv den som i eksemplet i README")))
    else:
        reported = {diagnostic.line for diagnostic in diagnostics}
        diagnostics += [Diagnostic(name, line, *found) for line, found in loader.forbidden.items() if line not in reported]
        settings = values if isinstance(values, dict) else {}
        wrong = [key for key, (type_, _) in _ESSENTIAL_TYPES.items() if settings.get(key) is not None and not isinstance(settings[key], type_)]
        for key in wrong:
            diagnostics.append(Diagnostic(name, key_lines(incoming.text).get((key,), 1), f"indstillingen {key} kan ikke læses", _ESSENTIAL_TYPES[key][1]))
        return ConfigFile(name, incoming.text, None if wrong else settings, tuple(diagnostics))
    if line not in {diagnostic.line for diagnostic in diagnostics}:
        diagnostics.append(Diagnostic(name, line, "opsætningen kan ikke læses", _HINT))
    return ConfigFile(name, incoming.text, None, tuple(diagnostics))


class _TolerantLoader(yaml.SafeLoader):
    """A YAML loader that ignores the tags that only MkDocs understands (`!ENV`, `!!python/name:`)."""

    def __init__(self, text: str) -> None:
        self.forbidden: dict[int, tuple[str, str]] = {}
        """Message and hint for each line with an escape for a character that does not belong in a text."""
        super().__init__(text)

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> Any:
        """Return a text in NFC, with whole characters only."""
        value = super().construct_scalar(node)
        if not isinstance(value, str) or (value.isascii() and value.isprintable()):
            return value
        text = to_nfc(join_surrogates(value))
        if found := forbidden_character(text):
            self.forbidden.setdefault(node.start_mark.line + 1, found)
        return text


def _ignore_tag(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> None:
    return None


_TolerantLoader.add_multi_constructor("!", _ignore_tag)
_TolerantLoader.add_multi_constructor("tag:yaml.org,2002:python/", _ignore_tag)
