"""Commands that look at one text and store nothing: clean, analyze, entities."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tintuc_search.cli.common import Options, json_option, print_json

if TYPE_CHECKING:
    from tintuc_search.article import Article

FILE = click.Path(dir_okay=False, path_type=Path, allow_dash=True)


@click.command("clean")
@click.argument("file", type=FILE)
@click.option("--url", help="The page's address, where the page itself does not say it.")
@json_option
def clean_command(file: Path, url: str | None, *, as_json: bool) -> None:
    """Show what the cleaner takes from one page.

    A page that is no article (a list, a home page, an error page) ends with exit code 3.
    """
    from tintuc_search.indexer.importers.files import clean_file

    article = clean_file(file, url=url)
    if as_json:
        print_json(_as_json(article))
    else:
        _print_article(article)


@click.command("analyze")
@click.argument("text")
@json_option
@click.pass_obj
def analyze_command(options: Options, text: str, *, as_json: bool) -> None:
    """Show the tokens and words of TEXT, as the index holds them."""
    with options.parts() as parts:
        analyzer = parts.analyzer
        tokens = analyzer.tokens(text)
        words = analyzer.words(tokens)
        if as_json:
            print_json(
                {
                    "text": text,
                    "tokens": [
                        {
                            "term": token.term,
                            "folded": analyzer.fold(token.term),
                            "start": token.start,
                            "end": token.end,
                            "position": token.position,
                        }
                        for token in tokens
                    ],
                    "words": [
                        {"term": word.term, "first": word.first, "length": word.length}
                        for word in words
                    ],
                }
            )
            return
        for token in tokens:
            click.echo(f"{token.position:>4}  {text[token.start : token.end]}  {token.term}")
        click.echo("  ".join(word.term for word in words))


@click.command("entities")
@click.argument("file", type=FILE)
@json_option
@click.option(
    "--jsonl", is_flag=True, help="FILE holds one JSON object a line; so does the answer."
)
@click.pass_obj
def entities_command(options: Options, file: Path, *, as_json: bool, jsonl: bool) -> None:
    """Show whom and what an article names, who holds which office, and who is quoted."""
    with options.parts() as parts:
        if jsonl:
            _entities_of_lines(parts.recogniser, file)
            return
        from tintuc_search.indexer.importers.files import clean_file

        found = parts.recogniser.recognise(clean_file(file).text).to_json()
        if as_json:
            print_json(found)
            return
        for kind in ("persons", "organisations", "places", "documents"):
            for entity in found[kind]:
                click.echo(f"{kind[:-1]:<14}{len(entity['mentions']):>3}  {entity['name']}")
        for role in found["roles"]:
            former = " (nguyên)" if role["former"] else ""
            click.echo(f"{'role':<19}{role['person']}: {role['role']}{former}")
        for quote in found["quotes"]:
            words = " ".join(quote["quote"].split())
            click.echo(f"{quote['kind']:<19}{quote['speaker']}: {words}")


def _entities_of_lines(recogniser: Any, file: Path) -> None:
    from tintuc_search.errors import BadInput
    from tintuc_search.indexer.importers.jsonl import text_of_line

    with click.open_file(str(file), "rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                given = json.loads(line)
                found = recogniser.recognise(text_of_line(given)).to_json()
            except (ValueError, RecursionError, BadInput) as error:
                raise BadInput(str(error), f"{file}:{number}") from error
            own = {"id": given["id"]} if "id" in given else {}
            click.echo(json.dumps(own | found, ensure_ascii=False))


def _as_json(article: Article) -> dict[str, Any]:
    from tintuc_search.article import format_time

    return {
        "url": article.url,
        "title": article.title,
        "lead": article.lead,
        "paragraphs": list(article.paragraphs),
        "captions": list(article.captions),
        "tables": [[list(row) for row in table] for table in article.tables],
        "published_at": format_time(article.published_at),
        "updated_at": format_time(article.updated_at),
        "authors": list(article.authors),
        "origin": article.origin,
        "source": article.source,
        "section": article.section,
    }


def _print_article(article: Article) -> None:
    from tintuc_search.article import format_time

    byline = (
        article.source,
        article.section,
        format_time(article.published_at),
        ", ".join(article.authors),
    )
    click.echo(article.title)
    click.echo(" · ".join(part for part in byline if part))
    for block in (article.lead, *article.paragraphs):
        if block:
            click.echo(f"\n{block}")
