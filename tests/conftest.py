"""What every test may use, and the rule that nothing is skipped where all is installed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

import compiled_loops
from postgresql import MISSING, Cluster, find_programs, shared_cluster
from tintuc_search.archive import open_archive

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from tintuc_search.archive.store import SqlArchive

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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line each which part of the suite did not run, and for want of what."""
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    for missing in (MISSING, compiled_loops.MISSING):
        if left_out := sum(missing in reason for reason in skipped):
            terminalreporter.write_line(
                f"{left_out} TESTS WERE LEFT OUT: {missing}", red=True, bold=True
            )


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A real PostgreSQL server, the same for all workers; without one, a skip, and a failure where all must run."""
    if find_programs() is None:
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    own = tmp_path_factory.getbasetemp()
    with shared_cluster(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) as shared:
        yield shared


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an archive that does not exist yet, on each database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'archive.sqlite'}"
        return
    shared: Cluster = request.getfixturevalue("cluster")
    with shared.database() as made:
        yield made


@pytest.fixture
def archive(url: str) -> Iterator[SqlArchive]:
    """An empty archive on each database."""
    opened = open_archive(url)
    yield opened
    opened.close()
