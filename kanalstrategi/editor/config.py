"""Generates the configuration of the editor in the browser (Decap CMS) from the content model. No I/O."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from kanalstrategi.content.conventions import (
    ADOPTION_KEYS,
    ANSWER_FOLDER,
    EDITION_FOLDER,
    GOAL_FOLDER,
    GOAL_KEYS,
    IMAGE_FOLDER,
    MATERIAL_FOLDER,
    OTHER_KEYS,
    PLAN_FOLDER,
    REQUIRED_KEYS,
    STATEMENT_KEYS,
    STATEMENT_PAGE,
    STRATEGY_KEYS,
)
from kanalstrategi.content.editing_model import Editing
from kanalstrategi.content.edition_paths import edition_folder, path_in_force, section_in_force
from kanalstrategi.content.editions import is_open
from kanalstrategi.content.folders import Folders
from kanalstrategi.content.model import Content, Page
from kanalstrategi.editor.adoption import adoption_for_form
from kanalstrategi.editor.board_fields import board_fields, board_keys
from kanalstrategi.editor.common_fields import common_fields, optional_fields, strategy_fields
from kanalstrategi.editor.department_fields import department_fields, departments_excluded
from kanalstrategi.editor.field_types import Json, text_field
from kanalstrategi.editor.goal_fields import goal_fields, is_goal, measurement_collection
from kanalstrategi.editor.phrases import phrases_for_editor
from kanalstrategi.editor.plan_fields import PLAN_KEYS, plan_fields
from kanalstrategi.editor.statement_fields import statement_fields
from kanalstrategi.markdown.nodes import ParsedPage

FORMAT = "side"
"""The name under which overrides/editor/start.js registers its format."""
GUIDELINE_FORMAT, ANSWER_FORMAT = "retningslinje", "svar"
"""The names of the same format for guidelines, and for answers, whose title is a field of its own."""
GUIDELINE_FORM = "retningslinje"
"""The name under which it registers the form of a guideline."""
PAGE_TEXT = "sidetekst"
"""The name of the field for the text of any other page."""
FACTS = "facts"
"""The name of the group of fields that are folded. The format knows it."""
LOCAL_API = "api"
"""The URL, relative to `admin/`, at which a preview that saves changes itself answers Decap."""

FRONT_COLLECTION, CHANNEL_COLLECTION, GUIDELINE_COLLECTION, OTHER_COLLECTION = "forside-og-strategi", "kanaler", "retningslinjer", "oevrige-sider"
"""The collections that are not named after folders: a site may call its folders something else. The scripts know that of guidelines."""
FACTS_OF_PROPOSAL = ("consultation_from", "consultation_to", "evaluate_by")
"""The keys of a proposal's front page. What happens to the proposal is written by a command."""
FACTS_IN_FORCE = (*STRATEGY_KEYS, "edition", "decision", "confirm_by", "consultation_from", "consultation_to")
"""The keys of the front page of the strategy in force."""


@dataclass(frozen=True)
class _TitledPages:
    """How new pages of a folder are begun, of which the title is a field of its own."""

    singular: str
    """What one of them is called."""
    marker: str
    """The key that all of them have, and the folder's own page does not."""
    format: str
    """The name under which overrides/editor/start.js registers the format of these pages."""
    title_label: str
    title_hint: str


_COLLECTION_LABELS = {
    FRONT_COLLECTION: "Forside og strategi",
    ANSWER_FOLDER: "Spørgsmål og svar",
    CHANNEL_COLLECTION: "Kanaler",
    GUIDELINE_COLLECTION: "Lokale retningslinjer",
    GOAL_FOLDER: "Mål",
    PLAN_FOLDER: "Procesplan",
    MATERIAL_FOLDER: "Materiale",
    EDITION_FOLDER: "Udgaver",
    OTHER_COLLECTION: "Øvrige sider",
}

_TITLED = {
    ANSWER_FOLDER: _TitledPages("Svar", "channel", ANSWER_FORMAT, "Spørgsmål", "Som borgeren ville stille det."),
    PLAN_FOLDER: _TitledPages("Handling", "action", "handling", "Handling", "Hvad der skal gøres."),
    MATERIAL_FOLDER: _TitledPages("Materiale", "purpose", "materiale", "Materiale", "Hvad det hedder."),
}
"""The folders in which editors can begin new pages that are named after their titles."""
_OPEN_COLLECTIONS = (GUIDELINE_COLLECTION, *_TITLED)
"""The collections in which editors can begin new pages."""

_TITLE = re.compile(r"^# .*$", re.MULTILINE)
"""The title in a template, which is a field of its own."""
_TODAY = {"months_from_today": 0}
"""A placeholder for the date of a new page. overrides/editor/start.js fills it in, since Decap's only date placeholder is `{{now}}`."""


def editor_config(content: Content, editing: Editing, templates: Mapping[str, ParsedPage], logo: str) -> Json:
    """Return Decap's configuration. `templates` are those of new pages, keyed by collection, and `logo` is a URL relative to the site's root.

    Pages of an edition that is filed are not in it: nobody may change them. Nor are those of the program, which a site replaces instead.
    """
    pages = [page for part in (content, *content.editions) if is_open(part) for page in part.pages.values() if not page.is_of_program]
    by_collection: dict[str, list[Page]] = {}
    for page in pages:
        by_collection.setdefault(collection_of(page, content.folders), []).append(page)

    def of_files(name: str) -> Json:
        return _file_collection(name, by_collection.get(name, []), content)

    return {
        "backend": _backend(editing),
        **({} if editing.is_local else {"publish_mode": "editorial_workflow", "review": _review(editing)}),
        "checks_in_browser": not editing.is_local,
        "adoption": adoption_for_form(content),
        **phrases_for_editor(content),
        "locale": "da",
        "logo": {"src": f"../{logo}"} if logo else {"src": ""},
        "show_preview_links": False,
        "media_folder": f"docs/{IMAGE_FOLDER}",
        "public_folder": f"../{IMAGE_FOLDER}",
        "slug": {"encoding": "ascii"},
        # A Markdown preview would show macro calls instead of their output.
        "editor": {"preview": False},
        "collections": [
            of_files(FRONT_COLLECTION),
            of_files(CHANNEL_COLLECTION),
            _titled_collection(ANSWER_FOLDER, content, templates[ANSWER_FOLDER]),
            _guideline_collection(content, templates[GUIDELINE_COLLECTION]),
            *([of_files(GOAL_FOLDER)] if GOAL_FOLDER in by_collection else []),
            *([measurement_collection(content)] if content.goals else []),
            *(_titled_collection(folder, content, templates[folder]) for folder in PLAN_KEYS),
            *([of_files(EDITION_FOLDER)] if EDITION_FOLDER in by_collection else []),
            of_files(OTHER_COLLECTION),
        ],
    }


def collection_of(page: Page, folders: Folders) -> str:
    """Return the name of the collection that a page belongs to."""
    if edition_folder(page.path):
        return EDITION_FOLDER
    if page.section == folders.channels:
        return CHANNEL_COLLECTION
    if page.section == folders.guidelines:
        return OTHER_COLLECTION if page.is_index else GUIDELINE_COLLECTION
    if page.section == GOAL_FOLDER or (page.section in _TITLED and not page.is_index):
        return page.section
    return FRONT_COLLECTION if page.section == folders.strategy or page.path == "index.md" else OTHER_COLLECTION


def entry_url(page: Page, folders: Folders) -> str:
    """Return the URL of a page in the editor, relative to the site's root."""
    return f"admin/#/collections/{collection_of(page, folders)}/entries/{quote(_entry_name(page, folders))}"


def allowed_connections(editing: Editing) -> list[str]:
    """Return the origins that the editor connects to, in the form that a Content-Security-Policy needs."""
    urls = [] if editing.is_local else [editing.api_root]
    if editing.backend == "gitlab":
        urls.append(editing.sign_in)
    return sorted({f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, urls)})


def fields(path: str, content: Content) -> list[Json]:
    """Return the fields of a page: its text first, and then its front matter, in the order of the content model and folded.

    What names a guideline or an answer, or leads readers to it, stands before the text, as does what the process plan says of a page.
    """
    place = path_in_force(path, content.folders)
    section = place.rpartition("/")[0]
    is_channel = section == content.folders.channels and not path.endswith("/index.md")
    is_guideline = section == content.folders.guidelines and not path.endswith("/index.md")
    is_answer = section == ANSWER_FOLDER and not path.endswith("/index.md")
    definitions = {**common_fields(content), **strategy_fields(content), **optional_fields(content)}
    definitions |= {**plan_fields(content), **goal_fields(content), **board_fields(), **department_fields(path, content)}
    of_plan = () if path.endswith("/index.md") else PLAN_KEYS.get(section, ())
    own = (*of_plan, *board_keys(path))
    facts_of_edition: tuple[str, ...] = () if place != "index.md" else FACTS_OF_PROPOSAL if edition_folder(path) else FACTS_IN_FORCE
    excluded = set() if place == "index.md" else {"template"}
    excluded |= set() if is_channel else {"subchannels"}
    excluded |= set() if is_guideline else {"department"}
    excluded |= set() if is_answer else {"channel"}
    excluded |= departments_excluded(section, content.folders, is_own_page=not path.endswith("/index.md"))
    facts_of_edition = ADOPTION_KEYS if is_guideline else GOAL_KEYS if is_goal(place) else facts_of_edition
    if path == STATEMENT_PAGE:
        definitions |= statement_fields()
        facts_of_edition = STATEMENT_KEYS
    if is_guideline:
        told = content.say("Tom, indtil fagområdet har vedtaget retningslinjen.")
        definitions |= {key: {**definitions[key], "required": False, "hint": told} for key in ADOPTION_KEYS}
    keys = ["department", *(key for key in (*own, *REQUIRED_KEYS, *facts_of_edition, *OTHER_KEYS) if key != "department")]
    if is_answer:
        definitions["keywords"] = {**definitions["keywords"], "required": True, "hint": "De ord, som borgerne spørger med, adskilt af komma."}
    front_matter = [{"name": key, **definitions[key]} for key in keys if key not in excluded]
    before = {"department", "channel", *own} | ({"description", "keywords"} if is_answer else set()) | ({"description", "owner"} if of_plan else set())
    hint = "Siden i Markdown, begyndende med titlen. Det, der står mellem {{ og }}, henter tekst fra andre sider."
    body = {"label": "Beslutninger", "widget": GUIDELINE_FORM} if is_guideline else {"label": "Tekst", "widget": PAGE_TEXT, "hint": hint}
    facts = {
        "name": FACTS,
        "label": "Oplysninger om siden",
        "widget": "object",
        "collapsed": True,
        "summary": "Ansvarlig, datoer, søgeord og mere",
        "fields": [field for field in front_matter if field["name"] not in before],
    }
    return [*(field for field in front_matter if field["name"] in before), {"name": "body", **body}, facts]


def _entry_name(page: Page, folders: Folders) -> str:
    return page.path.rpartition("/")[2].removesuffix(".md") if collection_of(page, folders) in _OPEN_COLLECTIONS else page.id.replace("/", "--")


def _backend(editing: Editing) -> Json:
    if editing.is_local:
        return {"name": "proxy", "proxy_url": LOCAL_API}
    common = {
        "name": editing.backend,
        "repo": editing.repository,
        "branch": editing.branch,
        "base_url": editing.sign_in,
        "api_root": editing.api_root,
        "commit_messages": {
            "create": "Opret {{path}}",
            "update": "Ret {{path}}",
            "delete": "Slet {{path}}",
            "uploadMedia": "Tilføj {{path}}",
            "deleteMedia": "Slet {{path}}",
        },
    }
    if editing.backend == "gitlab":
        graphql = f"{editing.api_root.removesuffix('/v4')}/graphql"
        return {**common, "auth_type": "pkce", "app_id": editing.app_id, "graphql_api_root": graphql}
    return common


def _review(editing: Editing) -> Json:
    """Return where editors see what the checks of the repository say about their changes. overrides/editor/start.js takes it out again."""
    if editing.backend == "gitlab":
        return {"host": "GitLab", "requests": "merge requests på GitLab", "url": f"{editing.sign_in}/{editing.repository}/-/merge_requests"}
    site = editing.api_root.removesuffix("/api/v3") if editing.api_root.endswith("/api/v3") else "https://github.com"
    return {"host": "GitHub", "requests": "pull requests på GitHub", "url": f"{site}/{editing.repository}/pulls"}


def _file_collection(name: str, pages: list[Page], content: Content) -> Json:
    return {
        "name": name,
        "label": content.say(_COLLECTION_LABELS[name]),
        "format": FORMAT,
        "files": [
            {
                "name": _entry_name(page, content.folders),
                "label": _label(page, content),
                "file": f"docs/{page.path}",
                "public_folder": posixpath.relpath(IMAGE_FOLDER, section_in_force(page.path, content.folders) or "."),
                "media_folder": f"/docs/{IMAGE_FOLDER}",
                "fields": fields(page.path, content),
            }
            for page in pages
        ],
    }


def _label(page: Page, content: Content) -> str:
    """Return what a page is called in the list of a collection. Each edition has pages of the same titles."""
    edition = content.content_of(page.path).edition
    return f"{edition.title}: {page.title}" if edition and edition_folder(page.path) and edition.title not in page.title else page.title


def _guideline_collection(content: Content, template: ParsedPage) -> Json:
    folder = content.folders.guidelines
    return {
        **_folder_collection(GUIDELINE_COLLECTION, folder, identifier="department", marker="department"),
        "label_singular": "Lokal retningslinje",
        "format": GUIDELINE_FORMAT,
        "sortable_fields": ["department"],
        "fields": _with_defaults(fields(f"{folder}/", content), template, template.body, content),
    }


def _titled_collection(folder: str, content: Content, template: ParsedPage) -> Json:
    kind = _TITLED[folder]
    title = {"name": "title", **text_field(kind.title_label, f"{kind.title_hint} Det er sidens titel og bliver til dens adresse.")}
    hint = "Siden i Markdown uden titlen. Det, der står mellem {{ og }}, henter tekst fra andre sider."
    if folder == ANSWER_FOLDER:
        title["pattern"] = [r"\?", "Slut med et spørgsmålstegn."]
        hint = hint.replace("titlen. ", "titlen. Den første sætning svarer. ")
    with_hint = [{**field, "hint": hint} if field["name"] == "body" else field for field in fields(f"{folder}/", content)]
    return {
        **_folder_collection(folder, folder, identifier="title", marker=kind.marker),
        "label_singular": kind.singular,
        "format": kind.format,
        "sortable_fields": ["title"],
        "fields": [title, *_with_defaults(with_hint, template, _TITLE.split(template.body, maxsplit=1)[-1], content)],
    }


def _with_defaults(fields_of_new: list[Json], template: ParsedPage, text: str, content: Content) -> list[Json]:
    """Return fields that begin with the values of a template and, for the body, with a text."""
    defaults: Json = {key: value for key, value in template.front.values.items() if value and key != "department"}
    if defaults.get("owner") in ("$owner", "${owner}"):
        defaults["owner"] = content.organisation.first_owner
    defaults |= {"body": text.strip("\n"), "reviewed": _TODAY, "review_by": {"months_from_today": content.settings.review_months}}
    return [_with_default(field, defaults) for field in fields_of_new]


def _with_default(field: Json, defaults: Json) -> Json:
    if field["name"] == FACTS:
        return {**field, "fields": [_with_default(inner, defaults) for inner in field["fields"]]}
    return {**field, "default": defaults[field["name"]]} if field["name"] in defaults else field


def _folder_collection(name: str, folder: str, *, identifier: str, marker: str) -> Json:
    """Return a collection of all pages in a folder that have the key `marker` in their front matter. `identifier` is the field that names them."""
    return {
        "name": name,
        "label": _COLLECTION_LABELS[name],
        "folder": f"docs/{folder}",
        "extension": "md",
        "create": True,
        "delete": True,
        # Leaves out the folder's own page. Our format adds the field `present`, which lists the keys that a page has.
        "filter": {"field": "present", "value": marker},
        "identifier_field": identifier,
        "summary": f"{{{{{identifier}}}}}",
        "slug": "{{fields.file_name}}",
        "public_folder": f"../{IMAGE_FOLDER}",
        "media_folder": f"/docs/{IMAGE_FOLDER}",
    }
