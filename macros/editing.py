"""What the editor in the browser (Decap CMS) is set up with, made from the content model.

Pure: from the content to the configuration and to the address of a page in the editor.
"""

from __future__ import annotations

import posixpath
from typing import Any
from urllib.parse import quote, urlsplit

from .content import CHANNELS, HOME_TEMPLATE, OTHER_KEYS, REQUIRED_KEYS, STRATEGY, STRATEGY_KEYS
from .dates import MONTHS_UNTIL_OLD
from .guidelines import GUIDELINES
from .records import Content, Editing, Page, Status
from .source import Source

FORMAT = "side"
"""The name that overrides/editor/start.js registers its format under."""
PICTURES = "billeder"
FRONT, OTHERS = "forside-og-strategi", "oevrige-sider"
"""Collections, beside those that are called as their folder is."""
_LABELS = {
    FRONT: "Forside og strategi",
    CHANNELS: "Kanaler",
    GUIDELINES: "Lokale retningslinjer",
    OTHERS: "Øvrige sider",
}
STATUSES = {Status.ADOPTED: "Vedtaget", Status.DRAFT: "Udkast"}
_TODAY, _LATER = {"months_from_today": 0}, {"months_from_today": MONTHS_UNTIL_OLD}
"""Of a new page's dates; overrides/editor/start.js makes dates of them, as Decap knows `{{now}}` only."""

Json = dict[str, Any]


def editor_config(content: Content, editing: Editing, template: Source, logo: str) -> Json:
    """The configuration of Decap. `template` is what a new guideline begins with."""
    pages = content.pages.values()
    return {
        "backend": _backend(editing),
        **({} if editing.is_local else {"publish_mode": "editorial_workflow"}),
        "locale": "da",
        "logo": {"src": f"../{logo}"} if logo else {"src": ""},
        "show_preview_links": False,
        "media_folder": f"docs/{PICTURES}",
        "public_folder": f"../{PICTURES}",
        "slug": {"encoding": "ascii"},
        # A preview of Markdown would show the macros' names, not what they make.
        "editor": {"preview": False},
        "collections": [
            _files(FRONT, [page for page in pages if collection_of(page) == FRONT], content),
            _files(CHANNELS, [page for page in pages if collection_of(page) == CHANNELS], content),
            _guidelines(content, template),
            _files(OTHERS, [page for page in pages if collection_of(page) == OTHERS], content),
        ],
    }


def collection_of(page: Page) -> str:
    """The collection that a page is edited in."""
    if page.section == CHANNELS:
        return CHANNELS
    if page.section == GUIDELINES and not page.is_index:
        return GUIDELINES
    return FRONT if page.section == STRATEGY or page.path == "index.md" else OTHERS


def entry_url(page: Page) -> str:
    """Where the editor opens a page, relative to the site's root."""
    return f"admin/#/collections/{collection_of(page)}/entries/{quote(_entry(page))}"


def _entry(page: Page) -> str:
    return page.path.rpartition("/")[2].removesuffix(".md") if collection_of(page) == GUIDELINES else page.id.replace("/", "--")


def allowed_connections(editing: Editing) -> list[str]:
    """The hosts that the editor talks to, as a Content-Security-Policy names them."""
    urls = [editing.proxy] if editing.is_local else [editing.api_root]
    if editing.backend == "gitlab":
        urls.append(editing.sign_in)
    return sorted({f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, urls)})


def _backend(editing: Editing) -> Json:
    if editing.is_local:
        return {"name": "proxy", "proxy_url": editing.proxy}
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


def _files(name: str, pages: list[Page], content: Content) -> Json:
    return {
        "name": name,
        "label": _LABELS[name],
        "format": FORMAT,
        "files": [
            {
                "name": _entry(page),
                "label": page.title,
                "file": f"docs/{page.path}",
                "public_folder": posixpath.relpath(PICTURES, page.section or "."),
                "media_folder": f"/docs/{PICTURES}",
                "fields": fields(page.path, content),
            }
            for page in pages
        ],
    }


def _guidelines(content: Content, template: Source) -> Json:
    starts = {key: value for key, value in template.front.values.items() if isinstance(value, str) and key != "department"}
    starts |= {"body": template.body.strip("\n"), "reviewed": _TODAY, "review_by": _LATER}
    of_new = [
        {**field, "default": starts[field["name"]]} if field["name"] in starts else field
        for field in fields(f"{GUIDELINES}/", content)
    ]
    return {
        "name": GUIDELINES,
        "label": _LABELS[GUIDELINES],
        "label_singular": "Lokal retningslinje",
        "folder": f"docs/{GUIDELINES}",
        "extension": "md",
        "format": FORMAT,
        "create": True,
        "delete": True,
        # Not the folder's own page. The format says which keys a page has.
        "filter": {"field": "present", "value": "department"},
        "identifier_field": "department",
        "summary": "{{department}}",
        "slug": "{{fields.file_name}}",
        "sortable_fields": ["department", "reviewed", "review_by"],
        "public_folder": f"../{PICTURES}",
        "media_folder": f"/docs/{PICTURES}",
        "fields": of_new,
    }


def fields(path: str, content: Content) -> list[Json]:
    """The fields of a page: those of its front matter, in the order of the model, and its text."""
    section = path.rpartition("/")[0]
    is_channel = section == CHANNELS and not path.endswith("/index.md")
    is_guideline = section == GUIDELINES and not path.endswith("/index.md")
    known = {**_of_every_page(content), **_of_the_strategy(), **_of_some_pages()}
    left_out = set() if path == "index.md" else {*STRATEGY_KEYS, "template"}
    left_out |= set() if is_channel else {"subchannels"}
    left_out |= set() if is_guideline else {"department"}
    keys = ["department", *(key for key in (*REQUIRED_KEYS, *STRATEGY_KEYS, *OTHER_KEYS) if key != "department")]
    made = [{"name": key, **known[key]} for key in keys if key not in left_out]
    hint = "Siden i Markdown, begyndende med titlen. Det, der står mellem {{ og }}, henter tekst fra andre sider."
    return [*made, {"name": "body", "label": "Tekst", "widget": "text", "hint": hint}]


def _of_every_page(content: Content) -> dict[str, Json]:
    owners = [{"label": owner.name, "value": owner.id} for owner in content.organisation.owners.values()]
    statuses = [{"label": STATUSES[status], "value": status.value} for status in Status]
    return {
        "description": _text("Beskrivelse", "Én sætning om, hvad læseren finder på siden. Den står i søgeresultater og på kort."),
        "owner": {"label": "Ansvarlig", "widget": "select", "options": owners},
        "status": {"label": "Status", "widget": "select", "options": statuses, "hint": "Et udkast er mærket overalt, hvor det vises."},
        "reviewed": _date("Gennemgået"),
        "review_by": _date("Gennemgås senest"),
    }


def _of_the_strategy() -> dict[str, Json]:
    return {
        "adopted": _date("Strategien er vedtaget"),
        "adopted_by": _text("Vedtaget af", "Som det står på forsiden af PDF’en: »Vedtaget den … af …«."),
        "evaluate_by": _date("Strategien evalueres senest"),
        "evaluated": {**_date("Strategien er evalueret"), "required": False, "hint": "Tom, indtil det er sket."},
    }


def _of_some_pages() -> dict[str, Json]:
    parts = [{"label": "Menuen", "value": "navigation"}, {"label": "Sidens indhold", "value": "toc"}]
    return {
        "department": _text("Fagområde", "Navnet, som det skal stå i oversigten og blive til sidens adresse."),
        "icon": {**_text("Ikon", "Som material/phone-outline. Ikonet står på kort og i oversigter."), "required": False},
        "keywords": {
            "label": "Søgeord",
            "widget": "list",
            "required": False,
            "hint": "Ord, som læserne søger med, men som siden ikke selv bruger, adskilt af komma.",
        },
        "redirects": {
            "label": "Tidligere adresser",
            "widget": "list",
            "required": False,
            "hint": "Adresser, som nu fører til denne side, adskilt af komma. Som retningslinjer/gammelt-navn/ eller pdf/gammel.pdf.",
        },
        "subchannels": {
            "label": "Underkanaler",
            "widget": "list",
            "required": False,
            "hint": "Id’er på de afsnit, der er kanaler for sig, adskilt af komma.",
        },
        "hide": {"label": "Skjul", "widget": "select", "multiple": True, "required": False, "options": parts},
        # What only a developer changes; the format leaves it as it is.
        "template": {"widget": "hidden", "default": HOME_TEMPLATE},
    }


def _text(label: str, hint: str) -> Json:
    return {"label": label, "widget": "string", "hint": hint}


def _date(label: str) -> Json:
    return {"label": label, "widget": "datetime", "date_format": "YYYY-MM-DD", "time_format": False, "format": "YYYY-MM-DD"}
