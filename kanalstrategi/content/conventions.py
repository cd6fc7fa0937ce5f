"""Names the folders, pages, headings and front-matter keys that content is found by. Paths are relative to `docs/`.

What each site may call otherwise, the folders of the strategy, its channels and the guidelines, is in `folders.py`.
"""

from __future__ import annotations

RULE_FOLDER = "regler"
"""The folder of the pages that the program makes, one for each rule."""
WORD_FOLDER = "word"
"""The folder of the site that the guidelines are in as Word files."""
ANSWER_FOLDER = "svar"
"""The folder whose pages answer citizens' questions."""
STAFF_PAGE = "medarbejdere.md"
"""The page that is the door for staff."""
NEWS_FOLDER = "nyt"
"""The folder of the feeds."""
NEWS_PAGE = f"{NEWS_FOLDER}.md"
"""The page that lists what is new."""
EDITION_FOLDER = "udgaver"
"""The folder of the editions that are not in force, each in a folder with its name."""
FORMER_GUIDELINES = f"{EDITION_FOLDER}/retningslinjer"
"""The folder with the former versions of guidelines, each in a folder of the department's name. It stays, whatever the site calls its guidelines'."""
CHANGES_FILE = "aendringer.md"
"""The page in an edition's folder with its changes, and with what its editors say about them."""
HEARING_FILE = "svar.md"
"""The page in an edition's folder with the answers to its hearing."""
GOAL_FOLDER = "maal"
"""The folder whose pages are the strategy's goals, each with a CSV file of the same name that holds its measurements."""
PLAN_FOLDER = "procesplan"
"""The folder whose pages are the actions of the process plan."""
MATERIAL_FOLDER = "materiale"
"""The folder whose pages are the material that supports the work."""
OPTIONAL_FOLDERS = (ANSWER_FOLDER, PLAN_FOLDER, MATERIAL_FOLDER)
"""The folders that a site may lack, and whose pages its menu may name all the same."""
STATUS_PAGE = "status.md"
"""The page for the board."""
FOLLOW_UP_PAGE = "opfoelgning.md"
"""The page that lists what has to be done, by owner."""
ACCESSIBILITY_FOLDER = "tilgaengelighed"
"""The folder of the accessibility statement and of the evidence for it."""
STATEMENT_PAGE = f"{ACCESSIBILITY_FOLDER}/erklaering.md"
"""The page of the accessibility statement."""
EVIDENCE_PAGE = f"{ACCESSIBILITY_FOLDER}/index.md"
"""The page that says what was tested."""
DATA_PAGE = "data.md"
"""The page about the open data."""
EDITOR_FOLDER = "redaktoer"
"""The folder of the editors' guide."""
MEASUREMENT_GUIDE = f"{EDITOR_FOLDER}/maalinger.md"
"""The page of that guide about the figures of goals."""
MACRO_GUIDE = f"{EDITOR_FOLDER}/makroer.md"
"""The page of that guide that shows what each macro gives."""
IMAGE_FOLDER = "billeder"
"""The folder for uploaded images."""
TEMPLATE_FOLDER = "skabeloner"
"""The folder of the templates that new pages are begun from, in `docs/` and among the program's pages. None of them is published."""
NOBODY = "ikke-udpeget"
"""The id of the owner that a site may have for pages for which nobody has been appointed yet."""

SEARCH_PAGE = "soeg.md"
"""The search page, which the search field at the top of every page leads to."""
CHOOSER_PAGE = "vaelg-kanal.md"
"""The page with the channel chooser."""
GUIDELINE_TEMPLATE = f"{TEMPLATE_FOLDER}/retningslinje.md"
"""The template for new guidelines."""
CHANNEL_TEMPLATE = f"{TEMPLATE_FOLDER}/kanal.md"
"""The template for new channels."""
ANSWER_TEMPLATE = f"{TEMPLATE_FOLDER}/svar.md"
"""The template for new answers."""
ACTION_TEMPLATE = f"{TEMPLATE_FOLDER}/handling.md"
"""The template for new actions."""
MATERIAL_TEMPLATE = f"{TEMPLATE_FOLDER}/materiale.md"
"""The template for new material."""
HOME_TEMPLATE = "home.html"
"""The theme's template for the front page."""

FAULTS_HEADING = "Kendte fejl"
"""The heading above the faults that the accessibility statement tells of; only its letters are compared."""
FAULT_LEVEL = 3
"""The heading level of such a fault."""
DEFINITION_PREFIX = "definition-"
"""The id prefix of a paragraph that defines a term."""
STEP_LEVEL = 3
"""The heading level of the chooser's questions and outcomes."""
SITUATIONS_HEADING = "Situationer"
"""The heading above the situations that the chooser opens with; only its letters are compared, as with the next three."""
ACTIONS_HEADING = "Gør sådan"
"""The heading above an outcome's numbered actions."""
PROHIBITIONS_HEADING = "Ikke tilladt"
"""The heading above what an outcome does not allow."""
REASONS_HEADING = "Hvorfor"
"""The heading above the words of the strategy that an outcome follows from."""

STAFF_SECTIONS = ("medarbejdere", CHOOSER_PAGE.removesuffix(".md"), "opfoelgning", "status", PLAN_FOLDER, MATERIAL_FOLDER, EDITOR_FOLDER)
"""The folders and pages, without extension, that are for staff alone, besides the guidelines."""

REQUIRED_KEYS = ("description", "owner", "status", "reviewed", "review_by")
"""Front-matter keys that every page must have."""
EDITION_KEYS = ("edition", "decision", "confirm_by", "consultation_from", "consultation_to", "superseded", "superseded_by", "lapsed")
"""Front-matter keys of an edition's front page: facts about the edition."""
ADOPTION_KEYS = ("adopted", "adopted_by")
"""Front-matter keys of the front page, about the strategy as a whole, and of guidelines."""
STRATEGY_KEYS = (*ADOPTION_KEYS, "evaluate_by", "evaluated")
"""Front-matter keys of the front page: facts about the strategy as a whole."""
LANGUAGE_KEYS = ("language", "translation_of")
"""Front-matter keys of a page in another language."""
DEPARTMENT_KEYS = ("departments", "part_of")
"""Front-matter keys that say whom a channel is for, and which department a unit is a part of."""
OTHER_KEYS = (
    "department", "channel", "short", "icon", "keywords", "redirects", "changed", "hide", "template", "subchannels", *DEPARTMENT_KEYS, "kle", *LANGUAGE_KEYS,
)  # fmt: skip - grouped by subject, not one per line
"""Front-matter keys that a page may have."""
GOAL_KEYS = ("goal", "direction", "unit", "target", "target_by")
"""Front-matter keys of a goal's page."""
ACTION_KEYS = ("action", "begins", "due", "done", "serves")
"""Front-matter keys of an action's page."""
MATERIAL_KEYS = ("purpose", "audience", "supports")
"""Front-matter keys of a page with supporting material."""
STATEMENT_KEYS = ("compliance", "tested", "method")
"""Front-matter keys of the accessibility statement. Its URL in the national tool is in `mkdocs.yml`, since every page links to it."""
STATUS_KEYS = ("decisions_sought",)
"""Front-matter keys of the page for the board."""
FOLDERS_OF_KEYS = {
    "channel": ANSWER_FOLDER,
    **dict.fromkeys(GOAL_KEYS, GOAL_FOLDER),
    **dict.fromkeys(ACTION_KEYS, PLAN_FOLDER),
    **dict.fromkeys(MATERIAL_KEYS, MATERIAL_FOLDER),
}
"""The keys that only the pages of one folder have, each with the folder, without those of channels and guidelines."""
KNOWN_KEYS = tuple(dict.fromkeys((*REQUIRED_KEYS, *STRATEGY_KEYS, *EDITION_KEYS, *OTHER_KEYS, *STATUS_KEYS, *STATEMENT_KEYS, *FOLDERS_OF_KEYS)))
"""Every front-matter key, in the order in which they are suggested for one that is not known."""
MAX_DECISIONS_SOUGHT, MAX_DECISION_CHARACTERS = 3, 200
"""How many decisions the board's page asks for, and how long each may be: the page is one sheet of paper."""
HIDEABLE_PARTS = ("navigation", "toc")
"""The parts that `hide` can leave out: the menu and the page's table of contents, at the sides."""
MAX_KEYWORD_CHARACTERS = 60
"""Maximum length of a page's keyword."""
MAX_SHORT_SENTENCES, MAX_SHORT_CHARACTERS = 3, 300
"""Limits of what a page says in short."""
