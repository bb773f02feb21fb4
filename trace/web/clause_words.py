"""The clause behind a rule, as its reader writes it: 第三十六条 in Chinese, Art. 36 in English."""

import re

_DIGITS = "零一二三四五六七八九"
_ARTICLE = re.compile(r" Art\. (\d{1,2})(?!\d)")


def clause_words(clause: str, language: str) -> str:
    """A clause in the reader's language; numbers of articles under a hundred are spelt out.

    >>> clause_words("农药管理条例 Art. 36", "zh")
    '农药管理条例第三十六条'
    >>> clause_words("农药管理条例 Art. 36", "en")
    '农药管理条例 Art. 36'
    """
    if language != "zh":
        return clause
    return _ARTICLE.sub(lambda found: f"第{_numeral(int(found[1]))}条", clause).replace("; ", "；")


def _numeral(number: int) -> str:
    """A number under a hundred in Chinese.

    >>> [_numeral(one) for one in (7, 10, 18, 30, 36)]
    ['七', '十', '十八', '三十', '三十六']
    """
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
    return ten + (_DIGITS[ones] if ones or not tens else "")
