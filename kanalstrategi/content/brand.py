"""Reads a municipality's own look from `overrides/brand.yml` and the files that it names, and reports what cannot be used."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from babel.numbers import format_decimal

from kanalstrategi.content.brand_file import BRAND_FILE, Entry, read_brand_file
from kanalstrategi.content.brand_logo import is_plain_file, read_logo
from kanalstrategi.content.config_file import ConfigFile
from kanalstrategi.content.config_values import mapping
from kanalstrategi.design.brand_fonts import MIN_BOLD, REGULAR, FontFamily
from kanalstrategi.design.contrast import NAMES
from kanalstrategi.design.look import Look, default_look
from kanalstrategi.design.tokens import dark_tokens, tokens
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.sanitizing.font_files import MAX_BYTES, FontFile, read_font
from kanalstrategi.suggestions import suggestion

FONT_FOLDER = "overrides/fonts"
_KEYS = ("colors", "fonts", "logo")
_COLORS = ("primary", "accent", "link")
_FONTS = ("text", "headings")
MAX_FACES = 8
"""The most files of one font."""


def read_look(root: Path, diagnostics: list[Diagnostic], theme_logo: str = "") -> Look:
    """Return the look of the site in a folder. What is wrong is reported, and has the look of the program. `theme_logo` is that of `mkdocs.yml`."""
    file = root / BRAND_FILE
    if not is_plain_file(file):
        return default_look()
    return _Reader(root, diagnostics).look(file.read_bytes(), theme_logo)


def check_theme_images(config: ConfigFile, files: Collection[str]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for the logo and the icon that `mkdocs.yml` names, if no such file is checked with the others of the site."""
    theme = mapping((config.values or {}).get("theme"))
    for key in ("logo", "favicon"):
        if (path := theme.get(key)) and path not in files:
            line = next((number for number, text in enumerate(config.text.split("\n"), 1) if text.strip().startswith(f"{key}:")), 1)
            message = f"theme: {key}: filen docs/{str(path)[:80]} findes ikke"
            yield Diagnostic(config.name, line, message, "skriv stien fra docs/, for eksempel billeder/logo.svg")


class _Reader:
    def __init__(self, root: Path, diagnostics: list[Diagnostic]) -> None:
        self._root = root
        self._diagnostics = diagnostics
        self._digest = sha256()

    def look(self, data: bytes, theme_logo: str) -> Look:
        brand = read_brand_file(data, self._diagnostics)
        if brand is None:
            return default_look()
        self._digest.update(data)
        self._check_keys(self._entries_of(brand, "filen"), _KEYS, "")
        light, dark = self._colors(brand.entries.get("colors"))
        families = self._fonts(brand.entries.get("fonts"))
        logo = None
        entry = brand.entries.get("logo")
        if entry and (entry.items or entry.entries):
            self._report(entry, "logo er ikke en sti", "skriv én sti fra docs/: `logo: billeder/logo.svg`")
        if entry and entry.text:
            logo, problem = read_logo(self._root / "docs", entry.text, light["--k-brand"])
            if problem:
                self._report(entry, *problem)
            elif theme_logo and theme_logo != entry.text:
                self._report(entry, f"logoet er et andet end i mkdocs.yml (theme: logo: {theme_logo})", "skriv det kun ét af stederne")
            self._digest.update(logo.drawing if logo else b"")
        return Look(light, dark, families.get("text"), families.get("headings"), logo, self._digest.hexdigest())

    def _report(self, entry: Entry, message: str, hint: str) -> None:
        self._diagnostics.append(Diagnostic(BRAND_FILE, entry.line, message, hint))

    def _entries_of(self, entry: Entry | None, name: str) -> Mapping[str, Entry]:
        """Return what stands under a name. A value that stands in the place of it is reported."""
        if entry and (entry.text or entry.items):
            self._report(entry, f"{name} har ingen navne med hver sin værdi", 'skriv dem på hver sin linje, som `primary: "#0c4a60"` under `colors:`')
        return entry.entries if entry else {}

    def _check_keys(self, entries: Mapping[str, Entry], known: Iterable[str], outer: str) -> None:
        for key, entry in entries.items():
            if key not in known:
                self._report(entry, f"{outer}{key} kendes ikke", suggestion(key, known))

    def _colors(self, entry: Entry | None) -> tuple[dict[str, str], dict[str, str]]:
        """Return the tokens, light and dark. Colors that are refused are reported, and the look is then that of the program."""
        if entry is None:
            return dict(tokens()), dict(dark_tokens())
        from kanalstrategi.design.palette import GivenColors, palette  # imported here, because it is slow, and only sites with colors need it
        from kanalstrategi.design.refused_colors import refused_colors

        self._check_keys(self._entries_of(entry, "colors"), (*_COLORS, "dark"), "colors.")
        dark_entries = self._entries_of(entry.entries.get("dark"), "colors.dark")
        self._check_keys(dark_entries, _COLORS, "colors.dark.")
        given = GivenColors(dict(self._given(entry.entries)), dict(self._given(dark_entries)))
        refused = refused_colors(given, tokens(), dark_tokens())
        for one in refused:
            values, entries = (given.dark, dark_entries) if one.is_dark else (given.light, entry.entries)
            where = "i mørkt udseende " if one.is_dark else ""
            found, least = (format_decimal(number, "0.0#", locale="da") for number in (int(one.contrast * 100) / 100, one.least))
            message = f"{one.key} ({values[one.key]}) har {where}kontrasten {found} til {NAMES[one.other]}, og den skal være mindst {least}"
            hint = f'den nærmeste, der kan ses, er "{one.better}"' if one.better else "brug en anden farve"
            self._report(entries[one.key], message, hint + (" – eller byt om på primary og accent" if one.may_swap else ""))
        return palette(GivenColors() if refused else given, tokens(), dark_tokens())

    def _given(self, entries: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
        from kanalstrategi.design.colors import on_white, parse_color

        for key, entry in entries.items():
            if key not in _COLORS:
                continue
            if entry.text is None:
                self._report(entry, f"farven {key} mangler", f'skriv den i anførselstegn, for # begynder en kommentar: {key}: "#0c4a60"')
            elif (parsed := parse_color(entry.text)) is None:
                hint = 'skriv den, som CSS skriver farver: "#0c4a60", "rgb(12 74 96)", "hsl(196 78% 21%)" eller "oklch(39% 0.07 224)"'
                self._report(entry, f"{entry.text[:40]} er ikke en farve", hint)
            elif parsed[1] < 1:
                self._report(entry, f"farven {entry.text[:40]} er gennemsigtig", f'skriv den, som den ser ud på hvidt: "{on_white(entry.text)}"')
            else:
                yield key, parsed[0]

    def _fonts(self, entry: Entry | None) -> dict[str, FontFamily]:
        entries = self._entries_of(entry, "fonts")
        self._check_keys(entries, _FONTS, "fonts.")
        families = {key: self._family(key, entries[key]) for key in _FONTS if key in entries}
        return {key: family for key, family in families.items() if family}

    def _family(self, key: str, entry: Entry) -> FontFamily | None:
        named = entry.items or ((entry,) if entry.text else ())
        if not named or len(named) > MAX_FACES:
            self._report(entry, f"fonts.{key} skal nævne fra 1 til {MAX_FACES} filer", f"skriv en liste: {key}: [skrift-regular.woff2, skrift-bold.woff2]")
            return None
        files = [font for item in named if (font := self._font_file(item))]
        if len(files) < len(named):
            return None
        family = FontFamily(files[0].name, tuple(font.face for font in files))
        upright = [face for face in family.faces if not face.is_italic]
        if not any(face.heaviest >= MIN_BOLD for face in upright):
            self._report(entry, f"fonts.{key} mangler en fed skrift (vægt 600 eller mere)", "tilføj filen med den fede, ofte kaldt Bold eller SemiBold")
        if key == "text" and not any(face.lightest <= REGULAR + 100 and face.heaviest >= REGULAR - 100 for face in upright):
            self._report(entry, "fonts.text mangler en almindelig skrift (vægt 400)", "tilføj filen med den almindelige, ofte kaldt Regular")
        return family

    def _font_file(self, entry: Entry) -> FontFile | None:
        name = entry.text or ""
        file = self._root / FONT_FOLDER / name
        if "/" in name or "\\" in name or name.startswith(".") or not is_plain_file(file):
            self._report(entry, f"skriften {name[:80]} findes ikke i {FONT_FOLDER}/", "læg filen i mappen, og skriv dens navn")
            return None
        data = bytes(MAX_BYTES + 1) if file.stat().st_size > MAX_BYTES else file.read_bytes()  # its size is enough to refuse it
        self._digest.update(name.encode() + b"\0" + sha256(data).digest())
        found = _read_font(name, data)
        if isinstance(found, FontFile):
            return found
        self._report(entry, f"{name}: {found[0]}", found[1])
        return None


@lru_cache(32)  # the preview reads them at each save
def _read_font(name: str, data: bytes) -> FontFile | tuple[str, str]:
    return read_font(name, data)
