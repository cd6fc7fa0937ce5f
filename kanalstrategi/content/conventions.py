"""The names by which content is found: folders, pages, headings and front-matter keys."""

from __future__ import annotations

STRATEGY_FOLDER = "strategi"
"""The folder of the strategy's own chapters."""

TEMPLATE_FOLDER = "skabeloner"
"""The folder that scripts/new.py takes new pages from; `exclude_docs` in mkdocs.yml keeps it off the site."""

CHANNEL_FOLDER = "kanaler"
"""The folder whose pages are the channel groups."""

RULES_HEADING = "Det betyder, at"

REQUIRED_KEYS = ("description", "owner", "status", "reviewed", "review_by")

STRATEGY_KEYS = ("adopted", "adopted_by", "evaluate_by", "evaluated")

OTHER_KEYS = ("department", "icon", "keywords", "redirects", "hide", "template", "subchannels")

HIDEABLE_PARTS = ("navigation", "toc")
"""What a page can do without: the menu and its own contents at the sides."""

HOME_TEMPLATE = "home.html"

MAX_KEYWORD_CHARACTERS = 60

GUIDELINE_FOLDER = "retningslinjer"
"""The folder whose pages are the departments' guidelines."""

SEARCH_PAGE = "soeg.md"
"""The page that holds the search, which the field at the top of every page leads to."""

DEFINITION_PREFIX = "definition-"
"""What the id of a definition's paragraph begins with."""

CHOOSER_PAGE = "vaelg-kanal.md"

STEP_LEVEL = 3

GUIDELINE_TEMPLATE = f"{TEMPLATE_FOLDER}/retningslinje.md"
"""Under `docs/`."""
