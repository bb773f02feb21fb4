"""A code as a shopper types or pastes it: what was meant, and everything that is wrong with it."""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

from .errors import N_, Problem
from .identifiers import ALPHABET, CODE_LENGTH

LETTER_U = N_("A code never has the letter U; it may be a V.")
WRONG_SIGNS = N_("These signs are never part of a code: %(signs)s")
TOO_SHORT = N_("A code has %(expected)s letters and digits; here are only %(length)s.")
TOO_LONG = N_("A code has %(expected)s letters and digits; here are %(length)s.")
READ_AS = N_("The letter O was read as the digit 0, and I and L as the digit 1: that is right so.")

_BLANKS = re.compile(r"[\s\-·.]")


def code_in(typed: str) -> str:
    """The code itself, out of a whole address too.

    >>> code_in('https://qijimu.example/T/7K3M9QX2D4HT8VRB?lang=en')
    '7K3M9QX2D4HT8VRB'
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if "/" in text:
        path = urlsplit(text).path.rstrip("/")
        text = unquote(path.rsplit("/", 1)[-1])
    return text


def typed_problems(typed: str) -> tuple[Problem, ...]:
    """Everything wrong with a typed code, and last how look-alikes were read."""
    code = _BLANKS.sub("", unicodedata.normalize("NFKC", typed)).upper()
    problems = []
    readable = {*ALPHABET, "O", "I", "L"}
    wrong = [sign for sign in dict.fromkeys(code) if sign not in readable and sign != "U"]
    if "U" in code:
        problems.append(Problem("code", LETTER_U))
    if wrong:
        problems.append(Problem("code", WRONG_SIGNS, {"signs": " ".join(wrong)[:40]}))
    if len(code) != CODE_LENGTH:
        message = TOO_SHORT if len(code) < CODE_LENGTH else TOO_LONG
        values = {"expected": str(CODE_LENGTH), "length": str(len(code))}
        problems.append(Problem("code", message, values))
    if {"O", "I", "L"} & set(code):
        problems.append(Problem("code", READ_AS))
    return tuple(problems)
