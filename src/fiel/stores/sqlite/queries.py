"""SQL as files: each block has a name, and Python asks for it by that name."""

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

FOLDER: Final = files("fiel.stores.sqlite")

_NAME: Final = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


def queries(port: str) -> Mapping[str, str]:
    """The named statements in `sql/<port>.sql`."""
    _, *blocks = _NAME.split((FOLDER / "sql" / f"{port}.sql").read_text(encoding="utf-8"))
    names, statements = blocks[::2], blocks[1::2]
    return dict(zip(names, (statement.strip() for statement in statements), strict=True))
