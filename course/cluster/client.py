"""Give pieces to a Dask cluster and take each result as it comes."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Hashable, Iterator, Mapping
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

from course.cluster.errors import ClusterError, Failed, Refused
from course.cluster.identity import differences, identity
from course.cluster.tasks import KEPT, TAKEN, done_once, key_of

SECONDS = 10  # for the scheduler to answer
MISSING = ("a cluster needs the package distributed, which is not installed: "
           "pip install distributed")
OWN = ("course", "helpers", "benchmarks", "exercises")


class Cluster:
    """A connection to a scheduler, for a `with`.

    address: such as tcp://host:8786, or the path of a scheduler file. timed: the pieces are timed,
    so each needs the resource of that name, which one worker of a machine has once.
    Raises ClusterError where nobody answers, and where workers are there that cannot be used.
    """

    def __init__(self, address: str, *, timed: str = "") -> None:
        self.address, self.timed, self.own = address, timed, identity()

    def __enter__(self) -> Cluster:
        """Connect, and look at the workers that are there."""
        try:
            from distributed import Client
        except ImportError:
            raise ClusterError(MISSING) from None
        known = {"scheduler_file": self.address} if Path(self.address).is_file() else {
            "address": self.address}
        try:
            self.client = Client(**known, timeout=SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise ClusterError(
                f"no Dask scheduler answers at {self.address}: {error}. Expected an address such "
                "as tcp://host:8786, as `dask scheduler` prints it.") from None
        try:
            self.look_at_workers()
        except BaseException:
            self.client.close()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        """Leave; the cluster gives up what nobody else has asked for."""
        self.client.close()

    def look_at_workers(self) -> None:
        """Refuse workers of another course, and timed work where two could run on one machine."""
        workers = self.client.scheduler_info()["workers"]
        found = self.client.run(identity, on_error="return")
        for address, other in found.items():
            if isinstance(other, Exception):
                raise ClusterError(stranger(f"the worker {address}", other))
            if different := differences(self.own, other):
                raise ClusterError(f"the worker {address} differs: {different}. Bring all to the "
                                   "same course and libraries. Nothing was run.")
        if not workers:
            print(f"{self.address} has no worker yet; what is asked waits for the first",
                  file=sys.stderr, flush=True)
        elif self.timed:
            look_for_crowd(workers, self.timed)

    def results(self, work: str, orders: Mapping[Hashable, dict[str, Any]]
                ) -> Iterator[tuple[Hashable, Any]]:
        """Give each name with its result, or with Failed, as they come, each name once.

        work: `module:function`, which gets an order and returns what JSON holds. When the next one
        is asked for, the result before it is taken to be written, and cleared on the scheduler.
        Raises ClusterError where nothing of what is left can be done.
        """
        from distributed import as_completed

        names: dict[str, list[Hashable]] = {}
        futures = []
        for name, order in orders.items():
            key = key_of(work, order, self.own)
            if key not in names:  # equal orders are one piece
                if self.client.get_metadata([KEPT, key], default=None) == TAKEN:
                    self.client.set_metadata([KEPT, key], None)  # it is asked for anew
                futures.append(self.client.submit(
                    done_once, key, work, order, self.own, key=key, pure=False,
                    resources={self.timed: 1} if self.timed else None))
            names.setdefault(key, []).append(name)
        for future in as_completed(futures, loop=self.client.loop):
            key, taken = future.key, self.taken(future)
            future.release()  # at once: where its worker dies now, Dask has nothing to make again
            for name in names[key]:
                yield name, taken
            with contextlib.suppress(Exception):  # a scheduler that is gone keeps nothing
                self.client.set_metadata([KEPT, key], TAKEN)

    def taken(self, future: Any) -> Any:
        """Return what a finished task gave, or Failed; raises ClusterError if all is over."""
        from distributed import KilledWorker

        try:
            return json.loads(future.result())
        except CancelledError:
            raise ClusterError(f"the scheduler at {self.address} is gone. What was done is kept; "
                               "the same command goes on.") from None
        except Refused as refused:
            raise ClusterError(f"{refused}. What was done is kept; the same command goes on."
                               ) from None
        except KilledWorker as killed:
            return Failed(f"{killed.allowed_failures + 1} workers died while they ran it, the last "
                          f"one at {killed.last_worker.address}. Did it take too much memory?")
        except ModuleNotFoundError as error:
            if (error.name or "").split(".")[0] in OWN:
                raise ClusterError(stranger("a worker", error)) from None
            return Failed(f"ModuleNotFoundError: {error}")
        except Exception as error:
            return Failed(f"{type(error).__name__}: {error}")


def stranger(who: str, error: Exception) -> str:
    """Return what to say of a worker that cannot even be asked which course it has."""
    return (f"{who} cannot import this course ({type(error).__name__}: {error}). Start it with a "
            "Python in which the same course is installed: pip install -e . in its folder.")


def look_for_crowd(workers: Mapping[str, Mapping[str, Any]], timed: str) -> None:
    """Raise ClusterError unless each machine has at most one place for timed pieces, and one has.

    workers: as the scheduler describes them, by address.
    """
    places: dict[str, float] = {}
    for worker in workers.values():
        count = worker.get("resources", {}).get(timed, 0)
        places[worker["host"]] = places.get(worker["host"], 0) + count
    how = f"Start one worker on each machine with --resources '{timed}=1'."
    if not any(places.values()):
        raise ClusterError(f"timed pieces run one at a time on a machine, where a worker has the "
                           f"resource {timed}; none has. {how}")
    crowded = [f"{host} has {count:g}" for host, count in places.items() if count > 1]
    if crowded:
        raise ClusterError(f"two timed pieces at once on one machine disturb each other, and there "
                           f"are places for that: {', '.join(crowded)}. {how}")
