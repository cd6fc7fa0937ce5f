"""Bad content stops the build with a Danish message that names file, line and hint, and leaves the previous site untouched.

`check.py` prints the same message.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.project import Project

FORMAAL = "docs/strategi/formaal.md"
TELEFON = "docs/kanaler/telefon-og-videomoeder.md"
SKOLER = "docs/retningslinjer/skoler.md"


def append(text: str, down: int = 0) -> Callable[[Project], str]:
    """Return a change that adds lines to a page, and that returns `file:line` of the first, or `down` lines further down."""

    def change(project: Project) -> str:
        before = (project.root / FORMAAL).read_text(encoding="utf-8")
        project.write(FORMAAL, f"{before}\n{text}\n")
        return f"{FORMAAL}:{before.count(chr(10)) + 2 + down}"

    return change


def replace(path: str, old: str, new: str, down: int = 0) -> Callable[[Project], str]:
    """Return a change that replaces a text, and that returns `file:line` of it, or `down` lines further down."""
    return lambda project: f"{path}:{project.replace(path, old, new) + down}"


def without_section(project: Project) -> str:
    text = (project.root / SKOLER).read_text(encoding="utf-8")
    start, end = text.index("## Telefon og videomøder"), text.index("## Digital og analog skriftlig kommunikation")
    project.write(SKOLER, text[:start] + text[end:])
    return f"{SKOLER}:{text[: text.index('# Lokal retningslinje')].count(chr(10)) + 1}"


CASES = {
    "broken YAML": (
        replace(FORMAAL, "owner: politik-personale", "owner: politik: personale"),
        "linjen kan ikke læses som et felt – skriv hvert felt én gang som `navn: værdi`",
    ),
    "a bracket never closed": (
        replace(FORMAAL, "owner: politik-personale", "owner: [politik-personale"),
        "linjen kan ikke læses som et felt – skriv hvert felt én gang som `navn: værdi`",
    ),
    "a day that is none": (
        replace(FORMAAL, "reviewed: 2023-02-28", "reviewed: 2023-02-30"),
        "værdien af reviewed kan ikke læses – skriv hvert felt én gang",
    ),
    "a date in words": (
        replace(FORMAAL, "reviewed: 2023-02-28", "reviewed: i går"),
        "reviewed er ikke en dato – skriv den som år-måned-dag: `reviewed: 2026-03-31`",
    ),
    "reviewed after the limit": (
        replace(FORMAAL, "review_by: 2025-12-31", "review_by: 2022-12-31"),
        "datoen i review_by ligger før datoen i reviewed – ret en af de to",
    ),
    "a date that has not come": (
        replace(FORMAAL, "reviewed: 2023-02-28", "reviewed: 2123-02-28"),
        "siden er gennemgået på en dato, der ikke er kommet – ret datoen i reviewed",
    ),
    "a year beyond all dates": (
        replace(FORMAAL, "review_by: 2025-12-31", "review_by: 9999-12-31"),
        "review_by er ikke en dato – skriv den som år-måned-dag",
    ),
    "unknown owner": (
        replace(FORMAAL, "owner: politik-personale", "owner: politik-personalet"),
        "den ansvarlige politik-personalet findes ikke – mente du politik-personale?",
    ),
    "misspelt status": (
        replace(FORMAAL, "status: adopted", "status: adoptet"),
        "status kan ikke være adoptet – mente du adopted?",
    ),
    "misspelt key": (
        replace(FORMAAL, "icon: material/compass-outline", "icons: material/compass-outline"),
        "feltet icons kendes ikke – ret navnet, eller slet linjen; mente du icon?",
    ),
    "unknown icon": (
        replace(FORMAAL, "material/compass-outline", "material/kompas"),
        "ikonet material/kompas findes ikke – brug et navn som `material/phone-outline`",
    ),
    "icon outside the theme": (
        replace(FORMAAL, "material/compass-outline", "../../../../etc/passwd"),
        "ikonet ../../../../etc/passwd findes ikke",
    ),
    "unknown template": (
        replace(FORMAAL, "icon: material/compass-outline", "template: hjem.html"),
        "skabelonen findes ikke – slet linjen; kun forsiden har en: home.html",
    ),
    "a list that is none": (
        replace(TELEFON, "subchannels:\n  - telefon\n  - videomoeder\n", "subchannels: telefon\n"),
        "feltet subchannels er ikke en liste – skriv hvert punkt på sin egen linje under `subchannels:`",
    ),
    "two titles": (append("# En titel til"), "siden har mere end én titel – skriv netop én overskrift med `# ` øverst"),
    "unknown channel": (append('{{ rules("telefn") }}'), "kanalen telefn findes ikke – mente du telefon?"),
    "unknown rule": (
        append('{{ rule("telefon-notatplig") }}'),
        "reglen telefon-notatplig findes ikke – mente du telefon-notatpligt?",
    ),
    "unknown macro": (append("{{ contakt() }}"), "makroen contakt findes ikke – mente du contact?"),
    "a macro called without its argument": (
        append("{{ rule() }}"),
        'makroen rule er kaldt med forkerte oplysninger – skriv {{ rule("id") }}',
    ),
    "a macro called with a number": (
        append("{{ rules(5) }}"),
        'makroen rules er kaldt med forkerte oplysninger – skriv {{ rules("channel") }}',
    ),
    "a macro without parentheses": (
        append("{{ status }}"),
        "makroen status mangler sine parenteser – skriv {{ status() }}",
    ),
    "a macro with one brace": (append("{ status() }"), "der står løse makrotegn i teksten – skriv en makro som {{"),
    "a filter": (append('{{ "a"|upper }}'), "det, der står mellem {{ og }}, er ikke et makrokald – skriv kun et makrokald"),
    "a macro never closed": (append("{{ rule("), "makroen kan ikke læses – se efter en manglende eller overskydende"),
    "a name without quotes": (
        append("{{ rules(telefon) }}"),
        'makroen bruger et ukendt ord, telefon – skriv navne i anførselstegn, som "telefon"',
    ),
    "quotes from a word processor": (append("{{ rules(“telefon”) }}"), 'makroen kan ikke læses – brug lige anførselstegn: "'),
    "braces apart": (append('{ { rules("telefon") }}'), "der står løse makrotegn i teksten – skriv en makro som {{"),
    "a computation": (append("{{ 1 / 0 }}"), "det, der står mellem {{ og }}, er ikke et makrokald – skriv kun et makrokald"),
    "a variable": (
        append('{% set kanal = "telefon" %}{{ rules(kanal) }}'),
        "{% set %} kan ikke bruges på en side – slet det; en side kan kun bruge makroer som {{ status() }}",
    ),
    "an unknown channel that is like none": (
        append('{{ rules("ukendt") }}'),
        "kanalen ukendt findes ikke – vælg en af: hjemmeside-og-selvbetjening, hjemmeside",
    ),
    "a comment never closed": (append("{# en note"), "noten {# slutter ikke – skriv #} efter noten"),
    "raw text never closed": (append("{% raw %} x"), "{% raw %} slutter ikke – skriv {% endraw %} efter teksten"),
    "code never closed": (append("```\n- a"), "kodeboksen slutter ikke – skriv ``` på linjen efter den"),
    "an HTML comment never closed": (append("<!-- note"), "noten <!-- slutter ikke – skriv --> efter noten"),
    "a list too little indented": (
        append("- a\n  - b", down=1),
        "punktet kommer ikke med ind under punktet ovenfor – ryk det fire mellemrum ind for hvert niveau",
    ),
    "points of a word processor": (append("•\tførst\n•\tså"), "• laver ikke en liste – skriv - foran hvert punkt"),
    "numbers of a word processor": (append("1)\tførst\n2)\tså"), "1) laver ikke en liste – skriv 1. foran hvert nummer"),
    "a box that folds": (append('??? note "Husk"\n    a'), "??? laver ikke en boks – skriv !!! i stedet"),
    "a link without its beginning": (append("[x](www.example.org)"), "linket www.example.org mangler sin begyndelse – skriv https://www.example.org"),
    "a footnote": (append("a[^1]\n\n[^1]: Note"), "fodnoten [^1] virker ikke – skriv noten i teksten, i parentes"),
    "a box without a title": (append("!!! note\n    tekst"), 'boksen mangler en titel – skriv den i anførselstegn: !!! note "Husk"'),
    "a box of no kind": (append('!!! advarsel "Husk"\n    tekst'), "boksen advarsel findes ikke – vælg en af: abstract, danger"),
    "HTML that is not closed": (append("<div>"), "<div> bliver aldrig lukket – skriv </div>, hvor det slutter"),
    "HTML that closes nothing": (append("tekst</div>"), "</div> lukker noget, der ikke er åbnet – slet det"),
    "HTML around a list": (append("<div>\n\n- a\n\n</div>"), "lister, links og andet virker ikke inde i <div> – skriv <div markdown>"),
    "a list right under a table": (append("| a |\n|---|\n| b |\n- c", down=3), "listen begynder lige under et afsnit"),
    "HTML closed in the wrong order": (append("<div><b>a</div></b>"), "<b> bliver ikke lukket før </div> – skriv </b> først"),
    "a link as HTML": (append('<a href="x">y</a>'), "HTML-mærket <a> kan ikke bruges på en side – skriv linket som [tekst](adresse)"),
    "text right after HTML": (
        append("<div markdown>tekst</div>"),
        "der står tekst lige efter et HTML-mærke med markdown – sæt en tom linje efter mærket",
    ),
    "misspelt style": (append("Tekst {: .leed }"), "stilen leed kendes ikke – mente du lead?"),
    "an id with capitals": (append("## Sådan {: #Saadan }"), "id’et Saadan kan ikke bruges – brug kun små bogstaver"),
    "an invisible sign": (append("tek\u200bst"), "linjen indeholder et usynligt tegn – slet linjen, og skriv den igen"),
    "letters read wrongly": (append("pÃ¥ gensyn"), "æ, ø eller å er blevet ødelagt – skriv bogstaverne igen"),
    "hidden what cannot be": (
        replace(FORMAAL, "icon: material/compass-outline", "hide: [sidefod]"),
        "hide kan ikke være sidefod – vælg en af: navigation, toc",
    ),
    "too many lists inside each other": (append("- " * 12 + "a"), "der er for mange lister eller citater inde i hinanden"),
    "missing picture": (
        append("![Et kort](kort.png)"),
        "billedet peger på kort.png, som ikke findes – ret stien, eller tilføj filen",
    ),
    "picture on a disk of somebody's": (
        append(r"![Et kort](C:\Users\bo\kort.png)"),
        "billedet C:\\Users\\bo\\kort.png ligger et andet sted end på siden – læg filen i docs/billeder",
    ),
    "picture from another host": (
        append("![Et kort](https://example.org/kort.png)"),
        "billedet https://example.org/kort.png ligger et andet sted end på siden – læg filen i docs/billeder",
    ),
    "link with spaces": (
        append("[mål](vision og maal.md)"),
        "linket peger på vision og maal.md, som ikke findes – ret stien; mente du vision-og-maal.md?",
    ),
    "link to a script": (
        append("[x](javascript:alert)"),
        "linket javascript:alert kan ikke følges af læserne – brug en sti til en side, eller en adresse med https:",
    ),
    "picture without text": (
        append("![](../billeder/forside.svg)"),
        "billedet ../billeder/forside.svg mangler en beskrivelse – skriv den i ![…]",
    ),
    "link to no page": (
        append("[mål](vision-og-maalene.md)"),
        "linket peger på vision-og-maalene.md, som ikke findes – ret stien; mente du vision-og-maal.md?",
    ),
    "link to no section": (
        append("[mål](vision-og-maal.md#overordnede-mal)"),
        "linket peger på #overordnede-mal, som ikke findes i docs/strategi/vision-og-maal.md – mente du #overordnede-maal?",
    ),
    "link out of docs": (append("[x](../../mkdocs.yml)"), "linket peger på ../../mkdocs.yml, som ikke findes"),
    "heading that skips a level": (
        append("##### Dybt"),
        "overskriften »Dybt« springer et niveau over – skriv den med #### foran",
    ),
    "link to a PDF that is made": (
        append("[hent](../pdf/kanalstrategi.pdf)"),
        'linket peger på ../pdf/kanalstrategi.pdf, som ikke findes – skriv {{ download("kanalstrategi") }} i stedet',
    ),
    "macro in a heading": (
        append("## {{ status() }}"),
        "der står en makro i en overskrift eller et afsnit med id – skriv teksten selv",
    ),
    "rule with the id of its section": (
        replace(TELEFON, "{: #telefon-ring }", "{: #telefon }", down=-1),
        f"id’et telefon bruges allerede i {TELEFON}:17 – giv det ene af de to et andet id",
    ),
    "empty lines between rules": (
        replace(TELEFON, "    {: #telefon-ring }\n", "    {: #telefon-ring }\n\n", down=-1),
        "der er tomme linjer mellem reglerne – fjern dem, så punkterne står lige under hinanden",
    ),
    "duplicate rule id": (
        replace(TELEFON, "#telefon-notatpligt", "#telefon-ring", down=-1),
        f"id’et telefon-ring bruges allerede i {TELEFON}:24 – giv det ene af de to et andet id",
    ),
    "rule without id": (
        replace(TELEFON, "overholdes\n    {: #telefon-notatpligt }", "overholdes"),
        "reglen har intet id – skriv en linje under punktet, rykket fire mellemrum ind: `    {: #telefon-et-kort-navn }`",
    ),
    "rule id with capitals": (
        replace(TELEFON, "#telefon-telefontider", "#Telefon-Telefontider"),
        "id’et Telefon-Telefontider kan ikke bruges – brug kun små bogstaver a–z, tal og bindestreg",
    ),
    "guideline without a section": (
        without_section,
        (
            "retningslinjen mangler et afsnit om Telefon og videomøder – skriv overskriften "
            "`## Telefon og videomøder {: #telefon-og-videomoeder }` og under den "
            '{{ rules("telefon-og-videomoeder") }} og fagområdets egne beslutninger'
        ),
    ),
    "guideline of an unknown owner": (
        replace(SKOLER, "owner: ikke-udpeget", "owner: skolerne"),
        "den ansvarlige skolerne findes ikke – vælg en af: politik-personale, ikke-udpeget",
    ),
    "guideline to be reviewed before it was": (
        replace(SKOLER, "review_by: 2027-05-23", "review_by: 2026-11-22"),
        "datoen i review_by ligger før datoen i reviewed – ret en af de to",
    ),
    "guideline with a rule that does not exist": (
        replace(SKOLER, '{{ rules("videomoeder") }}', '{{ rule("videomoeder-notat") }}'),
        "reglen videomoeder-notat findes ikke – mente du videomoeder-notatpligt?",
    ),
    "guideline without a department": (
        lambda project: f"{SKOLER}:1" if project.replace(SKOLER, "department: Skoler\n", "") else "",
        "feltet department mangler – skriv `department: …` mellem de to linjer med --- øverst",
    ),
    "two departments of one name": (
        replace("docs/retningslinjer/bosteder.md", "department: Bosteder", "department: Skoler"),
        f"fagområdet Skoler står allerede i {SKOLER}:3 – giv det ene af de to et andet navn",
    ),
    "department on another page": (
        replace(FORMAAL, "icon: material/compass-outline", "department: Skoler"),
        "feltet department hører til i docs/retningslinjer – slet linjen",
    ),
    "decision outside the channels": (
        replace(SKOLER, "{{ progress() }}", "- [ ] Hvem: Hvem ejer siden?"),
        "beslutningen står uden for kanalernes afsnit – flyt den ned under overskriften for den kanal",
    ),
    "decision with an empty bracket": (
        replace(SKOLER, "- [ ] Telefontider:", "- [] Telefontider:"),
        "beslutningen er ikke skrevet rigtigt – skriv `- [ ] ` foran en åben beslutning og `- [x] ` foran en truffet",
    ),
    "decision without a word": (
        replace(SKOLER, "- [ ] Telefontider: Hvornår kan man ringe til skolens kontor, og hvordan er tiderne afstemt med resten af kommunen?", "- [x]"),
        "beslutningen er ikke skrevet rigtigt – skriv `- [ ] ` foran",
    ),
    "progress outside a guideline": (
        append("{{ progress() }}"),
        "siden er ikke en lokal retningslinje – slet {{ progress() }}",
    ),
    "guidelines of a sub-channel": (
        append('{{ guidelines("telefon") }}'),
        "kanalgruppen telefon findes ikke – ",
    ),
    "sub-channel without section": (
        replace(TELEFON, "  - videomoeder\n", "  - videomoede\n", down=-2),
        "siden har intet afsnit videomoede – skriv `{: #videomoede }` efter afsnittets overskrift",
    ),
}


CONFIGURATION = {
    "owner without a name": (
        ("      name: Center for Politik & Personale\n", ""),
        "      phone:",
        "ansvarlig politik-personale har intet navn – skriv `name: …` under den",
    ),
    "document of a page that is none": (
        ("        - kanaler/\n", "        - kanalerne/\n"),
        "    kanalstrategi:",
        "dokumentet kanalstrategi nævner kanalerne/, som ikke findes – ret stien; den regnes fra docs/",
    ),
    "document that opens with a page that is none": (
        ("name: Kanalstrategien\n      opening: index.md", "name: Kanalstrategien\n      opening: indeks.md"),
        "    kanalstrategi:",
        "dokumentet kanalstrategi nævner indeks.md, som ikke findes – ret stien; den regnes fra docs/",
    ),
    "document without a list of pages": (
        ("      pages:\n        - strategi/\n        - kanaler/\n", "      pages: strategi/\n"),
        "    kanalstrategi:",
        "dokumentet kanalstrategi er ikke beskrevet helt – skriv `name: …`, `opening: index.md` og `pages:`",
    ),
    "account that is none": (
        ("      name: Center for Politik & Personale\n", "      name: Center for Politik & Personale\n      account: to ord\n"),
        "    politik-personale:",
        'kontoen to ord kan ikke bruges – skriv den som "@organisation/hold" eller "@bruger"',
    ),
    "no name of the organisation": (
        ("  organisation: Guldborgsund Kommune\n", ""),
        "extra:",
        "organisationens navn mangler – skriv `organisation: …` under `extra`",
    ),
}


@pytest.mark.parametrize("case", CONFIGURATION)
def test_errors_in_the_configuration_are_reported(project: Project, case: str) -> None:
    (old, new), neighbor, words = CONFIGURATION[case]
    project.replace("mkdocs.yml", old, new)
    lines = (project.root / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    line_of_neighbor = next(number for number, line in enumerate(lines, 1) if line.startswith(neighbor))
    line = line_of_neighbor - 1 if neighbor.startswith("      ") else line_of_neighbor
    reported = project.check()
    assert [line_ for line_ in reported if line_.startswith(f"mkdocs.yml:{line}: {words}")], reported


@pytest.mark.parametrize("case", CASES)
def test_a_check_reports_file_line_and_hint(project: Project, case: str) -> None:
    change, words = CASES[case]
    place = change(project)
    assert [line for line in project.check() if line.startswith(f"{place}: {words}")], project.check()


@pytest.mark.parametrize("case", ["broken YAML", "unknown channel", "duplicate rule id", "missing picture"])
def test_build_stops_and_leaves_the_previous_site(project: Project, case: str) -> None:
    project.write("site/index.html", "den forrige udgave")
    change, words = CASES[case]
    place = change(project)
    process = project.build()
    assert process.returncode == 1
    assert f"{place}: {words}" in process.stdout + process.stderr
    assert "Traceback" not in process.stdout + process.stderr
    assert leftovers(project) == {"site/index.html": "den forrige udgave"}


def test_all_errors_are_reported_at_once_and_once(project: Project) -> None:
    cases = ("unknown owner", "unknown channel", "missing picture", "rule id with capitals")
    places = [CASES[case][0](project) for case in cases]
    lines = project.check()
    assert sorted(line.split(": ")[0] for line in lines) == sorted(places), lines


def test_one_broken_page_causes_no_other_errors(project: Project) -> None:
    project.replace(TELEFON, "owner: politik-personale", "owner: [")
    assert len(project.check()) == 1


def test_a_renamed_section_causes_no_other_errors(project: Project) -> None:
    project.replace(TELEFON, "## Telefon {: #telefon }", "## Telefonen")
    assert len(project.check()) == 1


def test_a_page_without_fields_is_reported_once(project: Project) -> None:
    project.write(FORMAAL, "# Formål\n\n{: #x }\n")
    fields = "description, owner, status, reviewed, review_by"
    assert f"{FORMAAL}:1: siden mangler sine felter øverst – begynd siden med --- på en linje, felterne {fields} på hver sin, og --- igen" in project.check()


def test_not_utf_8(project: Project) -> None:
    file = project.root / "docs/index.md"
    file.write_bytes(file.read_bytes().replace("på".encode(), b"p\xe5", 1))
    assert len(project.check()) == 1
    assert "teksten er ikke gemt som UTF-8 – gem filen igen med tegnsættet UTF-8" in project.check()[0]


def test_a_list_that_the_site_would_show_as_running_text(project: Project) -> None:
    line = project.replace(TELEFON, "### Det betyder, at\n\n- vi skal ringe", "### Det betyder, at\n\nTekst\n- vi skal ringe")
    place = f"{TELEFON}:{line + 3}"
    assert f"{place}: listen begynder lige under et afsnit – sæt en tom linje før listen" in project.check()


def test_a_rule_that_the_page_does_not_show_stops_the_build(project: Project) -> None:
    # Markdown that markdown-it and Python-Markdown read differently.
    line = project.replace(TELEFON, "- vi skal ringe", "-\n  vi skal ringe")
    process = project.build()
    assert process.returncode == 1
    assert f"{TELEFON}:{line + 1}: reglen telefon-ring kom ikke med på siden – sæt en tom linje før og efter den" in process.stdout


def test_a_rule_without_id_is_noticed_under_any_heading(project: Project) -> None:
    project.replace(
        "docs/kanaler/skriftlig-kommunikation.md", "internt i organisationen\n    {: #faellespostkasser-distribution }",
        "internt i organisationen",
    )  # fmt: skip
    assert ["reglen har intet id" in line for line in project.check()] == [True]


def test_two_channels_of_one_name(project: Project) -> None:
    path = "docs/kanaler/personligt-fremmoede.md"
    line = project.replace(path, "status: adopted", "status: adopted\nsubchannels:\n  - telefon") + 1
    project.replace(path, "## Det betyder, at", "## Telefon {: #telefon }\n\n### Det betyder, at")
    assert f"{path}:{line}: kanalen telefon står allerede i {TELEFON}:8 – giv den ene af de to et andet navn" in project.check()


def test_menu_and_pages_agree(project: Project) -> None:
    (project.root / FORMAAL).rename(project.root / "docs/strategi/hensigt.md")
    line = (project.root / "mkdocs.yml").read_text(encoding="utf-8").split("strategi/formaal.md")[0].count("\n") + 1
    assert [reported for reported in project.check() if "menu" in reported] == [
        "docs/strategi/hensigt.md:1: siden står ikke i menuen – skriv `- strategi/hensigt.md` under nav i mkdocs.yml",
        f"mkdocs.yml:{line}: menuen nævner strategi/formaal.md, som ikke findes – ret stien, eller slet linjen under nav",
    ]


@pytest.mark.parametrize("name", ["ny.markdown", "README.md"])
def test_menu_entries_that_are_no_pages(project: Project, name: str) -> None:
    project.write(f"docs/strategi/{name}", "# Ny\n")
    assert project.check() == [
        f"docs/strategi/{name}:1: filens navn kan ikke bruges til en side – omdøb filen, så den ender på .md (en mappes forside hedder index.md)"
    ]


def test_an_invalid_build_date(project: Project) -> None:
    for epoch in ("abc", "99999999999999"):
        process = project.build(epoch=epoch)  # type: ignore[arg-type]
        assert process.returncode == 1 and "Traceback" not in process.stderr
        assert "mkdocs.yml:1: SOURCE_DATE_EPOCH er ikke et tidspunkt – sæt den til" in process.stdout


@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_a_warning_of_mkdocs_stops_a_strict_build(project: Project, quiet: list[str]) -> None:
    project.remove_documents()
    project.write("site/index.html", "den forrige udgave")
    # A link to MkDocs only: for markdown-it, a URL that begins with < has to end with >.
    text = (project.root / FORMAAL).read_text(encoding="utf-8")
    project.write(FORMAAL, text + "\n[se](<findes-ikke.md)\n")
    assert project.check() == []
    process = project.build(*quiet)
    assert process.returncode == 1
    assert "Der er advarsler ovenfor (1) – ret dem, og byg igen" in process.stdout
    assert "findes-ikke.md" in process.stderr
    assert leftovers(project) == {"site/index.html": "den forrige udgave"}


def leftovers(project: Project) -> dict[str, str]:
    """Return the files in the project's folder that a build has created."""
    files = [file for folder in project.root.glob("*site*") for file in folder.rglob("*") if file.is_file()]
    hidden = [file for folder in project.root.glob(".site*") for file in folder.rglob("*")]
    return {str(file.relative_to(project.root)): Path(file).read_text() for file in [*files, *hidden]}
