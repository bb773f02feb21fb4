"""What people type, without the signs that nobody sees and that break what is made of it.

A control character, or U+FFFE, makes a spreadsheet that no program opens; a turning sign such as
U+202E writes the rest of a line backwards, so that a page shows what nobody wrote.
"""

import re

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    "\ufffe\uffff]"
)


def without_unseen(text: str) -> str:
    """The text with a space for each control, turning and impossible sign; line breaks stay.

    >>> without_unseen("甲\\u202e\\x00乙")
    '甲  乙'
    """
    return _UNSEEN.sub(" ", text)


def one_line(text: str) -> str:
    """The same on one line, with single spaces.

    >>> one_line(" 甲\\n\\u202e  乙 ")
    '甲 乙'
    """
    return " ".join(without_unseen(text).split())
