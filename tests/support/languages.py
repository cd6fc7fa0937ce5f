"""A small site of the tests' own, with one page in four other languages, and with signs and emoji on the Danish one."""

from __future__ import annotations

from pathlib import Path

from kanalstrategi.content.project import read_project
from kanalstrategi.content.published_urls import RECORD_FILE, published_urls, with_recorded
from tests.support.project import ROOT, Project, shared_program
from tests.support.small_project import FILES

ORIGINAL = "strategi/formaal.md"
REVIEWED = "2023-02-28"
_MORE_CONFIG = """
site_url: !ENV [SITE_URL, "http://localhost:8000/"]
theme:
  name: material
  custom_dir: overrides/theme
  language: da
  font: false
plugins:
  - kanalstrategi
  - macros:
      module_name: macros
"""
SIGNS = "●●○ ◐ ■ ☎ ☐ ☑ ① ✔ → 🙂 ✅ ❌"
_FIELDS = "---\nlanguage: {language}\ntranslation_of: {original}\ndescription: {description}\nowner: hus\nstatus: adopted\n"
_DAYS = "reviewed: {reviewed}\nreview_by: 2030-12-31\n---\n\n"
TEXTS = {
    "en": (
        "Our channels in short",
        "How you reach us.",
        ("You can call us on weekdays. Telephone: 54 73 10 00.\n\n## What you can expect\n\n"
        "- We answer within two working days.[^1]\n- We write in plain language.\n\n"
        "| Channel | Hours |\n|---|---:|\n| Telephone | 9–15 |\n| Letterbox | 24 |\n\n!!! note \"Remember\"\n    Bring your yellow health card.\n\n"
        '{{ rules("telefon") }}\n\n[^1]: Except on public holidays.\n'),
    ),
    "de": (
        "Unsere Kanäle in Kürze",
        "So erreichen Sie uns.",
        ("Sie können uns werktags anrufen.\n\n## Was Sie erwarten können\n\n- Wir antworten innerhalb von zwei Arbeitstagen.\n- Wir schreiben in "
        "verständlicher Verwaltungssprache.\n\n> Rufen Sie uns an.\n"),
    ),
    "uk": (
        "Наші канали коротко",
        "Як із нами зв’язатися.",
        ("Ви можете зателефонувати нам у будні дні. Ґанок, їжак, єдність.\n\n## Чого ви можете очікувати\n\n- Ми відповідаємо протягом двох робочих днів.\n"
        "- Ми пишемо зрозумілою мовою.\n"),
    ),
    "ar": (
        "قنوات الاتصال باختصار",
        "كيف تتواصل معنا.",
        ("يمكنك الاتصال بنا في أيام العمل على الرقم 54 73 10 00.\n\n## ما الذي يمكنك توقعه\n\n"
        "- نجيب خلال يومي عمل.[^1]\n- نكتب بلغة واضحة.\n\n1. اتصل بنا.\n2. اكتب إلينا.\n\n"
        "| القناة | الساعات |\n|---|---:|\n| الهاتف | 9–15 |\n| صندوق البريد | 24 |\n\n!!! note \"تذكّر\"\n    أحضر بطاقة التأمين الصحي.\n\n"
        "> اتصل بنا على [borger.dk](https://www.borger.dk).\n\n"
        '{{ rules("telefon") }}\n\n[^1]: ما عدا أيام العطل الرسمية.\n'),
    ),
}
"""The title, the description and the text of the page in each language."""


def translation(language: str, reviewed: str = "2023-03-01", original: str = ORIGINAL) -> str:
    """Return the page in a language."""
    title, description, body = TEXTS[language]
    fields = _FIELDS.format(language=language, original=original, description=description) + _DAYS.format(reviewed=reviewed)
    return f"{fields}# {title}\n\n{body}"


def language_files() -> dict[str, str]:
    """Return the files of the site, keyed by path."""
    files = dict(FILES)
    documents = "".join(f"    {language}: {{name: {TEXTS[language][0]}, opening: index.md, each: {language}/}}\n" for language in TEXTS)
    config = files["mkdocs.yml"].replace("nav:\n", documents + "nav:\n", 1)
    for language in TEXTS:
        config += f"  - {language}/*\n"
        files[f"docs/{language}/formaal.md"] = translation(language, "2023-01-01" if language == "uk" else "2023-03-01")
    files["mkdocs.yml"] = config + _MORE_CONFIG
    files[f"docs/{ORIGINAL}"] += f"\nTegn: {SIGNS}.\n"
    return files


def language_project(root: Path) -> Project:
    """Write the site into a folder, with the program, and return it."""
    project = Project(root)
    for path, text in language_files().items():
        project.write(path, text)
    for part in ("overrides", "pages", "kanalstrategi"):
        (root / part).symlink_to(shared_program() / part)
    (root / "macros").symlink_to(ROOT / "macros")
    project.write(RECORD_FILE, with_recorded("", published_urls(read_project(root, {}).content)))
    return project
