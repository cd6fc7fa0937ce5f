"""Takes out of the `mkdocs.yml` of a clone what the program sets itself now, and nothing else: all other lines stay byte for byte."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from kanalstrategi.upgrading.move import Move

CONFIG = "mkdocs.yml"
_SET_BY_PROGRAM = {
    ("exclude_docs",): "/skabeloner/\n",
    ("watch",): ["overrides"],
    ("validation",): {"omitted_files": "warn", "absolute_links": "warn", "unrecognized_links": "warn", "anchors": "warn"},
    ("theme", "custom_dir"): "overrides/theme",
    ("theme", "language"): "da",
    ("theme", "font"): "false",
}
"""The settings that a clone had, keyed by where they stand. One with another value is a choice of the municipality, and stays."""
_MACROS_PLUGIN: dict[str, object] = {"macros": {"module_name": "macros"}}
_ABOUT_TEMPLATES = "# Pages that scripts/new.py begins new ones from."
"""The comment above what was said of templates."""


def without_program_settings(data: bytes) -> Move:
    """Return what is done to the configuration file."""
    try:
        return _without_program_settings(data)
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError):  # also if something else refers to what would go
        return Move(tasks=(f"{CONFIG} kan ikke læses: ret den, og tag selv theme.custom_dir, plugin’et macros, watch og exclude_docs ud",))


def _without_program_settings(data: bytes) -> Move:
    """Do the same. Raises UnicodeDecodeError, yaml.YAMLError or RecursionError."""
    text = data.decode("utf-8-sig")
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return Move()
    lines = text.splitlines(keepends=True)
    gone = {number for start, end in _program_lines(root) if _has_own_lines(lines, start) for number in range(start.line, end + 1)}
    gone |= {number - 1 for number in gone if lines[number - 1].strip() == _ABOUT_TEMPLATES}
    kept = [line for number, line in enumerate(lines) if number not in gone and not _is_left_over(lines, number, gone)]
    while kept and not kept[-1].strip():
        kept.pop()
    left = _program_lines(yaml.compose("".join(kept), Loader=yaml.SafeLoader))
    tasks = tuple(f"{CONFIG}:{start.line + 1}: tag selv linjen ud, for programmet sørger for det nu" for start, _ in left)
    changed = "".join(kept).encode()
    return Move({CONFIG: changed} if changed != data else {}, tasks=tasks)


def _program_lines(root: yaml.Node | None) -> Iterator[tuple[yaml.Mark, int]]:
    """Yield where each setting starts that the program sets itself, and the line that it ends in."""
    for key, value in _pairs(root):
        if (key.value,) in _SET_BY_PROGRAM and _plain(value) == _SET_BY_PROGRAM[(key.value,)]:
            yield key.start_mark, _last_line(value)
        for inner, setting in _pairs(value) if key.value == "theme" else ():
            if _plain(setting) == _SET_BY_PROGRAM.get((key.value, inner.value), object()):
                yield inner.start_mark, _last_line(setting)
        for plugin in value.value if key.value == "plugins" and isinstance(value, yaml.SequenceNode) else ():
            if _plain(plugin) in (_MACROS_PLUGIN, "macros"):
                yield plugin.start_mark, _last_line(plugin)


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return [pair for pair in node.value if isinstance(pair[0], yaml.ScalarNode)] if isinstance(node, yaml.MappingNode) else []


def _plain(node: yaml.Node) -> object:
    """Return what a node says, with every scalar as text."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in _pairs(node)}
    return [_plain(item) for item in node.value] if isinstance(node, yaml.SequenceNode) else node.value


def _last_line(node: yaml.Node) -> int:
    """Return the last line that a node has something on."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        ends_before = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
        return int(node.end_mark.line) - (1 if ends_before and node.end_mark.column == 0 else 0)
    last = node.value[-1]
    return _last_line(last[1] if isinstance(last, tuple) else last)


def _has_own_lines(lines: list[str], start: yaml.Mark) -> bool:
    """Whether nothing else stands before a setting on its first line."""
    return lines[start.line][: start.column].strip() in ("", "-")


def _is_left_over(lines: list[str], number: int, gone: set[int]) -> bool:
    """Whether a line is a blank one that would follow another, since what stood between them is gone."""
    if lines[number].strip():
        return False
    before = number - 1
    while before in gone:
        before -= 1
    return before != number - 1 and (before < 0 or not lines[before].strip())
