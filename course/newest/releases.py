"""Which releases the lock asks for, which are installed, and where they differ."""

from __future__ import annotations

import importlib.metadata

from packaging.markers import default_environment
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

OWN = "convnet-course"


def locked(text: str) -> dict[str, str]:
    """The releases that a lock asks for on this machine; ValueError names a line that is none."""
    found, here = {}, default_environment()
    for line in filter(None, (line.split("#")[0].strip() for line in text.splitlines())):
        try:
            wanted = Requirement(line)
            (release,) = wanted.specifier
        except (InvalidRequirement, ValueError) as error:
            raise ValueError(f"expected lines such as numpy==2.4.6 in the lock, got {line!r}"
                             ) from error
        if wanted.marker is None or wanted.marker.evaluate(here):
            found[canonicalize_name(wanted.name)] = release.version
    return found


def installed() -> dict[str, str]:
    """The releases that are installed here, without the course's own helpers and pip."""
    found = {canonicalize_name(one.metadata["Name"]): one.version
             for one in importlib.metadata.distributions()}
    return {name: version for name, version in found.items() if name not in (OWN, "pip")}


def differences(before: dict[str, str], now: dict[str, str]) -> list[tuple[str, str, str]]:
    """Package, release before and release now, "" where there is none; a build's name is no
    difference, as in 2.13.0+cpu."""
    return [(name, before.get(name, ""), now.get(name, ""))
            for name in sorted(before.keys() | now.keys())
            if before.get(name, "").split("+")[0] != now.get(name, "").split("+")[0]]
