"""Preview the site with live reload. Extra arguments go to `mkdocs serve`.

`--admin` puts the editor in the browser on it, at `admin/`. What is saved there is written to the
project's own folder, by decap-server on loopback.
"""

import os
import signal
import subprocess
import sys

import environment

environment.enter("requirements.txt", environment.FOR_PDF)
os.chdir(environment.ROOT)

import editor_files  # noqa: E402

preview = [sys.executable, "-m", "mkdocs", "serve", *(argument for argument in sys.argv[1:] if argument != "--admin")]
if "--admin" not in sys.argv:
    editor_files.fetch_if_wanted()
    os.execv(sys.executable, preview)

try:
    editor_files.fetch_decap()
    command = editor_files.fetch_server()
except editor_files.FetchError as error:
    sys.exit(str(error))
port, server_environment = editor_files.server_environment(environment.ROOT, "fs")
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that what was started is ended
server = subprocess.Popen(command, env=server_environment, cwd=environment.ROOT)
site = subprocess.Popen(preview, env={**os.environ, "LOCAL_EDITING": f"http://127.0.0.1:{port}/api/v1"})
print("Redigér under adressen nedenfor, med admin/ efter: det, der gemmes, skrives i docs/", file=sys.stderr, flush=True)
try:
    code = site.wait()
except KeyboardInterrupt:
    code = site.wait()  # Ctrl-C went to it too
finally:
    for started in (site, server):
        started.terminate()
        started.wait()
sys.exit(code)
