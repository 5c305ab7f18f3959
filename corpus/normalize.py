"""One character in, one character out: full-width and case differences go, spans stay valid."""

from __future__ import annotations

_PUNCTUATION = str.maketrans("，；：（）！？［］｛｝％～＋－＝＜＞／．", ",;:()!?[]{}%~+-=<>/.")


def normalize(text: str) -> str:
    """Half-width, lower case, same length; a character without a one-character form stays.

    >>> normalize("ＣＯ浓度，9人")
    'co浓度,9人'
    """
    plain = text.translate(_PUNCTUATION)
    out = []
    for ch in plain:
        code = ord(ch)
        if 0xFF10 <= code <= 0xFF5A:
            ch = chr(code - 0xFEE0)
        elif ch in "\u3000\u00a0\t\r\n":
            ch = " " if ch != "\n" else "\n"
        low = ch.lower()
        out.append(low if len(low) == 1 else ch)
    return "".join(out)
