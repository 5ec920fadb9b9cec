"""Settings for all tests."""

# A notebook here is an input of a test, broken on purpose or not a notebook at all, and no chapter.
collect_ignore_glob = ["*.ipynb"]
