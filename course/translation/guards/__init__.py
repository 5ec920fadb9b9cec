"""Guards: what is wrong with a translation, and English that is left on a page."""
