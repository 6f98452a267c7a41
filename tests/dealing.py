"""How tests are dealt out to the workers of a run: file by file, all of the browser's to one worker, and what lasts longest first."""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

BROWSER = "tests/browser"
FIRST = (
    BROWSER,
    "tests/health/test_readme.py",
    "tests/oracle/test_oracle.py",
    "tests/reporting/test_verifying.py",
    "tests/indicators/test_recovery.py",
    "tests/model/test_recovery.py",
)
"""Dealt out before all others, in this order. Files follow by their number of tests; one with few long tests would come last, and the other workers wait for it."""


class Dealing(LoadFileScheduling):
    """Deals whole files, so that what a file prepares is prepared once, and the whole folder of the browser's as if it were one.

    Two browsers and two servers at once leave neither the processors it needs to answer in time; and one worker starts them once.
    """

    def __init__(self, *given: object) -> None:
        super().__init__(*given)
        self._places: dict[object, dict[str, int]] = {}

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return BROWSER if file.startswith(f"{BROWSER}/") else file

    def _assign_work_unit(self, node: object) -> None:
        first = next((scope for scope in FIRST if scope in self.workqueue), None)
        if first is not None:
            self.workqueue.move_to_end(first, last=False)
        scope, tests = self.workqueue.popitem(last=False)
        self.assigned_work.setdefault(node, {})[scope] = tests
        node.send_runtest_some([self._places_of(node)[test] for test, is_done in tests.items() if not is_done])

    def _places_of(self, node: object) -> dict[str, int]:
        """Look every test up at once: to look for each in the list of thousands takes longer than many a test."""
        if node not in self._places:
            self._places[node] = {test: place for place, test in enumerate(self.registered_collections[node])}
        return self._places[node]

    def mark_test_complete(self, node: object, item_index: int, duration: float = 0) -> None:
        """Forget files that are done, among which the tests still to be run would else be counted anew after each test."""
        super().mark_test_complete(node, item_index, duration)
        scope = self._split_scope(self.registered_collections[node][item_index])
        if all(self.assigned_work[node][scope].values()):
            del self.assigned_work[node][scope]
