"""Files that are spoiled."""


def truncate(path):
    path.write_bytes(path.read_bytes()[:-200])
