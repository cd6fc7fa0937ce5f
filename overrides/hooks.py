"""MkDocs' events: check before building, make the PDFs and open data after, and only then
change over to the new site. The work itself is done by the modules that are called here."""

from __future__ import annotations

import atexit
import gc
import json
import logging
import os
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

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
from macros.content import Reader, Reading  # noqa: E402
from macros.dates import danish  # noqa: E402
from macros.library import SCRIPTS, SEARCH, download, pdf_facts, status  # noqa: E402
from macros.markup import Call, reach  # noqa: E402
from macros.moved import redirects  # noqa: E402
from macros.opendata import OPEN_DATA  # noqa: E402
from macros.organisation import expanded_menu  # noqa: E402
from macros.records import Content, Editing, Status  # noqa: E402
from macros.records import Page as ContentPage  # noqa: E402
from macros.source import slug  # noqa: E402
from overrides import staging  # noqa: E402
from overrides.assets import read_assets, site_style  # noqa: E402
from overrides.build import Build, State, Told, log, public_address, stop, this_build  # noqa: E402
from overrides.decisions import Decisions  # noqa: E402
from overrides.editing import EditorIsMissing, editor_policy, write_editor  # noqa: E402
from overrides.kept import FOLDER as kept_in  # noqa: E402
from overrides.kept import Kept, program  # noqa: E402
from overrides.lost import lost, lost_answers, published, with_status  # noqa: E402
from overrides.made import checked_with, digest, keep, made_of, meta_of, tells_of_pdfs, told  # noqa: E402
from overrides.making import begin_search_index, choose, fill_in_search, finish_search_index, make_others, pass_over, tell_progress  # noqa: E402
from overrides.menus import Menus  # noqa: E402
from overrides.pdf.documents import Documents, engine_of, get_ready  # noqa: E402
from overrides.permalinks import ItemPermalinks  # noqa: E402
from overrides.pictures import Size, size_of_file, with_sizes  # noqa: E402
from overrides.preview import make_on_demand  # noqa: E402
from overrides.redirect_pages import write_redirects  # noqa: E402
from overrides.search.opensearch import FILE as OPENSEARCH  # noqa: E402
from overrides.search.opensearch import opensearch  # noqa: E402
from overrides.serving.compress import Packing  # noqa: E402
from overrides.serving.files import MADE_BY, UnusableAddressError, host_and_base, write_server_files  # noqa: E402
from overrides.serving.headers import rules as header_rules  # noqa: E402
from overrides.serving.policy import aligned_by_class, page_policy, script_hashes, with_policy  # noqa: E402
from overrides.sharing.metadata import About, card, head  # noqa: E402
from overrides.sharing.picture import Card, Picture, picture, write_pictures  # noqa: E402
from overrides.sources import reader  # noqa: E402
from overrides.steps import with_steps  # noqa: E402
from scripts import pdf_engine  # noqa: E402

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

LAST = -100
"""Priority of what must run after every plugin."""


def on_startup(command: str, dirty: bool) -> None:
    State.is_preview = command == "serve"
    gc.set_threshold(50_000)  # what a build makes it mostly keeps: to look for garbage after every 700 objects is a twentieth of it
    if not State.is_preview:
        # It names the folder of `staging`, which is gone at the end. What it warns of still shows.
        logging.getLogger("mkdocs.commands.build").setLevel(logging.WARNING)
    else:  # what is made on demand is no empty page
        logging.getLogger("mkdocs.commands.build").addFilter(lambda record: not str(record.msg).startswith("Page skipped"))
    # mkdocs-macros lists its variables at every build.
    logging.getLogger("mkdocs.plugins.mkdocs_macros").setLevel(logging.WARNING)


def _reader_in(root: Path) -> Reader:
    """What mkdocs-macros, which is configured before us, reads pages with."""
    State.kept = Kept(root / kept_in, program(ROOT))
    return partial(reader, State.kept)


Current.reader_in = staticmethod(_reader_in)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    site = Path(config.site_dir).resolve()  # of a link, what it leads to is replaced
    kept = State.kept
    assets = read_assets(kept.once(site_style, "style"))
    build = State.build = Build(time.monotonic(), site, CountHandler(), Told(config), assets, kept, Packing(kept), Documents())
    build.warnings.setLevel(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(build.warnings)
    logger.addHandler(build.told)
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
    _check(this_build(), Current.reading, Path(config.docs_dir))
    try:
        host_and_base(public_address(config))
    except UnusableAddressError as error:
        remedy = "brug kun a–z, tal, bindestreg, punktum og / (et domæne med æ, ø eller å skrives som xn--…)"
        stop([f"mkdocs.yml: adressen {error} i SITE_URL kan ikke stå i en webservers opsætning – {remedy}"])
    theirs = this_build().site / ".htaccess"
    if not State.is_preview and theirs.is_file() and MADE_BY not in theirs.read_text(encoding="utf-8", errors="replace"):
        remedy = "flyt reglerne til webserverens opsætning eller mappen ovenover, og slet filen"
        stop([f"{theirs} er ikke lavet her og ville blive erstattet – {remedy}"])


def _check(build: Build, reading: Reading, docs: Path) -> None:
    """Stop where anything is wrong; what was not, by all that a check asks, is not checked again."""
    build.content_digest = told(reading.content)
    build.checked_with = checked_with(build.content_digest, reading)
    build.sources = {path: digest(path, source) for path, source in reading.sources.items()}

    def is_known(path: str) -> bool:
        if State.shown and State.shown.checked_with == build.checked_with and State.shown.sources.get(path) == build.sources[path]:
            return True
        return build.kept.get("without fault", build.checked_with, build.sources[path]) is not None

    without_fault = {path for path in reading.sources if is_known(path)}
    if problems := checks.check(reading, docs, without_fault):
        stop([str(problem) for problem in problems])
    for path in reading.sources.keys() - without_fault:
        build.kept.put(b"", "without fault", build.checked_with, build.sources[path])


def on_files(files: Files, config: MkDocsConfig) -> None:
    for file in list(files):
        if file.src_dir in config.theme.dirs:  # what read_assets has read, or nobody uses
            files.remove(file)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    build = this_build()
    build.page_count = len(files.documentation_pages())
    build.menu = {page.file.src_uri: page.parent.title for page in nav.pages if page.parent}
    choose(config, files, nav)
    anything_is_new = build.made.keys() != build.keys.keys()
    if anything_is_new and Current.reading.content.organisation.documents and not State.is_preview:
        get_ready(config)


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    pass_over(page)
    return page


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    build, path = this_build(), page.file.src_uri
    if path in build.skipped:
        return
    build.rendering = path
    limits.start()
    page.meta = meta_of(page.meta, Current.reading.content.pages[path])


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str | None:
    build, path, content = this_build(), page.file.src_uri, Current.reading.content
    if path in build.skipped:
        return None
    call = Call(content, content.pages[path])
    html, problems = published(html, call.page, Current.reading.sources[path], Current.made)
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
    if problems:
        build.problems += problems
        build.told.pages.add(path)
    for name in {made.name for made in Current.reading.sources[path].parsed.calls} & set(SCRIPTS):
        html += f'\n<script src="{call.link(f"{build.assets.folder}/{SCRIPTS[name]}")}"></script>'
    html = aligned_by_class(html)
    build.html[path] = html
    tell_progress(path)
    way_in = change_link(
        call, has_editor=_editing(content) is not None, edit_url=page.edit_url or "", site_url=public_address(config)
    )
    docs = Path(config.docs_dir)

    def size_of(address: str) -> Size | None:
        file = docs / urlsplit(urljoin(f"/{call.page.url}", address)).path.lstrip("/")
        return size_of_file(file) if file.is_file() else None

    return with_sizes(html, size_of) + _offer(html, call) + _foot(call.page, way_in)


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
    build, content = this_build(), Current.reading.content
    # For all templates, that of the 404 page included.
    front = content.pages.get("index.md")
    contact = Markup(reach(front.owner)) if front else ""
    env.globals.update(menus=Menus(), assets=build.assets.folder, organisation=content.organisation, contact=contact)
    env.auto_reload = False  # no template changes during a build
    make_others(env)
    if build.problems:
        stop([str(problem) for problem in sorted(build.problems)])
    if SEARCH not in build.skipped:
        fill_in_search()
    if not State.is_preview:
        begin_search_index(Path(config.site_dir))


def on_pre_template(template: Any, template_name: str, config: MkDocsConfig) -> None:
    """MkDocs has copied the pictures, and begins to write."""
    if not State.is_preview:
        this_build().documents.begin(Current.reading.content, config, Path(config.site_dir))


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    if not public_address(config):
        page.canonical_url = None  # the theme would name a page on the reader's own machine
    build, path, content = this_build(), page.file.src_uri, Current.reading.content
    about = About(config.site_name, public_address(config), config.theme["language"], SEARCH, build.menu)
    if about.address and not State.is_preview:  # a picture has to have a whole address
        build.pictures[path] = _picture(card(content, content.pages[path], about), build.kept)
    if path not in build.skipped:
        context["sharing"] = head(content, content.pages[path], about, build.pictures.get(path))


def _picture(of: Card, kept: Kept) -> Picture:
    def make() -> bytes:
        made = picture(of)
        return made.url.encode() + b"\n" + made.png

    url, _, png = kept.once(make, "picture", repr(of).encode()).partition(b"\n")
    return Picture(url.decode(), png)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    build, path = this_build(), page.file.src_uri
    if tells_of_pdfs(output) and not State.is_preview:
        build.with_pdf_facts.append(Path(page.file.abs_dest_path))
    if path in build.skipped:
        build.script_hashes |= build.made[path].script_hashes if path in build.made else frozenset()
        return "" if path in build.written else output
    output, hashes = _with_policy(output)
    if State.is_preview:
        output = _with_pdf_facts(output, _no_pdfs())
    if path not in build.told.pages:
        build.made[path] = made_of(page, build.html[path], output, hashes)
        keep(build.kept, build.keys[path], build.made[path])
    return output


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    return _with_policy(output_content)[0] if template_name.endswith(".html") else output_content


def _with_policy(page: str) -> tuple[str, frozenset[str]]:
    """A page with its policy, and the hashes of its scripts."""
    if State.is_preview:
        return page, frozenset()  # MkDocs puts a script of its own into it, which loads the page again when it has changed
    hashes = script_hashes(page)
    this_build().script_hashes |= hashes
    return with_policy(page, page_policy(hashes)), hashes


@event_priority(LAST)
def on_post_build(config: MkDocsConfig) -> None:
    build, content = this_build(), Current.reading.content
    site = Path(config.site_dir)
    build.assets.write(site)
    _write_open_data(content, site)
    write_redirects(site, content, public_address(config))
    if not State.is_preview:
        finish_search_index(site)
    write_pictures(build.pictures.values(), site)
    if address := public_address(config):
        search_url = content.pages[SEARCH].url
        description = opensearch(address, search_url, config.site_name, config.site_description or config.site_name)
        (site / OPENSEARCH).write_text(description, encoding="utf-8")
    _write_editor(content, config, site)
    if State.is_preview:
        if not State.shown:  # what a save makes anew, the next will
            build.kept.close()
        _forget(build)
        State.shown = build
        return
    build.documents.begin(content, config, site)
    made = build.documents.finish(content, site)
    _fill_in_pdf_facts(made, build.with_pdf_facts, engine_of(config))
    editing = _editing(content)
    served = header_rules(build.script_hashes, editor_policy(editing) if editing else "")
    write_server_files(site, served, redirects(content), public_address(config))
    build.packing.finish(site)
    if config.strict and (counts := build.warnings.get_counts()):
        # MkDocs looks at this too, but only after this event, when the old site would be gone.
        stop([f"Der er advarsler ovenfor ({sum(n for _, n in counts)}) – ret dem, og byg igen"])
    try:
        staging.finish(site, build.site)
    except OSError as error:  # such as a mount, which cannot be renamed
        remedy = "byg til en anden mappe med `--site-dir`, og kopiér den på plads"
        stop([f"{build.site} kan ikke skiftes ud ({error.strerror}) – {remedy}"])
    config.site_dir = str(build.site)
    build.kept.close()
    _forget(build)
    pdfs = f"{len(made)} PDF" + ("" if len(made) == 1 else "’er")
    seconds = format_decimal(round(time.monotonic() - build.started, 1), locale="da")
    if not public_address(config):
        log.info("SITE_URL er ikke sat: hjemmesiden er bygget til at blive læst på denne maskine")
    log.info("Færdig: %d sider og %s på %s s. Se dem med: python3 -m http.server -d %s", len(build.html), pdfs, seconds, build.site)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> None:
    make_on_demand(server)


def on_build_error(error: Exception) -> None:
    limits.stop()
    build = State.build
    if build is None:
        return  # nothing had been begun
    build.documents.end()
    if build.search:
        build.search.is_made()  # it writes into what is to be removed
    if not State.is_preview:
        staging.abandon(build.site)
    _forget(build)
    if build.rendering and isinstance(error, (limits.TooSlowError, RecursionError)):
        stop([str(limits.too_slow(build.rendering, Current.reading.sources[build.rendering].body))])


def _forget(build: Build) -> None:
    build.kept.abandon()
    logging.getLogger("mkdocs").removeHandler(build.warnings)
    logging.getLogger("mkdocs").removeHandler(build.told)
    if not State.is_preview:  # where the search is made later
        State.build = None


def _write_open_data(content: Content, site: Path) -> None:
    folder = site / "data"
    folder.mkdir(exist_ok=True)
    for name, records in OPEN_DATA.items():
        text = json.dumps(records(content), ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def _write_editor(content: Content, config: MkDocsConfig, site: Path) -> None:
    if editing := _editing(content):
        logo = str(config.theme.get("logo") or "")
        try:
            write_editor(site, content, editing, docs=Path(config.docs_dir), site_name=config.site_name, logo=logo)
        except EditorIsMissing as error:
            stop([str(error)])


def _fill_in_pdf_facts(made: dict[str, pdf_engine.PdfFile], files: list[Path], engine: str) -> None:
    reserve = ", kan ikke bruges med skærmlæser" if engine in pdf_engine.UNTAGGED else ""
    facts = {
        id: f", {pdf.pages} sider, {format_decimal(round(pdf.size / 1000), locale='da')} kB{reserve}"
        for id, pdf in made.items()
    }
    _replace_pdf_facts(facts, files)


def _no_pdfs() -> dict[str, str]:
    return {id: " – laves ikke i forhåndsvisningen" for id in Current.reading.content.organisation.documents}


def _replace_pdf_facts(facts: dict[str, str], files: list[Path]) -> None:
    for file in files:
        file.write_text(_with_pdf_facts(file.read_text(encoding="utf-8"), facts), encoding="utf-8")


def _with_pdf_facts(text: str, facts: dict[str, str]) -> str:
    for id, words in facts.items():
        text = text.replace(pdf_facts(id), pdf_facts(id, words))
    return text
