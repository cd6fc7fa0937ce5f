"""MkDocs' events: check before building, make the PDFs and open data after, and only then
change over to the new site. The work itself is done by the modules that are called here."""

from __future__ import annotations

import atexit
import functools
import gc
import json
import logging
import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.utils import CountHandler

# MkDocs loads hooks by path; `macros`, `overrides` and `scripts` are found from the project's root.
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from babel.numbers import format_decimal  # noqa: E402
from lxml.html import fragment_fromstring  # noqa: E402
from markupsafe import Markup  # noqa: E402

from macros import Current, checks, limits  # noqa: E402
from macros.change_link import change_link  # noqa: E402
from macros.dates import danish  # noqa: E402
from macros.library import SCRIPTS, SEARCH, SEARCH_PLACE, download, pdf_facts, status  # noqa: E402
from macros.markup import Call, reach  # noqa: E402
from macros.opendata import open_data  # noqa: E402
from macros.moved import redirects  # noqa: E402
from macros.organisation import expanded_menu  # noqa: E402
from macros.records import Content, Document, Editing, Problem, Status  # noqa: E402
from macros.records import Page as ContentPage  # noqa: E402
from macros.source import slug  # noqa: E402
from macros.suggestions import suggestion  # noqa: E402
from overrides import staging  # noqa: E402
from overrides.assets import Assets, read_assets, site_style  # noqa: E402
from overrides.decisions import Decisions  # noqa: E402
from overrides.editing import EditorIsMissing, editor_policy, write_editor  # noqa: E402
from overrides.kept import FOLDER as kept_in  # noqa: E402
from overrides.kept import Kept, program  # noqa: E402
from overrides.lost import lost, lost_answers, published, with_status  # noqa: E402
from overrides.menus import Menus  # noqa: E402
from overrides.pdf.assemble import Facts, PrintPage, assemble  # noqa: E402
from overrides.permalinks import ItemPermalinks  # noqa: E402
from overrides.pictures import Size, size_of_file, with_sizes  # noqa: E402
from overrides.redirect_pages import write_redirects  # noqa: E402
from overrides.rendered import render_kept, surroundings  # noqa: E402
from overrides.search.danish import dictionary  # noqa: E402
from overrides.search.index import ENTRY as INDEX  # noqa: E402
from overrides.search.index import build_index  # noqa: E402
from overrides.search.keyword_index import Entry, entries_of  # noqa: E402
from overrides.search.opensearch import FILE as OPENSEARCH  # noqa: E402
from overrides.search.opensearch import opensearch  # noqa: E402
from overrides.search.page import paper_index, search_page  # noqa: E402
from overrides.search.pages import searched_pages  # noqa: E402
from overrides.search.sections import SearchedPage  # noqa: E402
from overrides.serving.compress import Packing  # noqa: E402
from overrides.serving.files import MADE_BY, UnusableAddressError, host_and_base, write_server_files  # noqa: E402
from overrides.serving.headers import rules as header_rules  # noqa: E402
from overrides.serving.policy import aligned_by_class, page_policy, script_hashes, with_policy  # noqa: E402
from overrides.sharing.metadata import About, card, head  # noqa: E402
from overrides.sharing.picture import Card, Picture, picture, write_pictures  # noqa: E402
from overrides.steps import with_steps  # noqa: E402
from scripts import pdf_engine  # noqa: E402

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

log = logging.getLogger("mkdocs.hooks.kanalstrategi")  # below `mkdocs`, whose handler prints it

LAST = -100
"""Priority of what must run after every plugin."""


@dataclass
class Build:
    """What is known of the build that is going on."""

    started: float
    site: Path
    """Where the site shall be in the end."""
    warnings: CountHandler
    assets: Assets
    kept: Kept
    packing: Packing
    around: bytes = b""
    """What every page depends on, for what is kept of them."""
    html: dict[str, str] = field(default_factory=dict)
    """The rendered Markdown of each page, by path."""
    with_pdf_facts: list[Path] = field(default_factory=list)
    """Files of the built site that name a PDF's size and length."""
    page_count: int = 0
    menu: dict[str, str] = field(default_factory=dict)
    """What the menu calls the part that a page lies in, by path."""
    searched: dict[str, SearchedPage] = field(default_factory=dict)
    """The pages as the search sees them, by path."""
    terms: dict[str, list[Entry]] = field(default_factory=dict)
    """The index of terms, by letter."""
    pictures: dict[str, Picture] = field(default_factory=dict)
    """Of the pages, for where they are shared, by path."""
    script_hashes: frozenset[str] = frozenset()
    """Of the inline scripts of all pages."""
    problems: list[Problem] = field(default_factory=list)
    """What shows only when a page has been rendered."""
    rendering: str = ""
    """Path of the page that is being rendered, if one is."""


class State:
    is_preview = False
    build: Build | None = None


def _build() -> Build:
    assert State.build is not None, "MkDocs calls on_config before every other event of a build"
    return State.build


def on_startup(command: str, dirty: bool) -> None:
    State.is_preview = command == "serve"
    gc.set_threshold(50_000)  # what a build makes it mostly keeps: to look for garbage after every 700 objects is a twentieth of it
    if not State.is_preview:
        # It names the folder of `staging`, which is gone at the end. What it warns of still shows.
        logging.getLogger("mkdocs.commands.build").setLevel(logging.WARNING)
    # mkdocs-macros lists its variables at every build.
    logging.getLogger("mkdocs.plugins.mkdocs_macros").setLevel(logging.WARNING)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    site = Path(config.site_dir).resolve()  # of a link, what it leads to is replaced
    kept = Kept(Path(config.config_file_path).parent / kept_in, program(ROOT))
    assets = read_assets(kept.once(site_style, "style"))
    build = State.build = Build(time.monotonic(), site, CountHandler(), assets, kept, Packing(kept))
    build.warnings.setLevel(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(build.warnings)
    if config.strict and logger.level > logging.WARNING:
        logger.setLevel(logging.WARNING)  # `--quiet` keeps warnings from being counted, too
    set_up_markdown(config)
    if not State.is_preview:
        config.site_dir = str(staging.begin(site))
        # mkdocs-macros ends the process on an error, without MkDocs' event for it.
        atexit.register(staging.abandon, site)
    return config


def set_up_markdown(config: MkDocsConfig) -> None:
    """The menu as it is meant, and what Markdown makes of the pages."""
    config.nav = expanded_menu(config.nav, Current.reading.sources)
    config.mdx_configs.setdefault("toc", {})["slugify"] = slug
    config.markdown_extensions += [ItemPermalinks(), Decisions()]  # MkDocs passes them on as they are


def on_pre_build(config: MkDocsConfig) -> None:
    problems = checks.check(Current.reading, Path(config.docs_dir))
    if problems:
        _stop([str(problem) for problem in problems])
    try:
        host_and_base(_public_address(config))
    except UnusableAddressError as error:
        remedy = "brug kun a–z, tal, bindestreg, punktum og / (et domæne med æ, ø eller å skrives som xn--…)"
        _stop([f"mkdocs.yml: adressen {error} i SITE_URL kan ikke stå i en webservers opsætning – {remedy}"])
    theirs = _build().site / ".htaccess"
    if not State.is_preview and theirs.is_file() and MADE_BY not in theirs.read_text(encoding="utf-8", errors="replace"):
        remedy = "flyt reglerne til webserverens opsætning eller mappen ovenover, og slet filen"
        _stop([f"{theirs} er ikke lavet her og ville blive erstattet – {remedy}"])


def on_files(files: Files, config: MkDocsConfig) -> None:
    for file in list(files):
        if file.src_dir in config.theme.dirs:  # what read_assets has read, or nobody uses
            files.remove(file)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    build = _build()
    build.page_count = len(files.documentation_pages())
    build.menu = {page.file.src_uri: page.parent.title for page in nav.pages if page.parent}


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    build = _build()
    build.around = build.around or surroundings(config, files)
    page.render = functools.partial(render_kept, page, kept=build.kept, around=build.around)
    return page


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    _build().rendering = page.file.src_uri
    limits.start()
    # Material marks every page that has a `status` in the menu; only a draft is worth it.
    if page.meta.get("status") == Status.ADOPTED.value:
        del page.meta["status"]
    # Its templates (9.8.1) put the description into an attribute as it stands.
    page.meta["description"] = escape(Current.reading.content.pages[page.file.src_uri].description)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    build, path, content = _build(), page.file.src_uri, Current.reading.content
    call = Call(content, content.pages[path])
    html, problems = _published(html, call.page, build.kept)
    tree = fragment_fromstring(html, create_parent="div")
    problems += lost(tree, call.page, content)
    limits.stop()
    build.rendering = ""
    if path == SEARCH:
        html += f"\n{status(call)}"  # what is read there is the results
    else:
        html = with_status(html, tree, status(call), call.page.status is Status.DRAFT)
    if content.chooser and content.chooser.page == call.page and not problems:
        html = with_steps(html, content.chooser, call.link(f"{build.assets.folder}/chooser.js"))
        problems += lost_answers(html, content.chooser)
    build.problems += problems
    for name in {made.name for made in Current.reading.sources[path].parsed.calls} & set(SCRIPTS):
        html += f'\n<script src="{call.link(f"{build.assets.folder}/{SCRIPTS[name]}")}"></script>'
    html = aligned_by_class(html)
    build.html[path] = html
    if not State.is_preview:
        log.info("Side %d af %d: %s", len(build.html), build.page_count, path)
    way_in = change_link(
        call, has_editor=_editing(content) is not None, edit_url=page.edit_url or "", site_url=_public_address(config)
    )
    docs = Path(config.docs_dir)

    def size_of(address: str) -> Size | None:
        file = docs / urlsplit(urljoin(f"/{call.page.url}", address)).path.lstrip("/")
        return size_of_file(file) if file.is_file() else None

    return with_sizes(html, size_of) + _offer(html, call) + _foot(call.page, way_in)


def _published(html: str, page: ContentPage, kept: Kept) -> tuple[str, list[Problem]]:
    """What may be published of a page; kept where that is all."""
    source = [text.encode(errors="surrogatepass") for text in (html, *Current.made)]
    if before := kept.get("published", *source):
        return before.decode(), []
    made, problems = published(html, page, Current.reading.sources[page.path], Current.made)
    if not problems:
        kept.put(made.encode(), "published", *source)
    return made, problems


def _editing(content: Content) -> Editing | None:
    """Where editors' changes go: `serve.py --admin` says the project's own folder."""
    proxy = os.environ.get("LOCAL_EDITING")
    return Editing("proxy", proxy=proxy) if proxy else content.organisation.editing


def _foot(page: ContentPage, way_in: str) -> str:
    """What stands below every page; `way_in` is how a change of it is suggested."""
    return (
        f'\n<div class="page-foot web-only" data-search-exclude><p>Sidst gennemgået {danish(page.reviewed)}</p>{way_in}'
        '<p><button class="print-page" type="button">Udskriv siden</button></p><p><a href="#__content">Til toppen</a></p></div>'
    )


def _offer(html: str, call: Call) -> str:
    """A link to the document that a page belongs to, if it offers none itself."""
    if '<span class="pdf-facts' in html:
        return ""
    documents = call.content.organisation.documents.values()
    found = next((document for document in documents if call.page.path in document.pages), None)
    return f'\n<div class="offer web-only">{download(call, found.id)}</div>' if found else ""


def on_env(env: Any, config: MkDocsConfig, files: Files) -> None:
    build, content = _build(), Current.reading.content
    if build.problems:
        _stop([str(problem) for problem in sorted(build.problems)])
    build.searched = searched_pages(content, build.html, build.menu)
    build.terms = entries_of(build.searched.values(), dictionary())
    page = files.get_file_from_path(SEARCH).page
    call = Call(content, content.pages[SEARCH])
    made = search_page(call.page.url, build.terms, call.link, f"{build.assets.folder}/search/page.js")
    page.content = page.content.replace(SEARCH_PLACE, made)
    # For all templates, that of the 404 page included.
    front = content.pages.get("index.md")
    contact = Markup(reach(front.owner)) if front else ""
    env.globals.update(menus=Menus(), assets=build.assets.folder, organisation=content.organisation, contact=contact)


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    if not _public_address(config):
        page.canonical_url = None  # the theme would name a page on the reader's own machine
    build, path, content = _build(), page.file.src_uri, Current.reading.content
    about = About(config.site_name, _public_address(config), config.theme["language"], SEARCH, build.menu)
    if about.address and not State.is_preview:  # a picture has to have a whole address
        build.pictures[path] = _picture(card(content, content.pages[path], about), build.kept)
    context["sharing"] = head(content, content.pages[path], about, build.pictures.get(path))


def _picture(of: Card, kept: Kept) -> Picture:
    def make() -> bytes:
        made = picture(of)
        return made.url.encode() + b"\n" + made.png

    url, _, png = kept.once(make, "picture", repr(of).encode()).partition(b"\n")
    return Picture(url.decode(), png)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    if "data-pdf=" in output:
        _build().with_pdf_facts.append(Path(page.file.abs_dest_path))
    output = _with_policy(output)
    if not State.is_preview:
        _build().packing.begin(Path(page.file.abs_dest_path), output.encode(errors="xmlcharrefreplace"))  # as MkDocs writes it
    return output


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    return _with_policy(output_content) if template_name.endswith(".html") else output_content


def _with_policy(page: str) -> str:
    if State.is_preview:
        return page  # MkDocs puts a script of its own into it, which loads the page again when it has changed
    hashes = script_hashes(page)
    _build().script_hashes |= hashes
    return with_policy(page, page_policy(hashes))


@event_priority(LAST)
def on_post_build(config: MkDocsConfig) -> None:
    build, content = _build(), Current.reading.content
    site = Path(config.site_dir)
    build.assets.write(site)
    _write_open_data(content, site)
    write_redirects(site, content, _public_address(config))
    if not State.is_preview:
        _write_search(build, site)
    write_pictures(build.pictures.values(), site)
    if address := _public_address(config):
        search_url = content.pages[SEARCH].url
        description = opensearch(address, search_url, config.site_name, config.site_description or config.site_name)
        (site / OPENSEARCH).write_text(description, encoding="utf-8")
    _write_editor(content, config, site)
    if State.is_preview:
        _say_that_pdfs_are_missing(content, build.with_pdf_facts)
        build.kept.close()
        _forget(build)
        return
    made = _make_pdfs(content, config, site)
    _fill_in_pdf_facts(made, build.with_pdf_facts, _engine(config))
    editing = _editing(content)
    served = header_rules(build.script_hashes, editor_policy(editing) if editing else "")
    write_server_files(site, served, redirects(content), _public_address(config))
    build.packing.finish(site)
    if config.strict and (counts := build.warnings.get_counts()):
        # MkDocs looks at this too, but only after this event, when the old site would be gone.
        _stop([f"Der er advarsler ovenfor ({sum(n for _, n in counts)}) – ret dem, og byg igen"])
    try:
        staging.finish(site, build.site)
    except OSError as error:  # such as a mount, which cannot be renamed
        remedy = "byg til en anden mappe med `--site-dir`, og kopiér den på plads"
        _stop([f"{build.site} kan ikke skiftes ud ({error.strerror}) – {remedy}"])
    config.site_dir = str(build.site)
    build.kept.close()
    _forget(build)
    pdfs = f"{len(made)} PDF" + ("" if len(made) == 1 else "’er")
    seconds = format_decimal(round(time.monotonic() - build.started, 1), locale="da")
    if not _public_address(config):
        log.info("SITE_URL er ikke sat: hjemmesiden er bygget til at blive læst på denne maskine")
    log.info("Færdig: %d sider og %s på %s s. Se dem med: python3 -m http.server -d %s", len(build.html), pdfs, seconds, build.site)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> None:
    """Make the search's index when somebody searches in the preview, not at every save."""
    pages = server.get_app()

    def app(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"].endswith(f"/{INDEX}"):
            with server._epoch_cond:  # as MkDocs (1.6.1) waits for a build that goes on
                server._epoch_cond.wait_for(lambda: server._visible_epoch == server._wanted_epoch)
                if not (Path(config.site_dir) / INDEX).exists():
                    _write_search(_build(), Path(config.site_dir))
        return pages(environ, start_response)

    server.set_app(app)


def on_build_error(error: Exception) -> None:
    limits.stop()
    build = State.build
    if build is None:
        return  # nothing had been begun
    if not State.is_preview:
        staging.abandon(build.site)
    _forget(build)
    if build.rendering and isinstance(error, (limits.TooSlowError, RecursionError)):
        _stop([str(limits.too_slow(build.rendering, Current.reading.sources[build.rendering].body))])


def _forget(build: Build) -> None:
    build.packing.abandon()
    build.kept.abandon()
    logging.getLogger("mkdocs").removeHandler(build.warnings)
    if not State.is_preview:  # where the search is made later
        State.build = None


def _stop(lines: list[str]) -> None:
    raise Abort("\n".join([*lines, "", "Hjemmesiden er ikke bygget. En tidligere udgave er uændret."]))


def _write_open_data(content: Content, site: Path) -> None:
    folder = site / "data"
    folder.mkdir(exist_ok=True)
    for name, records in open_data(content).items():
        text = json.dumps(records, ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def _write_search(build: Build, site: Path) -> None:
    for name, text in build_index([*build.searched.values()], dictionary()).items():
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _write_editor(content: Content, config: MkDocsConfig, site: Path) -> None:
    if editing := _editing(content):
        logo = str(config.theme.get("logo") or "")
        try:
            write_editor(site, content, editing, docs=Path(config.docs_dir), site_name=config.site_name, logo=logo)
        except EditorIsMissing as error:
            _stop([str(error)])


def _make_pdfs(content: Content, config: MkDocsConfig, site: Path) -> dict[str, pdf_engine.PdfFile]:
    """Make the documents that have changed side by side, the longest first; an earlier build has made the others."""
    engine = _engine(config)
    if engine not in pdf_engine.ENGINES:
        _stop([f"mkdocs.yml: PDF-motoren {engine} findes ikke – {suggestion(engine, pdf_engine.ENGINES)}"])
    if engine in pdf_engine.UNTAGGED:
        if os.environ.get("ALLOW_UNTAGGED") != "1":
            _stop([
                f"{engine} laver PDF’er, som skærmlæsere ikke kan bruge, og loven kræver tilgængelige PDF’er – "
                "brug weasyprint, eller tilføj --allow-untagged, hvis filerne ikke skal offentliggøres"
            ])  # fmt: skip
        log.info("PDF’erne laves med %s: de er ikke tilgængelige for skærmlæsere og må ikke offentliggøres", engine)
    made: dict[str, pdf_engine.PdfFile] = {}
    (site / "pdf").mkdir(exist_ok=True)
    kept, number = _build().kept, 0
    to_make: list[tuple[Document, str, tuple[bytes, ...]]] = []
    count = len(content.organisation.documents)
    for document in sorted(content.organisation.documents.values(), key=lambda document: -_length(document)):
        html = _print_html(document, content, config)
        source = pdf_engine.source_of(html, site, engine)
        if before := kept.get("pdf", *source):
            made[document.id] = pdf_engine.write_kept(before, site / document.url)
            number += 1
            log.info("PDF %d af %d: %s, uændret", number, count, document.url)
        else:
            to_make.append((document, html, source))
    if not to_make:
        return made
    # Started afresh, not forked: MkDocs and its plugins have threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(to_make)), context, pdf_engine.end_with_build) as pool:
        waiting = {
            pool.submit(pdf_engine.make_pdf, html, site, site / document.url, engine): (document, source)
            for document, html, source in to_make
        }
        for number, done in enumerate(as_completed(waiting), number + 1):
            document, source = waiting[done]
            try:
                made[document.id] = done.result()
            except pdf_engine.PdfError as error:
                pool.shutdown(cancel_futures=True)
                _stop([f"{document.url} kunne ikke laves – {error}"])
            kept.put(pdf_engine.to_keep(made[document.id], site / document.url), "pdf", *source)
            log.info("PDF %d af %d: %s", number, count, document.url)
    return made


def _engine(config: MkDocsConfig) -> str:
    return str(config.extra.get("pdf_engine") or pdf_engine.DEFAULT)


def _length(document: Document) -> int:
    return sum(len(_build().html[path]) for path in document.pages)


def _print_html(document: Document, content: Content, config: MkDocsConfig) -> str:
    return assemble(
        _facts(document, content, config),
        _print_page(document.opening, document, content),
        [_print_page(path, document, content) for path in document.pages],
        introduced=not document.is_of_one_page,
    )


def _print_page(path: str, document: Document, content: Content) -> PrintPage:
    page = content.pages[path]
    if path == SEARCH:
        printed = [content.pages[other].url for other in document.pages]
        index = paper_index(_build().terms, printed, Call(content, page).link)
        return PrintPage(page.url, index, page.status is Status.DRAFT, f"docs/{path}")
    html = _build().searched[path].numbered if SEARCH in document.pages else _build().html[path]
    return PrintPage(page.url, html, page.status is Status.DRAFT, f"docs/{path}")


def _facts(document: Document, content: Content, config: MkDocsConfig) -> Facts:
    front = content.pages[document.pages[0] if document.is_of_one_page else document.opening]
    edition = danish(content.today)
    return Facts(
        title=document.title or front.title,
        organisation=content.organisation.name,
        description=front.description,
        language=config.theme["language"],
        today=content.today,
        edition=edition,
        cover_lines=tuple(filter(None, (*_standing(document, front, content), f"Udgave: {edition}"))),
        site_url=_public_address(config),
        url=document.url,
    )


def _standing(document: Document, front: ContentPage, content: Content) -> tuple[str, ...]:
    """What the cover says of who has adopted the document."""
    if front.status is Status.DRAFT:
        return ("Udkast. Ikke vedtaget",)
    if document.is_of_one_page:
        return ("Vedtaget",)
    strategy = content.strategy
    adopted = f"Vedtaget den {danish(strategy.adopted)} af {strategy.adopted_by}" if strategy else ""
    drafts = any(content.pages[path].status is Status.DRAFT for path in document.pages)
    return (adopted, "De kapitler, der er mærket »Udkast«, er ikke vedtaget" if drafts else "")


def _public_address(config: MkDocsConfig) -> str:
    """Where the site will be published, or an empty string when that has not been said."""
    host = urlsplit(config.site_url or "").hostname
    return "" if host in (None, "localhost", "127.0.0.1") else str(config.site_url)


def _fill_in_pdf_facts(made: dict[str, pdf_engine.PdfFile], files: list[Path], engine: str) -> None:
    reserve = ", kan ikke bruges med skærmlæser" if engine in pdf_engine.UNTAGGED else ""
    facts = {
        id: f", {pdf.pages} sider, {format_decimal(round(pdf.size / 1000), locale='da')} kB{reserve}"
        for id, pdf in made.items()
    }
    _replace_pdf_facts(facts, files)


def _say_that_pdfs_are_missing(content: Content, files: list[Path]) -> None:
    _replace_pdf_facts({id: " – laves ikke i forhåndsvisningen" for id in content.organisation.documents}, files)


def _replace_pdf_facts(facts: dict[str, str], files: list[Path]) -> None:
    for file in files:
        text = file.read_text(encoding="utf-8")
        for id, words in facts.items():
            text = text.replace(pdf_facts(id), pdf_facts(id, words))
        file.write_text(text, encoding="utf-8")
