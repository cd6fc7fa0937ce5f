"""The editors' guide documents everything that an editor may write or run, and its examples work.

The program tells what there is; the guide is the pages of `pages/redaktoer/`.
"""

from __future__ import annotations

import ast
import os
import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from PIL import Image

from kanalstrategi.checks.answers import MAX_ANSWER_WORDS
from kanalstrategi.checks.readability import lix
from kanalstrategi.checks.warnings import find_warnings
from kanalstrategi.cli import edition, new
from kanalstrategi.cli.spoken_commands import as_installed
from kanalstrategi.content.conventions import (
    ACTION_KEYS,
    ADOPTION_KEYS,
    EDITION_KEYS,
    GUIDELINE_TEMPLATE,
    HIDEABLE_PARTS,
    LANGUAGE_KEYS,
    MATERIAL_KEYS,
    OTHER_KEYS,
    REQUIRED_KEYS,
    SEARCH_PAGE,
    STATEMENT_KEYS,
    STATEMENT_PAGE,
    STRATEGY_KEYS,
)
from kanalstrategi.content.folders import DEFAULT_FOLDERS
from kanalstrategi.content.model import Status
from kanalstrategi.content.program_pages import shipped_files, source_of
from kanalstrategi.content.project import Project as LoadedProject
from kanalstrategi.content.project import read_project
from kanalstrategi.content.rule_kinds import RuleKind
from kanalstrategi.content.settings_model import Settings
from kanalstrategi.editor import config
from kanalstrategi.markdown.allow_list import ATTRIBUTE_LIST_KEYS, ATTRIBUTES, CLASSES, ELEMENTS
from kanalstrategi.markdown.macro_calls import MacroCall, parse_macros
from kanalstrategi.markdown.nodes import Element, ParsedPage, descendants
from kanalstrategi.markdown.parser import parse
from kanalstrategi.sanitizing.files import MAX_BYTES
from kanalstrategi.sanitizing.images import MAX_PIXELS
from macros import MACROS
from tests.support.project import ROOT, Project

GUIDE = "redaktoer"
PLAN_PAGE = f"{GUIDE}/procesplan.md"
FIELDS_PAGE, MACROS_PAGE, CHECKS_PAGE = f"{GUIDE}/felter-og-tekst.md", f"{GUIDE}/makroer.md", f"{GUIDE}/tjek.md"
START_PAGE = f"{GUIDE}/index.md"
SCRIPTS = {
    "build": ["build/command", "build/publication", "pdf/options"],
    "check": ["cli/check"],
    "edition": ["cli/edition", "cli/edition_paper"],
    "links": ["cli/links"],
    "new": ["cli/new_page", "cli/new_channel"],
    "progress": ["cli/progress"],
    "structure": ["cli/structure"],
    "serve": ["cli/serve", "pdf/options"],
}
"""The scripts that an editor may run, and the modules in kanalstrategi/ that read the arguments of each."""

RAW = re.compile(r"\{% raw %\}(.*?)\{% endraw %\}", re.DOTALL)
ROW = re.compile(r"^\| (.+?) \| (\S.*) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def loaded() -> LoadedProject:
    return read_project(ROOT, os.environ)


def rows(body: str) -> dict[str, str]:
    """Return the second cell of each row of the tables, by the first."""
    return dict(ROW.findall(body))


def code(body: str) -> set[str]:
    """Return the code in running text and tables."""
    return set(re.findall(r"`([^`\n]+)`", body))


def section(parsed: ParsedPage, id: str) -> str:
    """Return the text under a heading, up to the next."""
    headings = [block for block in parsed.blocks if block.kind == "heading"]
    start = next(block.line for block in headings if block.id == id)
    end = next((block.line for block in headings if block.line > start), None)
    return "\n".join(parsed.body.split("\n")[start : end and end - 1])


def examples(parsed: ParsedPage, id: str) -> list[str]:
    """Return the examples in the code blocks under a heading, as an editor of this site would write them."""
    found = re.findall(r"^```\w+\n(.*?)^```$", section(parsed, id), re.DOTALL | re.MULTILINE)
    return [RAW.sub(r"\1", text).replace("owner: borgerservice", "owner: politik-personale") for text in found]


def calls_in(root: Element) -> Iterator[MacroCall]:
    """Yield the macro calls in a tree: also those that show the guide's own examples, and not the site."""
    for node in (root, *descendants(root)):
        yield from (child for child in node.children if isinstance(child, MacroCall))


# What is not documented


def macros_without_entry(loaded: LoadedProject, macros: Iterable[str], path: str = MACROS_PAGE) -> list[str]:
    """Return the macros that lack an example for a number of arguments that they take, or whose output is not where the guide says."""
    parsed = loaded.parsed_pages[path]
    lacking = []
    for name in macros:
        if name not in parsed.ids:
            lacking.append(name)
            continue
        text = section(parsed, name)
        example = [(call.name, call.arguments) for written in RAW.findall(text) for call in parse_macros(written).calls]
        linked = [link for link in re.findall(r"\]\(\.\./([\w/-]+\.md)\)", text) if link in loaded.parsed_pages]
        live = {(call.name, call.arguments) for page in (path, *linked) for call in calls_in(loaded.parsed_pages[page].root)}
        takes = list(MACROS[name].signature.parameters.values())[1:] if name in MACROS else []
        takes_any_number = any(parameter.kind is parameter.VAR_POSITIONAL for parameter in takes)
        wanted = set() if takes_any_number else {len(takes), sum(parameter.default is parameter.empty for parameter in takes)}
        here = [call for call in example if call[0] == name]
        if not here or not wanted <= {len(arguments) for _, arguments in here} or not set(here) <= live:
            lacking.append(name)
    return lacking


def keys_without_entry(loaded: LoadedProject, keys: Iterable[str]) -> list[str]:
    documented = {first.strip("`").partition(":")[0] for first in rows(loaded.parsed_pages[FIELDS_PAGE].body)}
    return [key for key in keys if key not in documented]


def without_code(loaded: LoadedProject, words: Iterable[str], path: str = FIELDS_PAGE) -> list[str]:
    documented = code(loaded.parsed_pages[path].body)
    return sorted(word for word in words if word not in documented)


def classes_without_entry(loaded: LoadedProject, classes: Iterable[str]) -> list[str]:
    documented = " ".join(rows(loaded.parsed_pages[FIELDS_PAGE].body))
    return [name for name in classes if f"`{{: .{name} }}`" not in documented and f'class="{name}"' not in documented]


def options_without_entry(loaded: LoadedProject, options: Iterable[str]) -> list[str]:
    """Return the options, such as `check --format json`, of which a word is missing in the row of that script."""
    documented = [first.strip("`").split() for first in rows(loaded.parsed_pages[CHECKS_PAGE].body)]
    return [option for option in options if not any(set(option.split()) <= set(words) for words in documented)]


def options_of(script: str, text: str) -> list[str]:
    """Return the options of a script, from the code that parses its arguments, such as `check --format json`."""
    found = [script]
    body = ast.parse(text).body
    tables = {node.target.id: node.value for node in body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)}
    tables |= {name.id: node.value for node in body if isinstance(node, ast.Assign) for name in node.targets if isinstance(name, ast.Name)}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare):  # code that looks for a word among the arguments
            words = [part.value for part in (node.left, *node.comparators) if isinstance(part, ast.Constant)]
            found += [f"{script} {word}" for word in words if isinstance(word, str) and word.startswith("--")]
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "add_argument"):
            continue
        names = [str(ast.literal_eval(argument)) for argument in node.args]
        flags = [f"{script} {name}" for name in names if name.startswith("-")]
        choices: list[str] = next((_choices(word.value, tables) for word in node.keywords if word.arg == "choices"), [])
        found += [f"{flag} {choice}" for flag in flags or [script] for choice in choices] if choices else flags
    return sorted(set(found))


def _choices(value: ast.expr, tables: Mapping[str, ast.expr | None]) -> list[str]:
    """Return the choices that are written out, and the keys of the dictionary that others are listed from."""
    found = []
    for part in value.elts if isinstance(value, ast.List | ast.Tuple) else []:
        table = tables[part.value.id] if isinstance(part, ast.Starred) and isinstance(part.value, ast.Name) else None
        found += [ast.literal_eval(key) for key in table.keys if key] if isinstance(table, ast.Dict) else [ast.literal_eval(part)]
    return found


def test_every_macro_is_shown_with_its_result(loaded: LoadedProject) -> None:
    assert macros_without_entry(loaded, MACROS) == []


def test_every_field_is_documented(loaded: LoadedProject) -> None:
    assert keys_without_entry(loaded, [*REQUIRED_KEYS, *STRATEGY_KEYS, *OTHER_KEYS]) == []
    assert without_code(loaded, [*HIDEABLE_PARTS, *(status.value for status in Status)]) == []


def test_the_fields_are_called_as_in_the_editor_in_the_browser(loaded: LoadedProject) -> None:
    tables = [rows(loaded.parsed_pages[path].body) for path in (FIELDS_PAGE, PLAN_PAGE)]
    documented = {first.strip("`").partition(":")[0]: meaning for table in tables for first, meaning in table.items()}
    labels = {
        field["name"]: field["label"]
        for path in ("index.md", "kanaler/x.md", "retningslinjer/x.md", "svar/x.md", "procesplan/x.md", "materiale/x.md", STATEMENT_PAGE)
        for group in config.fields(path, loaded.content)
        for field in group.get("fields", [group])
        if field["name"] != "body" and "label" in field
    }
    assert len(labels) > 10 and {*ACTION_KEYS, *MATERIAL_KEYS} <= set(labels)
    assert [key for key, label in labels.items() if not documented[key].startswith(f"{label}: ")] == []


def test_every_style_element_and_attribute_is_documented(loaded: LoadedProject) -> None:
    assert classes_without_entry(loaded, CLASSES) == []
    attributes = {attribute for own in ELEMENTS.values() for attribute in own}
    assert without_code(loaded, {*ELEMENTS, *attributes, *ATTRIBUTES, *ATTRIBUTE_LIST_KEYS}) == []


def test_every_option_is_documented(loaded: LoadedProject) -> None:
    options = [
        option
        for script, modules in SCRIPTS.items()
        for module in modules
        for option in options_of(script, (ROOT / f"kanalstrategi/{module}.py").read_text(encoding="utf-8"))
    ]
    assert {"check --overdue", "check --format json", "new department", "new answer", "build --pdf-engine", "serve"} <= set(options)
    assert options_without_entry(loaded, options) == []


def test_the_maximum_sizes_are_documented(loaded: LoadedProject) -> None:
    text = loaded.parsed_pages[START_PAGE].body
    for extension, size in MAX_BYTES.items():
        if extension in (".md", ".png", ".svg"):
            assert f"{size // 1000:,} kB".replace(",", ".") in text, extension
        if extension not in (".markdown", ".mdown", ".mkdn", ".mkd", ".md"):
            assert f"`{extension}`" in text, extension
    assert f"{MAX_PIXELS // 1_000_000} millioner punkter" in text


def test_missing_entries_are_found(loaded: LoadedProject) -> None:
    assert macros_without_entry(loaded, ["weather"]) == ["weather"]
    assert keys_without_entry(loaded, ["colour", "owner"]) == ["colour"]
    assert without_code(loaded, ["marquee", "sup"]) == ["marquee"]
    assert classes_without_entry(loaded, ["shiny", "lead", "ways"]) == ["shiny"]
    result = 'p.add_argument("--loud")\nif "--quick" in sys.argv: pass\np.add_argument("kind", choices=["department", "goal"])'
    options = options_of("new", result)
    assert options_without_entry(loaded, options) == ["new --loud", "new --quick", "new goal"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("rules", '    {{ rules("telefon") }}', '    {{ rules("mail") }}'),  # the output is that of another call
        ("rules", '{% raw %}{{ rules("telefon") }}{% endraw %}', '{% raw %}{{ rules("mail") }}{% endraw %}'),
        ("register", "(../regler.md)", "(../opfoelgning.md)"),  # a page without the call
        ("quote", '{% raw %}{{ quote("telefon-afklaring") }}{% endraw %}\n', ""),  # one of its two forms
        ("contact", "{: #contact }", "{: #kontakt }"),
        ("ask", "(../index.md).\n\n### Vejen", "(../regler.md).\n\n### Vejen"),
    ],
)
def test_a_macro_whose_source_and_result_differ_is_found(loaded: LoadedProject, name: str, old: str, new: str) -> None:
    file = (ROOT / "pages" / MACROS_PAGE).read_text(encoding="utf-8")
    assert file.count(old) == 1
    parsed = parse(file.replace(old, new))
    changed = replace(loaded, parsed_pages={**loaded.parsed_pages, MACROS_PAGE: parsed})
    assert macros_without_entry(changed, MACROS) == [name]


# What the guide says is true


def test_the_fields_may_be_written_as_shown(loaded: LoadedProject, project: Project) -> None:
    written = [first.strip("`") for first in rows(loaded.parsed_pages[FIELDS_PAGE].body) if re.match(r"`[a-z_]+: ", first)]
    example = [line.replace("borgerservice", "politik-personale") for line in written]
    keys = {line.partition(":")[0]: line for line in example}
    strategy = {key: keys.pop(key) for key in STRATEGY_KEYS}
    changed, adopted = keys.pop("changed"), [strategy[key] for key in ADOPTION_KEYS]
    edition = [keys.pop(key) for key in EDITION_KEYS if key not in ("superseded", "superseded_by", "lapsed")]
    for key in ("superseded", "superseded_by", "lapsed"):  # written when an edition is filed
        del keys[key]
    statement = [keys.pop(key) for key in STATEMENT_KEYS]
    translated = [keys.pop(key) for key in LANGUAGE_KEYS]
    template, former = keys.pop("template"), keys.pop("redirects")  # a former URL leads to one page only
    subchannels, channel, department = keys.pop("subchannels"), keys.pop("channel"), keys.pop("department")
    parent, of_channel = keys.pop("part_of"), keys.pop("departments")
    of_adopted = {**keys, "status": "status: adopted"}.values()  # a draft has neither
    for path, lines in (
        ("retningslinjer/skoler.md", [*of_adopted, department, former, changed, *adopted]),
        ("retningslinjer/bosteder.md", [*keys.values(), "department: Bosteder", parent]),
        ("kanaler/telefon-og-videomoeder.md", [*keys.values(), subchannels]),
        ("kanaler/personligt-fremmoede.md", [*keys.values(), of_channel]),
        ("svar/ringe-til-kommunen.md", [*keys.values(), channel]),
        ("regler.md", [*keys.values(), *translated]),
        (STATEMENT_PAGE, [*keys.values(), *statement]),
        ("index.md", [*keys.values(), *strategy.values(), *edition, template]),
    ):
        file = project.root / "docs" / path
        body = file.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        project.write(f"docs/{path}", "\n".join(["---", *lines, "---", body]))
    for page in (project.root / "docs/retningslinjer").glob("*.md"):
        if page.stem not in ("skoler", "biblioteker", "bosteder"):  # a channel for some needs no section with the others
            page.write_text(page.read_text(encoding="utf-8").split("## Personligt fremmøde")[0], encoding="utf-8")
    assert project.check() == []


def test_the_commands_of_an_edition_s_life_print_what_the_guide_says(whole_project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "pages" / GUIDE / "udgaver.md").read_text(encoding="utf-8")
    blocks = [block.strip() for block in re.findall(r"^```text\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)]
    typed = [shlex.split(block)[1:] for block in blocks if block.startswith("kanalstrategi ")]
    commands = [(new if name == "new" else edition, words) for name, *words in typed]
    assert [words[0] for _, words in commands] == ["edition", "paper", "adopt", "adopt", "undo", "lapse", "guideline"]
    for command in ("edition", "adopt"):
        if command == "adopt":
            whole_project.replace("docs/udgaver/2026-2029/kanaler/telefon-og-videomoeder.md", "vi skal ringe, når", "vi skal altid ringe, når")
        module, words = next((module, words) for module, words in commands if words[0] == command)  # the second adopts the first strategy of a new site
        assert module.main(whole_project.root, MACROS, words) == 0
        printed = as_installed(capsys.readouterr().out).splitlines()
        own = [following for block, following in pairwise(blocks) if block.startswith("kanalstrategi ") and shlex.split(block)[2:] == words]
        promised = own[0].splitlines()
        stable = [re.sub(r"\d+ sider|: [A-ZÆØÅ].*|:\d+ siger.*", "", line) for line in printed]  # which pages and departments there are is for editors to say
        assert [line for line in promised if re.sub(r"\d+ sider|: [A-ZÆØÅ].*|:\d+ siger.*", "", line) not in stable] == []


def test_a_page_may_be_written_as_shown(loaded: LoadedProject, project: Project) -> None:
    [page] = examples(loaded.parsed_pages[START_PAGE], "saadan-er-en-side-lavet")
    project.write("docs/strategi/telefontider.md", page)
    project.replace("mkdocs.yml", "      - strategi/formaal.md\n", "      - strategi/formaal.md\n      - strategi/telefontider.md\n")
    assert project.check() == []


def test_an_answer_may_be_written_as_shown(loaded: LoadedProject, project: Project) -> None:
    [page] = examples(loaded.parsed_pages[START_PAGE], "svar")
    project.write("docs/svar/ringe-om-aftenen.md", page)
    assert project.check() == []
    text = loaded.parsed_pages[START_PAGE].body
    assert f"højst {MAX_ANSWER_WORDS} ord" in text and f"under {Settings().max_answer_lix}." in text


def test_an_action_and_material_may_be_written_as_shown(loaded: LoadedProject, project: Project) -> None:
    plan = loaded.parsed_pages["redaktoer/procesplan.md"]
    for id, path in (("ny", "docs/procesplan/proeve.md"), ("materiale", "docs/materiale/proeve.md")):
        [page] = examples(plan, id)
        project.write(path, page)
    assert project.check() == []


def test_the_templates_are_documented(loaded: LoadedProject) -> None:
    text = section(loaded.parsed_pages[START_PAGE], "skabeloner")
    titles = dict(re.findall(r"^\| `docs/(skabeloner/[\w-]+\.md)` .*\| `(\$\w+)` \|$", text, re.MULTILINE))
    shipped = {path for path in shipped_files() if path.startswith("skabeloner/")}
    assert {*titles} == {*shipped, GUIDELINE_TEMPLATE}
    words = {"$owner", "$reviewed", "$review_by", "$id"}
    assert words <= {*re.findall(r"\$\w+", text)}
    for path, title in titles.items():
        template = source_of(ROOT / "docs", path, DEFAULT_FOLDERS).read_text(encoding="utf-8")
        assert re.search(rf"^# .*{re.escape(title)}$", template, re.MULTILINE), path
        assert {*re.findall(r"\$\w+", template)} <= {*words, title}, path


def test_an_image_may_be_shown_as_written(loaded: LoadedProject, project: Project) -> None:
    [image] = examples(loaded.parsed_pages[START_PAGE], "billede")
    page = project.root / "docs/retningslinjer/skoler.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n{image}", encoding="utf-8")
    assert len(project.check()) == 1  # the file does not exist
    [name] = re.findall(r"billeder/([\w.-]+)", image)
    Image.new("RGB", (64, 48)).save(project.root / "docs/billeder" / name)
    assert project.check() == []


def test_rule_decision_and_chooser_may_be_written_as_shown(loaded: LoadedProject, project: Project) -> None:
    start = loaded.parsed_pages[START_PAGE]
    [decisions], [rule, banned], [situations, question, outcome] = (examples(start, id) for id in ("fagomraade", "regel", "kanalvaelger"))
    schools = read_project(project.root, {}).content.guidelines[1]
    project.replace("docs/kanaler/telefon-og-videomoeder.md", "    {: #telefon-telefontider }\n", f"    {{: #telefon-telefontider }}\n{rule}{banned}")
    text = (project.root / "docs" / schools.page.path).read_text(encoding="utf-8")
    project.write(f"docs/{schools.page.path}", f"{text.rstrip()}\n{decisions}")
    heading, *entries = filter(None, situations.splitlines())
    old = (project.root / "docs/vaelg-kanal.md").read_text(encoding="utf-8")
    others = [line for line in old.partition(f"{heading}\n")[2].partition("\n## ")[0].splitlines() if line.startswith("- ") and line not in entries]
    written = "\n".join([*others, *entries])
    project.write("docs/vaelg-kanal.md", re.sub(rf"(?<={heading}\n\n).*?(?=\n\n## )", written, old, count=1, flags=re.DOTALL))
    project.replace("docs/vaelg-kanal.md", "(#ring)\n", "(#haster)\n")
    project.replace("docs/vaelg-kanal.md", "### Ring til borgeren {: #ring }", f"{question}\n{outcome}\n### Ring til borgeren {{: #ring }}")
    assert project.check() == []
    content = read_project(project.root, os.environ).content
    assert "telefon-ring-igen" in content.rules and content.rules["telefon-ventetid"].kind is RuleKind.PROHIBITION
    assert len(content.guidelines[1].decisions) == len(schools.decisions) + 3
    assert content.chooser is not None and {"haster", "ring-senere"} <= set(content.chooser.by_id)


MISTAKES: dict[str, Callable[[str], str]] = {
    "feltet … mangler": lambda text: text.replace("description:", "beskrivelse:"),
    "linjen kan ikke læses som et felt": lambda text: text.replace("owner: politik", "owner: vi: politik"),
    "det, der står efter #, kommer ikke med": lambda text: re.sub("description: .*", "description: Sag # 12.", text),
    "… er ikke en dato": lambda text: re.sub("reviewed: .*", "reviewed: i går", text),
    "den ansvarlige … findes ikke": lambda text: re.sub("owner: .*", "owner: ingen", text),
    "søgeordet … har ingen bogstaver": lambda text: re.sub("keywords: .*", 'keywords: ["?"]', text),
    "short er svær at læse (lixtal …)": lambda text: text.replace("owner:", "short: Digitaliseringsstrategien understøtter kommunikation.\nowner:", 1),
    "short er på … sætninger": lambda text: text.replace("owner:", "short: Ring. Skriv. Kom. Vent.\nowner:", 1),
    "short kan kun være ren tekst, men indeholder …": lambda text: text.replace("owner:", "short: Ring **nu**.\nowner:", 1),
    "den tidligere adresse … kan ikke bruges": lambda text: text.replace("owner:", "redirects: [/gammel]\nowner:", 1),
    "den tidligere adresse … er adressen på …": lambda text: text.replace("owner:", "redirects: [kanaler/]\nowner:", 1),
    "linket peger på …, som ikke findes": lambda text: f"{text}\n[Se](ingen.md)\n",
    "linket … har ingen tekst": lambda text: f"{text}\n[](https://www.borger.dk)\n",
    "linket er ikke læst som et link": lambda text: f"{text}\n[Se](ny side.md)\n",
    "billedet … mangler en beskrivelse": lambda text: f"{text}\n![](../billeder/logo.svg)\n",
    "navnet … kan ikke bruges i en adresse": lambda text: text,
    "filer af typen … kan ikke ligge i docs/": lambda text: text,
    "… gør ikke teksten fed her": lambda text: f"{text}\n** Husk** det.\n",
    "… er ikke læst som en overskrift": lambda text: f"{text}\n##Ring\n",
    "… laver ikke en liste": lambda text: f"{text}\n• ring\n",
    "nummer … kommer efter nummer … i listen": lambda text: f"{text}\n1. Ring\n3. Skriv\n",
    "beslutningen er ikke skrevet rigtigt": lambda text: f"{text}\n- [] Telefontider: Hvornår?\n",
    "fodnoten … har ingen tekst": lambda text: f"{text}\nFristen er kort.[^frist]\n",
    "forkortelsen … bliver ikke forklaret": lambda text: f"{text}\nHusk CPR.\n*[CPR]: Det Centrale Personregister\n",
    "rækken har … felter, men tabellen har … kolonner": lambda text: f"{text}\n| A | B |\n|---|---|\n| 1 | 2 | 3 |\n",
    "tabellen har ingen overskrifter": lambda text: f"{text}\n|  |  |\n|---|---|\n| 1 | 2 |\n",
    "linjen … har ikke gjort teksten til en tabel": lambda text: f"{text}\n| A | B |\n|---|---|---|\n| 1 | 2 |\n",
    "… hører ikke til noget": lambda text: f"{text}\nTekst {{: .lead }}\n",
    "boksen … findes ikke": lambda text: f'{text}\n!!! huske "Husk"\n    Tekst\n',
    "boksen mangler en titel": lambda text: f"{text}\n!!! note\n    Tekst\n",
    "HTML-mærket … kan ikke bruges på en side": lambda text: f"{text}\n<marquee>\n",
    "… bliver aldrig lukket": lambda text: f"{text}\n<div>\n\nTekst\n",
    "linjen indeholder et usynligt tegn (…)": lambda text: f"{text}\nRing\u200b til os.\n",
    "linjen indeholder et tegn, som kun én skrifttype kender (…)": lambda text: f"{text}\n\uf0b7 ring\n",
    "makroen … findes ikke": lambda text: f'{text}\n{{{{ regler("telefon") }}}}\n',
    "makroen kan ikke læses": lambda text: f"{text}\n{{{{ rules(”telefon”) }}}}\n",
    "kanalen … findes ikke": lambda text: f'{text}\n{{{{ rules("fax") }}}}\n',
    "afsnittet … findes ikke": lambda text: f'{text}\n{{{{ quote("ingen-steder") }}}}\n',
    "ingen sætning i afsnittet … begynder med …": lambda text: f'{text}\n{{{{ quote("mail-usikker", "Ring") }}}}\n',
    "strategien nævner ikke …": lambda text: f'{text}\n{{{{ website("ingen.dk") }}}}\n',
    "titlen er ikke et spørgsmål": lambda text: text.replace("Må jeg prøve?", "Prøv"),
    "siden begynder ikke med svaret": lambda text: text.replace("Ja, prøv.", "- Ja"),
    "der står en makro i svaret": lambda text: text.replace("Ja, prøv.", 'Ja, {{ rule("telefon-ring") }}.'),
    "svaret er på … ord; der er plads til …": lambda text: text.replace("Ja, prøv.", "Ja, prøv, " * 30),
    "svaret er for svært at læse (lixtal …)": lambda text: text.replace("Ja, prøv.", "Ja.\n\n" + "Digitaliseringsstrategiens kommunikationsplatforme. " * 10),
    "svaret nævner ingen kanal": lambda text: text.replace("channel: telefon\n", ""),
    "svaret har ingen søgeord": lambda text: text.replace("keywords: [prøve]\n", ""),
    "svaret henviser ikke til strategien": lambda text: text.partition("{{ passage")[0] + "Slut.\n",
    "siden har mere end én knap": lambda text: text.replace("Ja, prøv.", "Ja.\n\n" + '{{ website("borger.dk") }}\n\n' * 2),
    "linket fører til …, som strategien ikke nævner": lambda text: f"{text}\n[Se](https://example.org/)\n",
    "der står ikke noget under overskriften …": lambda text: f"{text}\n## Mere\n",
    "en handling, der er …, skal have en frist": lambda text: text.replace("action: open", "action: planned"),
    "handlingen er gennemført, men der står ikke hvornår": lambda text: text.replace("action: open", "action: done"),
    "done kan kun stå på en handling, der er gennemført": lambda text: text.replace("action: open", "action: open\ndone: 2026-01-02"),
    "… er hverken et mål eller en regel": lambda text: text.replace("action: open", "action: open\nserves: [ingen]"),
    "handlingen … findes ikke i procesplanen": lambda text: text.replace("action: open", "purpose: Til.\naudience: Alle.\nsupports: [ingen]"),
    "… har ikke form som et KLE-nummer": lambda text: text.replace("action: open", "action: open\nkle: [vej]"),
}
"""The mistakes that cause the messages in the guide."""
ANSWERS = range(list(MISTAKES).index("titlen er ikke et spørgsmål"), list(MISTAKES).index("en handling, der er …, skal have en frist"))
"""Those of them that are made on the page of an answer. Those after them are made on pages of the process plan and of material."""
ANSWER = """---
description: Prøve.
channel: telefon
keywords: [prøve]
owner: politik-personale
status: draft
reviewed: 2026-11-24
review_by: 2027-05-24
---

# Må jeg prøve?

Ja, prøv.

## Det siger strategien

{{ passage("telefon-afklaring") }}
"""


def test_the_messages_are_those_of_the_guide(loaded: LoadedProject, project: Project) -> None:
    _, table, _ = re.split(r"^## .*almindelige-fejl.*$|^## Advarsler.*$", loaded.parsed_pages[CHECKS_PAGE].body, flags=re.MULTILINE)
    messages = [first for first in rows(table) if first != "Der står"]
    assert messages == list(MISTAKES)
    page = (project.root / "docs/retningslinjer/administration.md").read_text(encoding="utf-8")
    page = page.replace("owner: ikke-udpeget", "owner: politik-personale")
    files = {}
    for number, (message, change) in enumerate(MISTAKES.items()):
        if number in ANSWERS:
            files[message] = f"docs/svar/proeve-{number}.md"
            project.write(files[message], change(ANSWER))
            continue
        if number >= ANSWERS.stop:
            text = change(re.sub("channel: .*\nkeywords: .*", "action: open", ANSWER))
            files[message] = f"docs/{'procesplan' if 'action:' in text else 'materiale'}/proeve-{number}.md"
            project.write(files[message], text)
            continue
        name = "Prøve å" if message.startswith("navnet") else f"proeve-{number}"
        files[message] = f"docs/retningslinjer/{name}.{'zip' if message.startswith('filer') else 'md'}"
        project.write(files[message], change(re.sub("department: .*", f"department: Prøve {number}", page)))
    lines = project.check()
    for message, file in files.items():
        pattern = ".+".join(map(re.escape, message.split("…")))
        found = [line for line in lines if line.startswith(f"{file}:")]
        assert any(re.search(rf":\d+: {pattern} – ", line) for line in found), (message, found)


def test_it_is_easy_to_read(loaded: LoadedProject) -> None:
    pages = [path for path in loaded.parsed_pages if path.startswith(f"{GUIDE}/")]
    assert len(pages) >= 4
    found = [warning for warning in find_warnings(loaded, ROOT / "docs") if warning.file.startswith(f"pages/{GUIDE}/")]
    assert [warning for warning in found if "ord" in warning.message] == []
    for path in pages:
        parsed = loaded.parsed_pages[path]
        cells = [re.sub("`[^`]*`", "", meaning) for meaning in rows(parsed.body).values()]
        texts = [block.text for block in parsed.blocks if block.kind != "heading" and "{{" not in block.text] + cells
        assert lix(texts) < Settings().max_lix, path
    assert Settings().max_sentence_words == 30  # as the guide says, like the LIX
    text = loaded.parsed_pages[CHECKS_PAGE].body
    assert f"over {Settings().max_sentence_words} ord" in text and f"over {Settings().max_lix}." in text


def test_it_belongs_to_no_document(loaded: LoadedProject) -> None:
    documents = loaded.content.organisation.documents.values()
    assert not [path for document in documents for path in document.pages if path.startswith(f"{GUIDE}/")]


def test_it_is_the_last_of_the_menu(loaded: LoadedProject) -> None:
    order = [path for path in loaded.content.organisation.order if path != SEARCH_PAGE]  # which the field at the top leads to
    pages = [path for path in loaded.parsed_pages if path.startswith(f"{GUIDE}/")]
    assert sorted(order[-len(pages) :]) == sorted(pages) and order[-len(pages)] == START_PAGE
