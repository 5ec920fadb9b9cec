"""What the chapters compute and draw with, one idea a module."""

from helpers.checkout import warn_of_another as _warn_of_another

_warn_of_another()
