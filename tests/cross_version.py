"""Run the golden scenarios under the Python that runs this file: the same awards bit for bit, the same numbers to 1e-12."""

from __future__ import annotations

import sys

from tests.golden.golden import SCENARIOS, differences

if __name__ == "__main__":
    found = [line for name in SCENARIOS for line in differences(name)]
    sys.stdout.write("\n".join(found or [f"Python {sys.version.split()[0]}: golden results hold"]) + "\n")
    sys.exit(1 if found else 0)
