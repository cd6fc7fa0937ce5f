"""Makes the tables by which the editor in the browser checks a page before it is saved, where no server of ours can (overrides/editor/checks/).

The browser knows what it can know: the syntax of macro calls and their words, fields, links to pages and files, and the names, kinds and
sizes of files. It says the same as the checks here, or nothing: `tests/browser/test_browser_checks.py` compares both.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import Any

from kanalstrategi.checks import links, macro_calls, short_texts
from kanalstrategi.content import (
    actions,
    answers,
    decisions_sought,
    editions,
    fields,
    goals,
    kle,
    measurements,
    numbers,
    page_changes,
    pages,
    redirects,
    statement,
    translations,
    units,
)
from kanalstrategi.content.action_words import STATE_WORDS
from kanalstrategi.content.conventions import (
    ANSWER_FOLDER,
    EDITION_FOLDER,
    FORMER_GUIDELINES,
    GOAL_FOLDER,
    HIDEABLE_PARTS,
    HOME_TEMPLATE,
    KNOWN_KEYS,
    MATERIAL_FOLDER,
    MAX_DECISION_CHARACTERS,
    MAX_DECISIONS_SOUGHT,
    MAX_KEYWORD_CHARACTERS,
    MAX_SHORT_CHARACTERS,
    PLAN_FOLDER,
    REQUIRED_KEYS,
    STATEMENT_KEYS,
    STATEMENT_PAGE,
    STATUS_PAGE,
    TEMPLATE_FOLDER,
)
from kanalstrategi.content.former_content import former_ids
from kanalstrategi.content.goal_model import Direction
from kanalstrategi.content.languages import LANGUAGES, SITE_LANGUAGE
from kanalstrategi.content.model import Content, Status
from kanalstrategi.content.outdated_links import former_ids_of_pages
from kanalstrategi.content.project import Project
from kanalstrategi.content.statement_model import Compliance, Method
from kanalstrategi.danish import periods
from kanalstrategi.design.icons import ICON_NAME
from kanalstrategi.diagnostics import Wording
from kanalstrategi.incoming_text import MAX_DIAGNOSTICS
from kanalstrategi.limits import MAX_FRONT_MATTER_CHARACTERS, MAX_FRONT_MATTER_LINES
from kanalstrategi.markdown import macro_calls as macro_syntax
from kanalstrategi.markdown.front_matter import FRONT_MATTER
from kanalstrategi.markdown.macro_calls import MACRO_PATTERNS, MAX_CALLS_PER_PAGE
from kanalstrategi.markdown.tree_builder import MAX_URL_CHARACTERS
from kanalstrategi.rendering.macros import Macro, MacroRegistry, Vocabulary
from kanalstrategi.sanitizing import files

Json = dict[str, Any]

_WORDINGS: Mapping[str, Mapping[str, Wording]] = {
    "syntax": macro_syntax.WORDINGS,
    "calls": macro_calls.WORDINGS,
    "fields": fields.WORDINGS,
    "page": pages.WORDINGS,
    "edition": editions.WORDINGS,
    "changes": page_changes.WORDINGS,
    "answer": answers.WORDINGS,
    "goal": goals.WORDINGS,
    "measurements": measurements.WORDINGS,
    "numbers": numbers.WORDINGS,
    "plan": actions.WORDINGS,
    "board": decisions_sought.WORDINGS,
    "kle": kle.WORDINGS,
    "short": short_texts.WORDINGS,
    "statement": statement.WORDINGS,
    "units": units.WORDINGS,
    "redirects": redirects.WORDINGS,
    "language": translations.WORDINGS,
    "links": links.WORDINGS,
    "files": files.WORDINGS,
}
PATTERNS = {
    **MACRO_PATTERNS,
    "front_matter": FRONT_MATTER,
    "date": fields.DATE_PATTERN,
    "change": page_changes.CHANGE_PATTERN,
    "icon": ICON_NAME,
    "kle": kle.KLE_PATTERN,
    "short_markup": short_texts.MARKUP,
    "url_part": redirects.URL_PART,
    "folder_name": files.FOLDER_NAME,
    "file_name": files.FILE_NAME,
    **{f"number_{name}": pattern for name, pattern in numbers.PATTERNS.items()},
    **{f"period_{name}": pattern for name, pattern in periods.PATTERNS.items()},
}
"""The patterns that are the same in the browser."""

_CLASSES = {
    "w": r"\p{L}\p{N}_",
    "s": r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000",
    "d": r"\p{Nd}",
}
"""What Python means by `\\w`, `\\s` and `\\d`, in the words of JavaScript, where they mean less or more."""
_PIECE = re.compile(r"\[\^\\W\\d\]|\\(.)|([*+?}]\+)|(\[\^?)|(\])|(\^)|.", re.DOTALL)


def browser_rules(project: Project, registry: MacroRegistry) -> Json:
    """Return the tables as JSON."""
    content = project.content
    vocabularies = list(dict.fromkeys(macro.vocabulary for macro in registry.values() if macro.vocabulary))
    owners = content.organisation.owners
    return {
        "wordings": {group: _table(table if group not in ("goal", "units") else _said(table, content)) for group, table in _WORDINGS.items()},
        "remedies": {"links": links.REMEDIES, "files": files.REMEDIES},
        "patterns": {name: in_javascript(pattern) for name, pattern in PATTERNS.items()},
        "limits": {
            "calls": MAX_CALLS_PER_PAGE,
            "url": MAX_URL_CHARACTERS,
            "keyword": MAX_KEYWORD_CHARACTERS,
            "short": MAX_SHORT_CHARACTERS,
            "path": files.MAX_PATH_CHARACTERS,
            "bytes": files.MAX_BYTES,
            "front_matter_lines": MAX_FRONT_MATTER_LINES,
            "front_matter_characters": MAX_FRONT_MATTER_CHARACTERS,
            "unit": goals.MAX_UNIT_CHARACTERS,
            "years": [fields.YEARS.start, fields.YEARS.stop - 1],
        },
        "macros": {name: _macro(macro, vocabularies) for name, macro in registry.items()},
        "vocabularies": [_vocabulary(vocabulary, content) for vocabulary in vocabularies],
        "keys": {"required": REQUIRED_KEYS, "known": KNOWN_KEYS, "statement": STATEMENT_KEYS, "folders": content.folders.of_keys},
        "statement": {"page": STATEMENT_PAGE, "compliance": [state.value for state in Compliance], "method": [method.value for method in Method]},
        "values": {
            "owners": list(owners),
            "statuses": [status.value for status in Status],
            "parts": HIDEABLE_PARTS,
            "template": HOME_TEMPLATE,
            "channels": list(content.channels),
            "directions": [direction.value for direction in Direction],
            "sentences": list(content.passages),
            "departments": {guideline.id: guideline.part_of for guideline in content.guidelines},
            "no_departments": units.where_departments_are(content.settings),
            "former_channels": former_ids(content, lambda edition: edition.channels),
        },
        "folders": {"guidelines": content.folders.guidelines, "answers": ANSWER_FOLDER, "channels": content.folders.channels, "editions": EDITION_FOLDER}
        | {"former_guidelines": FORMER_GUIDELINES, "of_strategy": content.folders.of_strategy}
        | {"plan": PLAN_FOLDER, "material": MATERIAL_FOLDER, "goals": GOAL_FOLDER},
        "languages": _languages(content),
        "how_to_name_sentence": goals.how_to_name_sentence(content.settings),
        "measurements": _measurements(),
        "plan": _plan(content),
        "board": {"page": STATUS_PAGE, "most": MAX_DECISIONS_SOUGHT, "characters": MAX_DECISION_CHARACTERS},
        "today": content.today.isoformat(),
        "pages": {path: _ids(path, project, registry) for path in project.parsed_pages},
        "former_pages": former_ids_of_pages(content, project.parsed_pages),
        "passage_pages": sorted({passage.page.path for passage in content.passages.values()}),
        "files": [file for file in project.files if not file.startswith(f"{TEMPLATE_FOLDER}/")],
        "documents": {document.url: document.id for document in content.organisation.documents.values()},
        "links": {"schemes": links.LINK_SCHEMES, "images": links.IMAGE_EXTENSIONS},
        "names": {
            "reserved": files.RESERVED_NAMES,
            "pages_of_reserved": files.PAGES_OF_RESERVED_NAMES,
            "devices": sorted(files.WINDOWS_NAMES),
            "pages": files.PAGE_EXTENSIONS,
            "site_extensions": files.SITE_EXTENSIONS,
        },
    }


def _languages(content: Content) -> Json:
    """Return what the language of a page and the page that it is a translation of can be."""
    others = {path: [page.language, page.translation_of] for path, page in content.pages.items() if page.language != SITE_LANGUAGE}
    return {"site": SITE_LANGUAGE, "known": list(LANGUAGES), "pages": list(content.pages), "others": others, "see_menu": translations.SEE_MENU}


def _measurements() -> Json:
    """Return what the measurements of a goal can be."""
    return {
        "limits": {
            "bytes": measurements.MAX_BYTES,
            "rows": measurements.MAX_MEASUREMENTS,
            "cell": measurements.MAX_CELL_CHARACTERS,
            "diagnostics": MAX_DIAGNOSTICS,
            "number": numbers.MAX_CHARACTERS,
            "digits": numbers.MAX_DIGITS,
            "period": periods.MAX_CHARACTERS,
        },
        "lengths": measurements.LENGTHS,
        "kinds": periods.MONTHS_IN_KIND,
        "short_kinds": periods.SHORT_KINDS,
        "months": list(periods.MONTH_NAMES),
        "years": [periods.YEARS.start, periods.YEARS.stop - 1],
    }


def _plan(content: Content) -> Json:
    """Return what the fields of actions and material can name."""
    return {
        "states": {state.value: words for state, words in STATE_WORDS.items()},
        "need_due": [state.value for state in actions.MUST_HAVE_DUE],
        "served": [*actions.ids_in(GOAL_FOLDER, content), *content.rules, *content.gone_rules],
        "actions": [action.id for action in content.actions],
        "no_suggestion": actions.NO_SUGGESTION,
        "no_actions": actions.NO_ACTIONS,
    }


def in_javascript(pattern: re.Pattern[str]) -> Json:
    """Return the source and the flags of a pattern in JavaScript. Raises ValueError if JavaScript has no such pattern."""
    is_in_class = False

    def translated(match: re.Match[str]) -> str:
        nonlocal is_in_class
        piece = match[0]
        escaped, possessive, opening, closing, start = match.groups()
        if piece == r"[^\W\d]":
            return r"[\p{L}\p{Nl}\p{No}_]"
        if possessive:
            raise ValueError(f"JavaScript has no possessive quantifier: {pattern.pattern}")
        if escaped in _CLASSES:
            return _CLASSES[escaped] if is_in_class else f"[{_CLASSES[escaped]}]"
        if escaped in ("A", "Z"):
            return "(?<![^])" if escaped == "A" else "(?![^])"
        if escaped and not escaped.isalnum() and escaped not in r"^$\.*+?()[]{}|/" and not (is_in_class and escaped == "-"):
            return escaped  # JavaScript accepts no backslash that is not needed
        if opening and not is_in_class:
            is_in_class = True
        elif closing:
            is_in_class = False
        elif start and not is_in_class:
            return r"(?<![^\n])" if pattern.flags & re.MULTILINE else "(?<![^])"
        return piece

    source = _PIECE.sub(translated, pattern.pattern.replace("(?P<", "(?<"))
    return {"source": source, "flags": "su" if pattern.flags & re.DOTALL else "u"}


def _macro(macro: Macro, vocabularies: list[Vocabulary]) -> Json:
    parameters = list(macro.signature.parameters.values())[1:]
    named = [parameter for parameter in parameters if parameter.kind is not inspect.Parameter.VAR_POSITIONAL]
    return {
        "example": macro.example,
        "required": sum(parameter.default is inspect.Parameter.empty for parameter in named),
        "most": None if macro.takes_any_number else len(named),
        "vocabulary": vocabularies.index(macro.vocabulary) if macro.vocabulary else None,
    }


def _said(table: Mapping[str, Wording], content: Content) -> Mapping[str, Wording]:
    """Return a table with what is wrong in the site's words. Only those that name the strategy need it: others may have paths."""
    return {kind: wording.said(content.say) for kind, wording in table.items()}


def _table(table: Mapping[str, Wording]) -> Json:
    return {kind: [wording.message, wording.hint] for kind, wording in table.items()}


def _vocabulary(vocabulary: Vocabulary, content: Content) -> Json:
    return {
        "words": list(vocabulary.words(content)),
        "former": list(vocabulary.former(content)),
        "wording": [content.say(vocabulary.wording.message), content.say(vocabulary.wording.hint)],
        "folders": [content.folders.placed(folder) for folder in vocabulary.folders],
        "ignores_case": vocabulary.ignores_case,
    }


def _ids(path: str, project: Project, registry: MacroRegistry) -> list[str] | None:
    """Return the ids that links to a page can point to, or None if its macros write some that change with other pages."""
    if any(call.name in registry and registry[call.name].anchors for call in project.parsed_pages[path].calls):
        return None
    return sorted(links.link_targets(path, project, registry))
