"""A page of its own with the explorables, in the browser that the tests of the book use."""

import functools
import http.server
import threading
from pathlib import Path

import pytest

from tests.book.explorables.shown import SHOW

ROOT = Path(__file__).resolve().parents[3]
BLANK = ("<!doctype html><html lang='en'><meta charset='utf-8'><link rel='icon' href='data:,'>"
         "<title>Explorables</title><body>")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serve the modules, and an empty page for them."""

    def do_GET(self):
        if self.path.split("?")[0] != "/":
            return super().do_GET()
        body = BLANK.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def modules():
    """The address of a server for the modules."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(ROOT / "explorables")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def page(browser, modules):
    """An empty page that can import the modules and that keeps what went wrong."""
    page = browser.new_page(viewport={"width": 900, "height": 800})
    page.problems = []
    page.on("console", lambda message: message.type == "error"
            and page.problems.append(message.text))
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.goto(modules)
    yield page
    page.close()


@pytest.fixture
def show(page, modules):
    """Show one element with these settings on an empty page, and return it."""
    page.goto(modules)

    def go(name, **settings):
        page.evaluate(SHOW, [name, settings])
        return page.locator(name)
    yield go
    assert page.problems == []
