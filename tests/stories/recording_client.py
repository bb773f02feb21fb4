"""A program that records without end, and says each entry it was told is saved. It is killed.

python -m tests.stories.recording_client FOLDER COOP GROWER PLANTING
"""

import sys
import uuid
from pathlib import Path

from trace.capture.events import Report, record_event
from trace.capture.recording import Actor, Recorder
from trace.repository.instance import open_instance


def main(folder: str, coop_id: str, party_id: str, planting: str) -> None:
    """Record until killed; an entry id is printed only after its recording was acknowledged."""
    recorder = Recorder(open_instance(Path(folder)))
    actor = Actor("account", coop_id, "grower", party_id)
    while True:
        report = Report("irrigation", {"plantings": [planting]})
        receipt = record_event(recorder, actor, report, str(uuid.uuid4()))
        print(*receipt.entry_ids, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
