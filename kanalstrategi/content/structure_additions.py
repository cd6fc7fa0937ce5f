"""Plans a new channel: its page, its place in the menu, and its section in every guideline. No I/O."""

from __future__ import annotations

from datetime import date

import yaml

from kanalstrategi.content.adoption import CONFIG
from kanalstrategi.content.conventions import CHANNEL_TEMPLATE, CHOOSER_PAGE, GUIDELINE_TEMPLATE
from kanalstrategi.content.editions import is_open
from kanalstrategi.content.menu_edits import MenuError, with_pages
from kanalstrategi.content.model import Content
from kanalstrategi.content.page_template import fill_template
from kanalstrategi.content.program_pages import shipped_template
from kanalstrategi.content.steps import DOCS, Step, StepError, Tree, read_page_of
from kanalstrategi.content.structure_steps import checked_name, new_id, with_told_changes

_SECTION = """\
## {title} {{: #{id} }}

{{{{ rules("{id}") }}}}

Forslag til beslutninger:

- [ ] Brug af kanalen: {question}
    {{: kind=essential }}
"""
"""What a guideline says about a channel that is new: its rules, once it has some, and the first decision. Nothing else is known yet."""


def new_channel(tree: Tree, content: Content, typed: str, today: date) -> tuple[Step, str]:
    """Return the step that begins a channel group, and the path of its page. Raises StepError."""
    title = checked_name(typed)
    taken = [*content.channels, *(former for edition in content.editions for former in edition.channels)]
    folder = content.folders.channels
    id = new_id(title, "", folder, taken, tree)
    path = f"{folder}/{id}.md"
    own = tree.get(DOCS + CHANNEL_TEMPLATE)
    template = shipped_template(CHANNEL_TEMPLATE, content.settings.words) if own is None else own.decode("utf-8", "surrogateescape")
    assert template is not None, "the program has one"
    values = {"title": title, "id": id, "owner": content.organisation.first_owner}
    page_text = fill_template(template, values, today, content.settings.review_months)
    changes: dict[str, bytes | None] = {DOCS + path: page_text.encode("utf-8", "surrogateescape")}
    question = content.say("Bruger fagområdet kanalen, til hvad, og hvem har ansvaret for den?")
    # A unit has what the department above it has.
    guidelines = [guideline.page.path for guideline in content.guidelines if not guideline.part_of]
    for page in (*guidelines, GUIDELINE_TEMPLATE):
        if DOCS + page in tree and id not in read_page_of(tree, DOCS + page).ids:
            changes[DOCS + page] = _with_section(tree[DOCS + page], _SECTION.format(title=title, id=id, question=question))
    text = tree[CONFIG].decode("utf-8", "surrogateescape")
    former = [group.page.path for group in content.groups] or [f"{folder}/index.md"]
    try:
        changes[CONFIG] = with_pages(text, former, [*former, path]).encode("utf-8", "surrogateescape")
    except (MenuError, yaml.YAMLError, RecursionError) as error:
        raise StepError(str(error) if isinstance(error, MenuError) else f"{CONFIG} kan ikke læses – kør python3 scripts/check.py") from error
    changes = with_told_changes(tree, changes, {}, today, f"Der er kommet et afsnit om {title}.")
    report = [f"Kanalen »{title}« er begyndt i {DOCS}{path}.", *(f"rettet: {page}" for page in sorted(changes) if page in tree)]
    overview = f"{DOCS}{folder}/index.md"
    report.append("Skriv teksten." if _lists_itself(tree, overview, folder) else f"Skriv teksten, og nævn kanalen i {overview}.")
    if content.chooser:
        hint = "Tilføj et svar og et resultat, når det er besluttet, hvad den bruges til."
        report.append(f"Kanalvælgeren i {DOCS}{CHOOSER_PAGE} fører ikke til den endnu. {hint}")
    for edition in content.editions:
        if edition.edition and is_open(edition):
            report.append(f"Forslaget {edition.edition.name} har den ikke. Kopiér siden til {DOCS}{edition.edition.folder}{path}, hvis det skal have den.")
    return Step({page: data for page, data in changes.items() if tree.get(page) != data}, tuple(report)), path


def _lists_itself(tree: Tree, overview: str, folder: str) -> bool:
    """Whether the overview of a folder shows all its pages by a macro, so that nobody has to mention a new one there."""
    return overview in tree and any(call.name == "cards" and call.arguments == (folder,) for call in read_page_of(tree, overview).calls)


def _with_section(page: bytes, section: str) -> bytes:
    """Return a page with a section at its end, in the page's own line ends; every other byte stays."""
    text = page.decode("utf-8", "surrogateescape")
    end = "\r\n" if "\r\n" in text else "\n"
    return (text.rstrip("\r\n") + end * 2 + section.replace("\n", end)).encode("utf-8", "surrogateescape")
