"""What every command of the terminal needs: saying, complaining, dates, files of questions."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn

STILL_AT_IT = 10.0  # seconds between two words that long work goes on


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


@contextmanager
def working(what: str, every: float = STILL_AT_IT) -> Iterator[None]:
    """Says on standard error what is being done, and every few seconds that it still is."""
    note(f"{what}……")
    start, done = time.monotonic(), threading.Event()

    def tell() -> None:
        while not done.wait(every):
            note(f"{what}，已 {time.monotonic() - start:.0f} 秒")

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
