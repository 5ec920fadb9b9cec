#!/usr/bin/env bash
# Expected: what Keras has for several workers, keras.distribution.DataParallel and, with the
# TensorFlow backend, tf.distribute.MultiWorkerMirroredStrategy, divides a batch between two
# replicas, or says that it does not.
# What happens, Keras 3.15.1:
#   TensorFlow, DataParallel: lists two devices, is accepted without a word, and divides nothing:
#     the weights lie on no mesh and are equal to the bit to those of a training without it.
#   TensorFlow, MultiWorkerMirroredStrategy, two processes: has two replicas in sync and builds the
#     network; fit on arrays raises a ValueError on a PerReplica value.
#   JAX, DataParallel on two devices made of one processor: weights lie on both, and after ten
#     steps they are those of one device to 4e-7, with a batch normalisation as well: the compiler
#     divides a program that was written for the whole batch.
# Versions: Python 3.11, keras 3.15.1, tensorflow-cpu 2.21.0, jax 0.10.2.
# Date: 2026-11-30.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check \
  keras==3.15.1 tensorflow-cpu==2.21.0 jax==0.10.2 2>/dev/null
cd "$work"
export TF_CPP_MIN_LOG_LEVEL=3 XLA_FLAGS=--xla_force_host_platform_device_count=2
cat > common.py <<'PY'
import numpy as np

x = np.random.default_rng(0).normal(size=(200, 8, 8, 1)).astype("float32")
y = np.arange(200) % 3

def make(normalised=False):
    import keras
    keras.utils.set_random_seed(0)
    between = [keras.layers.BatchNormalization()] if normalised else []
    model = keras.Sequential([keras.layers.Input((8, 8, 1)), keras.layers.Conv2D(4, 3), *between,
                              keras.layers.ReLU(), keras.layers.Flatten(), keras.layers.Dense(3)])
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9),
                  keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model

def fit(model):
    model.fit(x, y, batch_size=20, epochs=1, shuffle=False, verbose=0)
    return [np.asarray(weights) for weights in model.get_weights()]

def apart(one, other):
    return max(float(np.abs(a - b).max()) for a, b in zip(one, other))
PY
cat > divided.py <<'PY'
import sys
if sys.argv[1] == "tensorflow":
    import tensorflow as tf
    tf.config.set_logical_device_configuration(
        tf.config.list_physical_devices("CPU")[0], [tf.config.LogicalDeviceConfiguration()] * 2)
import keras
from common import apart, fit, make
for normalised in (False, True):
    alone = fit(make(normalised))
    assert len(keras.distribution.list_devices()) == 2
    keras.distribution.set_distribution(keras.distribution.DataParallel())
    model = make(normalised)
    difference = apart(alone, fit(model))
    devices = getattr(getattr(model.weights[0].value, "sharding", None), "num_devices", 1)
    keras.distribution.set_distribution(None)
    print(sys.argv[1], "normalised" if normalised else "plain", "devices of a weight:", devices,
          "difference after ten steps:", f"{difference:.1e}", flush=True)
    assert devices == int(sys.argv[2])
    assert difference == 0 if devices == 1 else difference < 1e-5
PY
cat > worker.py <<'PY'
import json, os, sys
rank, ports = int(sys.argv[1]), sys.argv[2:]
os.environ["TF_CONFIG"] = json.dumps({
    "cluster": {"worker": [f"127.0.0.1:{port}" for port in ports]},
    "task": {"type": "worker", "index": rank}})
import tensorflow as tf
strategy = tf.distribute.MultiWorkerMirroredStrategy()
assert strategy.num_replicas_in_sync == 2
from common import fit, make
with strategy.scope():
    model = make()
try:
    fit(model)
except ValueError as error:
    assert "PerReplica" in str(error)
    print("tensorflow, two processes, worker", rank, "fit raises a ValueError on PerReplica")
else:
    sys.exit("fit trained: this has changed")
PY
KERAS_BACKEND=tensorflow venv/bin/python divided.py tensorflow 1
KERAS_BACKEND=jax venv/bin/python divided.py jax 2
ports=$(venv/bin/python -c 'import socket
both = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*(one.getsockname()[1] for one in both))')
# shellcheck disable=SC2086
KERAS_BACKEND=tensorflow timeout 300 venv/bin/python worker.py 0 $ports & first=$!
# shellcheck disable=SC2086
KERAS_BACKEND=tensorflow timeout 300 venv/bin/python worker.py 1 $ports
wait $first
echo "as stated"
