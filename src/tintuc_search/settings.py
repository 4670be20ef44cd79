"""The settings: one table, read from ``tintuc.toml`` and the environment here and nowhere else.

Precedence: command line (the caller's ``overrides``), then ``TINTUC_X`` in the environment, then
``tintuc.toml`` in ``TINTUC_HOME``, then the default.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tintuc_search.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ENGINES = ("whoosh", "tantivy", "opensearch")
TRUTH = dict.fromkeys(("1", "true", "yes", "on"), True) | dict.fromkeys(
    ("0", "false", "no", "off"), False
)


def _setting(default: Any, text: str) -> Any:
    return field(default=default, metadata={"help": text})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one run; the table is this class: name, default, help."""

    home: Path = _setting(Path("var"), "folder of the archive and the index")
    archive_url: str = _setting(
        "", "SQLAlchemy URL of the archive; empty: SQLite in the home folder"
    )
    engine: str = _setting(
        "",
        f"the index engine: {' or '.join(ENGINES)}; empty: the one built last by "
        f"`tintuc index --engine NAME --rebuild`, {ENGINES[0]} at first",
    )
    host: str = _setting("127.0.0.1", "address that `serve` listens on")
    port: int = _setting(8000, "port that `serve` listens on")
    workers: int = _setting(2, "processes that `serve` answers with")
    language: str = _setting("vi", "language of the pages where the reader chose none: vi or en")
    log_queries: bool = _setting(default=False, text="write what readers search for into the log")
    cache_mb: int = _setting(64, "megabytes of postings that one process keeps in memory")
    query_seconds: float = _setting(2.0, "seconds after which a query is cut off")
    contact: str = _setting(
        "", "address or e-mail that the crawler names to the sites it reads, for complaints"
    )
    run_days: int = _setting(90, "days that the reports of crawls are kept")
    lock_wait: float = _setting(10.0, "seconds to wait for another process that writes the index")
    index_processes: int = _setting(
        0,
        "processes that analyse articles while they are indexed; 0: one for each processor; "
        "never more than there is memory for",
    )
    import_processes: int = _setting(
        0, "processes that clean pages while they are imported; 0 and memory: as `index_processes`"
    )
    batch: int = _setting(200, "articles stored or indexed in one transaction")
    opensearch_urls: str = _setting(
        "http://127.0.0.1:9200", "addresses of the OpenSearch nodes, with commas between"
    )
    opensearch_prefix: str = _setting(
        "tintuc", "what the names of the OpenSearch indexes begin with"
    )
    opensearch_shards: int = _setting(1, "shards of an OpenSearch index when it is made")
    opensearch_replicas: int = _setting(1, "copies of each shard beside the first")
    opensearch_refresh: float = _setting(
        1.0, "seconds after which a commit of another process is seen at the latest"
    )
    opensearch_user: str = _setting("", "user name for OpenSearch")
    opensearch_password: str = _setting("", "the user's password; best given in the environment")
    opensearch_api_key: str = _setting("", "API key for OpenSearch, in place of user and password")
    opensearch_ca: str = _setting(
        "", "file of the certificates to trust for https; empty: those of the system"
    )

    @property
    def archive(self) -> str:
        """The archive's URL, spelled out."""
        return self.archive_url or f"sqlite:///{self.home / 'archive.sqlite'}"

    @property
    def index_path(self) -> Path:
        """The folder of the chosen engine's first index; :mod:`~.wiring.places` knows which one is in use."""
        return self.home / "index" / (self.engine or ENGINES[0])


def table() -> Iterator[tuple[str, Any, str]]:
    """Name, default and help of every setting, in order."""
    for item in fields(Settings):
        assert item.default is not MISSING  # noqa: S101 - every setting has a default
        yield item.name, item.default, item.metadata["help"]


def load(
    environment: Mapping[str, str] | None = None, **overrides: str | float | bool | None
) -> Settings:
    """Read the settings.

    Args:
        environment: stands for ``os.environ``.
        overrides: values from the command line; None means not given.

    Raises:
        SettingsError: names the setting and where its value came from.
    """
    env = os.environ if environment is None else environment
    given = {name: value for name, value in overrides.items() if value is not None}
    home = Path(str(given.get("home") or env.get("TINTUC_HOME") or "var")).expanduser()
    values: dict[str, Any] = {"home": home}
    for name, value, place in _stated(home, env, given):
        values[name] = _convert(name, value, place)
    settings = Settings(**values)
    _check(settings)
    return settings


def _stated(
    home: Path, env: Mapping[str, str], given: Mapping[str, Any]
) -> Iterator[tuple[str, Any, str]]:
    """Every stated setting as (name, value, place), later ones winning."""
    path = home / "tintuc.toml"
    names = {name for name, _, _ in table()}
    for name, value in _read_toml(path).items():
        if name not in names:
            raise SettingsError(f"{path}: there is no setting {name!r}")
        if name == "home":
            raise SettingsError(f"{path}: home cannot be set in the file that lies in it")
        yield name, value, str(path)
    for name in names - {"home"}:
        variable = f"TINTUC_{name.upper()}"
        if variable in env:
            yield name, env[variable], variable
    for name, value in given.items():
        if name not in names:
            raise SettingsError(f"there is no setting {name!r}")
        if name != "home":
            yield name, value, f"--{name.replace('_', '-')}"


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            return tomllib.load(stream)
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error


def _convert(name: str, value: Any, place: str) -> Any:
    """``value`` as the type of the setting's default."""
    kind = type(next(default for known, default, _ in table() if known == name))
    text = str(value).strip()
    try:
        return TRUTH[text.lower()] if kind is bool else kind(text)
    except (KeyError, ValueError):
        raise SettingsError(f"{place}: {name} must be {kind.__name__}, not {text!r}") from None


def _check(settings: Settings) -> None:
    if settings.engine not in {"", *ENGINES}:
        raise SettingsError(f"engine must be {' or '.join(ENGINES)}, not {settings.engine!r}")
    if settings.language not in {"vi", "en"}:
        raise SettingsError(f"language must be vi or en, not {settings.language!r}")
    for name in ("workers", "cache_mb", "batch", "query_seconds", "run_days", "opensearch_shards"):
        if getattr(settings, name) <= 0:
            raise SettingsError(f"{name} must be above 0")
    for name in (
        "index_processes",
        "import_processes",
        "opensearch_replicas",
        "opensearch_refresh",
    ):
        if getattr(settings, name) < 0:
            raise SettingsError(f"{name} must be 0 or above")
