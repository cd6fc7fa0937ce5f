"""Finds out, without MkDocs, whether a build would only write the same site again.

After a build, one digest is written down: of everything that the build has read, and of the files that stand in the site. As long as
the same digest can be computed, nothing has changed. A digest that is missing, old or damaged only costs another build.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import yaml

from kanalstrategi.build.hashing import digest_of
from kanalstrategi.content.evidence import EVIDENCE_FILE
from kanalstrategi.content.record_model import RECORD_FOLDER
from kanalstrategi.danish.local_date import date_in_denmark
from kanalstrategi.design.theme import program_folders
from kanalstrategi.file_system import write_whole

CONFIG_FILE = "mkdocs.yml"
DOCS_FOLDER = "docs"
MACROS_MODULE = "macros"
FILES = (CONFIG_FILE, "addresses.txt", EVIDENCE_FILE, "requirements.txt", f"{MACROS_MODULE}.py")
"""The files that a build reads in the project's folder. All but the first need not be there."""
VARIABLES = ("ALLOW_UNTAGGED", "LOCAL_EDITING", "SOURCE_DATE_EPOCH", "STRICT_PUBLICATION")
"""The environment variables that a build reads, besides those that `mkdocs.yml` names."""
RECORD = ".cache/site.sha256"
"""The file with the digest. It is in the cache's folder, because everything in the site is published."""

_PLUGINS = {"macros": ("module_name", "on_error_fail", "on_undefined"), "kanalstrategi": ()}
"""The plugins of which we know what they read, with their options that do not name other files. Any other plugin may read anything."""
_INSTALLED = (".dist-info", ".egg-info", ".pth")
"""The endings of what installing a package leaves beside it."""
_COMPILED = "__pycache__"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UnknownInputsError(Exception):
    """A project, or a kind of build, of which we do not know everything that is read."""


@dataclass(frozen=True)
class Inputs:
    """Everything that a build reads, as it was before the build started."""

    root: Path
    """The project's folder."""
    site: Path
    """The folder that the build writes."""
    digest: bytes

    def are_those_of_the_site(self) -> bool:
        """Whether the site is what the last build has made of these inputs, with no file changed, missing or added since."""
        try:
            return (self.root / RECORD).read_bytes() == self._record()
        except OSError:
            return False

    def record(self) -> None:
        """Write down that the site has been built of these inputs. Call this after a successful build."""
        from kanalstrategi.build.staging import leftovers  # imported here, because it is slow

        file = self.root / RECORD
        with suppress(OSError, MemoryError):  # the folder may be read-only: only time is lost
            if any(leftovers(self.site)):
                return  # so that the next build runs, and removes them
            file.parent.mkdir(exist_ok=True)
            if file.is_dir():
                shutil.rmtree(file)
            write_whole(file, self._record())

    def _record(self) -> bytes:
        return digest_of([self.digest, *_state(self.site)]).hex().encode()


def read_inputs(root: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> Inputs | None:
    """Return what a build of the project in a folder reads, or None if that is not known for sure. `arguments` are those for `mkdocs build`."""
    try:
        text = (root / CONFIG_FILE).read_text(encoding="utf-8")
        config = _read_config(text)
        site = root / (_site_argument(arguments) or _text(config.get("site_dir")) or "site")
        return Inputs(root, site.resolve(), digest_of(_parts(root, text, config, environment)))
    except (UnknownInputsError, OSError, ValueError, RecursionError, yaml.YAMLError):  # the build reports what is wrong with the project
        return None


def _site_argument(arguments: Sequence[str]) -> str:
    """Return the folder after `--site-dir`. Any other argument may ask for another kind of build; `--clean` asks for one in any case."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("-d", "--site-dir", default="")
    try:
        options, others = parser.parse_known_args(arguments)
    except argparse.ArgumentError as error:
        raise UnknownInputsError from error
    if others:
        raise UnknownInputsError
    return str(options.site_dir)


def _read_config(text: str) -> dict[str, yaml.Node]:
    """Return the settings in `mkdocs.yml`, after making sure that none of them lets a build read files that we do not look at."""
    config = _mapping(yaml.compose(text, _LOADER))
    if config.keys() & {"INHERIT", "hooks"} or _text(config.get("docs_dir")) not in (None, DOCS_FOLDER):
        raise UnknownInputsError
    for name, options in _plugins(config.get("plugins")):
        if name not in _PLUGINS or not options.keys() <= {*_PLUGINS[name]} or _text(options.get("module_name")) not in (None, MACROS_MODULE):
            raise UnknownInputsError
    return config


def _plugins(node: yaml.Node | None) -> Iterator[tuple[str | None, dict[str, yaml.Node]]]:
    """Yield the name and the options of each plugin."""
    if not isinstance(node, yaml.SequenceNode):
        raise UnknownInputsError
    for entry in node.value:
        if isinstance(entry, yaml.MappingNode):
            for name, options in _mapping(entry).items():
                yield name, _mapping(options)
        else:
            yield _text(entry), {}


def _mapping(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """Return the values of a mapping in YAML, keyed by name."""
    if not isinstance(node, yaml.MappingNode):
        raise UnknownInputsError
    return {_text(key) or "": value for key, value in node.value}


def _text(node: yaml.Node | None) -> str | None:
    """Return a text in YAML; None if there is nothing. What MkDocs would compute, such as `!ENV`, is not a text."""
    if node is None:
        return None
    if not isinstance(node, yaml.ScalarNode) or node.tag != "tag:yaml.org,2002:str":
        raise UnknownInputsError
    return str(node.value)


def _parts(root: Path, text: str, config: Mapping[str, yaml.Node], environment: Mapping[str, str]) -> Iterator[bytes]:
    """Yield everything that a build reads; `text` is that of `mkdocs.yml`."""
    yield sys.version.encode()
    yield f"{date_in_denmark()} {datetime.now(UTC).date()}".encode()  # pages show the day here, MkDocs' sitemap the day in UTC
    for name in sorted({*VARIABLES, *re.findall(r"\w+", text)} & environment.keys()):  # those after `!ENV` are words in mkdocs.yml
        yield os.fsencode(f"{name}={environment[name]}")
    yield from _installed()
    for name in FILES:
        if (root / name).exists():
            yield name.encode()
            yield (root / name).read_bytes()
    for folder in _folders(root, config):
        yield os.fsencode(folder)
        for path, entry in _files(folder):
            if folder.name != DOCS_FOLDER and _COMPILED in path.split("/"):
                continue
            if not entry.is_file(follow_symlinks=False):  # a link leads to files that we do not look at
                raise UnknownInputsError
            yield os.fsencode(path)
            yield Path(entry.path).read_bytes()


def _installed() -> Iterator[bytes]:
    """Yield where Python looks for packages, and which it finds there: the names have the versions in them."""
    for folder in sys.path[1:]:  # the first is the folder of the script
        yield os.fsencode(folder)
        with suppress(OSError), os.scandir(folder) as entries:  # Python lists folders that do not exist
            found = [(entry.name, entry.stat().st_mtime_ns) for entry in entries if entry.name.endswith(_INSTALLED)]
            yield repr(sorted(found)).encode()


def _folders(root: Path, config: Mapping[str, yaml.Node]) -> list[Path]:
    """Return the folders of the content, the program, the theme, the macros, and what the nightly commands remember."""
    folders = [root / DOCS_FOLDER, *program_folders(root)]
    folders += [root / RECORD_FOLDER] if (root / RECORD_FOLDER).is_dir() else []
    theme = config.get("theme")
    if isinstance(theme, yaml.MappingNode) and (own := _text(_mapping(theme).get("custom_dir"))):
        folders.append(root / own)
    return folders


def _state(site: Path) -> Iterator[bytes]:
    """Yield the path, size and time of each file in a site, except those in hidden folders, such as `.git`: builds leave them alone."""
    for path, entry in _files(site):
        if not path.startswith(".") or "/" not in path:
            stat = entry.stat(follow_symlinks=False)
            yield os.fsencode(f"{path} {stat.st_size} {stat.st_mtime_ns}")


def _files(folder: Path | str, below: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the files in a folder, with their paths, always in the same order."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{below}{entry.name}/")
            else:
                yield below + entry.name, entry
