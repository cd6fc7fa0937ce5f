"""Set up what the project needs on this machine: a locked `.venv` and system packages.

Uses only the standard library and no syntax newer than Python 3.8: it runs
before anything is installed, and has to be able to say that Python is too old.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Callable, Iterable, List, NamedTuple, NoReturn, Set, Tuple

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)
_NO_PACKAGES = (
    "\n\nPakkerne kunne ikke hentes eller passer ikke – se ovenfor.\n"
    "Går internettet gennem en proxy: sæt HTTPS_PROXY (og NO_PROXY).\n"
    "Hentes pakker fra jeres eget spejl: sæt PIP_INDEX_URL.\n"
    "Er certifikatet jeres eget: sæt PIP_CERT til filen med det.\n"
    "Kør så kommandoen igen."
)
"""What is said when pip fails, which says why in English."""


class SystemPackage(NamedTuple):
    """A package of the operating system: its Debian name, and a function that says whether it is installed."""

    name: str
    is_present: Callable[[], bool]


def _library(name: str) -> Callable[[], bool]:
    def is_present() -> bool:
        if sys.platform == "darwin":  # Homebrew's folders, which the loader does not search
            return any(Path(folder, name + ".dylib").exists() for folder in ("/opt/homebrew/lib", "/usr/local/lib"))
        try:
            ctypes.CDLL(name + ".so.0")
        except OSError:
            return False
        return True

    return is_present


def _program(*names: str) -> Callable[[], bool]:
    path = os.environ.get("PATH", os.defpath) + os.pathsep + "/usr/sbin"  # where Debian installs web servers, and which is not on every user's PATH
    return lambda: any(shutil.which(name, path=path) for name in names)


def _can_make_venv() -> bool:
    # Debian ships Python without `ensurepip`; `venv` can then be imported, but fails halfway.
    try:
        import ensurepip  # noqa: F401 - only imported to see whether it exists
        import venv  # noqa: F401 - likewise
    except ImportError:
        return False
    return True


def _is_ubuntu() -> bool:
    release = Path("/etc/os-release")
    return release.exists() and "\nID=ubuntu" in "\n" + release.read_text(encoding="utf-8")


# `python3-venv` is the only package needed to build; the others are for the tests and for one of the programs that `bench.py` compares with.
FOR_VENV = (SystemPackage("python3-venv", _can_make_venv),)
FOR_PEERS = (  # mkdocs-to-pdf, which lays out with WeasyPrint
    SystemPackage("libpango-1.0-0", _library("libpango-1.0")),
    SystemPackage("libpangoft2-1.0-0", _library("libpangoft2-1.0")),
    SystemPackage("libharfbuzz-subset0", _library("libharfbuzz-subset")),
)
FOR_TESTS = (
    SystemPackage("chromium-browser" if _is_ubuntu() else "chromium", _program("chromium", "chromium-browser", "google-chrome")),
    SystemPackage("poppler-utils", _program("pdftotext")),
    SystemPackage("git", _program("git")),
    SystemPackage("wkhtmltopdf", _program("wkhtmltopdf")),
    SystemPackage("default-jre-headless", _program("java")),
    SystemPackage("nginx", _program("nginx")),
    SystemPackage("libnginx-mod-http-brotli-static", Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so").is_file),
    SystemPackage("apache2-bin", _program("apache2")),
    SystemPackage("libreoffice-writer-nogui", _program("soffice")),
    SystemPackage("libreoffice-calc-nogui", Path("/usr/lib/libreoffice/program/libsclo.so").is_file),
)


def enter(requirements: str, packages: Iterable[SystemPackage] = ()) -> None:
    """Return only when running inside the project's environment with everything in place.

    Installs any missing system packages and any missing packages from the locked
    requirements (a file name in the project's root), then restarts the calling
    script with the environment's Python.

    Exits with a message that says what to do if something cannot be installed.
    """
    if sys.version_info < OLDEST_PYTHON:
        _stop(
            "Python %d.%d er for gammel – brug Python %d.%d eller nyere"
            % (sys.version_info[:2] + OLDEST_PYTHON)
        )
    _ensure_system(list(FOR_VENV) + list(packages))
    _ensure_venv(ROOT / requirements)
    if Path(sys.prefix).resolve() == VENV.resolve():
        return
    run_instead([str(_venv_python()), *sys.argv])


def run_instead(command: List[str]) -> NoReturn:
    """Run a program in the place of this one; Windows cannot do that, so there this process waits for it."""
    if sys.platform == "win32":
        try:
            sys.exit(subprocess.call(command))
        except KeyboardInterrupt:  # a Ctrl-C reaches both
            sys.exit(130)
    os.execv(command[0], command)


def _venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def _ensure_system(packages: List[SystemPackage]) -> None:
    missing = [package for package in packages if not package.is_present()]
    if not missing:
        return
    names = [package.name for package in missing]
    command = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    by_hand = (
        "Der mangler systempakker: %s.\n"
        "Debian/Ubuntu: sudo apt-get install %s\n"
        "macOS:         brew install poppler chromium openjdk nginx httpd libreoffice\n"
        "Andre: installér de tilsvarende pakker, og kør kommandoen igen."
        % (", ".join(names), " ".join(names))
    )
    if not shutil.which("apt-get"):
        _stop(by_hand)
    if sys.platform == "win32" or os.geteuid() != 0:
        if not shutil.which("sudo"):
            _stop(by_hand)
        command = ["sudo", *command]
    print("Installerer systempakker: %s …" % ", ".join(names), file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    refresh = [*command[: command.index("install")], "update"]
    for step in (refresh, command):
        done = subprocess.run(step, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            sys.stderr.write(done.stdout.decode(errors="replace"))
            _stop(by_hand)
    still_missing = [package.name for package in missing if not package.is_present()]
    if still_missing:
        _stop("Installeret, men kan stadig ikke bruges: %s" % ", ".join(still_missing))


def _ensure_venv(requirements: Path) -> None:
    stamp = VENV / ("." + requirements.name + ".installed")
    wanted = _fingerprint(requirements)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted and _venv_python().exists():
        return
    if not _runs(_venv_python()):
        print("Opretter .venv …", file=sys.stderr, flush=True)
        _run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    print("Installerer %s (tager et minut første gang) …" % requirements.name, file=sys.stderr, flush=True)
    _run(
        [
            str(_venv_python()), "-m", "pip", "install", "-qq", "--disable-pip-version-check",
            "--require-hashes", "--no-deps", "-r", str(requirements),
        ],
        _NO_PACKAGES,
    )  # fmt: skip - an option and its value stay together
    _install_package()
    _silence_banner()
    _run([str(_venv_python()), "-m", "kanalstrategi.danish.lexicon"])  # otherwise the first build would have to create the dictionary
    # The requirements for the tests include those of the product, which then need not be installed again.
    for other in ROOT.glob("requirements*.txt"):
        if _pins(other) <= _pins(requirements):
            (VENV / ("." + other.name + ".installed")).write_bytes(_fingerprint(other).encode())


def _install_package() -> None:
    """Install this project's own package from its folder, because MkDocs only finds plugins that are installed.

    Nothing is downloaded: the requirements include the tools that build the package.
    """
    pip = [str(_venv_python()), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    _run([*pip, "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])


def _pins(requirements: Path) -> Set[str]:
    return {line.split(" ")[0] for line in requirements.read_text(encoding="utf-8").splitlines() if "==" in line.split(" ")[0]}


def _silence_banner() -> None:
    """Silence the banner about MkDocs 2 that Material (since 9.7) prints at every `mkdocs`, unless a variable is set.

    Python reads `.pth` files at start-up, so this sets the variable for plain `mkdocs` as well.
    """
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run([str(_venv_python()), "-c", code], stdout=subprocess.PIPE, check=True)
    line = "import os; os.environ.setdefault('NO_MKDOCS_2_WARNING', '1')\n"
    (Path(answer.stdout.decode().strip()) / "no-mkdocs-2-warning.pth").write_bytes(line.encode())


def _fingerprint(requirements: Path) -> str:
    """Return a digest of everything that must be unchanged for an installation to still be valid."""
    parts: Tuple[bytes, ...] = (
        requirements.read_bytes(),
        (ROOT / "pyproject.toml").read_bytes(),
        sys.version.encode(),
        str(VENV).encode(),  # an environment does not work after it has been moved
    )
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _runs(python: Path) -> bool:
    """Whether this environment's Python starts and has the same version as the one running."""
    if not python.exists():
        return False
    code = "import sys, pip; print(sys.version)"
    answer = subprocess.run([str(python), "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return answer.stdout.decode().strip() == sys.version.strip()


def _run(command: List[str], hint: str = "") -> None:
    code = subprocess.call(command, cwd=str(ROOT))
    if code != 0:
        _stop("Kommandoen lykkedes ikke (kode %d): %s%s" % (code, " ".join(command), hint))


def _stop(message: str) -> NoReturn:
    sys.exit(message)
