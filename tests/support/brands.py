"""Two made-up municipalities with looks of their own: Fjordby, in purple and yellow with a wide logo, and Skovlund, in green with a serif."""

from __future__ import annotations

from importlib.resources import files

from tests.support.project import Project

WIDE_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100"><rect width="90" height="90" fill="#6B1F7B"/>'
    '<path fill="#6B1F7B" d="M110 20h280v60H110z"/></svg>'
)
DRAWN_LOGO = """<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 27.0.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.1" id="Lag_1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" x="0px" y="0px" viewBox="0 0 200 100"
  style="enable-background:new 0 0 200 100;" xml:space="preserve">
<style type="text/css">.st0{fill:#FFFFFF;}</style>
<defs><symbol id="blad" viewBox="0 0 10 10"><path class="st0" d="M0,0h10v10z"/></symbol></defs>
<use xlink:href="#blad" width="100" height="100"/>
<rect class="st0" x="110" width="90" height="90"/>
</svg>
"""
"""A logo as a drawing program saves it, white, for the dark color of a header."""
FJORDBY = 'colors:\n  primary: "#6B1F7B"\n  accent: "#F2C500"\nlogo: billeder/fjordby.svg\n'
SKOVLUND = """colors:
  primary: hsl(144 61% 20%)
  accent: oklch(77% 0.14 72)
logo: billeder/skovlund.svg
fonts:
  text: [regular.ttf, bold.ttf, italic.ttf]
  headings: bold.ttf
"""
SERIFS = {"regular.ttf": "PT_Serif-Web-Regular.ttf", "bold.ttf": "PT_Serif-Web-Bold.ttf", "italic.ttf": "PT_Serif-Web-Italic.ttf"}


def serif(name: str) -> bytes:
    """Return a file of the serif."""
    return files("fontpkg_pt_serif").joinpath("files", SERIFS[name]).read_bytes()


def put_on(project: Project, brand: str) -> None:
    """Give a project one of the two looks."""
    project.own_program()
    project.write("overrides/brand.yml", brand)
    project.write("docs/billeder/fjordby.svg", WIDE_LOGO)
    project.write("docs/billeder/skovlund.svg", DRAWN_LOGO)
    folder = project.root / "overrides/fonts"
    folder.mkdir(exist_ok=True)
    for name in SERIFS if brand == SKOVLUND else ():
        (folder / name).write_bytes(serif(name))
    config = project.root / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("  logo: billeder/logo.svg\n", ""), encoding="utf-8")
