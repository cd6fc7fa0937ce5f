"""A browser that notices what a page must not do: run a script of an editor's, ask another host, leave, cover itself, or change what scripts use."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

_LISTEN = """
  window.__seen = [];
  window.__canary = () => { window.__seen.push("a script ran"); return 0; };
  document.addEventListener("securitypolicyviolation", event => window.__seen.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
_LOOK = """() => {
  const covers = [...document.querySelectorAll("article *, .md-content *")].filter(element => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    return ["fixed", "sticky"].includes(style.position) || (style.position === "absolute" && box.width * box.height > innerWidth * innerHeight / 4);
  });
  const properties = [Document.prototype, Node.prototype, EventTarget.prototype].flatMap(Object.getOwnPropertyNames);
  const clobbered = properties.filter(name => Object.hasOwn(document, name) && name !== "location");
  const answered = properties.filter(name => {
    try { return document[name] instanceof Element && !["HTML", "HEAD", "BODY", "svg"].includes(document[name].tagName); } catch { return false; }
  }).filter(name => name !== "activeElement");
  return [
    ...window.__seen,
    ...covers.map(element => `covers: ${element.outerHTML.slice(0, 80)}`),
    ...[...clobbered, ...answered].map(name => `clobbered: document.${name}`),
    ...Object.keys(Object.prototype).concat("x" in {} ? "x" : []).map(name => `all objects have ${name}`),
    ...(document.cookie ? [`cookie: ${document.cookie}`] : []),
  ];
}"""


@dataclass
class Watch:
    """A page of a browser, and what has been noticed on it."""

    page: Page
    origin: str
    noticed: list[str] = field(default_factory=list)

    def visit(self, path: str, url: str | None = None) -> list[str]:
        """Open a path of the site, and return what was noticed until it had loaded. It may end at `url`, relative to the site, too."""
        self.noticed.clear()
        self.page.goto(self.origin + path, wait_until="load")
        return self.look()

    def look(self) -> list[str]:
        """Return what has been noticed since the page was opened."""
        found = list(self.page.evaluate(_LOOK))
        if len(self.page.frames) > 1:
            found.append(f"frames: {[frame.url for frame in self.page.frames[1:]]}")
        return [*self.noticed, *found]


@contextlib.contextmanager
def watching(browser: Browser, origin: str, *, policy: bool = True) -> Iterator[Watch]:
    """Yield a watched page. Without `policy`, what the Content-Security-Policy would have stopped runs and is noticed."""
    context = browser.new_context(bypass_csp=not policy, service_workers="block")
    context.add_init_script(_LISTEN)
    watch = Watch(context.new_page(), origin)
    _listen(context, watch)
    yield watch
    context.close()


def _listen(context: BrowserContext, watch: Watch) -> None:
    def ask(route: Route, request: Request) -> None:
        watch.noticed.append(f"asks {request.url}")
        route.abort()

    context.route(lambda url: not url.startswith((watch.origin, "data:")), ask)
    watch.page.on("dialog", lambda dialog: (watch.noticed.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    watch.page.on("popup", lambda popup: watch.noticed.append(f"opens {popup.url}"))
    watch.page.on("download", lambda download: watch.noticed.append(f"downloads {download.url}"))
    watch.page.on("pageerror", lambda error: watch.noticed.append(f"error: {error}"))
    watch.page.on("console", lambda message: watch.noticed.append(message.text) if re.search("Content.Security.Policy", message.text) else None)
