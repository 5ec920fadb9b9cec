"""What chapter 12 says of Keras and two devices, on the backends that the course installs."""

import os
import subprocess
import sys

import pytest

DIVIDED = """
import tensorflow as tf
tf.config.set_logical_device_configuration(
    tf.config.list_physical_devices("CPU")[0], [tf.config.LogicalDeviceConfiguration()] * 2)
import keras
assert len(keras.distribution.list_devices()) == 2
keras.distribution.set_distribution(keras.distribution.DataParallel())
model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(2)])
assert "CPU:0" in model.weights[0].value.device
assert not hasattr(model.weights[0].value, "sharding")
print("accepted")
"""
LISTED = """
import keras
try:
    keras.distribution.list_devices()
except AttributeError as error:
    print(error)
"""


@pytest.mark.parametrize(("backend", "program", "said"), [
    ("tensorflow", DIVIDED, "accepted"), ("torch", LISTED, "has no attribute 'list_devices'")])
def test_keras_divides_nothing_on(backend, program, said):
    if backend == "torch":
        pytest.importorskip("torch")
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False,
        env={**os.environ, "KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3"})
    assert said in done.stdout, done.stderr[-1000:]
