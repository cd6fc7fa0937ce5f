"""Hostile images, file names and symbolic links are reported; none is published or followed."""

from __future__ import annotations

import os

import pytest
from PIL import Image

from kanalstrategi.sanitizing.svg import check_svg
from tests.support.attacks import CANARY, NAMES, SVG, SVG_ATTACKS, SVG_DRAWINGS
from tests.support.pages import FRONT, without_menu
from tests.support.project import Project


@pytest.mark.parametrize("drawing", SVG_ATTACKS)
def test_an_svg_file_with_active_content_is_refused(drawing: str) -> None:
    errors = list(check_svg(drawing.encode()))
    assert errors and all(error.line >= 1 and "SVG" in error.message + error.hint for error in errors)


@pytest.mark.parametrize("drawing", SVG_DRAWINGS)
def test_a_harmless_svg_file_is_accepted(drawing: str) -> None:
    assert list(check_svg(drawing.encode())) == []


def test_svg_files_are_checked_with_file_and_line(project: Project) -> None:
    project.write("docs/billeder/kort.svg", SVG.format("\n<g/>\n<script>alert(1)</script>"))
    assert [line.split(" – ")[0] for line in project.check()] == ["docs/billeder/kort.svg:3: <script> kan ikke bruges i et SVG-billede"]


def test_names_and_kinds_of_files(project: Project) -> None:
    without_menu(project)
    for name in NAMES:
        file = project.root / "docs/strategi" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(FRONT.format(description="x") if name.endswith(".md") else CANARY, encoding="utf-8")
    reported = "\n".join(project.check())
    assert all(line.startswith("docs/") for line in reported.split("\n")), reported
    for name in NAMES:
        if name == "admin.md" or name.startswith("admin/"):
            continue  # only at the root
        printable = "".join(character if character.isprintable() else "�" for character in name).removeprefix("../billeder/")
        assert f"{printable}:" in reported, name
    project.write("docs/search/search-index.csv", "a,b\n")
    assert "docs/search/search-index.csv:1: navnet search er taget af hjemmesiden selv – giv den et andet navn" in project.check()
    project.write("docs/admin.md", FRONT.format(description="x"))
    assert "docs/admin.md:1: navnet admin er taget af redigeringen i browseren – giv den et andet navn" in project.check()


def test_an_image_that_cannot_be_drawn_is_named(project: Project) -> None:
    project.write("docs/billeder/kort.svg", SVG.format("<path d='M 1 Q'/>"))
    page = "docs/strategi/formaal.md"
    project.write(page, (project.root / page).read_text(encoding="utf-8") + "\n![Et kort](../billeder/kort.svg)\n")
    process = project.build()
    assert "Traceback" not in process.stdout + process.stderr
    assert process.returncode == 0 or "docs/billeder/kort.svg:1: billedet kan ikke tegnes – gem det igen, eller brug PNG" in process.stdout


def test_two_files_with_one_url(project: Project) -> None:
    project.write("docs/kanaler.md", FRONT.format(description="x"))
    project.write("docs/templates/ny.md", FRONT.format(description="x"))
    reported = project.check()
    assert "docs/kanaler/index.md:1: siden får samme adresse som docs/kanaler.md – slet den ene, eller giv den et andet navn" in reported
    assert "docs/templates/ny.md:1: mappen templates kommer ikke med på hjemmesiden – giv den et andet navn" in reported


def test_symlinks_are_not_followed(project: Project) -> None:
    secret = project.root / "hemmeligt"
    secret.mkdir()
    (secret / "kodeord.md").write_text(FRONT.format(description=CANARY), encoding="utf-8")
    docs = project.root / "docs"
    (docs / "strategi/kodeord.md").symlink_to(secret / "kodeord.md")
    (docs / "billeder/kodeord.png").symlink_to("/etc/passwd")
    (docs / "hemmeligt").symlink_to(secret)
    (docs / "ring").symlink_to(docs)
    (docs / "tom.md").symlink_to("findes-ikke")
    (docs / ".a").symlink_to(docs)  # MkDocs does not publish these, but follows them
    (docs / ".b").mkdir()
    (docs / ".b/c").symlink_to(docs)
    os.mkfifo(docs / "billeder/roer.png")
    os.mkfifo(docs / "roer.md")
    links = ("strategi/kodeord.md", "billeder/kodeord.png", "hemmeligt", "ring", "tom.md", ".a", ".b/c")
    reported = project.check()
    assert sorted(reported) == sorted(
        [f"docs/{name}:1: filen er en genvej (symlink) – slet den, og læg selve filen i docs/" for name in links]
        + [f"docs/{name}:1: filen er ikke en almindelig fil – slet den, og læg selve filen i docs/" for name in ("billeder/roer.png", "roer.md")]
    )
    process = project.build()
    assert process.returncode == 1 and not project.site.exists()
    assert CANARY not in process.stdout + process.stderr


def test_images_that_would_fill_the_memory(project: Project) -> None:
    images = project.root / "docs/billeder"
    Image.new("1", (6000, 6000)).save(images / "stort.png")
    Image.new("1", (30000, 30000)).save(images / "bombe.png")
    Image.new("RGB", (9, 9)).save(images / "forkert.png", format="JPEG")
    (images / "tungt.jpg").write_bytes(bytes(3_000_000))
    (images / "tom.webp").write_bytes(b"")
    Image.new("RGB", (9, 9)).save(images / "godt.png")
    Image.effect_noise((200, 200), 50).save(images / "helt.jpg")
    (images / "afskaaret.jpg").write_bytes((images / "helt.jpg").read_bytes()[:5000])
    two = Image.new("RGB", (9, 9))
    two.save(images / "telefon.jpg", format="MPO", save_all=True, append_images=[two])
    reported = {line.split(":")[0].rpartition("/")[2]: line.split(": ", 1)[1].split(" – ")[0] for line in project.check()}
    assert reported == {
        "stort.png": "billedet er 6000 × 6000 punkter, og det må højst være 25 millioner i alt",
        "bombe.png": "billedet har for mange punkter",
        "forkert.png": "filen hedder .png, men er et billede af typen JPEG",
        "tungt.jpg": "filen fylder 3000 kB, og den må højst fylde 2000 kB",
        "tom.webp": "filen er ikke et billede, der kan vises",
        "afskaaret.jpg": "filen er ikke et billede, der kan vises",
    }
