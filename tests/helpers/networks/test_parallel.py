"""Several processes: what they return, who is named when one fails, and what they send."""

import math
import multiprocessing
import os
import signal
import socket
import time

import pytest

from helpers.networks.parallel import WorkerFailed, bytes_sent, run_workers

torch = pytest.importorskip("torch")


@pytest.fixture(autouse=True)
def nobody_is_left():
    yield
    assert multiprocessing.active_children() == []


def reduce_and_count(rank, size):
    from torch import distributed

    distributed.all_reduce(torch.ones(size))
    distributed.barrier()
    before, numbers = bytes_sent(), torch.full((size,), float(rank))
    distributed.all_reduce(numbers)
    return rank, numbers, bytes_sent() - before


def test_results_come_by_rank_and_bytes_are_those_of_the_ring():
    def from_a_notebook(rank):  # in no module that another process could import
        return reduce_and_count(rank, 300_000)

    for place, (rank, numbers, sent) in enumerate(run_workers(from_a_notebook, count=3)):
        assert rank == place
        assert torch.equal(numbers, torch.full((300_000,), 3.0))
        assert math.isnan(sent) or 1 <= sent / (4 / 3 * 1_200_000) < 1.01


def fail(rank, how):
    from torch import distributed

    if rank == 1 and how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if rank == 1 and how == "raised":
        raise ValueError("no such digit\nand more")
    distributed.barrier()


@pytest.mark.parametrize(("how", "said"), [
    ("killed", "worker 1 of 2 died of SIGKILL; the others were ended"),
    ("raised", "worker 1 of 2 raised ValueError: no such digit; the others were ended")])
def test_who_fails_first_is_named_and_the_others_end(how, said):
    with pytest.raises(WorkerFailed) as failure:
        run_workers(fail, how)
    assert str(failure.value) == said
    assert failure.value.rank == 1


def test_who_comes_to_no_end_is_ended():
    start = time.monotonic()
    with pytest.raises(WorkerFailed, match="worker 0, 1 of 2 did not end within 2 seconds"):
        run_workers(time.sleep, seconds=2)
    assert time.monotonic() - start < 60


def test_bad_input_is_refused_before_a_process_starts():
    with pytest.raises(TypeError, match="work must be a function, got int"):
        run_workers(3)
    with pytest.raises(ValueError, match="count"):
        run_workers(fail, "killed", count=0)


@pytest.mark.skipif(math.isnan(bytes_sent()), reason="this system does not count a process's bytes")
def test_bytes_over_tcp_are_counted_and_others_are_not():
    with socket.create_server(("127.0.0.1", 0)) as server, \
            socket.create_connection(server.getsockname()) as ours:
        theirs, _ = server.accept()
        with theirs:
            before = bytes_sent()
            ours.sendall(b"x" * 12_345)
            assert len(theirs.recv(12_345, socket.MSG_WAITALL)) == 12_345
            assert bytes_sent() - before == 12_345
            one, other = socket.socketpair()
            one.sendall(b"x" * 100)
            assert bytes_sent() - before == 12_345
            one.close(), other.close()


def changed(rank, changes):
    """The weights after two steps in which one process does something of its own."""
    from torch.nn.parallel import DistributedDataParallel

    trained = {}
    for change in changes:
        torch.manual_seed(rank if change == "other seeds" else 0)
        network = DistributedDataParallel(torch.nn.Sequential(
            torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Dropout(0.5), torch.nn.Linear(8, 2)))
        rate = 0.2 if change == "other rates" and rank else 0.1
        optimizer = torch.optim.SGD(network.parameters(), lr=rate)
        torch.manual_seed(rank if change == "other masks" else 1)
        for _ in range(2):
            pixels = torch.randn(6, 4) + rank * (change in ("other digits", "past the wrapper"))
            called = network.module if change == "past the wrapper" else network
            loss = called(pixels).square().mean()
            optimizer.zero_grad()
            loss.backward()
            if change == "clipped alone" and rank:
                for weights in network.parameters():
                    weights.grad /= 2
            optimizer.step()
        trained[change] = torch.cat([w.detach().ravel() for w in network.parameters()])
    return trained


def test_exercise_on_equal_copies_knows_what_pytorch_does():
    from helpers.exercises import find

    judge = find("12.4").asks["copies_differ"]
    one, other = run_workers(changed, [*judge.missing, *judge.wrong])
    differ = {change for change in one if not torch.equal(one[change], other[change])}
    assert differ == set(judge.missing)
