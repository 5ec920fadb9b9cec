"""How many bytes a process has sent over its connections, as the system's kernel counts them."""

from __future__ import annotations

import math
import os
import socket
import stat
import struct

# Where they stand in Linux' struct tcp_info, since Linux 4.19: what waits to be sent, what was sent
# (what was sent again counts twice), and what was sent again.
WAITING_AT, SENT_AT, AGAIN_AT = 144, 200, 208


def bytes_sent() -> float:
    """Return the bytes that this process has sent over all TCP connections that it holds open.

    What a program hands to its connections counts, its own headers too; those of TCP and IP do not.
    Source: tcpi_bytes_sent, tcpi_bytes_retrans and tcpi_notsent_bytes, in
    linux/tcp.h. NaN where the system does not tell: not Linux.
    """
    if not os.path.isdir("/proc/self/fd") or not hasattr(socket, "TCP_INFO"):
        return math.nan
    counts = [_sent(int(name)) for name in os.listdir("/proc/self/fd")]
    return sum(counts)


def _sent(descriptor: int) -> float:
    """The bytes sent over one open file, 0 if it is no TCP connection, NaN if unknown."""
    try:
        if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
            return 0
        with socket.socket(fileno=os.dup(descriptor)) as connection:
            if connection.family not in (socket.AF_INET, socket.AF_INET6) or (
                    connection.type != socket.SOCK_STREAM):
                return 0
            told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, AGAIN_AT + 8)
    except OSError:  # it was closed meanwhile
        return 0
    if len(told) < AGAIN_AT + 8:
        return math.nan
    (waiting,), (sent, again) = (struct.unpack_from("=I", told, WAITING_AT),
                                 struct.unpack_from("=QQ", told, SENT_AT))
    return sent - again + waiting
