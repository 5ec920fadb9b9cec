"""Find a browser that prints, Chromium or one made of it, and let it print a document."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "COURSE_BROWSER"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
            "microsoft-edge", "brave-browser")
APPLICATIONS = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
FOLDERS = ("/Applications", "~/Applications")
MINUTES = 10  # of printing; a slow machine needs two
MILLISECONDS = 60_000 * MINUTES


class NoBrowser(RuntimeError):
    """There is no browser that can print; the message says where one was looked for."""


def find_browser() -> str:
    """Return the program of a browser; NoBrowser if there is none."""
    named = os.environ.get(VARIABLE)
    if named:
        found = shutil.which(str(Path(named).expanduser()))
        if found is None:
            raise NoBrowser(f"{VARIABLE} names {named!r}, and there is no such program")
        return found
    inside = [Path(folder, f"{name}.app/Contents/MacOS", name).expanduser()
              for folder in FOLDERS for name in APPLICATIONS]
    for program in (*PROGRAMS, *map(str, inside)):
        if found := shutil.which(program):
            return found
    raise NoBrowser(
        f"printing needs a browser: Chromium, Chrome, Edge or Brave. On the path none of "
        f"{', '.join(PROGRAMS)} was found, nor in {' or '.join(FOLDERS)} one of "
        f"{', '.join(APPLICATIONS)}. `apt-get install chromium` brings one on Debian and Ubuntu; "
        f"or let {VARIABLE} name the program of yours")


@contextmanager
def opened(document: Path, width: int) -> Iterator[Callable[..., bytes]]:
    """Open a document as it is printed, `width` CSS pixels wide, and yield what prints it.

    The browser asks no host for anything.
    """
    from playwright.sync_api import Error, sync_playwright

    options = ["--disable-gpu", "--no-first-run", "--disable-background-networking",
               "--host-resolver-rules=MAP * ~NOTFOUND",
               *(["--no-sandbox"] if os.geteuid() == 0 else [])]  # which root has to do without
    program = find_browser()
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=options)
        except Error as error:
            raise NoBrowser(f"{program} does not start: {str(error).splitlines()[0]}") from error
        page = browser.new_page(viewport={"width": width, "height": 1000})
        page.set_default_timeout(MILLISECONDS)
        page.emulate_media(media="print", color_scheme="light")
        page.goto(document.as_uri(), wait_until="load")
        page.evaluate("document.fonts.ready")
        try:
            yield page
        finally:
            browser.close()
