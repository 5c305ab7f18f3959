"""What was compiled from sources is kept beside them until one of them changes, whole or not at all."""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
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


def code_stamp(folder: Path) -> str:
    """Sign of the code of a folder. Taken when it is imported: later the files may be others than what runs."""
    return f"{sys.implementation.cache_tag}-{stamp(sorted(folder.glob('*.py*')))}"


_CODE = code_stamp(Path(__file__).parent)  # the models, and the parser that makes conditions


def mark_of(paths: Iterable[Path]) -> str:
    """What a compiled file must have been kept under to be used: these sources, read by this code."""
    return f"{_CODE}-{stamp(paths)}"


def read_kept(path: Path, mark: str) -> Any | None:
    """What was kept under this mark; None when there is nothing of it that can be used.

    It is unpickled: the file must be as trusted as code is, which the _build folders of the package are.
    """
    try:
        held, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if held != mark.encode():
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

    made = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False) as out:
            made = Path(out.name)
            out.write(content)
        made.chmod(0o644)  # who installs may be another than who runs
        made.replace(path)
    except OSError:
        if made is not None:
            made.unlink(missing_ok=True)
