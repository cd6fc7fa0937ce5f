"""Takes the images that the guide for editors shows of the life of an edition, on the site of a made-up strategy."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from bench.guide_example import DAY_AFTER, FORMER, HEARING_DAY, PROPOSED, adopt_example, begin_example, build_example
from bench.views import View, shrink, take_views

GUIDE_IMAGES = "pages/billeder"
"""The folder of the images that pages show, in the project."""
_LABEL = """() => {
  const label = document.createElement("div");
  label.textContent = "Eksempel";
  const look = { background: "#f4b860", color: "#1c2a30", font: "700 22px sans-serif", padding: "6px 18px" };
  Object.assign(label.style, { ...look, position: "fixed", right: "0", bottom: "0", zIndex: "99" });
  document.body.append(label);
}"""


def _mark(page: Page) -> None:
    """Write on the page that it is an example, so that nobody takes the image for the municipality's own strategy."""
    page.evaluate(_LABEL)


def _mark_changes(page: Page) -> None:
    """Scroll to the changes themselves first."""
    page.locator("h2", has_text="Regler").evaluate("heading => heading.scrollIntoView()")
    _mark(page)


def _view(name: str, url: str, height: int) -> View:
    return View(f"udgaver-{name}", url, ViewportSize(width=1000, height=height), prepare=_mark_changes if name == "aendringer" else _mark)


IN_HEARING = (_view("aendringer", f"udgaver/{PROPOSED}/aendringer/", 620), _view("hoering", f"udgaver/{PROPOSED}/kanaler/telefon/", 880))
ADOPTED = (
    _view("liste", "udgaver/", 560),
    _view("genbekraeft", "retningslinjer/skoler/", 730),
    _view("afloest", f"udgaver/{FORMER}/kanaler/telefon/", 480),
)
"""The images from before and after the adoption."""


def take_guide_images(program: Path, to: Path) -> None:
    """Write the images into a folder. `program` is the project whose program, theme and macros make them."""
    with tempfile.TemporaryDirectory() as folder:
        root, taken = Path(folder) / "project", Path(folder) / "images"
        root.mkdir()
        taken.mkdir()
        begin_example(root, program)
        take_views(build_example(root, program, HEARING_DAY), taken, IN_HEARING)
        adopt_example(root)
        take_views(build_example(root, program, DAY_AFTER), taken, ADOPTED)
        for image in taken.glob("*.png"):
            shrink(image, to / image.name)
