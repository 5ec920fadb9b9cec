"""What the chapters compute and draw with, one idea a module."""

from helpers.checkout import warn_of_another as _warn_of_another
from helpers.symbol_clash import keep_apart as _keep_apart

_keep_apart()
_warn_of_another()
