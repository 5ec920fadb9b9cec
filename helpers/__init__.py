"""What the chapters compute and draw with, one idea a module."""

from helpers.symbol_clash import keep_apart

keep_apart()
