"""Measure how fast sites are built, by us and by our peers: `python3 scripts/bench.py --help`."""

import sys

import environment

# The browser and its driver are only needed for measurements in the browser.
if any(name in argument for argument in sys.argv for name in ("search-latency", "lighthouse")):
    environment.enter("requirements-test.txt", environment.FOR_TESTS)
else:
    environment.enter("requirements.txt", environment.FOR_PEERS)

sys.path.insert(0, str(environment.ROOT))

from bench.run import main

sys.exit(main(environment.ROOT))
