"""Web servers on loopback: nginx and Apache with the configuration that the build has written, and Python's own."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SBIN = f"{os.environ.get('PATH', '')}:/usr/sbin"
BROTLI_FOR_NGINX = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
APACHE_MODULES = Path("/usr/lib/apache2/modules")

NGINX = """\
{user}
daemon off;
worker_processes 1;
pid {run}/pid;
error_log {run}/error.log;
load_module {brotli};
events {{}}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path {run}/body;
  proxy_temp_path {run}/proxy;
  fastcgi_temp_path {run}/fastcgi;
  uwsgi_temp_path {run}/uwsgi;
  scgi_temp_path {run}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {root};
    include {site}/_nginx.conf;
    include {site}/_nginx-brotli.conf;
  }}
}}
"""
# With the modules that compress on the fly, which must not touch files that are compressed already.
APACHE = """\
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {run}/pid
ErrorLog {run}/error.log
Mutex file:{run}
DefaultRuntimeDir {run}
{modules}
{user}
TypesConfig /etc/mime.types
DocumentRoot {root}
AddOutputFilterByType BROTLI_COMPRESS;DEFLATE text/html text/css text/javascript application/json
<Directory {root}>
  AllowOverride FileInfo Indexes
  Options FollowSymLinks
  Require all granted
</Directory>
"""
MODULES = (
    "mpm_event", "authz_core", "unixd", "brotli", "deflate", "dir", "env", "filter", "headers", "mime", "rewrite", "setenvif",
)  # fmt: skip - laid out by hand, as a table


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback with Python's server, and yield the URL."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()  # seconds between two looks whether to stop
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@contextlib.contextmanager
def nginx(site: Path, base: str = "/") -> Iterator[str]:
    """Serve a site with Debian's nginx, and yield the URL, which ends with `base`."""
    user = "user root;" if os.geteuid() == 0 else ""  # or its workers could not read the tests' folders
    with tempfile.TemporaryDirectory() as run:
        root = _rooted(site, base, Path(run))
        for port in _ports():
            text = NGINX.format(user=user, run=run, brotli=BROTLI_FOR_NGINX, port=port, root=root, site=site)
            (Path(run) / "nginx.conf").write_text(text, encoding="utf-8")
            command = [str(shutil.which("nginx", path=SBIN)), "-e", f"{run}/error.log", "-c", f"{run}/nginx.conf"]
            with _running(command, port, Path(run) / "error.log") as started:
                if started:
                    yield f"http://127.0.0.1:{port}{base}"
                    return


@contextlib.contextmanager
def apache(site: Path, base: str = "/") -> Iterator[str]:
    """Serve a copy of a site with Debian's Apache, which reads `.htaccess`, and yield the URL, which ends with `base`."""
    with tempfile.TemporaryDirectory() as run:
        Path(run).chmod(0o755)  # Apache does not serve as root
        copied = Path(run) / "copy"
        shutil.copytree(site, copied)
        root = _rooted(copied, base, Path(run))
        compiled_in = subprocess.run([str(shutil.which("apache2", path=SBIN)), "-l"], capture_output=True, text=True, check=True).stdout
        modules = "\n".join(f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so" for name in MODULES if f"mod_{name}.c" not in compiled_in)
        user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
        for port in _ports():
            text = APACHE.format(port=port, run=run, modules=modules, user=user, root=root)
            (Path(run) / "apache.conf").write_text(text, encoding="utf-8")
            command = [str(shutil.which("apache2", path=SBIN)), "-f", f"{run}/apache.conf", "-DFOREGROUND"]
            with _running(command, port, Path(run) / "error.log") as started:
                if started:
                    yield f"http://127.0.0.1:{port}{base}"
                    return


def _rooted(site: Path, base: str, run: Path) -> Path:
    """Return a folder in which the site is at `base`."""
    if base == "/":
        return site
    place = run / "root" / base.strip("/")
    place.parent.mkdir(parents=True)
    place.symlink_to(site)
    return run / "root"


def _ports() -> Iterator[int]:
    """Yield ports that were free a moment ago; another program may be faster."""
    for _ in range(5):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        yield port
    raise AssertionError("no server started on any of five ports")


@contextlib.contextmanager
def _running(command: list[str], port: int, log: Path) -> Iterator[bool]:
    """Run a server, and yield whether it answers; False if its port was taken. Fails with its output if its configuration is wrong."""
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield _answers(server, port, log)
    finally:
        server.terminate()
        server.wait(timeout=60)


def _answers(server: subprocess.Popen[str], port: int, log: Path) -> bool:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if server.poll() is not None:
            output = (server.stdout.read() if server.stdout else "") + (log.read_text(encoding="utf-8") if log.exists() else "")
            assert "in use" in output, output
            return False
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        time.sleep(0.02)
    raise AssertionError(f"the server does not answer: {log.read_text(encoding='utf-8') if log.exists() else ''}")
