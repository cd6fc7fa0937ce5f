"""Pages in other languages: what their fields may say, how versions of a page find each other, and what is made of their text."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from kanalstrategi.checks.runner import check_project
from kanalstrategi.checks.warnings import find_warnings
from kanalstrategi.content.frame_words import danish_marks, danish_texts, frame_marks, has_words, words
from kanalstrategi.content.languages import LANGUAGES, date_in, language_of
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.content.tasks import TaskKind, tasks
from kanalstrategi.content.translations import is_behind, versions_of
from kanalstrategi.design.fallback_fonts import FALLBACK_FONTS, code_points, font_of
from kanalstrategi.design.fonts import supported_code_points, text_width, unsupported_characters
from kanalstrategi.design.web_fallbacks import other_characters, web_faces
from kanalstrategi.markdown.nodes import Element, descendants, element, text_of
from kanalstrategi.pdf.audit.check_text import _comparable
from kanalstrategi.pdf.typst.breaks import SOFT_HYPHEN, hyphenated
from kanalstrategi.publishing.sharing.alternates import alternates
from kanalstrategi.rendering import short_text
from kanalstrategi.rendering.headings import HEADING_TITLE
from kanalstrategi.rendering.macros import Call
from kanalstrategi.rendering.other_languages import isolate_numbers, marked_answer, with_versions
from kanalstrategi.rendering.page_status import UNTREATED_ANSWER
from kanalstrategi.search.audiences import PageKind, page_kind
from kanalstrategi.search.weights import WordWeights
from macros import MACROS
from tests.support.languages import ORIGINAL, SIGNS, TEXTS, language_files, translation
from tests.support.project import ROOT

TRANSLATED = "docs/ar/formaal.md"


def read(root: Path, changes: dict[str, str] | None = None) -> Project:
    for path, text in {**language_files(), **(changes or {})}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return read_project(root, {"SOURCE_DATE_EPOCH": "1767225600"})


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return read(tmp_path_factory.mktemp("languages"))


def messages(root: Path, changes: dict[str, str]) -> list[str]:
    project = read(root, changes)
    return [str(found) for found in check_project(project, root / "docs", MACROS) if "/formaal.md" in found.file or "/ny.md" in found.file]


def test_a_site_with_four_other_languages_is_in_order(loaded: Project, tmp_path: Path) -> None:
    assert messages(tmp_path, {}) == []
    assert {page.language for page in loaded.content.pages.values()} == {"da", *TEXTS}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("language: ar", "language: arabisk", [f"{TRANSLATED}:2: sproget arabisk kendes ikke, så programmet"]),
        ("language: ar\n", "", [f"{TRANSLATED}:2: siden er en oversættelse, men siger ikke, hvilket sprog"]),
        (f"translation_of: {ORIGINAL}", "translation_of: strategi/formal.md", [f"{TRANSLATED}:3: translation_of nævner strategi/formal.md, som ikke findes"]),
        (f"translation_of: {ORIGINAL}", "translation_of: en/formaal.md", [f"{TRANSLATED}:3: translation_of nævner en/formaal.md, som selv er en over"]),
        ("language: ar", "language: en", [f"{TRANSLATED}:3: docs/en/formaal.md er allerede oversættelsen"]),
        ("language: ar", "language:", [f"{TRANSLATED}:2: feltet language er tomt"]),
        ("language: ar", "language: da", [f"{TRANSLATED}:3: siden er på samme sprog som {ORIGINAL}, den er oversat fra"]),
    ],
)  # fmt: skip - cases
def test_what_is_wrong_is_told_in_danish(tmp_path: Path, old: str, new: str, found: list[str]) -> None:
    text = translation("ar").replace(old, new, 1)
    told = messages(tmp_path, {TRANSLATED: text})
    assert len(told) == len(found) and all(one.startswith(start) for one, start in zip(told, found, strict=True)), told


def test_all_versions_of_a_page_know_each_other_from_one_field(loaded: Project) -> None:
    content = loaded.content
    versions = [ORIGINAL, *(f"{language}/formaal.md" for language in TEXTS)]
    for path in versions:
        assert [page.path for page in versions_of(content.pages[path], content)] == versions
    assert versions_of(content.pages["kanaler/telefon.md"], content) == ()
    site = "https://example.org/"
    found = alternates(content, content.pages["uk/formaal.md"], site)
    assert found == [("da", f"{site}strategi/formaal/"), *((language, f"{site}{language}/formaal/") for language in TEXTS)]
    assert alternates(content, content.pages["uk/formaal.md"], "") == []  # the addresses have to be whole


def test_links_to_other_versions_are_in_their_own_language_and_an_old_one_says_so(loaded: Project) -> None:
    content = loaded.content
    root = element("div", element("h1", "x"), element("ul.status"))
    with_versions(root, Call(content, content.pages["uk/formaal.md"]))
    nav, _, _, notice = (child for child in root.children if isinstance(child, Element))
    links = [node.attributes for node in descendants(nav) if node.tag == "a"]
    assert [(link["lang"], link["hreflang"], link["dir"], link["href"]) for link in links][-1] == ("ar", "ar", "rtl", "../../ar/formaal/")
    assert [text_of(node) for node in descendants(nav) if node.tag == "a"] == ["Dansk", "English", "Deutsch", "العربية"]
    assert "старіший" in text_of(notice) and "данська" in text_of(notice)
    assert is_behind(content.pages["uk/formaal.md"], content.pages[ORIGINAL]) and not is_behind(content.pages["ar/formaal.md"], content.pages[ORIGINAL])
    (task,) = (task for task in tasks(content) if task.kind is TaskKind.TRANSLATION)
    assert (task.page.path, task.owner.id, task.due) == ("uk/formaal.md", "hus", None) and "ældre end »Formål«" in task.detail


def test_a_translation_is_behind_when_its_original_has_changed(tmp_path: Path) -> None:
    text = language_files()[f"docs/{ORIGINAL}"].replace("status: adopted\n", 'status: adopted\nchanged: "2024-01-01: Det er rettet."\n')
    content = read(tmp_path, {f"docs/{ORIGINAL}": text}).content
    assert {page.language for page in content.translations[ORIGINAL] if is_behind(page, content.pages[ORIGINAL])} == set(TEXTS)


def test_texts_in_other_languages_are_not_measured_as_danish(tmp_path: Path) -> None:
    hard = "Ord " * 40 + "slutter uoverskuelighedsbetragtninger.\n"
    paths = ("docs/en/ny.md", "docs/strategi/ny.md")
    english = translation("en").partition("---\n\n")[0].replace(f"translation_of: {ORIGINAL}\n", "") + f"---\n\n# Ny\n\n{hard}"
    files = {paths[0]: english, paths[1]: english.replace("language: en\n", "")}
    config = language_files()["mkdocs.yml"].replace("  - strategi/maal.md", "  - strategi/ny.md\n  - strategi/maal.md")
    project = read(tmp_path, {**files, "mkdocs.yml": config})
    assert {found.file for found in find_warnings(project, tmp_path / "docs") if "en sætning er på" in found.message} == {paths[1]}


# What the program says


LETTERS = {"en": "LATIN", "de": "LATIN", "uk": "CYRILLIC", "ar": "ARABIC"}


@pytest.mark.parametrize("language", LETTERS)
def test_every_word_of_the_frame_is_in_every_language_that_has_any(language: str) -> None:
    found: dict[str, str] = {}
    for danish in danish_texts():
        text = words(language, danish)
        assert text.strip() and (text != danish or (language == "en" and danish in ("Menu", "Download "))), danish
        assert sorted(re.findall(r"\$\w+", text)) == sorted(re.findall(r"\$\w+", danish)), danish
        assert (text[0] == " ", text[-1] == " ") == (danish[0] == " ", danish[-1] == " "), danish
        assert list(unsupported_characters(text)) == []
        letters = [letter for letter in re.sub(r"\$\w+|cookie", "", text) if letter.isalpha()]
        assert letters and all(unicodedata.name(letter).startswith(LETTERS[language]) for letter in letters), text
        assert found.setdefault(text, danish) == danish or {found[text].casefold(), danish.casefold()} <= SHARED, (text, danish, found[text])
    assert {danish for danish in danish_texts() if "$" in danish} >= {"Ældre end $number mdr.", "Vedtaget $date"}


SHARED = {"side", "udkast", "indhold"}
"""What a language has one word for, whatever its first letter is in Danish."""


def test_the_frame_says_nothing_that_nobody_has_translated() -> None:
    """The texts of `words(…)` in the program and its templates, which are looked up by their Danish."""
    calls = re.compile(r"""\bwords\((?:[\w.()]+, )?(?:"([^"]+)"|([A-Z_]+))""")
    constants = {"TITLE": short_text.TITLE, "NOT_ADOPTED": short_text.NOT_ADOPTED, "UNTREATED_ANSWER": UNTREATED_ANSWER, "HEADING_TITLE": HEADING_TITLE}
    files = [*(ROOT / "kanalstrategi").rglob("*.py"), *(ROOT / "overrides/theme").rglob("*.html")]
    said = {found[1] or constants[found[2]] for file in files for found in calls.finditer(file.read_text("utf-8")) if found[1] or found[2] in constants}
    assert len(said) > 25 and said <= {*danish_texts()}, said - {*danish_texts()}


def test_words_that_nobody_has_translated_are_marked_as_danish() -> None:
    assert words("ar", "Menu") == "القائمة" and words("da", "Menu") == words("pl", "Menu") == "Menu"
    assert not has_words("pl") and frame_marks("pl") == {"lang": "da"} and frame_marks("fa") == {"lang": "da", "dir": "ltr"}
    assert frame_marks("ar") == frame_marks("da") == danish_marks("da") == {} and danish_marks("ar") == {"lang": "da", "dir": "ltr"}


def test_what_a_macro_quotes_is_marked_as_danish_without_changing_what_others_show() -> None:
    quoted = element("p", "Vi ringer")
    block, text = marked_answer("rules", [quoted, "Vi skriver"], "ar")
    assert isinstance(block, Element) and isinstance(text, Element)
    assert block.attributes == text.attributes == {"lang": "da", "dir": "ltr"} and quoted.attributes == {}
    assert marked_answer("rules", [quoted], "da") == marked_answer("status", [quoted], "ar") == [quoted]


@pytest.mark.parametrize(("language", "expected"), [("en", "28 February 2023"), ("de", "28. Februar 2023"), ("uk", "28 лютого 2023"), ("ar", "28 فبراير 2023")])
def test_dates_are_in_the_language_of_the_page(language: str, expected: str) -> None:
    assert date_in(language, date(2023, 2, 28)).startswith(expected)


@pytest.mark.parametrize(
    "number",
    ["54 73 10 00", "54\u00a073\u00a010\u00a000", "+45 54 73 10 00", "+4554731000", "1.250.000", "1.250,50", "010190-1234", "24.12.2026", "9:30-15:00"],
)
def test_a_number_in_groups_is_kept_whole_on_a_page_from_right_to_left(number: str) -> None:
    root = element("p", f"رقم {number}، kr.")
    isolate_numbers(root, "ar")
    assert [text_of(node) for node in descendants(root) if node.tag == "span"] == [number]


def test_long_numbers_take_time_in_step_with_their_length() -> None:
    root = element("p", "1" * 200_000 + " " + "1." * 100_000)
    isolate_numbers(root, "ar")
    assert len(root.children) == 2  # with a time that grew with the square of the length, this would never end


def test_a_telephone_number_is_not_turned_round() -> None:
    def rendered(language: str) -> Element:
        root = element("div", element("p", "x 54 73 10 00, 2026, 1.250.000 y"), element("a", "54 73 10 00", href="tel:+4554731000"))
        isolate_numbers(root, language)
        return root

    spans = [(text_of(node), node.attributes["dir"]) for node in descendants(rendered("ar")) if "dir" in node.attributes]
    assert spans == [("54 73 10 00", "ltr"), ("1.250.000", "ltr"), ("54 73 10 00", "ltr")]
    assert text_of(rendered("ar")) == text_of(rendered("en")) and not any("dir" in node.attributes for node in descendants(rendered("en")))


# Letters


def test_every_language_has_its_letters_and_its_name() -> None:
    for language in LANGUAGES.values():
        assert list(unsupported_characters(language.own_name + date_in(language.code, date(2026, 2, 28)))) == [], language.code
    assert language_of("xx") is LANGUAGES["da"]


def test_signs_are_set_in_a_font_that_has_them_and_the_rest_is_told_of() -> None:
    assert list(unsupported_characters(f"{SIGNS} ملخص")) == []
    assert list(unsupported_characters("a\nb 漢")) == [(2, "漢")]
    assert font_of(ord("●")) is not None and text_width("●") != 1.0
    for font in FALLBACK_FONTS:
        assert code_points(font) - supported_code_points(), font.family


def test_a_page_fetches_the_fonts_of_its_own_letters() -> None:
    assert web_faces(other_characters(["Vi taler sammen på dansk – »æøå« → ✓"])) == []
    arabic = web_faces(other_characters(["ملخص"]))
    assert {face.source for face in arabic if face.weight} == {"IBMPlexSansArabic-Regular.ttf", "IBMPlexSansArabic-Bold.ttf"}
    assert web_faces(other_characters(["قنوات"])) == arabic  # other letters of the script, the same file
    ukrainian, *rest = web_faces(other_characters(["Привіт"]))
    assert not rest and ukrainian.font is None and "U+400-" in ukrainian.css
    for faces in (arabic, [ukrainian], web_faces(other_characters([SIGNS]))):
        by_family: dict[tuple[str, int], set[int]] = {}
        for face in faces:
            seen = by_family.setdefault((face.family, face.weight), set())
            assert seen.isdisjoint(face.characters)
            seen.update(face.characters)


def test_words_are_divided_as_their_language_has_it() -> None:
    assert [hyphenated("accessibility", language=language).replace(SOFT_HYPHEN, "-") for language in ("en", "da")] == ["access-ib-ility", "acces-si-bi-lity"]
    assert hyphenated("відповідальність", language="uk").count(SOFT_HYPHEN) and SOFT_HYPHEN not in hyphenated("الاستراتيجية", language="ar")


def test_letters_from_right_to_left_are_compared_in_one_order() -> None:
    assert _comparable("قنوات") == _comparable("تاونق") != _comparable("قناة")
    assert _comparable("Mail") == "mail" != _comparable("liam")


# The search


def test_pages_in_other_languages_are_ranked_behind_and_their_words_are_not_taken_apart(loaded: Project) -> None:
    content = loaded.content
    assert page_kind(content.pages["ar/formaal.md"], content) is PageKind.TRANSLATED
    assert page_kind(content.pages[ORIGINAL], content) is PageKind.STRATEGY
    weights: dict[str, float] = {}
    WordWeights(None).add(weights, "Verwaltungssprache канали", 1.0)
    assert len(weights) == 2 and set(weights.values()) == {1.0}

