"""Which numbers of a lot's labels were scanned to be voided, as runs that follow one another."""

from dataclasses import dataclass

from ..domain.errors import N_, Problem, Refused
from ..domain.identifiers import group_code, parse_code
from ..domain.typed_code import code_in
from ..repository import lots
from ..repository.instance import Instance
from .scanned_labels import LABEL, MOST_LINES, NOT_A_CODE, TOO_MANY

OTHER_LOT = N_("Line %(line)s: the label %(given)s is not one of this lot.")


@dataclass(frozen=True)
class LabelsToVoid:
    """Runs of sequence numbers (first, how many), and what is wrong with the lines."""

    runs: tuple[tuple[int, int], ...]
    problems: tuple[Problem, ...]


def labels_to_void(instance: Instance, lot: str, text: str) -> LabelsToVoid:
    """Read one label a line: a code, or the whole address that a gun types."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line]
    if len(lines) > MOST_LINES:
        said = {"most": str(MOST_LINES), "lines": str(len(lines))}
        return LabelsToVoid((), (Problem("codes", TOO_MANY, said, LABEL),))
    problems, first_line = list[Problem](), dict[str, int]()
    for number, line in lines:
        try:
            first_line.setdefault(parse_code(code_in(line)), number)
        except Refused:
            problems.append(_problem(NOT_A_CODE, number, line[:60]))
    sequences = []
    with instance.database.reading() as connection:
        units = {unit["code"]: unit for unit in lots.units_by_codes(connection, list(first_line))}
    for code, number in first_line.items():
        unit = units.get(code)
        if unit is None or unit["node_id"] != lot:
            problems.append(_problem(OTHER_LOT, number, group_code(code)))
        else:
            sequences.append(unit["sequence"])
    return LabelsToVoid(runs_of(sequences), tuple(problems))


def runs_of(sequences: list[int]) -> tuple[tuple[int, int], ...]:
    """Numbers as runs that follow one another, each its first and how many.

    >>> runs_of([7, 3, 4, 5])
    ((3, 3), (7, 1))
    """
    runs: list[tuple[int, int]] = []
    for one in sorted(set(sequences)):
        if runs and one == sum(runs[-1]):
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((one, 1))
    return tuple(runs)


def _problem(message: str, line: int, given: str) -> Problem:
    return Problem("codes", message, {"line": str(line), "given": given}, LABEL)
