"""The host of the digits, and a cache of one's own."""

import socket

from helpers.data import mnist as data

HOST = data.KERAS_HOST


def unused_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]
