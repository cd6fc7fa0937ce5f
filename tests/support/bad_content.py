"""Mistakes that an editor may make, and how the message about each begins."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.project import Project

FORMAAL = "docs/strategi/formaal.md"
TELEFON = "docs/kanaler/telefon-og-videomoeder.md"
SKOLER = "docs/retningslinjer/skoler.md"
BREV = "docs/svar/brev-paa-papir.md"


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
        "datoen 2023-02-30 i reviewed findes ikke – skriv en dag, der findes i kalenderen",
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
    "a short text with markup": (
        replace(FORMAAL, "  De, der kan selv,", "  **De**, der kan selv,", down=-3),
        "short kan kun være ren tekst, men indeholder * – skriv sætningerne uden makroer, fed skrift og links",
    ),
    "a short text with a macro": (
        replace(FORMAAL, "  De, der kan selv,", "  De {{ status() }}, der kan selv,", down=-3),
        "short kan kun være ren tekst, men indeholder { – skriv sætningerne",
    ),
    "a short text of too many sentences": (
        replace(FORMAAL, "short:\n", "short:\n  Vi er her. Vi er her nu.\n"),
        "short er på 5 sætninger – skriv højst 3",
    ),
    "a short text of too many characters": (
        replace(FORMAAL, "short:\n", f"short:\n  {'Vi er her nu, og ' * 6}\n"),
        "short er på 335 tegn – skriv højst 300, så man kan læse det på et øjeblik",
    ),
    "a short text that is hard to read": (
        replace(SKOLER, "owner: ikke-udpeget", "short: Digitaliseringsstrategien understøtter kommunikationen.\nowner: ikke-udpeget"),
        "short er svær at læse (lixtal 103) – brug kortere sætninger og ord, så lixtallet kommer under 35",
    ),
    "a short text that breaks off": (
        replace(FORMAAL, "passer godt på deres data.\nicon", "passer godt på deres\nicon", down=-3),
        "short slutter midt i en sætning – skriv hele sætninger, og slut med punktum",
    ),
    "a short text with a character that no document has": (
        replace(FORMAAL, "passer godt på deres data.\nicon", "passer godt på deres data 𓀀.\nicon", down=-3),
        "tegnet 𓀀 (U+13000) kan ikke vises i PDF’en",
    ),
    "unknown template": (
        replace(FORMAAL, "icon: material/compass-outline", "template: hjem.html"),
        "skabelonen findes ikke – slet linjen; kun forsiden har en: home.html",
    ),
    "a list that is none": (
        replace(TELEFON, "subchannels:\n  - telefon\n  - videomoeder\n", "subchannels: telefon\n"),
        "feltet subchannels er ikke en liste – skriv hvert punkt på sin egen linje under `subchannels:`",
    ),
    "a change without a day": (
        replace(FORMAAL, "icon: ", 'changed:\n  - "2024-01-02: Rettet."\n  - "I går: Rettet."\nicon: ', down=2),
        "ændringen »I går: Rettet.« begynder ikke med en dato og et kolon – skriv dag, kolon og sætning",
    ),
    "a change from before the adoption": (
        replace(FORMAAL, "icon: ", 'changed: "2023-02-27: Rettet."\nicon: '),
        "ændringen 2023-02-27 er fra før, siden blev vedtaget den 28. februar 2023 – ret datoen, eller slet ændringen",
    ),
    "a change of a draft": (
        replace(SKOLER, "icon: ", 'changed: "2024-01-02: Rettet."\nicon: '),
        "siden har changed, men er et udkast – slet linjen, eller skriv `status: adopted`, når siden er vedtaget",
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
    "numbers in another order": (append("1. A\n2. B\n4. C", down=2), "nummer 4 kommer efter nummer 2 i listen – ret numrene"),
    "points of a word processor": (append("•\tførst\n•\tså"), "• laver ikke en liste – skriv - foran hvert punkt"),
    "letters of a word processor": (append("a)\tførst\nb)\tså"), "a) laver ikke en liste – skriv - eller 1. foran hvert punkt"),
    "a box that folds": (append('??? note "Husk"\n    a'), "??? laver ikke en boks – skriv !!! i stedet"),
    "a link without its beginning": (append("[x](www.example.org)"), "linket www.example.org mangler sin begyndelse – skriv https://www.example.org"),
    "a footnote without its text": (append("a[^1]"), "fodnoten [^1] har ingen tekst – skriv [^1]: og teksten på en linje for sig"),
    "a footnote that nothing refers to": (append("a\n\n[^1]: Note", down=2), "ingen henviser til fodnoten [^1] – skriv [^1] i teksten"),
    "a box without a title": (append("!!! note\n    tekst"), 'boksen mangler en titel – skriv den i anførselstegn: !!! note "Husk"'),
    "a box of no kind": (append('!!! advarsel "Husk"\n    tekst'), "boksen advarsel findes ikke – vælg en af: abstract, danger"),
    "HTML that is not closed": (append("<div>"), "<div> bliver aldrig lukket – skriv </div>, hvor det slutter"),
    "HTML that closes nothing": (append("tekst</div>"), "</div> lukker noget, der ikke er åbnet – slet det"),
    "a list right below HTML": (
        append("<div>\n- a\n\n</div>", down=1),
        "lister, links og andet virker ikke lige under <div> – sæt en tom linje efter HTML-mærket",
    ),
    "a cell too many": (append("| a |\n|---|\n| b | c |", down=2), "rækken har 2 felter, men tabellen har 1 kolonne"),
    "a table whose headings are empty": (append("|  |  |\n|---|---|\n| a | b |"), "tabellen har ingen overskrifter – skriv dem i den øverste række"),
    "an HTML table without headings": (append("\n<table><tr><td>a</td></tr></table>", down=1), "tabellen har ingen overskrifter"),
    "a table without headings around another": (
        append("<table><tr><td><table><tr><th>a</th></tr><tr><td>b</td></tr></table></td></tr></table>"),
        "tabellen har ingen overskrifter",
    ),
    "a list in HTML without items": (append("<ol></ol>"), "listen har ingen punkter – skriv et punkt, eller slet mærket ol"),
    "a list in HTML with nothing but blank lines": (append("<ul>\n\n</ul>"), "listen har ingen punkter – skriv et punkt, eller slet mærket ul"),
    "an empty list in a list": (append("<ul><li>a<dl></dl></li></ul>"), "listen har ingen punkter – skriv et punkt, eller slet mærket dl"),
    "a term that nothing explains": (append("<dl><dt>a</dt></dl>"), "et ord i listen mangler sin forklaring – skriv dd efter dt i listen"),
    "an explanation of no term": (append("<dl><dd>a</dd><dt>b</dt><dd>c</dd></dl>"), "en forklaring i listen mangler sit ord – skriv dt foran dd"),
    "a folded box without a title": (append("<details>\n\ntekst\n\n</details>"), "boksen, der kan foldes ud, mangler en titel – skriv den i mærket summary"),
    "a table without rows": (append("| a |\n|---|"), "tabellen har ingen rækker – skriv en række under overskrifterne"),
    "a title without a space": (append("#Titel"), "#Titel er ikke læst som en overskrift – skriv # "),
    "bold text that is none": (append("**Ring:**tekst"), "** gør ikke teksten fed her – sæt ** lige op ad teksten på begge sider"),
    "HTML closed in the wrong order": (append("<div><b>a</div></b>"), "<b> bliver ikke lukket før </div> – skriv </b> først"),
    "a link as HTML": (append('<a href="x">y</a>'), "HTML-mærket <a> kan ikke bruges på en side – skriv linket som [tekst](adresse)"),
    "misspelt style": (append("Tekst\n{: .leed }", down=1), "stilen leed kendes ikke – mente du lead?"),
    "a style in the middle of a text": (append("Tekst {: .lead } her"), "{: … } hører ikke til noget – skriv den på linjen under et afsnit"),
    "a macro in a link": (append("[{{ status() }}](formaal.md)"), "makroen status kan ikke stå midt i et link, en overskrift eller fremhævet tekst"),
    "an image that is a page": (append("Se <![her](formaal.md) nu."), "filen formaal.md er ikke et billede – skriv den som et link, uden !"),
    "an id with capitals": (append("## Sådan {: #Saadan }"), "id’et Saadan kan ikke bruges – brug kun små bogstaver"),
    "an invisible sign": (append("tek\u200bst"), "linjen indeholder et usynligt tegn (U+200B) – slet linjen, og skriv den igen"),
    "letters read wrongly": (append("pÃ¥ gensyn"), "æ, ø eller å er blevet ødelagt – skriv bogstaverne igen"),
    "hidden what cannot be": (
        replace(FORMAAL, "icon: material/compass-outline", "hide: [sidefod]"),
        "hide kan ikke være sidefod – vælg en af: navigation, toc",
    ),
    "too many lists inside each other": (append("- " * 25 + "a"), "der er for mange lister, citater eller HTML-mærker inde i hinanden"),
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
    "link with spaces": (append("[mål](vision og maal.md)"), "linket er ikke læst som et link – skriv %20 i stedet for mellemrum i adressen"),
    "link with spaces in angle brackets": (
        append("[mål](<vision og maal.md>)"),
        "linket peger på vision og maal.md, som ikke findes – ret stien; mente du vision-og-maal.md?",
    ),
    "link to a script": (
        append("[x](javascript:alert)"),
        "linket javascript:alert kan ikke følges af læserne – brug en sti til en side, eller en adresse med https:",
    ),
    "link to a host behind another's name": (
        append("[x](https://borger.dk@example.org/)"),
        "linket https://borger.dk@example.org/ kan føre et andet sted hen, end man tror – skriv hele adressen, som den står i browseren: https://…",
    ),
    "link whose text is another's URL": (
        append("[www.borger.dk/hjaelp](https://example.org/)"),
        "linkets tekst nævner www.borger.dk, men det fører til example.org – ret teksten eller adressen",
    ),
    "link to a command of the phone": (
        append("[ring](tel:*21*12345678#)"),
        "linket tel:*21*12345678# er ikke et telefonnummer – skriv kun tal: tel:+4512345678",
    ),
    "mail with a file": (
        append("[skriv](mailto:a@example.org?attach=a.txt)"),
        "linket mailto:a@example.org?attach=a.txt gør mere end at begynde en mail – skriv kun adressen, og eventuelt ?subject=… efter den",
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
        f"id’et telefon bruges allerede i {TELEFON}:22 – giv det ene af de to et andet id",
    ),
    "duplicate rule id": (
        replace(TELEFON, "#telefon-notatpligt", "#telefon-ring", down=-1),
        f"id’et telefon-ring bruges allerede i {TELEFON}:29 – giv det ene af de to et andet id",
    ),
    "kind of rule that does not exist": (
        replace(TELEFON, "{: #telefon-ring }", "{: #telefon-ring kind=forbud }"),
        "en regel kan ikke være forbud – skriv kind=duty (påbud), aim (hensigt) eller prohibition (forbud)",
    ),
    "kind of a heading": (
        replace(TELEFON, "## Telefon {: #telefon }", "## Telefon {: #telefon kind=aim }"),
        "kind kan kun stå på en regel, altså et punkt i en liste – flyt det til punktet, eller slet det",
    ),
    "kind of an item that is no rule": (
        append("- Et punkt\n    {: #et-punkt kind=aim }"),
        "kind står på et punkt, der ikke er en regel – slet det",
    ),
    "rule whose page would be the register": (
        replace(TELEFON, "{: #telefon-telefontider }", "{: #index }", down=-1),
        "reglen index kan ikke få en side af det navn – giv reglen et andet id",
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
        "beslutningen er ikke skrevet rigtigt – skriv `- [ ] ` foran en åben beslutning, `- [x] ` foran en truffet og `- [-] ` foran en, der ikke er relevant",
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
    "answer about a channel that is none": (
        replace(BREV, "channel: digital-post", "channel: digitalpost"),
        "kanalen digitalpost findes ikke – mente du digital-post?",
    ),
    "answer without a channel": (
        replace(BREV, "channel: digital-post", "channel:"),
        "svaret nævner ingen kanal – skriv `channel: …` øverst med en af disse: hjemmeside-og-selvbetjening, hjemmeside,",
    ),
    "heading with nothing below it in an answer": (
        replace(BREV, "## Det siger strategien", "## Mere\n\n## Det siger strategien"),
        "der står ikke noget under overskriften »Mere« – skriv, hvad der skal stå, eller slet overskriften",
    ),
    "channel on a page that is no answer": (
        replace(FORMAAL, "status: adopted", "status: adopted\nchannel: mail", down=1),
        "feltet channel hører til i docs/svar – slet linjen",
    ),
    "answer without a question": (
        replace(BREV, "# Kan jeg få brev på papir?", "# Brev på papir"),
        "titlen er ikke et spørgsmål – skriv det spørgsmål, som borgeren stiller, og slut med ?",
    ),
    "answer that leads elsewhere": (
        replace(BREV, "[Læs, hvad strategien siger om det](fritaget-for-digital-post.md)", "[Læs](https://example.org/)"),
        "linket fører til example.org, som strategien ikke nævner – henvis kun til borger.dk, google.com, guldborgsund.dk, virk.dk",
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
    "owner with the name of a device": (
        ("    ikke-udpeget: #", "    con:\n      name: Konsollen\n    ikke-udpeget: #"),
        "    con:",
        "navnet con kan ikke bruges på Windows – giv den ansvarlige et andet navn",
    ),
    "document with the name of a device": (
        ("  documents:\n", "  documents:\n    aux:\n      name: uddraget\n      opening: index.md\n      pages:\n        - strategi/\n"),
        "    aux:",
        "navnet aux kan ikke bruges på Windows – giv dokumentet et andet navn",
    ),
    "owner whose deputy is none": (
        ("      name: Center for Politik & Personale\n", "      name: Center for Politik & Personale\n      deputy: ingen\n"),
        "    politik-personale:",
        "stedfortræderen ingen findes ikke under owners – vælg en af: politik-personale, ikke-udpeget",
    ),
    "owner who is its own deputy": (
        ("      name: Center for Politik & Personale\n", "      name: Center for Politik & Personale\n      deputy: politik-personale\n"),
        "    politik-personale:",
        "ansvarlig politik-personale er sin egen stedfortræder – skriv en anden efter `deputy:`, eller slet linjen",
    ),
    "owner with an address that is a head of a mail": (
        ("      name: Center for Politik & Personale\n", '      name: Center for Politik & Personale\n      email: "a@b.dk Bcc: c@d.dk"\n'),
        "    politik-personale:",
        "e-mailadressen a@b.dk Bcc: c@d.dk kan ikke bruges – skriv den som `email: center@kommunen.dk`",
    ),
    "owner whose name is no name of a file": (
        ("    ikke-udpeget: #", "    ../udpeget:\n      name: Ude\n    ikke-udpeget: #"),
        "    ../udpeget:",
        "navnet ../udpeget kan ikke bruges i en adresse – brug kun små bogstaver a–z, tal og bindestreg: udpeget",
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
