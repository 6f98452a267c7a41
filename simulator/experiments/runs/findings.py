"""The register of findings about sweeps: what is kept, and who computes; the sentences are in ``presentation/messages``."""

from __future__ import annotations

from typing import Final

from simulator.errors import CodeEntry, CodeRegister, Severity

CODES: Final = {
    "SW101": CodeEntry(Severity.WARNING, "{count} kept results cannot be used; they are computed again"),
    "SW102": CodeEntry(Severity.WARNING, "results cannot be kept here: {reason}; the work goes on without keeping them"),
    "SW103": CodeEntry(Severity.WARNING, "kept results cannot be read: {reason}; everything is computed, and nothing is kept"),
    "SW104": CodeEntry(Severity.WARNING, "the file of kept results was damaged and is put aside here; a new one is begun"),
    "SW105": CodeEntry(
        Severity.WARNING, "{count} folders of results of former versions lie here ({first}, …); nothing reads them, they may be deleted"
    ),
    "SW201": CodeEntry(Severity.ERROR, "other machines are reached with the package distributed, which is not installed"),
    "SW202": CodeEntry(Severity.ERROR, "no scheduler answers at {address}"),
    "SW203": CodeEntry(Severity.ERROR, "the scheduler at {address} has no workers"),
    "SW204": CodeEntry(Severity.ERROR, "a worker runs another version of the program, or on another Python, numpy or system"),
    "SW205": CodeEntry(Severity.ERROR, "nobody gets as far as a result: {reason}"),
    "SW206": CodeEntry(Severity.ERROR, "the scheduler at {address} is lost"),
}
make_finding: Final = CodeRegister(CODES).make_finding
