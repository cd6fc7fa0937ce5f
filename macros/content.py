"""Read `docs/` and `mkdocs.yml` into one `Content`, and collect what is wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from .addresses import url_of
from .chooser import CHOOSER, read_chooser
from .dates import build_date
from .front_matter import FrontMatterReader
from .guidelines import GUIDELINES, department_problems, read_guideline
from .icons import icon
from .language import quoted_rules
from .limits import TooSlowError, time_limit, too_slow
from .moved import FILE as RECORD
from .moved import address_faults, parse, redirect_problems
from .organisation import read_organisation
from .records import (
    Channel,
    Content,
    Organisation,
    Owner,
    Page,
    Passage,
    Problem,
    Rule,
    Status,
    Strategy,
)
from .safe_files import LARGEST, PAGE_ENDINGS, files_below
from .source import Block, FrontMatter, Source, body_of, read
from .suggestions import suggestion

STRATEGY = "strategi"
"""The folder of the strategy's own chapters."""
TEMPLATES = "skabeloner"
"""The folder that scripts/new.py takes new pages from; `exclude_docs` in mkdocs.yml keeps it off the site."""
CHANNELS = "kanaler"
"""The folder whose pages are the channel groups."""
RULES_HEADING = "Det betyder, at"

REQUIRED_KEYS = ("description", "owner", "status", "reviewed", "review_by")
STRATEGY_KEYS = ("adopted", "adopted_by", "evaluate_by", "evaluated")
OTHER_KEYS = ("department", "icon", "keywords", "redirects", "hide", "template", "subchannels")
HIDDEN = ("navigation", "toc")
"""What a page can do without: the menu and its own contents at the sides."""
HOME_TEMPLATE = "home.html"
LONGEST_KEYWORD = 60


Reader = Callable[[Collection[str]], Callable[[str], Source]]
"""Gives, for the texts of all pages, what makes a source of each as `read` does."""


@dataclass
class Reading:
    """What reading a project gave. `content` is whole as far as the problems allow."""

    content: Content
    sources: dict[str, Source]
    """By path under `docs/`."""
    problems: list[Problem] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    """All files below `docs/`."""
    recorded: dict[str, int] | None = None
    """Every address that has been published, with its line of the record; None where no record is kept."""


def read_project(
    root: Path, environment: Mapping[str, str], config: str = "mkdocs.yml", reader: Reader = lambda texts: read
) -> Reading:
    """Read the project in a folder.

    `environment` is asked for `SOURCE_DATE_EPOCH` only; `config` is the name of
    the configuration file in `root`; `reader` gives what reads the text of a page.
    """
    problems: list[Problem] = []
    files = files_below(root / "docs", problems)
    sources = _read_sources(root / "docs", files, problems, reader)
    organisation = read_organisation(root / config, sources, problems)
    try:
        today = build_date(environment)
    except ValueError:
        remedy = "sæt den til et antal sekunder siden 1970, eller fjern den"
        problems.append(Problem(config, 1, "SOURCE_DATE_EPOCH er ikke et tidspunkt", remedy))
        today = date.today()
    order = {path: number for number, path in enumerate(organisation.order)}
    paths = sorted(sources, key=lambda path: (order.get(path, len(order)), path))
    pages = {}
    for path in paths:
        pages[path] = read_page(path, sources[path], organisation, today, problems)
    groups = [
        _group(page, sources[path], problems)
        for path, page in pages.items()
        if page.section == CHANNELS and not page.is_index
    ]
    guidelines = [
        read_guideline(page, sources[path], groups, problems)
        for path, page in pages.items()
        if page.section == GUIDELINES and not page.is_index
    ]
    chooser = None
    if CHOOSER in pages:
        chooser = read_chooser(pages[CHOOSER], sources[CHOOSER], sources[CHOOSER].parsed.calls, problems)
    problems += department_problems(guidelines, sources)
    _complain_of_one_address(pages, problems)
    _complain_of_duplicates(pages, sources, problems)
    _complain_of_duplicate_channels(groups, sources, problems)
    _complain_of_the_menu(organisation, sources, root, config, problems)
    recorded = _read_record(root, problems)
    content = Content(
        organisation=organisation,
        today=today,
        strategy=_strategy(sources, today, problems),
        pages=pages,
        groups=tuple(groups),
        passages={
            passage.id: passage for path, page in pages.items() for passage in _passages(page, sources[path])
        },
        guidelines=tuple(guidelines),
        chooser=chooser,
        quotes=_quotes(pages, sources, groups),
    )
    problems += redirect_problems(content, {path: source.front.lines.get("redirects", 1) for path, source in sources.items()})
    return Reading(content, sources, problems, files, recorded)


def _read_record(root: Path, problems: list[Problem]) -> dict[str, int] | None:
    """The addresses that have been published. Who just begins has no record of them."""
    if not (root / RECORD).is_file():
        return None
    recorded, faults = parse((root / RECORD).read_text(encoding="utf-8", errors="replace"))
    problems += [Problem(RECORD, fault.line, fault.what, fault.remedy) for fault in faults]
    return recorded


def _read_sources(docs: Path, files: list[str], problems: list[Problem], reader: Reader) -> dict[str, Source]:
    texts = {}
    for path in files:
        name = path.rpartition("/")[2]
        if not name.endswith(PAGE_ENDINGS) or path.startswith(f"{TEMPLATES}/"):
            continue
        if not name.endswith(".md") or name == "README.md":
            remedy = "omdøb filen, så den ender på .md (en mappes forside hedder index.md)"
            problems.append(Problem(f"docs/{path}", 1, "filens navn kan ikke bruges til en side", remedy))
            continue
        texts[path] = _text_of(docs, path, problems)
    read_text = reader(texts.values())
    return {path: _source(path, text, problems, read_text) for path, text in texts.items()}


def read_source(docs: Path, path: str, problems: list[Problem], filled_in: Callable[[str], str] = str) -> Source:
    """Read the file of a template; `filled_in` makes a page of its text."""
    return _source(path, filled_in(_text_of(docs, path, problems)), problems, read)


def _text_of(docs: Path, path: str, problems: list[Problem]) -> str:
    with (docs / path).open("rb") as opened:
        data = opened.read(LARGEST[".md"] + 1)  # of one that is too large, the beginning
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        if len(data) <= LARGEST[".md"]:
            what = "teksten er ikke gemt som UTF-8"
            problems.append(Problem(f"docs/{path}", line, what, "gem filen igen med tegnsættet UTF-8"))
        text = data.decode("utf-8-sig", errors="ignore")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _source(path: str, text: str, problems: list[Problem], read_text: Callable[[str], Source]) -> Source:
    source = _in_time(text, read_text)
    if source is None:
        body = body_of(text)
        problems.append(too_slow(path, body))
        facts = text[: len(text) - len(body.lstrip("\n"))]  # which the pages that name it need
        source = _in_time(f"{facts}# …\n", read) or read("# …\n")
    for line, what in source.front.faults:
        remedy = "skriv hvert felt én gang som `navn: værdi` på sin egen linje, og sæt tekst med kolon i anførselstegn"
        problems.append(Problem(f"docs/{path}", line, what, remedy))
    problems += _sign_problems(path, text, source.front)
    return source


def _in_time(text: str, read_text: Callable[[str], Source]) -> Source | None:
    try:
        with time_limit():
            return read_text(text)
    except TooSlowError:
        return None


_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd\ud800-\udfff]")
_GARBLED = re.compile("Ã[¦¸¥†˜…]|Ã\x86|Ã\x98|Ã\x85")
"""æ, ø and å that were saved as UTF-8 and read as something else."""


def _sign_problems(path: str, text: str, front: FrontMatter) -> Iterator[Problem]:
    told = {line for line, _ in front.faults}
    for key, value in front.values.items():
        if _UNSEEN.search(str(value)):  # written as `\\0`, say
            told.add(front.lines[key])
            yield Problem(f"docs/{path}", front.lines[key], "linjen indeholder et usynligt tegn", "slet linjen, og skriv den igen")
    for pattern, what, remedy in (
        (_UNSEEN, "linjen indeholder et usynligt tegn", "slet linjen, og skriv den igen"),
        (_GARBLED, "æ, ø eller å er blevet ødelagt", "skriv bogstaverne igen, og gem filen med tegnsættet UTF-8"),
    ):
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            if line not in told:
                told.add(line)
                yield Problem(f"docs/{path}", line, what, remedy)


def read_page(path: str, source: Source, organisation: Organisation, today: date, problems: list[Problem]) -> Page:
    """The page's record. Facts that are missing or wrong are complained of and stood in for,
    so that one fault does not bring others about where the page is mentioned."""
    if not source.front.is_there:
        remedy = f"begynd siden med --- på en linje, felterne {', '.join(REQUIRED_KEYS)} på hver sin, og --- igen"
        problems.append(Problem(f"docs/{path}", 1, "siden mangler sine felter øverst", remedy))
    front = FrontMatterReader(path, source, problems)
    known = [*REQUIRED_KEYS, *STRATEGY_KEYS, *OTHER_KEYS]
    for key in source.front.values:
        if key not in known:
            front.complain(key, f"feltet {key} kendes ikke", f"ret navnet, eller slet linjen; {suggestion(str(key), known)}")
    titles = [block for block in source.blocks if block.kind == "heading" and block.level == 1]
    if len(titles) != 1:
        line = titles[1].line if titles else _first_line(source)
        what = "siden har mere end én titel" if titles else "siden mangler en titel"
        problems.append(Problem(f"docs/{path}", line, what, "skriv netop én overskrift med `# ` øverst"))
    owner_id = front.text("owner")
    owner = organisation.owners.get(owner_id or "")
    if owner_id and not owner:
        remedy = suggestion(owner_id, organisation.owners)
        front.complain("owner", f"den ansvarlige {owner_id} findes ikke", remedy)
    status = front.choice("status", [status.value for status in Status])
    reviewed, review_by = front.date("reviewed"), front.date("review_by")
    description = front.text("description")
    page_icon = front.text("icon", required=False) or ""
    if page_icon and icon(page_icon) is None:
        front.complain("icon", f"ikonet {page_icon} findes ikke", "brug et navn som `material/phone-outline`")
        page_icon = ""
    if front.text("template", required=False) not in (None, HOME_TEMPLATE):
        front.complain("template", "skabelonen findes ikke", f"slet linjen; kun forsiden har en: {HOME_TEMPLATE}")
    if "department" in source.front.values and path.rpartition("/")[0] != GUIDELINES:
        remedy = f"slet linjen, eller flyt siden til docs/{GUIDELINES}, uden undermapper"
        front.complain("department", f"feltet department hører til i docs/{GUIDELINES}", remedy)
    front.texts("subchannels")
    keywords = front.texts("keywords")
    for keyword in keywords:
        if not any(sign.isalnum() for sign in keyword):
            front.complain("keywords", f"søgeordet »{keyword}« har ingen bogstaver", "skriv et ord, eller slet det")
        elif len(keyword) > LONGEST_KEYWORD:
            front.complain("keywords", "et søgeord er for langt", f"skriv højst {LONGEST_KEYWORD} tegn, et søgeord for hvert ord eller udtryk")
    redirects = front.texts("redirects")
    unusable = set()
    for old, what, remedy in address_faults(redirects):
        front.complain("redirects", what, remedy)
        unusable.add(old)
    for hidden in front.texts("hide"):
        if hidden not in HIDDEN:
            front.complain("hide", f"hide kan ikke være {hidden}", suggestion(hidden, HIDDEN))
    if reviewed and review_by and review_by < reviewed:
        front.complain("review_by", "datoen i review_by ligger før datoen i reviewed", "ret en af de to")
    if reviewed and reviewed > max(today, date.today()):  # an old SOURCE_DATE_EPOCH is no fault of the page
        front.complain("reviewed", "siden er gennemgået på en dato, der ikke er kommet", "ret datoen i reviewed")
    return Page(
        path=path,
        url=url_of(path),
        title=titles[0].text if titles else path,
        description=description or "",
        owner=owner or Owner(owner_id or "", owner_id or ""),
        status=Status(status) if status else Status.DRAFT,
        reviewed=reviewed or today,
        review_by=review_by or today,
        icon=page_icon,
        keywords=tuple(keywords),
        redirects=tuple(old for old in redirects if old not in unusable),
        line=titles[0].line if titles else 1,
    )


def _first_line(source: Source) -> int:
    return len(source.body) - len(source.body.lstrip("\n")) + 1


def _strategy(sources: dict[str, Source], today: date, problems: list[Problem]) -> Strategy | None:
    """The strategy's own facts, which stand on the front page."""
    source = sources.get("index.md")
    if source is None:
        problems.append(Problem("docs/index.md", 1, "forsiden mangler", "opret filen docs/index.md"))
        return None
    front = FrontMatterReader("index.md", source, problems)
    adopted, adopted_by = front.date("adopted"), front.text("adopted_by")
    evaluate_by, evaluated = front.date("evaluate_by"), front.date("evaluated", required=False)
    return Strategy(adopted or today, adopted_by or "", evaluate_by or today, evaluated)


def _passages(page: Page, source: Source) -> Iterator[Passage]:
    section = page.title
    for block in source.blocks:
        if block.kind == "heading" and block.level <= 2:
            section = block.text
        elif block.kind == "paragraph" and block.id:
            yield Passage(block.id, block.text, page, section)


def _quotes(
    pages: dict[str, Page], sources: dict[str, Source], groups: list[Channel]
) -> dict[str, tuple[Page, ...]]:
    channels = {channel.id: channel for group in groups for channel in (group, *group.subchannels)}
    found: dict[str, list[Page]] = {}
    for path, page in pages.items():
        for id in quoted_rules(sources[path].parsed.calls, channels):
            found.setdefault(id, []).append(page)
    return {id: tuple(where) for id, where in found.items()}


def _group(page: Page, source: Source, problems: list[Problem]) -> Channel:
    """The channel group that a page describes, with its sub-channels and rules."""
    group_id = page.path.rpartition("/")[2].removesuffix(".md")
    headings = {block.id: block for block in source.blocks if block.kind == "heading"}
    wanted = FrontMatterReader(page.path, source, []).texts("subchannels")
    if source.front.faults or not source.front.is_there:
        # Unreadable, and complained of; so that nothing that names a sub-channel fails as well:
        wanted = [id for id, block in headings.items() if block.level == 2]
    for id in wanted:
        if id not in headings:
            remedy = f"skriv `{{: #{id} }}` efter afsnittets overskrift, eller slet {id} fra subchannels"
            line = source.front.lines["subchannels"]
            problems.append(Problem(f"docs/{page.path}", line, f"siden har intet afsnit {id}", remedy))
    rules: list[Rule] = []
    # One item with an id makes a list one of rules, whatever its heading is.
    rule_lists = {block.list for block in source.blocks if block.kind == "item" and block.id}
    current, rank, heading, is_announced = group_id, 0, "", False
    for block in source.blocks:
        if block.kind == "heading":
            heading = block.text
            is_announced = _letters(heading) == _letters(RULES_HEADING)
            if block.id in wanted:
                current, rank = block.id, block.level
            elif block.level <= rank:
                current = group_id  # the sub-channel's section has ended
        elif block.kind == "item" and (is_announced or block.list in rule_lists):
            rules += _rule(block, heading, current, group_id, page, problems)
    subchannels = tuple(
        Channel(
            id=id,
            title=headings[id].text if id in headings else id,
            url=f"{page.url}#{id}",
            page=page,
            rules=tuple(rule for rule in rules if rule.channel == id),
        )
        for id in wanted
    )
    return Channel(group_id, page.title, page.url, page, tuple(rules), subchannels)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalpha())


def _rule(
    block: Block, heading: str, channel: str, group: str, page: Page, problems: list[Problem]
) -> list[Rule]:
    def complain(what: str, remedy: str) -> None:
        problems.append(Problem(f"docs/{page.path}", block.line, what, remedy))

    if not block.id:
        remedy = f"skriv en linje under punktet, rykket fire mellemrum ind: `    {{: #{channel}-et-kort-navn }}`"
        complain("reglen har intet id", remedy)
        return []
    if block.is_loose:
        # Python-Markdown then gives the id to a paragraph inside the item.
        complain("der er tomme linjer mellem reglerne", "fjern dem, så punkterne står lige under hinanden")
    return [Rule(block.id, block.text, heading, block.line, channel, group, page)]


def _complain_of_one_address(pages: dict[str, Page], problems: list[Problem]) -> None:
    """`a.md` and `a/index.md`, of which only one would be published."""
    first: dict[str, str] = {}
    for path, page in sorted(pages.items()):
        if page.url in first:
            what = f"siden får samme adresse som docs/{first[page.url]}"
            problems.append(Problem(f"docs/{path}", 1, what, "slet den ene, eller giv den et andet navn"))
        first.setdefault(page.url, path)


def _complain_of_duplicates(
    pages: dict[str, Page], sources: dict[str, Source], problems: list[Problem]
) -> None:
    """An id may stand only once on a page, and that of a rule or passage only once in all:
    those are found by id from any page."""
    anywhere: dict[str, str] = {}
    for path in pages:
        here: dict[str, str] = {}
        for block in sources[path].blocks:
            if not block.id:
                continue
            place = f"docs/{path}:{block.line}"
            first = here.get(block.id) or (anywhere.get(block.id) if block.kind != "heading" else None)
            if first:
                what = f"id’et {block.id} bruges allerede i {first}"
                problems.append(Problem(f"docs/{path}", block.line, what, "giv det ene af de to et andet id"))
                continue
            here[block.id] = place
            if block.kind != "heading":
                anywhere[block.id] = place


def _complain_of_duplicate_channels(
    groups: list[Channel], sources: dict[str, Source], problems: list[Problem]
) -> None:
    first: dict[str, str] = {}
    for group in groups:
        for channel in (group, *group.subchannels):
            path = channel.page.path
            line = sources[path].front.lines.get("subchannels", 1)
            if channel.id in first:
                what = f"kanalen {channel.id} står allerede i {first[channel.id]}"
                problems.append(Problem(f"docs/{path}", line, what, "giv den ene af de to et andet navn"))
            first.setdefault(channel.id, f"docs/{path}:{line}")


def _complain_of_the_menu(
    organisation: Organisation, sources: dict[str, Source], root: Path, config: str, problems: list[Problem]
) -> None:
    lines = (root / config).read_text(encoding="utf-8").split("\n")
    menu = next((number for number, text in enumerate(lines, 1) if text.startswith("nav:")), 0)
    if not organisation.order:
        return  # without `nav`, MkDocs makes a menu of all pages
    for path in sources:
        if path not in organisation.order:
            problems.append(Problem(f"docs/{path}", 1, "siden står ikke i menuen", f"skriv `- {path}` under nav i {config}"))
    for path in organisation.order:
        if path not in sources:
            line = next((number for number, text in enumerate(lines, 1) if number > menu and path in text), 1)
            what = f"menuen nævner {path}, som ikke findes"
            problems.append(Problem(config, line, what, "ret stien, eller slet linjen under nav"))
