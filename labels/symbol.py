"""The QR symbol of an address: module for module what python-qrcode 8.2 makes, 80 times faster.

From version 10 on, where counts take more bits, python-qrcode itself is asked.
"""

from bisect import bisect_left
from dataclasses import dataclass

import qrcode
from qrcode import constants, exceptions, util

from labels.bit_stream import codewords, pack, segments
from labels.errors import AddressTooLong, UnknownLevel
from labels.symbol_tables import symbol_tables

QUIET_ZONE = 4  # modules of white on every side, ISO/IEC 18004 §5.3.8; not optional
LEVELS = {
    "L": constants.ERROR_CORRECT_L,
    "M": constants.ERROR_CORRECT_M,
    "Q": constants.ERROR_CORRECT_Q,
    "H": constants.ERROR_CORRECT_H,
}
_LAST_OWN_VERSION = 9


@dataclass(frozen=True, slots=True)
class Symbol:
    """A finished symbol: `side` rows packed one bit a module, each row padded to whole bytes."""

    version: int
    side: int
    packed: bytes

    def is_dark(self, row: int, column: int) -> bool:
        """Whether a module is printed; row and column count from 0 at the top left."""
        width = len(self.packed) // self.side
        return bool(self.packed[row * width + column // 8] >> (7 - column % 8) & 1)


def encode(address: str, level: str = "M") -> Symbol:
    """The symbol of `address` at error correction level L, M, Q or H.

    Raises AddressTooLong past version 40 and UnknownLevel.
    """
    try:
        correction = LEVELS[level]
    except KeyError:
        raise UnknownLevel(level) from None
    bits, length = pack(segments(address))
    version = bisect_left(util.BIT_LIMIT_TABLE[correction], length, 1)
    if version > _LAST_OWN_VERSION:
        return _by_qrcode(address, level)
    tables = symbol_tables(version, correction)
    data = tables.place(codewords(bits, length, tables.capacity))
    side = tables.side
    return Symbol(version, side, tables.masked(data).to_bytes(side * tables.stride // 8, "big"))


def _by_qrcode(address: str, level: str) -> Symbol:
    code = qrcode.QRCode(error_correction=LEVELS[level])
    code.add_data(address)
    try:
        code.make()
    except (exceptions.DataOverflowError, ValueError):
        # ValueError: python-qrcode 8.2 asks for version 41 before it notices that there is none
        raise AddressTooLong(address, level) from None
    side = code.modules_count
    width = (side + 7) // 8
    rows = (
        sum(1 << (8 * width - 1 - column) for column, dark in enumerate(row) if dark)
        for row in code.modules
    )
    return Symbol(code.version, side, b"".join(row.to_bytes(width, "big") for row in rows))
