"""Compiles the loops of ``engine/compiled`` on installation, where there is a compiler; without one NumPy does them."""

from __future__ import annotations

import sys
import tempfile
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOOPS = Path("src", "tintuc_search", "engine", "compiled")


class CompiledLoops(BuildHookInterface[Any]):
    """Compiles beside the sources, for an installation from the checkout and for a wheel alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile, or say why not and go on."""
        try:
            build_loops(Path(self.root))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a compiler or its absence raises
            self.app.display_warning(f"engine/compiled is left out: {error}")
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["artifacts"].append(f"{LOOPS.as_posix()}/*.so")


def build_loops(root: Path) -> None:
    """Compile each ``.pyx``; raises what the compilers raise."""
    for old in (root / LOOPS).glob(f"*{EXTENSION_SUFFIXES[0]}"):
        old.unlink()  # of other sources, if these cannot be compiled
    import numpy as np  # noqa: PLC0415 - there is a compiler to be had, or not
    from Cython.Build import cythonize  # noqa: PLC0415
    from setuptools import Distribution, Extension  # noqa: PLC0415
    from setuptools.command.build_ext import build_ext  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as work:
        extensions = [
            Extension(
                ".".join(source.relative_to(root / "src").with_suffix("").parts),
                [str(source)],
                include_dirs=[np.get_include()],
                define_macros=[("NPY_NO_DEPRECATED_API", "NPY_1_7_API_VERSION")],
                # No fused multiply-add: sums are to be the same to the last bit as NumPy's.
                extra_compile_args=["-O3", "-ffp-contract=off"],
            )
            for source in sorted((root / LOOPS).glob("*.pyx"))
        ]
        made = cythonize(extensions, build_dir=work, include_path=[str(root / "src")], quiet=True)
        command = build_ext(
            Distribution({"ext_modules": made, "package_dir": {"": str(root / "src")}})
        )
        command.inplace, command.build_temp, command.build_lib = True, work, work
        command.ensure_finalized()
        command.run()


if __name__ == "__main__":
    build_loops(Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve())
