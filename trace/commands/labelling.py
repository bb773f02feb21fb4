"""`labels`: print the labels of a lot from the command line, under the same rules as the page."""

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from labels.errors import LabelError
from labels.preview import preview_png
from labels.sheet import SheetSummary, UnitLabel, most_labels
from labels.stock import STOCKS, Stock

from ..capture.jobs import fail_job, finish_job, take_job
from ..capture.labelling import LabelOrder, issue_labels, printing_problems
from ..capture.people import OPERATOR
from ..capture.recording import Actor, Recorder
from ..domain.errors import Problem, Refused
from ..domain.identifiers import parse_code
from ..domain.label_problems import COUNT, label_problem
from ..domain.public_address import label_address_problem
from ..jobs.label_sheets import file_name, keep_whole, make_sheets
from ..query.label_text import address, label_words, read_text
from ..query.print_jobs import PrintWork, print_work
from ..repository import declared, lots, people, units
from ..repository.database import Row
from ..repository.instance import Instance
from ..web.settings import Settings
from .surroundings import address_of, counting, opened_instance, plainly, say, settings_of

TRIAL_CODE = "0" * 16


@dataclass(frozen=True)
class _Chosen:
    """The lot that LOT means, and whose it is."""

    code: str
    lot_number: str
    coop_id: str


@click.command()
@click.argument("lot")
@click.option("--stock", type=click.Choice(list(STOCKS)), required=True, help="The label stock.")
@click.option("--count", type=click.IntRange(min=1), required=True, help="How many labels.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The PDF."
)
@click.option("--coop", "coop_name", metavar="NAME", help="The co-op's name or id, if several.")
@click.option(
    "--first-cell",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="The first free cell of the first sheet.",
)
@plainly
def labels(
    lot: str, stock: str, count: int, output: Path, coop_name: str | None, first_cell: int
) -> None:
    """Issue COUNT labels of the lot LOT and write them as a PDF.

    LOT is a lot number such as HG-261121-01, or the lot's code. The rules are those of the packing
    page: never more labels than were packed, none for what is held, recalled or not yet tested.
    Every label is read back before the file is there; when anything is refused there is no file.
    The ledger names the co-op's first manager as the one who issued them.

    \b
    Example:
      python run.py labels HG-261121-01 --stock a4-24 --count 48 --output labels.pdf
    """
    instance = opened_instance()
    settings = settings_of(instance.folder, is_example=instance.is_example)
    chosen = _lot_called(instance, lot, coop_name)
    order = LabelOrder(
        chosen.code,
        stock,
        count,
        address_of(settings),
        label_words(instance, chosen.code),
        first_cell,
    )
    _refuse_early(instance, settings, chosen, order)
    actor = Actor(OPERATOR, chosen.coop_id, "manager", _first_manager(instance, chosen.coop_id))
    with _writable(output):
        receipt = issue_labels(Recorder(instance), actor, order, str(uuid.uuid4()))
    work = print_work(instance, receipt.submission_id)
    _write(instance, work, output)
    say(_summary(work, chosen, STOCKS[stock], output))


def _refuse_early(
    instance: Instance, settings: Settings, chosen: _Chosen, order: LabelOrder
) -> None:
    """Name everything that stands against the order, before a code is minted."""
    stock = STOCKS[order.stock]
    problems = printing_problems(instance, chosen.coop_id, order.lot, order.quantity)
    if not instance.is_example:
        wrong = label_address_problem(settings.public_base_url)
        problems += [wrong] if wrong else []
    if order.quantity > most_labels(stock):
        problems.append(Problem("quantity", COUNT, {"most": str(most_labels(stock))}))
    if order.first_cell > stock.cells:
        raise click.BadParameter(
            f"{order.first_cell} is not one of the {stock.cells} cells of {stock.key}",
            param_hint="--first-cell",
        )
    trial = UnitLabel(TRIAL_CODE, address(order.base_url, TRIAL_CODE))
    try:
        preview_png(stock, read_text(order.label_text), trial)
    except LabelError as error:
        problems.append(label_problem(error))
    if problems:
        lines = "\n".join(f"  {problem}" for problem in problems)
        raise click.ClickException(f"no labels for {chosen.lot_number}:\n{lines}")


@contextmanager
def _writable(output: Path) -> Iterator[None]:
    """Find out that the output cannot be written before labels are issued for it."""
    if not output.parent.is_dir():
        raise click.BadParameter(f"there is no folder {output.parent}", param_hint="--output")
    with tempfile.TemporaryFile(dir=output.parent):
        yield


def _write(instance: Instance, work: PrintWork, output: Path) -> None:
    """Make the PDF and put it where it was asked for; the job's row tells what became of it.

    A running server may have taken the job meanwhile: it makes the same file, so that is no matter.
    """
    job = take_job(instance, job_id=work.job_id)
    try:
        with counting("labels", len(work.codes)) as progress:
            pdf = make_sheets(work, progress)
        keep_whole(output, pdf, mode=0o644)
    except Exception as error:
        if job:
            fail_job(instance, job, label_problem(error))
        if isinstance(error, LabelError):
            raise Refused([label_problem(error)]) from error
        raise
    if job:
        keep_whole(instance.jobs_folder / file_name(work), pdf)
        finish_job(instance, job, file_name(work))


def _summary(work: PrintWork, chosen: _Chosen, stock: Stock, output: Path) -> str:
    last = work.first_sequence + len(work.codes) - 1
    used = work.first_cell - 1 + len(work.codes)
    summary = SheetSummary(
        len(work.codes), -(-used // stock.cells), used % stock.cells + 1, output.stat().st_size
    )
    next_free = f", next free cell {summary.next_cell}" if stock.cells > 1 else ""
    return (
        f"{output}: {summary.labels} labels of {chosen.lot_number}, numbers {work.first_sequence}"
        f" to {last}, {summary.pages} pages of {stock.key}{next_free}. All read back."
        " Print at actual size (100 %)."
    )


def _first_manager(instance: Instance, coop_id: str) -> str:
    """The co-op's first manager; before anybody joined, the party it was founded with."""
    with instance.database.reading() as connection:
        for member in people.memberships_in(connection, coop_id):
            if member["role"] == "manager":
                return str(member["party_id"])
        return declared.all_current(connection, coop_id, "party", with_retired=True)[0].id


def _lot_called(instance: Instance, name: str, coop_name: str | None) -> _Chosen:
    """The one lot of this number or code, in the co-op that was named."""
    with instance.database.reading() as connection:
        coops = {one.id: one for one in declared.all_coops(connection)}
        found = lots.lots_by_number(connection, name.strip().upper())
        if not found:
            found = _by_code(instance, name)
    if coop_name is not None:
        named = {
            one.id
            for one in coops.values()
            if coop_name in (one.id, one.text("name"), one.text("name_en"))
        }
        if not named:
            known = ", ".join(one.text("name") for one in coops.values())
            raise click.ClickException(f"no co-op is called {coop_name}; there are: {known}")
        found = [one for one in found if one["coop_id"] in named]
    if not found:
        raise click.ClickException(f"no lot has the number or code {name}")
    if len(found) > 1:
        lines = "\n".join(
            f"  {one['node_id']}  {coops[one['coop_id']].text('name')}, made {one['made_on']}"
            for one in found
        )
        raise click.ClickException(
            f"{len(found)} lots are called {name}: say --coop, or one of these codes:\n{lines}"
        )
    return _Chosen(found[0]["node_id"], found[0]["lot_number"], found[0]["coop_id"])


def _by_code(instance: Instance, name: str) -> list[Row]:
    try:
        code = parse_code(name)
    except Refused:
        return []
    with instance.database.reading() as connection:
        lot = lots.lot_by_code(connection, code)
        if lot is not None and lot["kind"] in ("lot", "package"):
            return [lot]
        unit = units.unit_by_code(connection, code)
    if unit is not None:
        raise click.ClickException(f"{name} is the code of a single label; give its lot's number")
    return []
