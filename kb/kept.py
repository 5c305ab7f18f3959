"""What was compiled from sources is kept beside them until one of them changes, whole or not at all.

Kept as Python objects (pickle) in the package's own _build folder, as trusted as its byte code; nothing that anybody uploads.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def stamp(paths: Iterable[Path]) -> str:
    """Cheap sign that no source changed: names, sizes and times, without reading contents."""
    h = hashlib.sha256()
    for path in paths:
        info = os.stat(path)
        h.update(f"{path.name}:{info.st_size}:{info.st_mtime_ns}".encode())
    return h.hexdigest()


def read_kept(path: Path, mark: str) -> Any | None:
    """What was kept under this mark; None when there is nothing of it that can be used."""
    import gc

    try:
        held, _, body = path.read_bytes().partition(b"\n")
        if held.decode() != mark:
            return None
    except (OSError, ValueError):
        return None
    collecting = gc.isenabled()
    gc.disable()  # nothing that is read here is garbage
    try:
        return pickle.loads(body)
    except Exception:  # whatever a damaged file raises: it is compiled anew
        return None
    finally:
        if collecting:
            gc.enable()


def keep(path: Path, mark: str, value: object) -> None:
    """Keep a value under a mark."""
    write_atomically(path, mark.encode() + b"\n" + pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; a folder that can't be written is no fault (it is a cache)."""
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False) as out:
            out.write(content)
        os.replace(out.name, path)
    except OSError:
        return
