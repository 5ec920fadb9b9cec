"""What takes too long for a chapter."""

import helpers  # noqa: F401  before Keras and PyTorch, see helpers.start.symbol_clash
