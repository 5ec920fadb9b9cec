"""The login of a hub whose class comes from a roster."""

from __future__ import annotations

from pathlib import Path
from secrets import compare_digest

from jupyterhub.auth import Authenticator
from traitlets import Unicode

from course.hub.passwords import NAME, read_passwords


class RosterAuthenticator(Authenticator):
    """Let in who gives the password that the table has for the name.

    The table holds passwords as they are, since the instructor hands them out from it. A hub that
    others than the class can reach wants the login of your university in its place.
    """

    table = Unicode(config=True, help="the CSV file with the columns login and password")
    username_pattern = f"^{NAME.pattern}$"

    async def authenticate(self, handler: object, data: dict[str, str]) -> str | None:
        """Return the name, or None where it or the password is wrong."""
        expected = read_passwords(Path(self.table)).get(data["username"])
        given = data.get("password", "")
        if expected and compare_digest(given.encode(), expected.encode()):
            return data["username"]
        return None
