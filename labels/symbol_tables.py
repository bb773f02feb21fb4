"""Tables per version and error correction level, versions 1 to 9 of ISO/IEC 18004.

Reed-Solomon coding and the placing of bits are both linear over GF(2), so the symbol of a text is
the exclusive or of one ready-made partial symbol per data codeword. The partial symbols, masks and
patterns are made here, once, from python-qrcode's own drawing of an empty symbol.
"""

from functools import lru_cache

import qrcode
from qrcode import base, util

from labels.penalty import penalty_rule

_EXP = [0] * 512
_LOG = [0] * 256


def _fill_field() -> None:
    """Powers and logarithms of GF(256) with the polynomial x^8+x^4+x^3+x^2+1 (§7.5.2)."""
    x = 1
    for power in range(255):
        _EXP[power] = _EXP[power + 255] = x
        _LOG[x] = power
        x <<= 1
        if x & 256:
            x ^= 0x11D


_fill_field()


def generator(count: int) -> list[int]:
    """Coefficients of the generator polynomial for `count` correction codewords, highest first."""
    polynomial = [1]
    for power in range(count):
        longer = [*polynomial, 0]
        for place, coefficient in enumerate(polynomial):
            longer[place + 1] ^= _EXP[_LOG[coefficient] + power]
        polynomial = longer
    return polynomial


def remainder(data: list[int], polynomial: list[int]) -> list[int]:
    """The correction codewords of a block of data codewords."""
    count = len(polynomial) - 1
    rest = [0] * count
    for codeword in data:
        factor = codeword ^ rest[0]
        rest = [*rest[1:], 0]
        if factor:
            log = _LOG[factor]
            for place in range(count):
                rest[place] ^= _EXP[log + _LOG[polynomial[place + 1]]]
    return rest


class SymbolTables:
    """Everything about symbols of one version (1-9) and level (python-qrcode's number for it).

    A symbol is a number: `side` rows of `stride` bits, top row first, leftmost module highest.
    """

    def __init__(self, version: int, level: int) -> None:
        self.version = version
        side = self.side = version * 4 + 17
        self.stride = (side + 7) // 8 * 8
        self.penalty = penalty_rule(side, self.stride)
        drawn = [self._patterns(level, mask, scoring=False) for mask in range(8)]
        scored = self._patterns(level, 0, scoring=True)
        free = [[module is None for module in row] for row in scored]
        masks = []
        for mask in range(8):
            turns = util.mask_func(mask)
            masks.append(
                self._number(
                    [
                        [may and turns(r, c) for c, may in enumerate(row)]
                        for r, row in enumerate(free)
                    ]
                )
            )
        # python-qrcode scores the masks with the format information still light.
        blank = self._number(scored)
        self.scored = tuple(blank | mask for mask in masks)
        self.drawn = tuple(
            self._number(rows) | mask for rows, mask in zip(drawn, masks, strict=True)
        )
        blocks = base.rs_blocks(version, level)
        self.capacity = sum(block.data_count for block in blocks)
        self.partial = self._partial_symbols(
            [b.data_count for b in blocks],
            blocks[0].total_count - blocks[0].data_count,
            self._places(free),
        )

    def _patterns(self, level: int, mask: int, *, scoring: bool) -> list[list[bool | None]]:
        """The function patterns and format information; None where data bits go."""
        empty = qrcode.QRCode(version=self.version, error_correction=level)
        empty.modules_count = self.side
        empty.modules = [[None] * self.side for _ in range(self.side)]
        empty.setup_position_probe_pattern(0, 0)
        empty.setup_position_probe_pattern(self.side - 7, 0)
        empty.setup_position_probe_pattern(0, self.side - 7)
        empty.setup_position_adjust_pattern()
        empty.setup_timing_pattern()
        empty.setup_type_info(scoring, mask)
        if self.version >= 7:
            empty.setup_type_number(scoring)
        modules: list[list[bool | None]] = empty.modules
        return modules

    def _number(self, rows: list[list[bool | None]] | list[list[bool]]) -> int:
        number = 0
        for row in rows:
            bits = 0
            for module in row:
                bits = bits << 1 | bool(module)
            number = number << self.stride | bits << (self.stride - self.side)
        return number

    def _places(self, free: list[list[bool]]) -> list[int]:
        """One-bit numbers of the data modules in the order bits are laid (§7.7.3)."""
        places = []
        row, step = self.side - 1, -1
        for pair in range(self.side - 1, 0, -2):
            right = pair if pair > 6 else pair - 1  # column 6 is the timing pattern
            while 0 <= row < self.side:
                for column in (right, right - 1):
                    if free[row][column]:
                        places.append(
                            1 << ((self.side - 1 - row) * self.stride + self.stride - 1 - column)
                        )
                row += step
            row -= step
            step = -step
        return places

    def _partial_symbols(
        self, data_counts: list[int], correction: int, places: list[int]
    ) -> list[list[int]]:
        """For each data codeword, in the order of the stream, the partial symbol of each value."""
        order = [
            (block, i)
            for i in range(max(data_counts))
            for block, count in enumerate(data_counts)
            if i < count
        ]
        order += [
            (block, count + i) for i in range(correction) for block, count in enumerate(data_counts)
        ]
        stream_place = {codeword: place for place, codeword in enumerate(order)}
        polynomial = generator(correction)

        def laid(block: int, codeword: int, value: int) -> int:
            first = 8 * stream_place[block, codeword]
            return sum(places[first + bit] for bit in range(8) if value >> (7 - bit) & 1)

        tables = []
        for block, count in enumerate(data_counts):
            for i in range(count):
                table = [0]
                for bit in range(8):
                    parity = remainder([1 << bit] + [0] * (count - i - 1), polynomial)
                    symbol = laid(block, i, 1 << bit)
                    for j, value in enumerate(parity):
                        symbol ^= laid(block, count + j, value)
                    table += [known ^ symbol for known in table]
                tables.append(table)
        return tables

    def place(self, data: bytes) -> int:
        """The symbol of these data codewords, before masking and without patterns."""
        symbol = 0
        for table, codeword in zip(self.partial, data, strict=True):
            symbol ^= table[codeword]
        return symbol

    def masked(self, data: int) -> int:
        """The finished symbol under the mask with the fewest points, the first of equals."""
        penalty = self.penalty
        points = [penalty(data ^ mask) for mask in self.scored]
        return data ^ self.drawn[points.index(min(points))]


@lru_cache(maxsize=8)
def symbol_tables(version: int, level: int) -> SymbolTables:
    """The tables of one version and level, kept for the next symbol (1 to 25 MB each)."""
    return SymbolTables(version, level)
