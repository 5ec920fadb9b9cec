"""The built book, a server for it, and a browser to look at it."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import yaml

from tests.running.built_once import built_once, shared_folder

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "/course/"  # as on a host that serves the book from a folder, not from its root
READY = """async () => {
  document.querySelectorAll("img[loading]").forEach(image => { image.loading = "eager"; });
  await Promise.all([...document.images].map(image => image.decode().catch(() => null)));
  await document.fonts.ready;
}"""
COMMAND = [str(Path(sys.executable).with_name("jupyter-book")), "build"]


def pages_in_order():
    """The names of all pages of _toc.yml, in reading order."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    chapters = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    return [toc["root"], *chapters]


def pytest_generate_tests(metafunc):
    """Run a test that takes `page_name` once for each page, all tests of one page together."""
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", pages_in_order(), scope="module")


def build_book(source, output):
    """Build the book in `source` as `make book` does; the finished process, with its messages."""
    return subprocess.run(
        [*COMMAND, str(source), "--path-output", str(output), "-W", "--keep-going", "-q"],
        capture_output=True, text=True, cwd=source, check=False)


def build_site(output):
    """Build the book and its editions as `make book` does; the process that ended badly, or one."""
    done = build_book(ROOT, output)
    if done.returncode == 0:
        done = subprocess.run(
            [sys.executable, "-m", "course.translation.edition", "--sources",
             str(output / "editions"), "--path-output", str(output)],
            capture_output=True, text=True, cwd=ROOT, check=False)
    return done


@pytest.fixture(scope="session")
def axe():
    """The script that looks for barriers on a page."""
    package = pytest.importorskip("axe_playwright_python")
    return (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def page_order():
    return pages_in_order()


@pytest.fixture(scope="session")
def ready():
    """A script that waits until a page has its fonts and its pictures."""
    return READY


@pytest.fixture(scope="session")
def build():
    return build_book


@pytest.fixture(scope="session")
def built(tmp_path_factory, request):
    """The process that built the book, once for all tests, and the folder with its HTML."""
    output = shared_folder(request.config, tmp_path_factory) / "book"
    return built_once(output, build_site), output / "_build" / "html"


@pytest.fixture(scope="session")
def site(built):
    """The folder with the book's HTML; one test fails if there is none, and the rest wait."""
    done, folder = built
    if done.returncode:
        pytest.skip("the book does not build, see test_book_builds_without_a_warning")
    return folder


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serve the site from a folder, and 404.html for every address that does not exist."""

    def translate_path(self, path):
        inside = path.startswith(FOLDER)
        return super().translate_path(path[len(FOLDER) - 1:] if inside else "/no-such-file")

    def send_error(self, code, message=None, explain=None):
        if code != 404:
            return super().send_error(code, message, explain)
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)
        return None

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="session")
def address(site):
    """The address at which a local server shows the site."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{FOLDER}"
    server.shutdown()


def absent(what, remedy):
    """Skip a test for want of something, except in CI, where it must be there."""
    message = f"{what} is missing; {remedy}"
    if os.environ.get("CI") == "true":
        pytest.fail(message + " (CI must run the browser tests)", pytrace=False)
    pytest.skip(message)


# Scope "module": while Playwright is open it holds an event loop that other tests cannot share.
@pytest.fixture(scope="module")
def browser():
    """Chromium, cut off from every host but this one."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("the package playwright", "get it with: pip install playwright")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        absent("the browser Chromium", "get it with: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=[
            "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"])
        yield chromium
        chromium.close()


def new_tab(browser, address):
    """A page of the browser that keeps what went wrong: `tab.problems`, `tab.foreign`."""
    own = address.removesuffix(FOLDER) + "/"
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    page = context.new_page()
    page.problems, page.foreign = [], []

    def guard(route):
        url = route.request.url
        if url.startswith((own, "data:", "blob:", "file:")):
            route.continue_()
        else:
            page.foreign.append(url)
            route.abort()

    context.route("**/*", guard)
    page.on("console", lambda message: message.type == "error"
            and page.problems.append(f"console: {message.text} {message.location}"))
    page.on("pageerror", lambda error: page.problems.append(f"error: {error}"))
    return page


@pytest.fixture
def tab(browser, address):
    """A fresh tab for a test that goes its own way."""
    page = new_tab(browser, address)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def shown(browser, address, page_name):
    """A tab that shows one page of the book, opened once for all tests that look at that page."""
    page = new_tab(browser, address)
    page.goto(f"{address}{page_name}.html")
    page.evaluate(READY)
    page.evaluate("document.querySelector('.fold-all button')?.click()")  # all of it is looked at
    yield page
    page.context.close()
