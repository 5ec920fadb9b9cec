"""Exercise 10.6, the same name, other numbers: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import number

ASKS = {
    "keras_mean": number(0.02, within=0.0005, misconceptions={
        0.2: "That is PyTorch's.",
        1.98: "In Keras, momentum is the share of the old mean that is kept.",
        2: "It is a running mean: only a part of the new one is taken.",
        0.01: "Multiply by the mean of the batch."}),
    "torch_mean": number(0.2, within=0.0005, misconceptions={
        0.02: "That is the one of Keras.",
        1.8: "In PyTorch, momentum is the share of the new mean that is taken.",
        2: "It is a running mean: only a part of the new one is taken.",
        0.1: "Multiply by the mean of the batch."}),
    "same_momentum": number(0.01, within=0.0005, misconceptions={
        0.99: "That number, in PyTorch, would take nearly all of each new batch.",
        0.1: "That is the default of PyTorch.",
        0.9: "In PyTorch, momentum is the share of the new that is taken."}),
    "keras_normal": number(0.1 / np.sqrt(0.002), within=0.01, misconceptions={
        3.15: "That is PyTorch's.",
        3.162: "Epsilon is added to the variance.",
        50: "Take the root.",
        3.065: "Epsilon is added before the root is taken.",
        100: "Divide by the root of the variance, with epsilon in it."}),
    "torch_normal": number(0.1 / np.sqrt(0.00101), within=0.004, misconceptions={
        2.236: "That is the one of Keras.",
        3.162: "Epsilon is small here, but it is not nothing, and it is added before the root is "
               "taken.",
        99.01: "Take the root."}),
    "keras_leaky": number(-0.6, within=0.001, misconceptions={
        -0.02: "That is PyTorch's.",
        -0.4: "0.2 is the slope of `activation=\"leaky_relu\"`. The layer has another.",
        0.6: "The sign stays.",
        0: "That is a ReLU. The leaky one lets a part through.",
        -2: "Negative numbers are multiplied by the slope."}),
    "torch_leaky": number(-0.02, within=0.001, misconceptions={
        -0.6: "That is the one of Keras.",
        0.02: "The sign stays.",
        0: "That is a ReLU. The leaky one lets a part through.",
        -2: "Negative numbers are multiplied by the slope."}),
}
