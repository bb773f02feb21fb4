"""The encoder against python-qrcode, its reference."""

import random
from functools import cache

import pytest
import qrcode
from qrcode import util

from labels.errors import AddressTooLong, UnknownLevel
from labels.penalty import penalty_rule
from labels.symbol import LEVELS, Symbol, encode

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
BYTES = "abcdefghijklmnopqrstuvwxyz0123456789/?&=-_#黄瓜七级é"


def reference(text: str, level: str) -> tuple[int, list[list[bool]]]:
    code = qrcode.QRCode(error_correction=LEVELS[level])
    code.add_data(text)
    code.make()
    return code.version, code.modules


def modules(symbol: Symbol) -> list[list[bool]]:
    side = range(symbol.side)
    return [[symbol.is_dark(row, column) for column in side] for row in side]


@cache
def lengths(version: int, level: str, kind: str) -> tuple[int, int]:
    """The least and most characters of a kind that make a symbol of this version."""
    limits = util.BIT_LIMIT_TABLE[LEVELS[level]]
    bits = {"digits": 10 / 3, "alphanumeric": 5.5, "bytes": 8.0}[kind]
    count = {"digits": 14, "alphanumeric": 13, "bytes": 12}[kind]
    return int((limits[version - 1] - count) / bits) + 1, int((limits[version] - count) / bits)


def payload(chance: random.Random, version: int, level: str, kind: str) -> str:
    least, most = lengths(version, level, kind)
    length = chance.randint(max(1, least), most)
    if kind == "digits":
        return "".join(chance.choices("0123456789", k=length))
    if kind == "alphanumeric":
        return "".join(chance.choices(ALPHANUMERIC, k=length))
    text = ""
    while len(text.encode()) < length - 2:
        text += chance.choice(BYTES)
    return text + "x" * (length - len(text.encode()))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("version", range(1, 10))
def test_a_symbol_is_the_one_python_qrcode_makes(version: int, level: str) -> None:
    chance = random.Random(version * 10 + LEVELS[level])
    rounds = 14 if version < 5 else 7
    made = set()
    for _ in range(rounds):
        for kind in ("digits", "alphanumeric", "bytes"):
            text = payload(chance, version, level, kind)
            symbol = encode(text, level)
            assert (symbol.version, modules(symbol)) == reference(text, level), text
            made.add(symbol.version)
    assert version in made


def test_addresses_of_units_are_the_symbols_python_qrcode_makes() -> None:
    chance = random.Random(3)
    for i in range(200):
        code = "".join(chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=16))
        stem = (
            "HTTPS://Q.EXAMPLE.ORG/T/" if i % 2 else "https://id.example.cn/01/06901234567892/21/"
        )
        symbol = encode(stem + code)
        assert (symbol.version, modules(symbol)) == reference(stem + code, "M")


@pytest.mark.parametrize(
    "text",
    ["", "7", "A", "a", "1" * 20, "A" * 20, "A" * 21, "B1" * 11, "A1234567890123456789012Z",
     "a12345678901234567890123b", "12\n", "ABC\n", "HTTPS://Q/" + "7" * 25, "黄瓜"],
)  # fmt: skip
def test_segments_are_cut_where_python_qrcode_cuts_them(text: str) -> None:
    symbol = encode(text)
    assert (symbol.version, modules(symbol)) == reference(text, "M")


def test_mixed_texts_are_the_symbols_python_qrcode_makes() -> None:
    chance = random.Random(9)
    for _ in range(150):
        text = "".join(
            "".join(chance.choices(alphabet, k=chance.randint(0, 30)))
            for alphabet in chance.sample(["0123456789", ALPHANUMERIC, BYTES], 3)
        )
        level = chance.choice(list(LEVELS))
        symbol = encode(text, level)
        assert (symbol.version, modules(symbol)) == reference(text, level), text


@pytest.mark.parametrize("length", [231, 600])
def test_from_version_10_on_python_qrcode_makes_the_symbol(length: int) -> None:
    symbol = encode("x" * length, "L")
    assert symbol.version >= 10
    assert (symbol.version, modules(symbol)) == reference("x" * length, "L")


def test_the_penalty_is_python_qrcodes_for_any_pattern() -> None:
    chance = random.Random(5)
    for side in (21, 29, 53):
        stride = (side + 7) // 8 * 8
        rule = penalty_rule(side, stride)
        for share in (0.2, 0.5, 0.5, 0.8):
            rows = [[chance.random() < share for _ in range(side)] for _ in range(side)]
            number = 0
            for row in rows:
                bits = sum(dark << (stride - 1 - column) for column, dark in enumerate(row))
                number = number << stride | bits
            assert rule(number) == util.lost_point(rows)


def test_an_address_no_symbol_holds_is_refused() -> None:
    with pytest.raises(AddressTooLong, match="3000 characters"):
        encode("x" * 3000)


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(UnknownLevel, match="expected one of L, M, Q, H"):
        encode("A", "X")
