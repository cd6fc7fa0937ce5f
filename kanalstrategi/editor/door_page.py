"""Writes what a person sees whom the preview does not let in. It loads nothing and needs no script."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from string import Template

from kanalstrategi.content.model import Content
from kanalstrategi.content.organisation_model import Owner
from kanalstrategi.design.theme import OVERRIDES
from kanalstrategi.editor.door import Refusal
from kanalstrategi.markdown.nodes import Node, element
from kanalstrategi.markdown.renderer import write_html
from kanalstrategi.rendering.components import email_link, phone_link
from kanalstrategi.rendering.inline_hash import inline_hash

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1.0625rem/1.6 system-ui, sans-serif; margin: 0 auto; max-width: 38rem; padding: 2rem 1.25rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 0.25rem; }
p { margin: 0 0 0.75rem; overflow-wrap: anywhere; }
li { margin-bottom: 0.5rem; }
button { font: inherit; font-weight: 700; min-height: 2.75rem; padding: 0.5rem 1.4rem; }
.technical { border-top: 1px solid; font-size: 0.9rem; margin-top: 2rem; padding-top: 0.75rem; }
"""
DOOR_PAGE_POLICY = f"default-src 'none'; style-src {inline_hash(_STYLE)}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
"""The Content-Security-Policy of these pages."""


@dataclass(frozen=True)
class DoorSite:
    """The site behind the door, as it is named to someone who is already at it."""

    name: str
    home: str
    """The path of its front page."""
    contact: Owner | None = None
    """Whom to ask for the link; None if nobody is named."""


def door_site(content: Content, name: str, home: str) -> DoorSite:
    """Return a site with the owner of its front page, who is asked for the link."""
    front = content.pages.get("index.md")
    return DoorSite(name, home, front.owner if front and (front.owner.phone or front.owner.email) else None)


def refusal_page(refusal: Refusal) -> str:
    """Return a page that says why a request is not answered, and nothing about the site."""
    return _page("Siden kan ikke vises", element("h1", "Siden kan ikke vises"), element("p", f"{refusal.reason.rstrip('.')}."))


def key_page(refusal: Refusal, site: DoorSite) -> str:
    """Return the page for someone who wants to edit and has not come with the key."""
    title = "Du skal bruge linket til redigeringen"
    steps = (
        "Find mailen med linket til redigeringen, og åbn linket. Har du ikke fået det, så spørg den, der passer hjemmesiden.",
        "Kom tilbage til dette vindue, og tryk på »Prøv igen«. Så kommer du til den side, du ville rette.",
    )
    return _page(
        f"{title} – {site.name}",
        element("h1", title),
        element("p", "Du har ikke gjort noget forkert. Redigeringen åbner kun for dem, der har fået et link til den. Du skal ikke bruge en adgangskode."),
        element("ol", [element("li", step) for step in steps]),
        element("form", element("button", "Prøv igen", type="submit")),  # unlike a link, it keeps the fragment, which says which page it was
        _contact(site.contact) if site.contact else [],
        element("p", element("a", f"Tilbage til {site.name}", href=site.home)),
        element("p.technical", f"Til den, der har startet forhåndsvisningen: {refusal.reason}."),
    )


def _contact(owner: Owner) -> list[Node]:
    return [
        element("h2", "Spørg om linket"),
        element("p", owner.name),
        element("p", "Telefon: ", phone_link(owner)) if owner.phone else "",
        element("p", "E-mail: ", email_link(owner)) if owner.email else "",
    ]


def _page(title: str, *content: Node | list[Node]) -> str:
    frame = Template((OVERRIDES / "editor" / "door.html").read_text(encoding="utf-8"))
    return frame.substitute(title=escape(title), style=_STYLE, content=write_html([element("main", *content)]))
