"""Shows actions of the process plan and their material, and puts the facts about them on their own pages. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kanalstrategi.content.action_model import Action, Material
from kanalstrategi.content.action_words import STATE_WORDS, words_on
from kanalstrategi.content.conventions import GOAL_FOLDER, MATERIAL_FOLDER, PLAN_FOLDER, RULE_FOLDER
from kanalstrategi.content.model import Content, Page, Status
from kanalstrategi.danish.phrases import capitalized
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import draft_badge, draft_mark, insert_below_status, join_nodes
from kanalstrategi.rendering.macros import Call


def state_badge(action: Action) -> Element:
    """Return how far an action is, as a word."""
    return element(f"strong.badge.action-state.{action.state.value}", capitalized(STATE_WORDS[action.state]))


def when(action: Action, call: Call) -> Node:
    """Return when an action is done, in words; that it is late is marked."""
    words = words_on(action, call.content.today)
    return element("span.overdue", words) if action.is_overdue(call.content.today) else words


def action_list(call: Call, actions: Sequence[Action]) -> list[Node]:
    """Return actions as a list: what, how far, when and who."""
    note, marked = shared_note(call, [action.page for action in actions])
    items = [
        element(
            "li",
            element("a", action.page.title, href=call.link(action.page.url)),
            draft_mark(action.page) if marked else "",
            " ",
            state_badge(action),
            " ",
            element("span.plan-when", join_nodes([when(action, call), action.page.owner.name], " · ")),
        )
        for action in actions
    ]
    return [*note, element("ul.plan-list", items, data_search_exclude="")]


def shared_note(call: Call, pages: Sequence[Page]) -> tuple[list[Node], bool]:
    """Return what stands above a list of pages that are all drafts, and whether each needs a mark of its own: one mark is read, a dozen are not."""
    if not pages or any(page.status is not Status.DRAFT for page in pages):
        return [], True
    is_said = call.page.status is Status.DRAFT and call.page.section in (PLAN_FOLDER, MATERIAL_FOLDER)
    return ([] if is_said else [element("p.plan-note", draft_badge(), " Ikke vedtaget endnu")]), False


def served_links(call: Call, action: Action) -> list[list[Node]]:
    """Return links to the goals and rules that an action serves, each with what it is."""
    content = call.content
    goals = [("Mål: ", content.pages[f"{GOAL_FOLDER}/{id}.md"]) for id in action.goals]
    rules = [("Regel: ", content.rule_pages[f"{RULE_FOLDER}/{id}.md"]) for id in action.rules]
    return [[kind, element("a", page.title, href=call.link(page.url))] for kind, page in (*goals, *rules)]


def actions_serving(content: Content, id: str) -> list[Action]:
    """Return the actions that serve a goal or a rule, given its id, in menu order."""
    return [action for action in content.actions if id in (*action.goals, *action.rules)]


def with_plan_facts(root: Element, call: Call) -> None:
    """Put the facts about an action or about material below the status of its page. `root` is the page's tree."""
    content = call.content
    for action in content.actions:
        if action.page == call.page:
            insert_below_status(root, _action_facts(call, action))
    for material in content.materials:
        if material.page == call.page:
            insert_below_status(root, _material_facts(call, material))


def _action_facts(call: Call, action: Action) -> Element:
    materials = [found for found in call.content.materials if action.id in found.actions]
    facts: list[tuple[str, list[Node]]] = [
        ("Tilstand", [state_badge(action)]),
        ("Hvem", [action.page.owner.name]),
        ("Hvornår", [when(action, call)]),
        ("Tjener", _lines(served_links(call, action))),
        ("Materiale", _lines(material_links(call, materials))),
    ]
    return _facts(facts)


def _material_facts(call: Call, material: Material) -> Element:
    actions = [action for action in call.content.actions if action.id in material.actions]
    links: list[list[Node]] = [[element("a", action.page.title, href=call.link(action.page.url))] for action in actions]
    return _facts([("Til", [material.purpose]), ("Hjælper", [material.audience]), ("Hører til", _lines(links))])


def material_links(call: Call, materials: Iterable[Material]) -> list[list[Node]]:
    """Return a link to each material, marked as a draft if it is one."""
    return [[element("a", found.page.title, href=call.link(found.page.url)), *draft_mark(found.page)] for found in materials]


def _facts(facts: Iterable[tuple[str, list[Node]]]) -> Element:
    """Return the facts that are known, as a list of terms."""
    pairs = [(element("dt", term), element("dd", nodes)) for term, nodes in facts if any(nodes)]
    return element("dl.plan-facts", [part for pair in pairs for part in pair], data_search_exclude="")


def _lines(parts: Sequence[list[Node]]) -> list[Node]:
    """Return the only part, or all of them as a list."""
    return [element("ul", [element("li", part) for part in parts])] if len(parts) > 1 else [node for part in parts for node in part]
