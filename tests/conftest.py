"""What every test may use, and the rule that nothing is skipped where all is installed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Generator

# How fast an example runs says more of the machine than of the program; speed is for benchmarks/.
settings.register_profile(
    "tintuc", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("tintuc")

NO_SKIP = os.environ.get("TINTUC_TEST_NO_SKIP") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,  # noqa: ARG001 - the hook's signature
    call: pytest.CallInfo[None],  # noqa: ARG001
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where ``TINTUC_TEST_NO_SKIP=1`` says that everything is there."""
    report = yield
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although TINTUC_TEST_NO_SKIP=1: {report.longrepr}"
    return report
