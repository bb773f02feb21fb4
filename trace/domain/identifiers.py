"""Label codes, lot numbers, and ids: how they look and how a person's typing is read.

A code is 16 characters of Crockford's base32 (80 random bits), the identity of every lot, planting,
package and unit label, and the end of the printed address.
"""

import re
import unicodedata

from .errors import N_, refuse

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16
CODE_BITS = 5 * CODE_LENGTH
LOT_NUMBER = re.compile(r"[A-Z0-9-]{1,20}")
"""GS1 AI (10): at most 20 characters; ours are upper case, so symbols stay small."""

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def format_code(bits: int) -> str:
    """80 random bits as a code of 16 characters.

    >>> format_code(0), format_code(2**80 - 1)
    ('0000000000000000', 'ZZZZZZZZZZZZZZZZ')
    """
    if not 0 <= bits < 1 << CODE_BITS:
        raise ValueError(f"a code holds {CODE_BITS} bits, not the number {bits}")
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(CODE_BITS - 5, -1, -5))


def parse_code(typed: str) -> str:
    """Read a code as a person types it: any case, spaces and hyphens, O for 0, I and L for 1.

    Letters and digits of a Chinese keyboard's full width are the same letters and digits.

    >>> parse_code('7k3m 9qx2-d4ht 8vrO'), parse_code('７Ｋ３Ｍ9qx2d4ht8vr0')
    ('7K3M9QX2D4HT8VR0', '7K3M9QX2D4HT8VR0')
    """
    plain = unicodedata.normalize("NFKC", typed)
    code = re.sub(r"[\s\-·.]", "", plain).upper().translate(_READ_AS)
    wrong = sorted({character for character in code if character not in ALPHABET})
    if wrong:
        message = N_("A label code never has the characters %(characters)s.")
        raise refuse("code", message, characters=" ".join(wrong)[:40])
    if len(code) != CODE_LENGTH:
        message = N_("A label code has %(expected)s characters; this one has %(length)s.")
        raise refuse("code", message, expected=CODE_LENGTH, length=len(code))
    return code


def group_code(code: str) -> str:
    """A code in groups of four, as it is printed and shown.

    >>> group_code('7K3M9QX2D4HT8VR0')
    '7K3M 9QX2 D4HT 8VR0'
    """
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
