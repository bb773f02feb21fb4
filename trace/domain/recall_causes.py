"""What a recall begins at: the kinds of cause, and what each of them must say.

Four kinds name goods or inputs themselves. Two are asked for in the words of who finds the trouble,
all that was picked from these plots between two days and all that this inspection was about, and
are turned into nodes when the recall is recorded.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .errors import N_, Problem

INPUT_LOT_KIND, PLOT_DAYS, PLANTING_KIND, INSPECTION_KIND, LOT_KIND, PACKAGE_KIND = (
    "input_lot",
    "plot_days",
    "planting",
    "inspection",
    "lot",
    "package",
)
CAUSE_KINDS: dict[str, str] = {
    INPUT_LOT_KIND: N_("a farm input"),
    PLOT_DAYS: N_("a plot, between two days"),
    PLANTING_KIND: N_("a planting"),
    INSPECTION_KIND: N_("a failed inspection"),
    LOT_KIND: N_("a lot"),
    PACKAGE_KIND: N_("a gift box or package"),
}
LOOKED_UP = (PLOT_DAYS, INSPECTION_KIND)
"""The kinds that name no nodes: what they mean is looked up in the record."""

PLOTS, FROM, UNTIL = N_("Which plots"), N_("Picked from"), N_("Picked until")
FAILED = N_("The failed inspection")
CHOOSE_PLOTS = N_("Choose at least one plot.")
CHOOSE_DAY = N_("Choose the day.")
NOT_A_DAY = N_("“%(given)s” is not a date.")
CHOOSE_INSPECTION = N_("Choose the inspection that was not passed.")
NOT_FAILED = N_("Only an inspection that was not passed, and was not struck out, can be the cause.")
WRONG_WAY = N_("The last day lies before the first one.")
NOTHING_PICKED = N_(
    "Nothing was picked from these plots between these days, so there is nothing to recall. Look at"
    " the days again, or choose the planting."
)
ABOUT_NOTHING = N_(
    "This inspection names no lot and no planting of ours, so there is nothing to recall."
)
OTHER_KIND = N_("%(given)s is not %(kind)s.")

_WRITTEN_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
"""Days are compared as they are written, so in one way only."""


@dataclass(frozen=True)
class AskedCause:
    """A cause as it was asked for; `kind` is empty where nodes of several kinds are named.

    Days are ISO dates as typed, both included; `inspection` is an entry id.
    """

    kind: str = ""
    causes: tuple[str, ...] = ()
    plots: tuple[str, ...] = ()
    from_day: str = ""
    until_day: str = ""
    inspection: str = ""

    @property
    def stated(self) -> dict[str, object]:
        """How it was asked, as the recall's entry keeps it; nothing that does not belong to it."""
        said: dict[str, object] = {"cause_kind": self.kind}
        if self.kind == PLOT_DAYS:
            days: dict[str, object] = {"from_day": self.from_day, "until_day": self.until_day}
            said |= days | {"plots": list(self.plots)}
        if self.kind == INSPECTION_KIND:
            said["inspection"] = self.inspection
        return said


def asked_problems(asked: AskedCause) -> list[Problem]:
    """What is missing or the wrong way round in the question itself."""
    found = []
    if asked.kind == PLOT_DAYS:
        if not asked.plots:
            found.append(Problem("plots", CHOOSE_PLOTS, {}, PLOTS))
        for name, given, label in (
            ("from_day", asked.from_day, FROM),
            ("until_day", asked.until_day, UNTIL),
        ):
            if not given.strip():
                found.append(Problem(name, CHOOSE_DAY, {}, label))
            elif not _WRITTEN_DAY.fullmatch(given.strip()):
                found.append(Problem(name, NOT_A_DAY, {"given": given[:40]}, label))
        if asked.from_day and asked.until_day and asked.until_day < asked.from_day:
            found.append(Problem("until_day", WRONG_WAY, {}, UNTIL))
    if asked.kind == INSPECTION_KIND and not asked.inspection:
        found.append(Problem("inspection", CHOOSE_INSPECTION, {}, FAILED))
    return found


def cause_problems(
    asked: AskedCause, kinds: Mapping[str, str], read: Iterable[Problem]
) -> list[Problem]:
    """Every problem of an order: `read` are those of its key data, `kinds` the kinds of its nodes.

    What is looked up has no problem with nodes, but one of its own where it means nothing.
    """
    own = asked_problems(asked)
    told = {one.field for one in own}
    if asked.kind not in LOOKED_UP:
        wrong = [
            Problem(f"causes-{at}", OTHER_KIND, {"given": node, "kind": asked.kind}, N_("Cause"))
            for at, node in enumerate(asked.causes)
            if asked.kind in CAUSE_KINDS and kinds.get(node, asked.kind) != asked.kind
        ]
        return [*own, *wrong, *read]
    rest = [
        Problem("inspection", NOT_FAILED, {}, FAILED) if one.field == "inspection" else one
        for one in read
        if not one.field.startswith("causes") and one.field not in told
    ]
    about_cause = ("plots", "from_day", "until_day", "inspection")
    if not own and not kinds and not any(one.field in about_cause for one in rest):
        is_plot = asked.kind == PLOT_DAYS
        own.append(
            Problem("plots", NOTHING_PICKED, {}, PLOTS)
            if is_plot
            else Problem("inspection", ABOUT_NOTHING, {}, FAILED)
        )
    return [*own, *rest]
