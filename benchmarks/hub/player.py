"""A student who is played: logs in, pulls, opens a chapter, runs it, saves it, hands it in.

All by the addresses that a browser uses: the login form, nbgitpuller's stream, the server's REST
interface and the kernel's websocket.
"""

from __future__ import annotations

import json
import time
import uuid
from urllib.parse import quote, urlsplit

import requests
import websocket

from benchmarks.graders.played import filled


class Player:
    """A session of a browser at the hub. address: of the hub, such as http://127.0.0.1:8000."""

    def __init__(self, address: str, name: str, password: str, patience: float = 600.0) -> None:
        self.address, self.name, self.password = address, name, password
        self.patience, self.web = patience, requests.Session()
        self.server = f"{address}/user/{quote(name)}"

    def cookie(self, path: str) -> str:
        """Return the token against forged requests that holds below a path: the longest fits."""
        fitting = [one for one in self.web.cookies if one.name == "_xsrf"
                   and path.startswith(one.path or "/")]
        return max(fitting, key=lambda one: len(one.path)).value if fitting else ""

    def ask(self, kind: str, path: str, **more: object) -> requests.Response:
        """Ask the student's server; raises where it refuses."""
        answer = self.web.request(kind, f"{self.server}/{path}", timeout=self.patience, headers={
            "X-XSRFToken": self.cookie(f"/user/{self.name}/")}, **more)
        answer.raise_for_status()
        return answer

    def log_in(self) -> None:
        """Log in with the form; raises PermissionError where the hub does not let in."""
        self.web.get(f"{self.address}/hub/login", timeout=self.patience)
        answer = self.web.post(f"{self.address}/hub/login?next=/hub/home", timeout=self.patience,
                               data={"username": self.name, "password": self.password,
                                     "_xsrf": self.cookie("/hub/")})
        if "/hub/login" in answer.url or not answer.ok:
            raise PermissionError(f"{self.name} was not let in: {answer.status_code}")

    def start(self) -> None:
        """Start the server and wait until it answers; raises TimeoutError."""
        self.web.get(f"{self.address}/hub/spawn", timeout=self.patience)
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            answer = self.web.get(f"{self.server}/lab", timeout=self.patience)
            if urlsplit(answer.url).path.startswith(f"/user/{self.name}/"):
                answer.raise_for_status()
                return
            if answer.status_code in (424, 429):  # no server is on its way: the hub had too many
                self.web.get(f"{self.address}/hub/spawn", timeout=self.patience)
            time.sleep(0.5)
        raise TimeoutError(f"the server of {self.name} did not start")

    def pull(self, repository: str) -> None:
        """Let nbgitpuller bring what is handed out; raises RuntimeError with what it said."""
        said = self.ask("GET", "git-pull/api", params={
            "repo": f"file://{repository}", "branch": "main"}).text
        if '"finished"' not in said:
            raise RuntimeError(f"nbgitpuller: {said[-2000:]}")

    def filled(self, path: str, answers: dict[str, str]) -> dict:
        """Open a notebook as the server gives it, and return it with cells filled in."""
        return filled(self.ask("GET", f"api/contents/{quote(path)}").json()["content"], answers)

    def run(self, path: str, notebook: dict) -> tuple[int, list[str]]:
        """Run the code cells in a kernel of the server, one after the other, as Run All does.

        Returns how many ran, and the names of the errors that came.
        """
        session = self.ask("POST", "api/sessions", json={
            "path": path, "name": path, "type": "notebook",
            "kernel": {"name": "python3"}}).json()
        kernel = session["kernel"]["id"]
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.web.cookies
                            if f"/user/{self.name}/".startswith(one.path or "/"))
        line = websocket.create_connection(
            f"{self.server}/api/kernels/{kernel}/channels".replace("http", "ws", 1),
            timeout=self.patience, cookie=cookies, origin=self.address)
        ran, errors = 0, []
        try:
            for cell in notebook["cells"]:
                if cell["cell_type"] == "code" and "".join(cell["source"]).strip():
                    errors += self.execute(line, "".join(cell["source"]))
                    ran += 1
        finally:
            line.close()
        return ran, errors

    def execute(self, line: websocket.WebSocket, code: str) -> list[str]:
        """Run one cell and wait for its end; returns the names of the errors."""
        message = {"header": {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request",
                              "username": self.name, "session": uuid.uuid4().hex,
                              "version": "5.3", "date": ""},
                   "parent_header": {}, "metadata": {}, "channel": "shell",
                   "content": {"code": code, "silent": False, "store_history": True,
                               "user_expressions": {}, "allow_stdin": False,
                               "stop_on_error": False}, "buffers": []}
        line.send(json.dumps(message))
        errors, ended = [], {"idle": False, "reply": False}
        while not all(ended.values()):
            got = json.loads(line.recv())
            if got["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            if got["msg_type"] == "error":
                errors.append(got["content"]["ename"])
            ended["reply"] |= got["msg_type"] == "execute_reply"
            ended["idle"] |= got["msg_type"] == "status" and \
                got["content"]["execution_state"] == "idle"
        return errors

    def save(self, path: str, notebook: dict) -> None:
        """Save a notebook, and copy it into the folder that hands in."""
        self.ask("PUT", f"api/contents/{quote(path)}", json={
            "type": "notebook", "format": "json", "content": notebook})
        self.ask("POST", "api/contents/hand_in", json={"copy_from": path})

    def stop(self) -> None:
        """Let the hub end the server, as *Stop My Server* does."""
        self.web.delete(f"{self.address}/hub/api/users/{quote(self.name)}/server",
                        timeout=self.patience, headers={
                            "X-XSRFToken": self.cookie("/hub/"),
                            "Referer": f"{self.address}/hub/home"})
