"""How many threads TensorFlow computes with."""

from __future__ import annotations

import os


def use_threads(count: int | None) -> None:
    """Let TensorFlow use so many threads, before its first operation; None leaves it as it is."""
    if count:
        import tensorflow as tf

        tf.config.threading.set_intra_op_parallelism_threads(count)
        tf.config.threading.set_inter_op_parallelism_threads(count)


def threads() -> int:
    """How many threads TensorFlow may use inside one operation."""
    import tensorflow as tf

    return tf.config.threading.get_intra_op_parallelism_threads() or int(
        os.environ.get("TF_NUM_INTRAOP_THREADS") or os.cpu_count() or 1)
