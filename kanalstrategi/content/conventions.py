"""The names by which content is found: folders, pages, headings and front-matter keys. Paths are below `docs/`."""

from __future__ import annotations

STRATEGY_FOLDER = "strategi"
"""The folder of the strategy's own chapters."""
CHANNEL_FOLDER = "kanaler"
"""The folder whose pages are the channel groups."""
GUIDELINE_FOLDER = "retningslinjer"
"""The folder whose pages are the departments' guidelines."""
TEMPLATE_FOLDER = "skabeloner"
"""The folder that scripts/new.py takes new pages from; `exclude_docs` in mkdocs.yml keeps it off the site."""

SEARCH_PAGE = "soeg.md"
"""The page with the search, which the field at the top of every page leads to."""
CHOOSER_PAGE = "vaelg-kanal.md"
"""The page with the channel chooser."""
GUIDELINE_TEMPLATE = f"{TEMPLATE_FOLDER}/retningslinje.md"
"""The file that a new guideline is begun from."""
HOME_TEMPLATE = "home.html"
"""The theme's template for the front page."""

RULES_HEADING = "Det betyder, at"
"""The heading that a list of rules stands under; only its letters are compared."""
DEFINITION_PREFIX = "definition-"
"""The prefix of the id of a paragraph that defines a term."""
STEP_LEVEL = 3
"""The heading level of the chooser's questions and outcomes."""

REQUIRED_KEYS = ("description", "owner", "status", "reviewed", "review_by")
"""Front-matter keys that every page must have."""
STRATEGY_KEYS = ("adopted", "adopted_by", "evaluate_by", "evaluated")
"""Front-matter keys of the front page only: facts about the strategy as a whole."""
OTHER_KEYS = ("department", "icon", "keywords", "redirects", "hide", "template", "subchannels")
"""Front-matter keys that a page may have."""
HIDEABLE_PARTS = ("navigation", "toc")
"""What `hide` can leave out: the menu and the page's table of contents, at the sides."""
MAX_KEYWORD_CHARACTERS = 60
"""Characters in one of a page's keywords."""
