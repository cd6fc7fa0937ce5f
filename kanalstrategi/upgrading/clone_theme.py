"""Lays what a municipality has changed in the `overrides/` of a clone on top of the theme of the program."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kanalstrategi.danish.phrases import count_phrase
from kanalstrategi.design.palette import GivenColors
from kanalstrategi.design.refused_colors import refused_colors
from kanalstrategi.design.stylesheet import DARK_RULES
from kanalstrategi.design.tokens import dark_tokens, tokens
from kanalstrategi.upgrading.clone_files import STYLE_FOLDER, TOKEN_FILES, changed_rules, is_known, is_unchanged
from kanalstrategi.upgrading.move import Move, put_away

FOLDER = "overrides/"
THEME = f"{FOLDER}theme/"
BRAND_FILE = f"{FOLDER}brand.yml"
OWN_TOKENS = f"{STYLE_FOLDER}egne-farver.css"
_BRAND_COLORS = {"--k-brand": "primary", "--k-warm": "accent", "--k-link": "link"}
"""What the tokens with the main colors are called in `brand.yml`."""
_FIXED = f"{FOLDER}pdf/", f"{FOLDER}word/", f"{FOLDER}editor/"
"""The folders of which a site can replace nothing."""


def separate_theme(tree: Mapping[str, bytes], broken: Collection[str] = ()) -> Move:
    """Return what is done to `overrides/`. `broken` are templates with which the site cannot be built any more."""
    files = {path: content for path, content in tree.items() if path.startswith(FOLDER)}
    move = Move({path: None for path, content in files.items() if is_unchanged(path, content)})
    changed = {path: content for path, content in files.items() if path not in move.changes}
    texts = {path: content.decode("utf-8", "replace") for path, content in changed.items() if path in TOKEN_FILES}
    move |= _own_tokens(texts, BRAND_FILE in files, files.get(OWN_TOKENS, b""))
    for path, content in changed.items():
        if path in TOKEN_FILES:
            move |= put_away(path, content, "de farver og mål, I havde ændret, står i de nye filer")
        elif path.startswith(STYLE_FOLDER) and is_known(path):
            move |= _own_rules(path, content)
        elif path.startswith(_FIXED):
            why = "programmets gælder, for den kan ikke være jeres egen" if is_known(path) else "programmet læser den ikke"
            move |= put_away(path, content, why)
        elif path in broken:
            move |= put_away(path, content, "hjemmesiden kan ikke bygges med den mere, så programmets gælder")
        elif is_known(path) and not path.endswith(".html"):
            move |= put_away(path, content, "programmets gælder, for den kan ikke være jeres egen")
        elif is_known(path):
            task = f"{path} er jeres udgave af en skabelon og træder i stedet for programmets: se efter, om den stadig passer"
            move |= Move(own=(f"{path}: jeres skabelon",), tasks=(task,))
        else:
            move |= Move(own=(f"{path}: jeres egen fil",))
    return move


def _own_rules(path: str, content: bytes) -> Move:
    """Return the move of a changed style file: what was changed in it comes after the styles of the program, and all of it is kept besides."""
    rules = changed_rules(path, content.decode("utf-8", "replace"))
    why = "de regler, I havde ændret eller tilføjet, står i den nye fil" if rules else "I havde fjernet regler, og dem har programmet igen"
    old = put_away(path, content, why)
    if not rules:
        return old
    told = f"{path}: {count_phrase(len(rules), 'regel', 'regler')}, som er jeres, efter programmets"
    return old | Move({path: "".join(f"{rule}\n" for rule in rules).encode()}, own=(told,))


def _own_tokens(files: Mapping[str, str], has_brand: bool, former: bytes) -> Move:
    """Return the move of changed colors and measures: into a style of the site's own, and the main colors also into `brand.yml`.

    `former` is what the municipality has in a style of that name already.
    """
    light, dark = ([] if path not in files else changed_rules(path, files[path]) for path in TOKEN_FILES)
    if not light and not dark:
        return Move()
    css = "".join(f":root {{ {'; '.join(light)} }}\n" if light else "") + (DARK_RULES.format("; ".join(dark)) if dark else "")
    told = f"{OWN_TOKENS}: {count_phrase(len(light) + len(dark), 'farve eller mål', 'farver og mål')} på skærmen, som er jeres"
    move = Move({OWN_TOKENS: css.encode() + former}, own=(told,))
    given = GivenColors(_brand_colors(light), _brand_colors(dark))
    if has_brand or not given.light:
        return move
    if not _can_be_seen(given):
        task = f"PDF’er og delekort har programmets farver, for jeres kan ikke ses tydeligt nok alle steder: skriv {BRAND_FILE} med farver, der kan"
        return move | Move(tasks=(task,))
    inner = "".join(f'    {name}: "{value}"\n' for name, value in given.dark.items())
    brand = "colors:\n" + "".join(f'  {name}: "{value}"\n' for name, value in given.light.items()) + (f"  dark:\n{inner}" if inner else "")
    told = f"{BRAND_FILE}: jeres farver, som også PDF’er og delekort følger; toner, I ikke selv har valgt, bliver regnet ud af dem"
    return move | Move({BRAND_FILE: brand.encode()}, own=(told,))


def _can_be_seen(given: GivenColors) -> bool:
    try:
        return not refused_colors(given, tokens(), dark_tokens())
    except ValueError:  # it is no color
        return False


def _brand_colors(declared: list[str]) -> dict[str, str]:
    """Return the main colors among declared tokens, keyed by their names in `brand.yml`."""
    pairs = (declaration.split(": ", 1) for declaration in declared)
    return {_BRAND_COLORS[name]: value.strip() for name, value in pairs if name in _BRAND_COLORS and value.strip().startswith("#")}


