"""Searching: what was typed, folded so that width, case and spaces do not matter.

Chinese has no spaces between words, so a part of a text is enough to find it; several words with
spaces between them must all be there.
"""

import unicodedata
from collections.abc import Iterable

LONGEST_TYPED = 100
MOST_WORDS = 6


def folded(text: str) -> str:
    """A text without differences of width and case, each run of spaces as one.

    >>> folded("ＨＧ－２６１１２１  黄瓜"), folded("Straße")
    ('hg-261121 黄瓜', 'strasse')
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def words_of(typed: str) -> tuple[str, ...]:
    """The folded words to look for, each once; none where nothing was typed.

    >>> words_of(" 17号　黄瓜 黄瓜 ")
    ('17号', '黄瓜')
    """
    return tuple(dict.fromkeys(folded(typed[:LONGEST_TYPED]).split()))[:MOST_WORDS]


def has_words(texts: Iterable[str], words: Iterable[str]) -> bool:
    """Whether every word stands somewhere in these texts."""
    whole = "\n".join(folded(text) for text in texts)
    return all(word in whole for word in words)


def spellings(word: str) -> tuple[str, ...]:
    """The ways a folded word may be stored, small letters aside: as it is, and in full width.

    >>> spellings("hg-1"), spellings("黄瓜")
    (('hg-1', 'ｈｇ－１', 'ＨＧ－１'), ('黄瓜',))
    """
    return tuple(dict.fromkeys((word, _wide(word), _wide(word.upper()))))


def _wide(word: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in word)
