"""What every command of the terminal needs: saying, complaining, dates, files of questions."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import NoReturn


def bad(message: str) -> NoReturn:
    """Raises BadInput: something a person must mend."""
    from kb.errors import BadInput

    raise BadInput(message)


def note(message: str) -> None:
    print(message, file=sys.stderr)


def dump(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


def say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
