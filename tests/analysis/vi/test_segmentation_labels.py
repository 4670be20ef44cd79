"""Labels are those of pyvi itself, and come from its files alone."""

from __future__ import annotations

import subprocess
import sys
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from corpus.sample import samples
from tintuc_search.analysis.vi.segmentation import model
from tintuc_search.analysis.vi.segmentation.crfsuite import read_weights
from tintuc_search.analysis.vi.segmentation.labelling import Labeller
from tintuc_search.analysis.vi.segmentation.model import load_model
from tintuc_search.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

LABELLER = Labeller(load_model())


@cache
def oracle() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # old escapes, and a model pickled by an older library
        from pyvi.ViTokenizer import ViTokenizer  # noqa: PLC0415 - pyvi warns when imported

    return ViTokenizer


def pyvi_labels(pieces: list[str]) -> list[bool]:
    features = oracle().sent2features(pieces, False)
    return [label == "I_W" for label in oracle().model.predict_single(features)]


def test_every_token_of_the_sample_archive_has_the_label_that_pyvi_gives_it() -> None:
    for sample in samples():
        pieces = oracle().sylabelize("\n".join(sample.texts))[1]

        assert pyvi_labels(pieces) == LABELLER.label(pieces), sample.key


@pytest.mark.parametrize(
    "text",
    [
        "Họp",
        "Quốc hội",
        "\x00 hội \x00",
        "10.000 TP.HCM ==> a@b.vn",
        "ΟΔΟΣ ος Σ",
        "ỦY BAN, ủy ban … …",
    ],
)
def test_short_and_odd_texts_have_the_labels_of_pyvi(text: str) -> None:
    pieces = oracle().sylabelize(text)[1]

    assert pyvi_labels(pieces) == LABELLER.label(pieces)


def test_nothing_has_no_labels() -> None:
    assert LABELLER.label([]) == []


def test_loading_the_model_imports_none_of_the_libraries_that_made_it() -> None:
    code = (
        "import sys; from tintuc_search.analysis.vi.segmentation.model import load_model; load_model(); "
        "sys.exit(any(n in sys.modules for n in ('sklearn', 'sklearn_crfsuite', 'pycrfsuite', 'pyvi.ViTokenizer')))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603


@pytest.mark.parametrize("data", [b"", b"lCRF", b"lCRF" + bytes(44), b"no model at all" * 10])
def test_a_model_that_cannot_be_read_is_refused_with_its_place(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "pyvi3.pkl"
    file.write_bytes(data)

    with pytest.raises(BadInput, match=r"pyvi3\.pkl: the installed pyvi has no segmentation model"):
        model._read(file)


def test_a_file_of_another_kind_is_no_crfsuite_model() -> None:
    with pytest.raises(ValueError, match="not a CRFsuite model"):
        read_weights(b"lCRF" + bytes(44))
