"""Where this installation keeps what is its own: data, secrets, lake, logs."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
"""The folder with Makefile and node_modules."""


def home() -> Path:
    """`DISTRICT_HOME`, or `var/` in the checkout. Made on first use."""
    path = Path(os.environ.get("DISTRICT_HOME") or CHECKOUT / "var").expanduser().absolute()
    path.mkdir(parents=True, exist_ok=True)
    return path


def lake() -> Path:
    """The root of the lake: Parquet files in hive layout."""
    path = home() / "lake"
    path.mkdir(exist_ok=True)
    return path


def port() -> int:
    """The port of the web pages, `DISTRICT_PORT` or 8000."""
    return int(os.environ.get("DISTRICT_PORT") or 8000)


def secret(name: str) -> str:
    """A random secret of this installation, made once, readable by its owner only."""
    folder = home() / "secrets"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / name
    if not path.exists():
        # Whole or not at all: two processes that start together must read the same secret.
        draft = folder / f".{name}.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()


def database_url() -> str:
    """`DATABASE_URL`, or the address the embedded server wrote down when it was made.

    Raises RuntimeError when there is neither: the database has not been set up yet.
    """
    given = os.environ.get("DATABASE_URL")
    if given:
        return given
    path = home() / "postgres.url"
    if not path.exists():
        raise RuntimeError("没有数据库：请先运行 make up（no database yet: run `make up` first）")
    return path.read_text().strip()
