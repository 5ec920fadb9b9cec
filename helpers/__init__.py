"""What the chapters of the course call, in ten rooms; each may import from those before it:

start, arithmetic, reference, data, inspection, networks, handwriting, plotting, explorables,
exercises.
"""

from pathlib import Path

from helpers.start.checkout import warn_of_another as _warn_of_another
from helpers.start.symbol_clash import keep_apart as _keep_apart

ROOT = Path(__file__).resolve().parent.parent  # the folder of the course

# helpers.explorables stands beside the modules that it shows, in explorables/explorables.
__path__.append(str(ROOT / "explorables"))

_keep_apart()
_warn_of_another()
