"""The loops are compiled on installation, and one without a compiler goes on without them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import hatch_build
import pytest

from compiled_loops import MISSING
from tintuc_search.engine import loops

ROOT = Path(__file__).parents[1]
NAMES = {"near", "reading", "scores", "sets"}


class App:
    """What a build tells."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def display_warning(self, message: str) -> None:
        self.said.append(message)


def initialized(tmp_path: Path) -> tuple[dict[str, Any], list[str]]:
    """What the hook makes of a build's data, and what it says."""
    app = App()
    data: dict[str, Any] = {"pure_python": True, "infer_tag": False, "artifacts": []}
    where: Any = (str(tmp_path), {}, None, None, str(tmp_path), "wheel", app)
    hatch_build.CompiledLoops(*where).initialize("standard", data)
    return data, app.said


def test_a_wheel_of_compiled_loops_is_for_its_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hatch_build, "build_loops", lambda _: None)
    data, said = initialized(tmp_path)

    artifacts = ["src/tintuc_search/engine/compiled/*.so"]
    assert {"pure_python": False, "infer_tag": True, "artifacts": artifacts} == data
    assert not said


@pytest.mark.parametrize("error", [ImportError("no Cython"), SystemExit("error: no gcc")])
def test_an_installation_goes_on_without_them_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def failing(_: Path) -> None:
        raise error

    monkeypatch.setattr(hatch_build, "build_loops", failing)
    data, said = initialized(tmp_path)

    assert {"pure_python": True, "infer_tag": False, "artifacts": []} == data
    assert [f"engine/compiled is left out: {error}"] == said


@pytest.mark.skipif(not loops.COMPILED, reason=MISSING)
def test_they_are_compiled_and_those_of_another_state_removed(tmp_path: Path) -> None:
    place = tmp_path / hatch_build.LOOPS
    shutil.copytree(ROOT / hatch_build.LOOPS, place, ignore=shutil.ignore_patterns("*.so"))
    for package in (place.parent, place.parents[1]):
        (package / "__init__.py").touch()
    command = [sys.executable, str(ROOT / "hatch_build.py"), str(tmp_path)]

    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own file
    made = [file.name.split(".")[0] for file in place.glob("*.so")]
    failed = subprocess.run(  # noqa: S603 - our own file
        command, check=False, capture_output=True, env={**os.environ, "CC": "false"}
    )

    assert sorted(NAMES) == sorted(made)
    assert failed.returncode
    assert not list(place.glob("*.so"))
