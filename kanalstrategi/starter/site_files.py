"""Makes the files of a new site from what was answered. No I/O but reading the texts that come with the program.

Every text of a municipality is untrusted, and is written so that YAML and Markdown read it as it was typed.
"""

from __future__ import annotations

import string
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import yaml
from dateutil.relativedelta import relativedelta

from kanalstrategi.content.adoption import CONFIG
from kanalstrategi.content.brand_file import BRAND_FILE
from kanalstrategi.content.conventions import GUIDELINE_TEMPLATE, NOBODY
from kanalstrategi.content.page_template import fill_template
from kanalstrategi.content.pins import PROGRAM, WHEEL_FOLDER, Release, pin_files
from kanalstrategi.content.published_urls import RECORD_FILE
from kanalstrategi.content.strategy_text import StrategyText
from kanalstrategi.danish.slugs import slug
from kanalstrategi.sanitizing.files import WINDOWS_NAMES
from kanalstrategi.starter.answers import DEFAULT_CHANNELS, Answers, NewOwner
from kanalstrategi.starter.text import genitive, markdown_text, yaml_text

TEXTS = Path(__file__).parent / "files"
"""The folder of the texts that a site begins with. Their placeholders are those of `string.Template`."""
CHAPTERS = ("indledning.md", "formaal.md", "maal-og-opfoelgning.md", "digital-inklusion.md")
"""The chapters that a strategy begins with, in the order of the menu."""
_COPIES = {
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
    ".github/workflows/check.yml": "github/check.yml",
    ".github/workflows/follow-up.yml": "github/follow-up.yml",
    ".github/workflows/publish.yml": "github/publish.yml",
    ".gitlab-ci.yml": "gitlab-ci.yml",
}
"""The files that are the same on every site, each with the name of its text."""
_MAX_NAME_CHARACTERS = 60
"""The maximum length of the name of a chapter's file, without its extension."""
_STANDING = "Strategien er et udkast, som der stadig bliver skrevet på. På hver side står der, hvad der mangler."
_STANDING_OF_TEXT = "Strategien står her som udkast, indtil siderne er gennemgået."
_NOBODY_NAME = "Ikke udpeget endnu"


def site_files(answers: Answers, logo: bytes | None, today: date, program: Release, text: StrategyText | None = None) -> dict[str, bytes]:
    """Return the files of a new site, keyed by path, without those that follow from its pages.

    `logo` is the content of the logo's file, if there is one, and `text` what the strategy says. Without it, its pages say what is missing.
    """
    maker = _Maker(completed(answers, text), today, text)
    files = {
        CONFIG: maker.config(),
        "README.md": maker.readme(has_wheel=bool(program.wheel)),
        **dict(maker.pages()),
        **{path: _text(name) for path, name in _COPIES.items()},
        RECORD_FILE: _text(RECORD_FILE),
        "records/.gitkeep": "",
    }
    if brand := brand_text(answers):
        files[BRAND_FILE] = brand
    found = {path: text.encode() for path, text in files.items()}
    images = {f"docs/billeder/{name}": content for name, content in text.images.items()} if text else {}
    return found | pin_files(program, has_wheel=True) | images | ({f"docs/{logo_path(answers)}": logo} if logo else {})


def completed(answers: Answers, text: StrategyText | None) -> Answers:
    """Return the answers with what the text of the strategy says of what was not answered, or else with the defaults."""
    if text is None:
        return replace(answers, channels=answers.channels or DEFAULT_CHANNELS)
    shape = answers.shape
    if "rule_leads" not in shape and text.channels_with_rules and text.rule_leads != answers.settings.rule_leads:
        shape = {**shape, "rule_leads": [*text.rule_leads]}
    settings = replace(answers.settings, rule_leads=text.rule_leads or answers.settings.rule_leads)
    channels = answers.channels or tuple(text.channels) or DEFAULT_CHANNELS
    return replace(answers, channels=channels, title=answers.title or text.title, shape=shape, settings=settings)


def brand_text(answers: Answers) -> str:
    """Return the text of `overrides/brand.yml`, which is empty if the site looks as the program does."""
    colors = {"primary": answers.primary, "accent": answers.accent}
    lines = [f"  {key}: {yaml_text(color)}\n" for key, color in colors.items() if color]
    text = f"colors:\n{''.join(lines)}" if lines else ""
    return text + (f"logo: {logo_path(answers)}\n" if answers.logo else "")


def logo_path(answers: Answers) -> str:
    """Return the path of the logo in `docs/`."""
    return f"billeder/logo{Path(answers.logo).suffix.lower()}"


class _Maker:
    """Makes the texts of one site."""

    def __init__(self, answers: Answers, today: date, text: StrategyText | None) -> None:
        self._answers = answers
        self._text = text
        self._say = answers.settings.words.say
        self._folders = answers.settings.folders
        self._owners = (*answers.owners, NewOwner(NOBODY, _NOBODY_NAME))
        self._strategy = self._say("kanalstrategi")
        self._title = answers.title or self._strategy.capitalize()
        self._channels = {slug(name): name for name in answers.channels}
        self._chapters = dict(_named(text.chapters, self._channels)) if text else {}
        self._months = answers.settings.review_months
        self._today = today
        self._common = {
            "owner": self._owners[0].id,
            "reviewed": today.isoformat(),
            "review_by": (today + relativedelta(months=self._months)).isoformat(),
            "chapters": self._folders.strategy,
            "channel_folder": self._folders.channels,
            "guideline_folder": self._folders.guidelines,
            "document": slug(self._strategy),
        }

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield the paths and texts of the pages, and of the template of guidelines."""
        name = self._answers.name
        about = yaml_text(f"{genitive(name)} {self._strategy}: hvilke kanaler kommunen bruger, når den kommunikerer med borgerne.")
        standing = self._say(_STANDING_OF_TEXT if self._text else _STANDING)
        yield self._page("index.md", title=markdown_text(self._title), name=markdown_text(name), index_description=about, standing=standing)
        yield from self._chapter_pages()
        yield from self._channel_pages()
        yield from self._guidelines()

    def _chapter_pages(self) -> Iterator[tuple[str, str]]:
        for chapter in CHAPTERS if not self._chapters else ():
            yield self._page(f"strategi/{chapter}")
        for path, (title, text) in self._chapters.items():
            description = yaml_text(f"{title} – et kapitel i {genitive(self._answers.name)} {self._strategy}.")
            page = self._filled(_text("docs/strategi/kapitel.md"), title=markdown_text(title), description=description, text=text)
            yield f"docs/{self._folders.strategy}/{path}", page

    def _channel_pages(self) -> Iterator[tuple[str, str]]:
        about = self._text.about_channels if self._text else ""
        yield self._page("kanaler/index.md", about=about or self._said("docs/kanaler/om-kanalerne.md").strip())
        lead = markdown_text(self._answers.settings.rule_leads[0].rstrip(":"))  # it stands in a comment, which it must not end
        for id, title in self._channels.items():
            text = self._text.channels.get(title, "") if self._text else ""
            has_rules = self._text is not None and title in self._text.channels_with_rules
            parts = [text or self._said("docs/kanaler/om-kanalen.md").strip()]
            parts += [] if has_rules else [self._filled(self._said("docs/kanaler/regler.md"), id=id, lead=lead).strip()]
            description = yaml_text(f"{title} – hvad kanalen bruges til, og hvad der gælder for den.")
            page = self._filled(_text("docs/kanaler/kanal.md"), id=id, title=markdown_text(title), description=description, text="\n\n".join(parts))
            yield f"docs/{self._folders.channels}/{id}.md", page

    def _guidelines(self) -> Iterator[tuple[str, str]]:
        """Yield the guidelines of departments and their units, and the template of those to come."""
        section = self._said("docs/skabeloner/afsnit.md")
        sections = "\n".join(self._filled(section, id=id, title=markdown_text(title)) for id, title in self._channels.items())
        template = string.Template(self._said(f"docs/{GUIDELINE_TEMPLATE}")).safe_substitute(sections=sections.rstrip())
        yield f"docs/{GUIDELINE_TEMPLATE}", template
        of_unit = self._said("docs/retningslinjer/enhed.md")
        for department in self._answers.departments:
            yield self._guideline(template, department.name)
            for unit in department.units:
                yield self._guideline(of_unit, unit, parent=department.name, parent_id=slug(department.name))

    def _guideline(self, template: str, name: str, **values: str) -> tuple[str, str]:
        text = template.replace("# Lokal retningslinje: $department\n", "# Lokal retningslinje: $department_title\n")
        filled = fill_template(text, {"department": name, "department_title": markdown_text(name), **values}, self._today, self._months)
        return f"docs/{self._folders.guidelines}/{slug(name)}.md", filled

    def config(self) -> str:
        """Return the text of `mkdocs.yml`."""
        answers, strategy = self._answers, self._say("Kanalstrategien")
        site_name = f"{genitive(answers.name)} {self._strategy}"
        statement = answers.statement and f"accessibility_statement: {yaml_text(answers.statement)}"
        ids = [slug(name) for department in answers.departments for name in (department.name, *department.units)]
        return self._filled(
            _text(CONFIG),
            name=yaml_text(answers.name),
            site_name=yaml_text(site_name),
            site_description=yaml_text(f"{site_name} – hvilke kanaler kommunen bruger, når den kommunikerer med borgerne."),
            statement=statement or "# accessibility_statement: https://was.digst.dk/…",
            owners="\n".join(_owner_lines(self._owners)),
            document_name=yaml_text(strategy),
            collected_title=yaml_text(f"{self._title}, samlet udgave"),
            shape=self._shape(),
            channels="\n".join(f"      - {self._folders.channels}/{id}.md" for id in self._channels),
            strategy_menu=self._say("Strategien"),
            chapter_pages="\n".join(f"      - {self._folders.strategy}/{chapter}" for chapter in self._chapters or CHAPTERS),
            departments="\n".join(f"          - {self._folders.guidelines}/{id}.md" for id in ids),
        )

    def readme(self, *, has_wheel: bool) -> str:
        """Return the text of the README for the municipality's people."""
        name = self._answers.name
        return self._filled(
            self._said("README.md"),
            site_title=markdown_text(f"{genitive(name)} {self._strategy}"),
            name_genitive=markdown_text(genitive(name)),
            strategy=self._strategy,
            program=PROGRAM,
            wheel_note=f"; programmet selv ligger i `{WHEEL_FOLDER}/`" if has_wheel else "",
        )

    def _shape(self) -> str:
        """Return the setting of the site's shape, or nothing if it has that of the program."""
        if not self._answers.shape:
            return ""
        text = yaml.safe_dump({"shape": self._answers.shape}, allow_unicode=True, sort_keys=False)
        return _indented(f"# Det, der hedder noget andet her end i programmet, og de ord, der indleder regler.\n{text}", 2)

    def _page(self, path: str, **values: str) -> tuple[str, str]:
        return f"docs/{self._folders.placed(path)}", self._filled(self._said(f"docs/{path}"), **values)

    def _said(self, name: str) -> str:
        """Return a text of the program in the site's words."""
        return self._say(_text(name))

    def _filled(self, template: str, /, **values: str) -> str:
        return string.Template(template).substitute(self._common, **values)


def _named(chapters: Sequence[tuple[str, str]], channels: Collection[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the name of each chapter's file, which no other chapter and no channel has, with its title and its text."""
    taken = {"index", *channels}
    for title, text in chapters:
        name = slug(title)[:_MAX_NAME_CHARACTERS].strip("-") or "kapitel"
        name = f"kapitel-{name}" if name in WINDOWS_NAMES else name
        name = next(one for number in range(1, len(chapters) + len(channels) + 2) if (one := name if number == 1 else f"{name}-{number}") not in taken)
        taken.add(name)
        yield f"{name}.md", (title, text)


def _text(name: str) -> str:
    return (TEXTS / name).read_text(encoding="utf-8")


def _owner_lines(owners: tuple[NewOwner, ...]) -> Iterator[str]:
    for owner in owners:
        yield f"    {owner.id}:"
        facts: Mapping[str, str] = {"name": owner.name, "phone": owner.phone, "email": owner.email, "account": owner.account}
        yield from (f"      {key}: {yaml_text(value)}" for key, value in facts.items() if value)


def _indented(text: str, spaces: int) -> str:
    return "".join(f"{' ' * spaces}{line}" for line in text.splitlines(keepends=True))
