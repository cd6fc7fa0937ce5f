"""Shows, on the page of a guideline, which sections have to be confirmed after an adoption, and which are about channels that are gone. No I/O."""

from __future__ import annotations

from collections.abc import Collection

from kanalstrategi.content.changed_rules import RuleChange, rule_words
from kanalstrategi.content.confirmations import deadline_words, decisions_under
from kanalstrategi.content.decision_model import Decision
from kanalstrategi.content.edition_changes import ChangeKind
from kanalstrategi.content.former_content import former_channel
from kanalstrategi.content.model import Content, GuidelineSection, Rule
from kanalstrategi.danish.phrases import capitalized
from kanalstrategi.markdown.nodes import Element, Node, element
from kanalstrategi.rendering.components import contact_line, email_link, gone_mark, insert_below_status, join_nodes, shortened
from kanalstrategi.rendering.macros import Call

_EVENTS = {ChangeKind.NEW: "ny", ChangeKind.CHANGED: "ændret", ChangeKind.GONE: "udgået"}


def with_confirmations(root: Element, call: Call) -> None:
    """Put a box below the heading of each section that has to be confirmed, or that is about a channel that is gone. Changes the tree."""
    guideline = call.content.guideline_of(call.page)
    if guideline is None:
        return
    boxes = {section.group.id: _to_confirm(section, call) for section in guideline.to_confirm}
    boxes |= {section.group.id: box for section in guideline.former_sections if (box := _gone(section, call))}
    root.children = [node for child in root.children for node in (child, *_box_below(child, boxes))]


def with_confirmation_line(root: Element, call: Call) -> None:
    """Put a line below the status of a guideline that says how many sections have to be confirmed, with links to them. Changes the tree."""
    guideline = call.content.guideline_of(call.page)
    if guideline is None or not guideline.to_confirm:
        return
    links = join_nodes([[element("a", section.group.title, href=f"#{section.group.id}")] for section in guideline.to_confirm])
    words = element("strong", f"{len(guideline.to_confirm)} af {len(guideline.written_sections)} afsnit {deadline_words(call.content)}")
    insert_below_status(root, element("p", words, ": ", links, data_search_exclude=""))


def change_words(change: RuleChange, section: GuidelineSection, content: Content) -> tuple[str, str, str]:
    """Return a sentence about what has happened to a rule that a section shows, in three parts: the one in the middle is the rule's words."""
    words = f"»{shortened(rule_words(change.rule))}«"
    if change.kind is ChangeKind.MOVED:
        return "reglen ", words, f" er {_way(change, section, content)}{' og ændret' if change.is_reworded else ''}."
    return "reglen ", words, f" er {_EVENTS[change.kind]}."


def _way(change: RuleChange, section: GuidelineSection, content: Content) -> str:
    """Return which way a rule has moved, as seen from a section."""
    old, new, former = change.old, change.new, content.former
    assert old is not None and new is not None and former is not None, "a rule that has moved is in both editions"
    source, target = former.stating[old.channel].title, content.stating[new.channel].title
    if section.group.id == new.group != old.group:
        return f"flyttet hertil fra {source}"
    if section.group.id == old.group != new.group:
        return f"flyttet til {target}"
    return f"flyttet fra {source} til {target}"


def _box_below(child: Node, boxes: dict[str, Element]) -> list[Element]:
    is_heading = type(child) is Element and child.tag == "h2" and child.id in boxes
    return [boxes[child.id]] if is_heading and type(child) is Element else []


def _to_confirm(section: GuidelineSection, call: Call) -> Element:
    items = [_change(change, section, call) for change in section.to_confirm]
    edition = call.content.edition
    why = f"{edition.title} har ændret regler, som afsnittet viser:" if edition else call.content.say("Strategien har ændret regler, som afsnittet viser:")
    return _box(capitalized(deadline_words(call.content)), [element("p", why), element("ul", items), _how(call)])


def _how(call: Call) -> Element:
    """Return a line that says how to confirm a section that still holds."""
    owner = call.page.owner
    tick = "sæt kryds ved det i redigeringen, eller " if call.content.organisation.editing else ""
    tell: list[Node] = ["skriv til ", email_link(owner)] if owner.email else ["sig det til den ansvarlige: ", *contact_line(owner)]
    return element("p", f"Er afsnittet stadig rigtigt, så {tick}", tell, ".")


def _change(change: RuleChange, section: GuidelineSection, call: Call) -> Element:
    before, words, after = change_words(change, section, call.content)
    sentence: list[Node] = [capitalized(before), element("a", words, href=call.link(change.rule.page_url)), after]
    if change.old and change.new and change.is_reworded:
        folded = element("details", element("summary", "Ordene før og nu"), _words("Før", change.old), _words("Nu", change.new))
        return element("li", element("p", sentence), folded)
    if decisions := decisions_under(change, section):
        links = [element("li", element("a", one.question, href=f"#{one.id}")) for one in decisions]
        return element("li", element("p", sentence, f" Se, om disse {decisions_noun(decisions)} stadig er rigtige:"), element("ul", links))
    return element("li", sentence)


def decisions_noun(decisions: Collection[Decision]) -> str:
    """Return what some decisions are called together: as long as nobody has decided anything, there is only a question."""
    are_open = {one.is_open for one in decisions}
    return " og ".join(noun for noun, is_open in (("spørgsmål", True), ("beslutninger", False)) if is_open in are_open)


def _words(when: str, rule: Rule) -> Element:
    return element("p", element("strong", f"{when}:"), f" {rule_words(rule)}")


def _gone(section: GuidelineSection, call: Call) -> Element | None:
    former = former_channel(call.content, section.group.id)
    if former is None:
        return None
    source = element("a", former.record.title, href=call.link(former.record.url))
    words = element("p", source, gone_mark(former.gone_with), ". Flyt det, der stadig gælder, til en anden kanal, og slet afsnittet.")
    return _box(call.content.say("Kanalen findes ikke mere i strategien"), [words])


def _box(title: str, content: list[Element]) -> Element:
    """Return a box as an editor could have written it, so that it looks like one on the site and on paper."""
    return element("div.admonition.warning", element("p.admonition-title", title), content, data_search_exclude="")
