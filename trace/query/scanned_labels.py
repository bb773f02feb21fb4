"""What a scanner gun or a paste put into a text box: unit labels, counted by lot, each once."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.errors import N_, Problem, Refused
from ..domain.identifiers import group_code, parse_code
from ..domain.typed_code import code_in
from ..repository import lots
from ..repository.instance import Instance

MOST_LINES = 2000
LABEL = N_("Scanned labels")
NOT_A_CODE = N_("Line %(line)s is no label: %(given)s")
UNKNOWN = N_("Line %(line)s: no label of this co-op has the code %(given)s.")
IS_LOT = N_("Line %(line)s is the code of the whole lot %(given)s: write its quantity instead.")
VOIDED = N_("Line %(line)s: the label %(given)s was voided.")
TOO_MANY = N_("At most %(most)s lines at a time; these are %(lines)s.")


@dataclass(frozen=True)
class Scanned:
    """How many labels of each lot were scanned, by the lot's code; `again` were scanned twice."""

    counts: Mapping[str, int]
    again: int
    problems: tuple[Problem, ...]


def scanned_labels(instance: Instance, coop_id: str, text: str) -> Scanned:
    """Read one label a line: a code, or the whole address that a gun types."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line]
    if len(lines) > MOST_LINES:
        said = {"most": str(MOST_LINES), "lines": str(len(lines))}
        return Scanned({}, 0, (Problem("codes", TOO_MANY, said, LABEL),))
    problems, first_line, again = list[Problem](), dict[str, int](), 0
    for number, line in lines:
        try:
            code = parse_code(code_in(line))
        except Refused:
            problems.append(_problem(NOT_A_CODE, number, line[:60]))
            continue
        again += code in first_line
        first_line.setdefault(code, number)
    counts = dict[str, int]()
    with instance.database.reading() as connection:
        units = {unit["code"]: unit for unit in lots.units_by_codes(connection, list(first_line))}
        for code, number in first_line.items():
            unit = units.get(code)
            if unit is None or unit["coop_id"] != coop_id:
                lot = lots.lot_by_code(connection, code)
                if lot is not None and lot["coop_id"] == coop_id:
                    problems.append(_problem(IS_LOT, number, lot["lot_number"]))
                else:
                    problems.append(_problem(UNKNOWN, number, group_code(code)))
            elif unit["voided_by"]:
                problems.append(_problem(VOIDED, number, group_code(code)))
            else:
                counts[unit["node_id"]] = counts.get(unit["node_id"], 0) + 1
    return Scanned(counts, again, tuple(problems))


def _problem(message: str, line: int, given: str) -> Problem:
    return Problem("codes", message, {"line": str(line), "given": given}, LABEL)
