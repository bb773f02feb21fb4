"""What a key data element is, the roles that nodes play in events, and the laws that ask.

A node is a planting, lot, input lot or package, named by its code. A node element has a role in the
event: `subject` (it happens to it), `input` (it is taken into what is made), `source` (another
co-op's lot that ours was received from), `removed` (it leaves the stock), `returned`
(it comes back).
"""

from dataclasses import dataclass

PLANTING, LOT, INPUT_LOT, PACKAGE = "planting", "lot", "input_lot", "package"
SUBJECT, INPUT, OUTPUT, REMOVED, RETURNED = "subject", "input", "output", "removed", "returned"
SOURCE = "source"
GOODS = (LOT, PACKAGE)

ART27 = "农产品质量安全法 Art. 27"
PESTICIDE34, PESTICIDE36 = "农药管理条例 Art. 34", "农药管理条例 Art. 36"
FSMA_HARVEST, FSMA_PACK = "21 CFR 1.1325(a)", "21 CFR 1.1330"
FSMA_SHIP, FSMA_RECEIVE, FSMA_TRANSFORM = "21 CFR 1.1340", "21 CFR 1.1345", "21 CFR 1.1350"


@dataclass(frozen=True)
class Element:
    """One key data element.

    kind is text, decimal, count, date, choice, flag, party, plot, site, product, input, entry,
    results (of an inspection) or nodes. A decimal or node quantity is positive and takes one of
    `units`, the first being the default; `signed` decimals (temperatures) may be below zero.
    """

    name: str
    kind: str
    label: str
    required: bool = False
    many: bool = False
    nodes: tuple[str, ...] = ()
    role: str = SUBJECT
    units: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    signed: bool = False
    longest: int = 200
    clause: str = ""


def text_element(name: str, label: str, required: bool = False, clause: str = "") -> Element:
    """A line of text."""
    return Element(name, "text", label, required, clause=clause)


def ref_element(
    kind: str, label: str, required: bool = False, clause: str = "", name: str = ""
) -> Element:
    """One declared noun or entry, by its id."""
    return Element(name or kind, kind, label, required, clause=clause)


def choice_element(
    name: str, label: str, *choices: tuple[str, str], required: bool = False
) -> Element:
    """One of a few words."""
    return Element(name, "choice", label, required, choices=choices)


def nodes_element(
    name: str,
    label: str,
    role: str,
    nodes: tuple[str, ...],
    *,
    required: bool = True,
    many: bool = True,
    units: tuple[str, ...] = (),
    clause: str = "",
) -> Element:
    """Nodes in one role, with an amount each where `units` are given."""
    return Element(name, "nodes", label, required, many, nodes, role, units, clause=clause)


def measure_element(
    name: str, label: str, units: tuple[str, ...], required: bool = False, signed: bool = False
) -> Element:
    """An exact decimal with one of these units."""
    return Element(name, "decimal", label, required, units=units, signed=signed)
