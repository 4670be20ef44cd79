"""The pages' sentences in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tintuc_search.web
from tintuc_search.web.language import LANGUAGES, messages

FIELDS = re.compile(r"\{(\w+)\}")
TEMPLATES = Path(tintuc_search.web.__file__).parent / "templates"
USED = re.compile(r"""_\(["'](\w+)["']\s*[,)]""")


def test_both_languages_have_the_same_sentences_with_the_same_values() -> None:
    first, *others = (messages(language) for language in LANGUAGES)

    for other in others:
        assert {key: sorted(FIELDS.findall(text)) for key, text in first.items()} == {
            key: sorted(FIELDS.findall(text)) for key, text in other.items()
        }


@pytest.mark.parametrize(
    "template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_every_sentence_that_a_template_asks_for_exists(template: Path) -> None:
    assert set() == set(USED.findall(template.read_text("utf-8"))) - set(messages("vi"))
