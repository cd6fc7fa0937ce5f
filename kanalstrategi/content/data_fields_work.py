"""Describes the open data about the work with the strategy: the departments' guidelines, the goals, the process plan and the tasks."""

from __future__ import annotations

from kanalstrategi.content.action_model import ActionState
from kanalstrategi.content.coverage_model import Coverage
from kanalstrategi.content.data_fields_strategy import CHANGE_KINDS, ID, STATUS, TITLE
from kanalstrategi.content.data_model import DataFile, boolean, count, day, number, record, records, text, texts, url
from kanalstrategi.content.decision_model import DecisionState
from kanalstrategi.content.goal_model import Course, Direction
from kanalstrategi.content.tasks import TaskKind, TaskState

_OWNER = text("owner", "Navnet på den ansvarlige. Det står som owner i filen med sider.")

GUIDELINES = DataFile(
    "guidelines",
    "Lokale retningslinjer",
    "Hvor langt hvert fagområde er med sin retningslinje for hver gruppe af kanaler, og hvad der er besluttet.",
    "Når et fagområde ændrer sin retningslinje.",
    ("retningslinje", "fagområde", "beslutning"),
    (
        text("id", "Navnet på fagområdet og gruppen af kanaler med en skråstreg imellem."),
        TITLE,
        url("url", "Afsnittet i fagområdets retningslinje, eller i den, som enheden følger."),
        text("department", "Navnet på fagområdet."),
        text("department_title", "Fagområdet, som det skrives på hjemmesiden."),
        text("channel", "Navnet på gruppen af kanaler. Det står som id i filen med kanaler."),
        text(
            "status",
            "Hvor langt afsnittet er.",
            {
                Coverage.MISSING: "mangler",
                Coverage.DRAFT: "udkast",
                Coverage.ADOPTED: "vedtaget",
                Coverage.NOT_USED: "fagområdet bruger ikke kanalen",
                Coverage.INHERITED: "enheden følger det fagområde, den er en del af",
                Coverage.NOT_APPLICABLE: "kanalen gælder kun for andre fagområder",
            },
        ),
        text("part_of", "For en enhed navnet på det fagområde, den er en del af. Tom, hvis det ikke er en enhed.").or_empty,
        texts("inherited_decisions", "For en enhed id på de beslutninger hos fagområdet, som gælder for den. De er kun talt med hos fagområdet."),
        day("adopted", "Den dag, retningslinjen blev vedtaget. Tom, hvis den ikke er det.").or_empty,
        text("adopted_by", "Hvem der vedtog den. Tom, hvis det ikke er oplyst.").or_empty,
        count("open_decisions", "Hvor mange beslutninger der er åbne i afsnittet."),
        records(
            "decisions",
            "De beslutninger, som strategien overlader til fagområdet.",
            ID,
            url("url", "Stedet i retningslinjen, hvor beslutningen står."),
            text("channel", "Navnet på den kanal, beslutningen handler om."),
            text("text", "Teksten, som den står i retningslinjen."),
            text("question", "Det, der skal besluttes."),
            text("answer", "Det, fagområdet har besluttet. Tom, hvis det ikke er skrevet.").or_empty,
            text(
                "state",
                "Hvor langt beslutningen er.",
                {DecisionState.OPEN: "åben", DecisionState.DECIDED: "besluttet", DecisionState.NOT_RELEVANT: "ikke relevant for fagområdet"},
            ),
            boolean("open", "Om der mangler en beslutning."),
            boolean("essential", "Om den er en af de vigtigste."),
        ),
        records(
            "to_confirm",
            "De regler, som er ændret, og som fagområdet ikke har bekræftet sit afsnit efter endnu.",
            text("rule", "Navnet på reglen."),
            text("kind", "Hvad der er sket med den.", CHANGE_KINDS),
        ),
        day("confirmed", "Den dag, fagområdet sidst har bekræftet afsnittet.").or_null,
        day("confirm_by", "Den sidste dag for at bekræfte det.").or_null,
    ),
)

_PERIOD = (
    text("period", "Perioden, som den skrives på hjemmesiden."),
    day("from", "Periodens første dag."),
    day("to", "Periodens sidste dag."),
)
_MEASUREMENT = (
    *_PERIOD,
    number("value", "Tallet for perioden."),
    text("source", "Hvor tallet kommer fra."),
    text("note", "Bemærkningen til tallet. Tom, hvis der ingen er.").or_empty,
)

GOALS = DataFile(
    "goals",
    "Mål",
    "Strategiens mål, hvad der er målt for hvert af dem, og om det går den vej, det skal.",
    "Når der kommer en måling, eller et mål bliver ændret.",
    ("mål", "måling", "effekt"),
    (
        ID,
        TITLE,
        url("url", "Siden om målet."),
        text("sentence", "Målet med strategiens egne ord. Tom, hvis siden ikke nævner stedet.").or_empty,
        url("sentence_url", "Stedet i strategien, hvor ordene står. Tom, hvis siden ikke nævner det.").or_empty,
        text("direction", "Hvilken vej tallet skal.", {Direction.DOWN: "ned", Direction.UP: "op"}),
        text("unit", "Det, der bliver talt. Tom, hvis det ikke er besluttet.").or_empty,
        number("target", "Det tal, der skal nås, hvis der er besluttet et.").or_null,
        record("target_by", "Den periode, tallet skal være nået i.", *_PERIOD).or_null,
        text(
            "course",
            "Hvordan det går med målet.",
            {
                Course.NOT_MEASURED: "ikke målt endnu",
                Course.BASELINE_ONLY: "kun målt én gang, så der er ikke noget at sammenligne med",
                Course.ON_COURSE: "på rette vej",
                Course.BEHIND: "den rigtige vej, men ikke så langt, som det skulle være nu",
                Course.UNCHANGED: "uændret",
                Course.OFF_COURSE: "den forkerte vej",
            },
        ),
        text("course_text", "Det samme, som det skrives på hjemmesiden."),
        record("baseline", "Den første måling.", *_MEASUREMENT).or_null,
        record("latest", "Den seneste måling. Den er også den første, hvis der kun er en.", *_MEASUREMENT).or_null,
        text("change", "Ændringen fra den første til den seneste måling. Tom, hvis der er færre end to.").or_empty,
        texts("missing", "Det, der mangler, for at målet kan følges."),
        url("file", "Filen, som målingerne er skrevet i. Tom, hvis der ingen er.").or_empty,
        records("measurements", "Alle målinger, den ældste først.", *_MEASUREMENT),
    ),
)

ACTIONS = DataFile(
    "actions",
    "Handlinger",
    "Procesplanens handlinger: hvem der gør hvad hvornår, og hvor langt det er.",
    "Når procesplanen ændres. Om en handling er over sin frist, er regnet ud den dag, filen er lavet.",
    ("procesplan", "handling"),
    (
        ID,
        TITLE,
        url("url", "Siden om handlingen."),
        _OWNER,
        STATUS,
        text(
            "state",
            "Hvor langt handlingen er.",
            {
                ActionState.OPEN: "åben: det er ikke besluttet, hvem der gør det, og hvornår",
                ActionState.PLANNED: "planlagt",
                ActionState.STARTED: "i gang",
                ActionState.DONE: "gjort",
                ActionState.DROPPED: "opgivet",
            },
        ),
        day("begins", "Den dag, den begynder, hvis det er besluttet.").or_null,
        day("due", "Fristen, hvis den er besluttet.").or_null,
        day("done", "Den dag, den blev gjort.").or_null,
        boolean("overdue", "Om fristen er overskredet."),
        texts("serves", "Navnene på de mål og regler, handlingen tjener. De står som id i filen med mål eller i filen med regler."),
    ),
)

MATERIALS = DataFile(
    "materials",
    "Materiale",
    "Materiale, der støtter arbejdet med strategien.",
    "Når der kommer nyt materiale, eller noget bliver rettet.",
    ("materiale", "skabelon", "vejledning"),
    (
        ID,
        TITLE,
        url("url", "Siden med materialet."),
        _OWNER,
        STATUS,
        text("purpose", "Hvad det er til."),
        text("audience", "Hvem det hjælper."),
        texts("supports", "Navnene på de handlinger, det hører til."),
    ),
)

TASKS = DataFile(
    "tasks",
    "Opgaver",
    "Alt, hvad nogen skal gøre, også længere fremme: gennemgå sider, beslutte, måle og handle. Det er de samme opgaver som i opfølgningen.",
    "Når en opgave kommer til, er løst eller får en ny frist. Tilstanden er regnet ud den dag, filen er lavet.",
    ("opgave", "frist", "opfølgning"),
    (
        ID,
        text("title", "Det, opgaven handler om."),
        url("url", "Stedet, hvor den kan ses. Tom for forsiden.").or_empty,
        text(
            "kind",
            "Hvilken slags opgave det er.",
            {
                TaskKind.EVALUATION: "evaluere strategien",
                TaskKind.ACTION: "gøre det, procesplanen siger",
                TaskKind.MEASUREMENT: "måle et mål",
                TaskKind.REVIEW: "gennemgå en side",
                TaskKind.CONFIRM: "bekræfte et afsnit, fordi en regel i det er ændret",
                TaskKind.GUIDELINE: "gøre en lokal retningslinje færdig",
                TaskKind.OUTDATED: "fjerne det, som er udgået af strategien, fra en side",
                TaskKind.CHANGED_QUOTE: "gennemgå en side, der viser noget, som er ændret",
                TaskKind.TRANSLATION: "opdatere en oversættelse, der er ældre end den side, den er oversat fra",
                TaskKind.LINK: "rette et link, der ikke virker",
            },
        ),
        _OWNER,
        day("due", "Fristen, hvis der er en.").or_null,
        text(
            "state",
            "Hvordan det står til.",
            {
                TaskState.OVERDUE: "fristen er overskredet",
                TaskState.DUE_SOON: "fristen er inden for 30 dage",
                TaskState.LATER: "fristen er længere fremme",
                TaskState.UNDATED: "der er ingen frist",
            },
        ),
        text("detail", "Det, der skal gøres."),
        count("count", "Hvor mange ting opgaven dækker, for eksempel åbne beslutninger i en retningslinje."),
    ),
)
