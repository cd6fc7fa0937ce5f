"""One command takes ten screenshots of the site, and those that the guide for editors shows of an edition's life."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from bench.guide_images import GUIDE_IMAGES
from tests.support.project import ROOT

COMMAND = [sys.executable, str(ROOT / "scripts" / "screenshots.py")]


@pytest.mark.slow
def test_ten_screenshots_are_taken(site: Path, tmp_path: Path) -> None:
    subprocess.run([*COMMAND, "--site", str(site), "--to", str(tmp_path)], check=True)
    images = {file.stem: Image.open(file) for file in tmp_path.glob("*.png")}
    assert len(images) == 10
    for name, image in images.items():
        colors = image.convert("RGB").getcolors(1 << 24)
        assert colors and len(colors) > 50, f"{name} is blank"
        if name != "pdf":
            assert image.size == ((375, 812) if "phone" in name else (1280, 800)), name


def test_without_a_site_it_says_what_to_do(tmp_path: Path) -> None:
    process = subprocess.run([*COMMAND, "--site", str(tmp_path)], capture_output=True, text=True)
    assert process.returncode == 1 and "scripts/build.py" in process.stderr


def test_the_images_of_the_readme_are_light() -> None:
    assert all((ROOT / ".github" / name).stat().st_size < 150_000 for name in ("site.png", "pdf.png"))


@pytest.mark.slow
def test_the_images_of_the_guide_show_what_the_commands_do(tmp_path: Path) -> None:
    """A made-up strategy lives through hearing and adoption, and its pages still have what the guide's images show."""
    subprocess.run([*COMMAND, "--guide", "--to", str(tmp_path)], check=True)
    shown = re.findall(r"!\[(Eksempel: [^\]]+)\]\(\.\./billeder/([\w-]+\.png)\)", (ROOT / "pages/redaktoer/udgaver.md").read_text(encoding="utf-8"))
    taken = {file.name: Image.open(file) for file in tmp_path.iterdir()}
    assert sorted(name for _, name in shown) == sorted(taken)
    for name, image in taken.items():
        kept = ROOT / GUIDE_IMAGES / name
        colors = image.convert("RGB").getcolors(1 << 24)
        assert colors and len(colors) > 50, f"{name} is blank"
        assert image.size == Image.open(kept).size and kept.stat().st_size < 60_000, f"renew {name}: python3 scripts/screenshots.py --guide"
