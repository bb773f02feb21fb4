"""What a recall says in both languages: ready sentences, the cause in words, the notice.

A notice is for a chat group: short enough to be read, with everything a buyer needs to act.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ...domain.errors import N_
from ...domain.recall_causes import CAUSE_KINDS
from ...query.coop_nodes import NodeLine
from ...query.recall_page import Recalled
from .. import display
from ..language import current_language
from ..two_tongues import speaking
from ..words import _, ngettext

LONGEST_NOTICE = 500
MOST_LOTS = 30
SHORTEST = 40

READY_REASONS = {
    "residue": N_("A test found more pesticide residue in it than is allowed."),
    "failed_test": N_("It did not pass a test."),
    "picked_early": N_("It was picked too soon after a spraying."),
    "bad_input": N_("Something used to grow it was false or not allowed."),
    "foreign": N_("There may be something in it that does not belong there."),
    "wrong_label": N_("Its label says something wrong."),
}
READY_ADVICE = {
    "return": N_(
        "Do not eat it. Take it back where you bought it: the price is returned, without a receipt."
    ),
    "throw_away": N_("Do not eat it. Throw it away and call us: the price is returned."),
    "keep": N_("Do not eat it, and do not throw it away yet: call us, we come and fetch it."),
}
READY_UPDATES = {
    "most_back": N_("Most of it is back and under lock. We go on calling."),
    "tested": N_("A laboratory is testing it; we shall tell the result here."),
    "all_reached": N_("Every shop that got it has been reached and has taken it off sale."),
}
READY_SUSPICIONS = {
    "complaint": N_("A buyer complained; we are checking."),
    "test": N_("A test looked wrong; it is being tested again."),
    "spraying": N_("We are not sure about a spraying; it is being checked."),
    "label": N_("The label may be wrong; we are checking."),
    "spoiled": N_("It may be spoiled; we are checking."),
}
"""The first word of each is its key in forms; the sentences are what shoppers read."""


def in_both(sentence: str) -> tuple[str, str]:
    """A ready sentence in Chinese and in English."""
    with speaking("zh"):
        chinese = _(sentence)
    with speaking("en"):
        return chinese, _(sentence)


def cause_words(recall: Recalled) -> str:
    """How the cause was asked for, in a line."""
    asked, language = recall.asked, current_language()
    if asked.plots and asked.from_day and asked.until_day:
        plots = _(", ").join(one.in_language("name", language) for one in asked.plots)
        days = (display.day(one, language, year=True) for one in (asked.from_day, asked.until_day))
        first, last = days
        return _(
            "Everything picked on %(plots)s from %(first)s to %(last)s",
            plots=plots, first=first, last=last,
        )  # fmt: skip
    return _(CAUSE_KINDS[asked.kind]) if asked.kind in CAUSE_KINDS else ""


@dataclass(frozen=True)
class Notice:
    """What buyers must know, in one language; `lots` are numbers. Phone and link may be empty."""

    coop: str
    products: str
    lots: tuple[str, ...]
    more_lots: int
    reason: str
    advice: str
    phone: str
    link: str


def told_lots(recall: Recalled) -> tuple[NodeLine, ...]:
    """The lots that buyers may hold: the packed ones, or all where none was packed."""
    packed = tuple(one for one in recall.reach.lots if one.packed_quantity is not None)
    return packed or recall.reach.lots


def notice_of(recall: Recalled, coop_name: str, phone: str, link: str, language: str) -> Notice:
    """The notice of a recall in this language, with nothing cut short yet."""
    lines = told_lots(recall)
    names = dict.fromkeys(one.name(language) for one in lines)
    is_english = language == "en"
    with speaking(language):
        reason = (recall.reason_en if is_english else "") or recall.reason
        advice = (recall.advice_en if is_english else "") or recall.advice
        return Notice(
            coop_name,
            _(", ").join(names),
            tuple(one.lot_number for one in lines[:MOST_LOTS]),
            max(0, len(lines) - MOST_LOTS),
            reason,
            advice or _("Do not eat it, and do not throw it away yet: call the co-op."),
            phone,
            link,
        )


def notice_text(notice: Notice, language: str) -> str:
    """The notice as a message of at most 500 characters; link and phone are never cut."""
    with speaking(language):
        text = ""
        for shorter in _shorter(notice):
            text = _written(shorter)
            if len(text) <= LONGEST_NOTICE:
                return text
        return text[:LONGEST_NOTICE]


def lot_words(notice: Notice) -> str:
    """The lot numbers in a line, with how many more there are."""
    words = _(", ").join(notice.lots)
    if notice.more_lots:
        more = ngettext("and %(num)s lot more", "and %(num)s lots more", notice.more_lots)
        words = f"{words} {more}" if words else more
    return words


def _written(notice: Notice) -> str:
    lines = [_("RECALL: %(products)s, of %(coop)s", products=notice.products, coop=notice.coop)]
    if notice.lots or notice.more_lots:
        lines.append(_("Lots: %(lots)s", lots=lot_words(notice)))
    lines += [_("Why: %(reason)s", reason=notice.reason), notice.advice]
    if notice.phone:
        lines.append(_("Phone: %(phone)s", phone=notice.phone))
    return "\n".join([*lines, *([notice.link] if notice.link else [])])


def _shorter(notice: Notice) -> Iterator[Notice]:
    """The notice, and then ever shorter ones: fewer lots, then shorter names, advice, reason."""
    yield notice
    total = len(notice.lots) + notice.more_lots
    for shown in (20, 12, 8, 5, 3):
        if shown < len(notice.lots):
            notice = replace(notice, lots=notice.lots[:shown], more_lots=total - shown)
            yield notice
    for name in ("products", "coop", "advice", "reason"):
        for longest in (120, 80, SHORTEST):
            text = str(getattr(notice, name))
            if len(text) > longest:
                shortened: dict[str, Any] = {name: text[: longest - 1].rstrip() + "…"}
                notice = replace(notice, **shortened)
                yield notice
