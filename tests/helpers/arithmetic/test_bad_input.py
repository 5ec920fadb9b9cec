"""What the arithmetic refuses, by name, and what it needs."""

import subprocess
import sys

import numpy as np
import pytest

from helpers.arithmetic import (
    conv2d_multiplications,
    conv2d_parameters,
    dense_parameters,
    output_size,
    receptive_field,
    same_padding,
)


@pytest.mark.parametrize(("call", "message"), [
    (lambda: output_size(3, 5),
     "the window must fit in the input: with padding 'valid' it spans 5 cells; got an input of 3"),
    (lambda: output_size(4, 3, dilation=2),
     r"it spans 5 cells \(kernel size 3, dilation 2\); got an input of 4"),
    (lambda: output_size(2, 5, padding=1), r"padding 1 .* got an input of 2 and 1 \+ 1 of padding"),
    (lambda: output_size((9, 3), 5), "spans 5 cells; got an input of 3"),
    (lambda: output_size(5, 3, stride=0),
     r"stride must be a whole number of at least 1, or a pair \(height, width\) .* got 0"),
    (lambda: output_size(-5, 3), "size must be a whole number of at least 1.* got -5"),
    (lambda: output_size(0, 1), "size must be a whole number of at least 1.* got 0"),
    (lambda: output_size(5, 2.5), r"kernel_size must be a whole number .* got 2\.5"),
    (lambda: output_size(5, 3.0), r"kernel_size must be a whole number .* got 3\.0"),
    (lambda: output_size(5, True), "kernel_size must be a whole number .* got True"),
    (lambda: output_size(5, np.True_), "kernel_size must be a whole number .* got"),
    (lambda: output_size(5, "3"), "kernel_size must be a whole number .* got '3'"),
    (lambda: output_size(5, None), "kernel_size must be a whole number .* got None"),
    (lambda: output_size((5, 5, 1), 3), r"size must be .* a pair .* got \(5, 5, 1\)"),
    (lambda: output_size(5, 3, dilation=(1, 0)), r"dilation must be .* got \(1, 0\)"),
    (lambda: output_size(5, 3, padding="smae"),
     'padding must be "valid", "same", "full" or a whole number of at least 0; got \'smae\''),
    (lambda: output_size(5, 3, padding="SAME"), "padding must be .* got 'SAME'"),
    (lambda: output_size(5, 3, padding=-1), "padding must be .* got -1"),
    (lambda: output_size(5, 3, padding=True), "padding must be .* got True"),
    (lambda: output_size(5, 3, padding=0.5), r"padding must be .* got 0\.5"),
    (lambda: same_padding(5, 3, stride=0), "stride must be .* got 0"),
    (lambda: conv2d_parameters(3, 0, 32), "in_channels must be a whole number .* got 0"),
    (lambda: conv2d_parameters(3, 1, 1.5), r"filters must be a whole number .* got 1\.5"),
    (lambda: conv2d_parameters(0, 1, 1), "kernel_size must be a whole number .* got 0"),
    (lambda: conv2d_multiplications(2, 3, 1, 1), "spans 3 cells; got an input of 2"),
    (lambda: conv2d_multiplications(28, 0, 1, 1), "kernel_size must be a whole number .* got 0"),
    (lambda: conv2d_multiplications(-2, 3, 1, 1), "input_size must be .* got -2"),
    (lambda: dense_parameters(-1, 10), "inputs must be a whole number .* got -1"),
    (lambda: dense_parameters(10, False), "units must be a whole number .* got False"),
    (lambda: dense_parameters(10, 1, use_bias="no"), "use_bias must be True or False; got 'no'"),
    (lambda: conv2d_parameters(3, 1, 1, use_bias=None), "use_bias must be .* got None"),
    (lambda: receptive_field(3), "layers must be a list of layers; got 3"),
    (lambda: receptive_field(None), "layers must be a list of layers; got None"),
    (lambda: receptive_field([(3, 1), 3]), r"layer 2 must be a tuple \(kernel, stride.* got 3"),
    (lambda: receptive_field(["conv"]), "layer 1 must be .* got 'conv'"),
    (lambda: receptive_field([(3,)]), r"layer 1 must be .* got \(3,\)"),
    (lambda: receptive_field([{"stride": 2}]), "layer 1 must be .* got {'stride': 2}"),
    (lambda: receptive_field([{"kernel": 3, "strides": 2}]), "layer 1 must be .* 'strides'"),
    (lambda: receptive_field([(3, 0)]), "layer 1: stride must be .* got 0"),
    (lambda: receptive_field([(3, 1, "smae")]), "layer 1: padding must be .* got 'smae'"),
    (lambda: receptive_field([(3, 1), (10**400, 1)]), "layer 2: .* within what a float holds"),
    (lambda: receptive_field([(3, 10**400), (3, 1)]), "layer 2: .* within what a float holds"),
    (lambda: receptive_field([(3, 1)], input_size=0), "input_size must be .* got 0"),
])
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_arithmetic_is_pure_python():
    code = "import sys, helpers.arithmetic; print('numpy' in sys.modules, 'keras' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]
