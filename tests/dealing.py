"""How tests are dealt out to the workers of a run: file by file, all of the browser's to one worker, one long file in parts, and what lasts longest first."""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

BROWSER = "tests/browser"
IN_PARTS = ("tests/oracle/test_oracle.py",)
"""Files that prepare nothing for their tests, some of which last minutes: each test is dealt alone, and workers share them."""
FIRST = (
    BROWSER,
    *IN_PARTS,
    "tests/reporting/test_verifying.py",
    "tests/experiments/power/test_power.py",
    "tests/experiments/execution/test_cluster.py",
    "tests/notebooks/test_tours.py",
    "tests/experiments/sensitivity/test_global_sensitivity.py",
    "tests/cli/test_simulating.py",
    "tests/model/test_recovery.py",
    "tests/indicators/test_recovery.py",
    "tests/presentation/test_style.py",
    "tests/experiments/sensitivity/test_sobol_study.py",
    "tests/health/test_wheel.py",
    "tests/indicators/test_odd_registers.py",
    "tests/scoring/test_point_table.py",
    "tests/rules/test_linting.py",
    "tests/experiments/execution/test_until_precise.py",
    "tests/experiments/execution/test_executors.py",
    "tests/experiments/tipping/test_tipping.py",
    "tests/cli/test_interrupts.py",
    "tests/cli/test_reporting.py",
    "tests/notebooks/test_execution.py",
    "tests/reporting/word/test_report.py",
    "tests/widgets/workbench/test_report_files.py",
    "tests/workbook/test_cells.py",
    "tests/health/test_readme.py",
    "tests/model/test_model.py",
    "tests/experiments/mathematics/test_discovery.py",
)
"""Dealt out before all others, in this order. Files follow by their number of tests; one with few long tests would come last, and the other workers wait for it."""


class Dealing(LoadFileScheduling):
    """Deals whole files, so that what a file prepares is prepared once, and the whole folder of the browser's as if it were one; but a file in parts test by test.

    Two browsers and two servers at once leave neither the processors it needs to answer in time; and one worker starts them once.
    """

    def __init__(self, *given: object) -> None:
        super().__init__(*given)
        self._places: dict[object, dict[str, int]] = {}
        self._is_in_order = False

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        if file.startswith(f"{BROWSER}/"):
            return BROWSER
        return nodeid if file in IN_PARTS else file

    def _put_in_order(self) -> None:
        """Put what lasts longest before all others."""
        place_of = {file: place for place, file in enumerate(FIRST)}
        for scope in sorted(self.workqueue, key=lambda scope: place_of.get(scope.partition("::")[0], len(FIRST))):
            self.workqueue.move_to_end(scope)
        self._is_in_order = True

    def _assign_work_unit(self, node: object) -> None:
        if not self._is_in_order:
            self._put_in_order()
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
