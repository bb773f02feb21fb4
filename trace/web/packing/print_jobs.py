"""One print job: how far it is, its PDF, how to print it; and the log of all of them."""

from flask import make_response, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from labels.stock import STOCKS

from ...capture.jobs import fetching_problems, print_again
from ...domain.errors import Refused
from ...query.print_jobs import PrintJob, print_job, print_jobs
from ..access import actor, deed, house, signed_in
from .printing import STOCK_NAMES
from .routes import blueprint, page

LOG_LENGTH = 200
REFRESH_SECONDS = 1


def _job(job_id: str) -> PrintJob:
    return print_job(house().instance, signed_in().coop_id, job_id)


@blueprint.get("/jobs")
@deed("see_packing")
def jobs() -> ResponseReturnValue:
    """Everything that was printed, newest first."""
    found = print_jobs(house().instance, signed_in().coop_id, LOG_LENGTH)
    return page("jobs", jobs=found, stock_names=STOCK_NAMES)


@blueprint.get("/jobs/<job_id>")
@deed("see_packing")
def job(job_id: str) -> ResponseReturnValue:
    """How far a job is, or its PDF; looks again by itself until it has ended.

    The browser is told to by a header: a refresh in the page would fail WCAG 2.2.1's test and
    needs no script either way.
    """
    shown = _job(job_id)
    answer = make_response(
        page(
            "job",
            job=shown,
            stopped=fetching_problems(house().instance, shown.job_id),
            stock=STOCKS.get(shown.stock),
            stock_names=STOCK_NAMES,
            in_wechat="MicroMessenger" in request.headers.get("User-Agent", ""),
        )
    )
    if not shown.is_ended:
        answer.headers["Refresh"] = str(REFRESH_SECONDS)
    return answer


@blueprint.get("/jobs/<job_id>/labels.pdf")
@deed("print_labels")
def pdf(job_id: str) -> ResponseReturnValue:
    """The PDF; one that was cleared away is made again, of the same codes.

    Raises Refused where the lot has been held or recalled since.
    """
    found = _job(job_id)
    if stopped := fetching_problems(house().instance, job_id):
        raise Refused(stopped)
    if found.file is None or not found.file.exists():
        if found.state == "done":
            print_again(house().recorder, actor(), job_id)
        return redirect(url_for("packing.job", job_id=job_id))
    numbers = f"{found.first_sequence}-{found.last_sequence}"
    return send_file(
        found.file,
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"{found.lot_number}-{numbers}.pdf",
    )


@blueprint.post("/jobs/<job_id>")
@deed("print_labels")
def again(job_id: str) -> ResponseReturnValue:
    """Try a job that failed once more, with the same codes."""
    print_again(house().recorder, actor(), job_id)
    return redirect(url_for("packing.job", job_id=job_id), 303)
