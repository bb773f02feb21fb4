"""Text to the bit stream of a QR symbol, versions 1 to 9 (ISO/IEC 18004 §7.4)."""

import re

from qrcode import util

ALPHANUMERIC = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"  # table 5: the value is the place
_VALUE = {character: value for value, character in enumerate(ALPHANUMERIC)}
_PAIR = {
    bytes((first, second)): 45 * _VALUE[first] + _VALUE[second]
    for first in ALPHANUMERIC
    for second in ALPHANUMERIC
}
_DIGIT_BITS = {1: 4, 2: 7, 3: 10}
_COUNT_BITS = util.mode_sizes_for_version(1)  # table 3; the same for versions 1 to 9

# qrcode cuts runs of 20 and more digits or alphanumeric characters into segments of their own. A
# longer text of alphanumeric characters alone, without such a run of digits, is one segment.
SHORTEST_RUN = 20
_ONE_SEGMENT = re.compile(rb"[0-9A-Z $%*+\-./:]{21,}")
_LONG_NUMBER = re.compile(rb"[0-9]{20}")

Segment = tuple[int, bytes]


def segments(text: str) -> list[Segment]:
    """The (mode, bytes) segments python-qrcode cuts a text into."""
    data = text.encode("utf-8")
    if _ONE_SEGMENT.fullmatch(data) and not _LONG_NUMBER.search(data):
        return [(util.MODE_ALPHA_NUM, data)]
    return [
        (chunk.mode, chunk.data) for chunk in util.optimal_data_chunks(data, minimum=SHORTEST_RUN)
    ]


def pack(parts: list[Segment]) -> tuple[int, int]:
    """Segments to (bits as one number, how many bits), without terminator and padding."""
    bits, length = 0, 0
    for mode, data in parts:
        count_bits = _COUNT_BITS[mode]
        bits = bits << 4 + count_bits | mode << count_bits | len(data)
        length += 4 + count_bits
        if mode == util.MODE_8BIT_BYTE:
            bits = bits << 8 * len(data) | int.from_bytes(data, "big")
            length += 8 * len(data)
        elif mode == util.MODE_ALPHA_NUM:
            for i in range(0, len(data) - 1, 2):
                bits = bits << 11 | _PAIR[data[i : i + 2]]
            length += len(data) // 2 * 11
            if len(data) & 1:
                bits = bits << 6 | _VALUE[data[-1]]
                length += 6
        else:
            for i in range(0, len(data), 3):
                digits = data[i : i + 3]
                bits = bits << _DIGIT_BITS[len(digits)] | int(digits)
                length += _DIGIT_BITS[len(digits)]
    return bits, length


def codewords(bits: int, length: int, capacity: int) -> bytes:
    """The stream ended and padded to `capacity` data codewords (§7.4.9, §7.4.10)."""
    terminator = min(4, 8 * capacity - length)
    length += terminator
    to_byte = -length % 8
    stream = (bits << terminator + to_byte).to_bytes((length + to_byte) // 8, "big")
    missing = capacity - len(stream)
    return stream + (b"\xec\x11" * (missing // 2 + 1))[:missing]
