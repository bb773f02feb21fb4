"""A small farm's packing room behind Flask's own client, signed in as its packer."""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.capture.small_farm import SmallFarm, make_farm
from tests.jobs.printing import BASE
from trace.capture.people import invite_as_operator
from trace.query.print_jobs import PrintJob, print_jobs
from trace.web import create_app
from trace.web.access import House
from trace.web.settings import Settings

_FORM_ID = re.compile(r'name="form_id" value="(\w+)"')


class PackingRoom:
    """The farm, and a browser of somebody who works there."""

    def __init__(self, folder: Path, base_url: str | None = BASE) -> None:
        self.farm: SmallFarm = make_farm(folder)
        settings = Settings(self.farm.instance.folder, public_base_url=base_url)
        self.app = create_app(settings)
        self.app.extensions["house"] = House(self.farm.instance, self.farm.recorder)
        self.client = self.sign_in("packer")

    def sign_in(self, role: str) -> FlaskClient:
        """A browser signed in by an invitation."""
        farm = self.farm
        token = invite_as_operator(farm.recorder, farm.coop_id, role, farm.ids[role])
        client = self.app.test_client()
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        host = BASE if self.app.extensions["qijimu_settings"].is_https else "http://localhost"
        client.environ_base["HTTP_ORIGIN"] = host
        answer = client.post(f"/invitation/{token}", base_url=host)
        assert answer.status_code == 303
        self.host = host
        return client

    def get(self, path: str, **more: Any) -> TestResponse:
        """A page, followed to where it leads."""
        return self.client.get(path, base_url=self.host, buffered=True, **more)

    def text(self, path: str) -> str:
        """What a page says, its markup included."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.status
        return answer.text

    def send(self, path: str, form: Mapping[str, Any], fresh: str = "") -> TestResponse:
        """Fill in a page's form; `fresh` is the page it stands on, where that is another one."""
        found = _FORM_ID.search(self.text(fresh or path))
        assert found is not None
        return self.post(path, {"form_id": found[1], **form})

    def post(self, path: str, form: Mapping[str, Any]) -> TestResponse:
        """Send exactly this."""
        data = {
            name: (io.BytesIO(value), f"{name}.jpg") if isinstance(value, bytes) else value
            for name, value in form.items()
        }
        return self.client.post(path, data=data, base_url=self.host)

    def jobs(self) -> list[PrintJob]:
        """What was printed, newest first."""
        return print_jobs(self.farm.instance, self.farm.coop_id)

    def rows(self, sql: str, *values: object) -> list[Any]:
        """Rows of the database itself."""
        with self.farm.instance.database.reading() as connection:
            return connection.execute(sql, values).fetchall()
