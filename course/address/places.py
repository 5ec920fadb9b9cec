"""Where the address stands: `_config.yml`, which all else reads, and the first screen of README."""

from __future__ import annotations

import re

from course.set_up import repository
from helpers import ROOT

CONFIG, README = ROOT / "_config.yml", ROOT / "README.md"
BEGIN, END = "<!-- make address writes this -->\n", "<!-- as far as here -->\n"
PLACE = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
WITHOUT = """\
**This copy has no address yet.** `make address URL=https://github.com/OWNER/NAME`, with that of
your own, turns on the buttons for Colab and Binder and the links to report a mistake; until then
there are none, and `make lab` runs the chapters here.
"""
WITH = """\
Run it in your browser: [in Colab]({colab}) or
[on Binder]({binder}).
[Report a mistake]({url}/issues/new).
"""


def read_config() -> tuple[str, str]:
    """The address, "" for none, and the branch, as `_config.yml` has them."""
    return repository(CONFIG)


def with_repository(text: str, url: str, branch: str) -> str:
    """The text of `_config.yml` with another address and branch, and all else as it was.

    Raises ValueError where it has no `repository:` with lines `url:` and `branch:`.
    """
    found = re.search(r"^repository:\n(?: +.*\n)+", text, re.MULTILINE)
    if not found:
        raise ValueError("expected `repository:` in _config.yml, with `url:` and `branch:`")
    block = found.group()
    for name, value in (("url", f'"{url}"'), ("branch", branch)):
        block, count = re.subn(rf"^( +{name}:).*$", lambda line, value=value: f"{line[1]} {value}",
                               block, flags=re.MULTILINE)
        if count != 1:
            raise ValueError(f"expected one line `{name}:` under `repository:` in _config.yml, "
                             f"got {count}")
    return text[:found.start()] + block + text[found.end():]


def banner(url: str, branch: str) -> str:
    """What README says on its first screen."""
    if not url:
        return WITHOUT
    place = url.removeprefix("https://github.com/")
    return WITH.format(
        url=url, colab=f"https://colab.research.google.com/github/{place}/blob/{branch}/notebooks/"
                       "01_convolution.ipynb",
        binder=f"https://mybinder.org/v2/gh/{place}/{branch}?urlpath=lab/tree/notebooks")


def with_banner(text: str, words: str) -> str:
    """The text of README with these words in their place; ValueError where it has none."""
    if len(PLACE.findall(text)) != 1:
        raise ValueError(f"expected one place in README.md between {BEGIN.strip()} and "
                         f"{END.strip()}")
    return PLACE.sub(lambda _: f"{BEGIN}{words}{END}", text)
