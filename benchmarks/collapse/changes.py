"""One change at a time: what each does to the network, and what to the optimiser."""

from __future__ import annotations

RELU = {"activation": "relu"}
RELU_HE = {"activation": "relu", "initializer": "he_normal"}
# Where the published network collapses at once, at 0.016.
CURES = {
    "as published": ({}, {}),
    "ReLU": (RELU, {}),
    "He": ({"initializer": "he_normal"}, {}),
    "ReLU and He": (RELU_HE, {}),
    "an eighth of the rate": ({}, {"rate": 0.002}),
    "warm-up": ({}, {"warm_up": 150}),
    "clipping": ({}, {"clip": 1.0}),
    "batch normalisation": ({"normalise": True}, {}),
    "residual": ({"residual": True}, {}),
    # What of it is needed, and what equation 8.1 does not speak of.
    "half the depth": ({"half": True}, {}),
    "one normalisation": ({"normalise_dense": True}, {}),
    "slow dense layers": ({}, {"slow": "dense"}),
    "measured start": ({"measured_start": True}, {}),
    "no biases": ({"biases": False}, {}),
    "residual, a tenth": ({"residual": True, "branch": 0.1}, {}),
}
# Where one with ReLU and Glorot's weights stays silent, at 0.002.
SILENT = {
    "ReLU and Glorot": (RELU, {}),
    "He": (RELU_HE, {}),
    "no activation": ({}, {}),
    "an eighth of the rate": (RELU, {"rate": 0.00025}),
    "warm-up": (RELU, {"warm_up": 150}),
    "clipping": (RELU, {"clip": 1.0}),
    "batch normalisation": ({"normalise": True, **RELU}, {}),
    "residual": ({"residual": True, **RELU}, {}),
    "measured start": ({"measured_start": True, **RELU}, {}),
    "no biases": ({"biases": False, **RELU}, {}),
    "one normalisation": ({"normalise_dense": True, **RELU}, {}),
    "half the depth": ({"half": True, **RELU}, {}),
}
# Where the published network trains and falls back, at 0.008; and for how many seeds.
FALLS = {
    "as published": ({}, 10),
    "beta_2 0.95": ({"beta_2": 0.95}, 10),
    "clipping": ({"clip": 1.0}, 10),
    "no weight above the rate": ({"bound": 1.0}, 5),
    "no layer above a quarter": ({"layer_bound": 0.25}, 5),
    "a quarter of the rate": ({"rate": 0.002}, 5),
}
# The slides' network: raw pixels at 0.001, one change at a time, and what a healthy one needs.
SLIDES = {
    "as published": ({}, {}),
    "pixels / 255": ({"scale": 1 / 255}, {}),
    "He's weights": ({"initializer": "he_normal"}, {}),
    "clipping": ({}, {"clip": 1.0}),
    "rate / 10": ({}, {"rate": 0.0001}),
    "normalisation": ({"normalise": True}, {}),
    "pixels / 255, rate / 10": ({"scale": 1 / 255}, {"rate": 0.0001}),
}
