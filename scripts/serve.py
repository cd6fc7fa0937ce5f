"""Preview the site with live reload. Extra arguments go to `mkdocs serve`.

`--admin` puts the editor in the browser on it, at `admin/`. What is saved there is written to the
project's own folder, by decap-server on loopback.
"""

import os
import subprocess
import sys

import environment

environment.enter("requirements.txt", environment.FOR_PDF)
os.chdir(environment.ROOT)
arguments = [argument for argument in sys.argv[1:] if argument != "--admin"]
preview = [sys.executable, "-m", "mkdocs", "serve", *arguments]
if "--admin" not in sys.argv:
    os.execv(sys.executable, preview)

import editor_files  # noqa: E402

try:
    editor_files.fetch_decap()
    command = editor_files.fetch_server()
except editor_files.FetchError as error:
    sys.exit(str(error))
port, server_environment = editor_files.server_environment(environment.ROOT, "fs")
server = subprocess.Popen(command, env=server_environment, cwd=environment.ROOT)
print("Redigér på http://localhost:8000/admin/ – det, der gemmes, skrives i docs/", file=sys.stderr, flush=True)
try:
    code = subprocess.call(preview, env={**os.environ, "LOCAL_EDITING": f"http://127.0.0.1:{port}/api/v1"})
except KeyboardInterrupt:
    code = 0
finally:
    server.terminate()
    server.wait()
sys.exit(code)
