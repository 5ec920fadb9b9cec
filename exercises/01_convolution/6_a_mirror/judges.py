"""Exercise 1.6, a mirror: what is asked, and which mistakes are known."""

from __future__ import annotations

import numpy as np

from helpers.exercises.checks import choices, function

from ..shared import SHARPEN, VERTICAL, turn

ASKS = {
    "mirror_kernels": choices(
        missing={
            "upright": "One kernel is missing. Compare with `np.allclose`: sums in another "
                       "order differ in the last digit.",
            "level": "One kernel is missing. Look at its left and its right column.",
        },
        wrong={
            "falling": "In a mirror a falling stroke is a rising one, so the answers to it "
                       "differ.",
            "rising": "In a mirror a rising stroke is a falling one, so the answers to it "
                      "differ.",
        }),
    "is_mirror_kernel": function(
        lambda kernel: np.array_equal(kernel, kernel[:, ::-1]),
        cases=[(np.array([[1.0, 2.0, 1.0]] * 3),), (VERTICAL,), (VERTICAL.T,), (SHARPEN,),
               (np.array([[1.0, 2.0], [2.0, 1.0]]),), (np.array([[1.0, 2.0], [1.0, 2.0]]),),
               (np.eye(3),), (np.array([[1.0, 2.0, 1.0], [3.0, 4.0, 3.0]]),),
               (np.array([[1.0, 2.0, 3.0, 1.0]]),)],
        misconceptions=[
            (lambda kernel: np.array_equal(kernel, kernel[::-1]),
             "You mirror the kernel from top to bottom. Which axis holds the columns?"),
            (lambda kernel: np.array_equal(kernel, turn(kernel)),
             "You turn the kernel by half a turn. A mirror leaves the rows in their order."),
            (lambda kernel: kernel.shape == kernel.T.shape and np.array_equal(kernel, kernel.T),
             "You exchange rows and columns. A mirror reverses the columns."),
            (lambda kernel: np.array_equal(kernel[:, 0], kernel[:, -1]),
             "You compare the outermost columns alone. A wider kernel has pairs of columns "
             "between them."),
            (lambda kernel: not kernel.sum(), "The sum of the weights says nothing about "
                                              "mirrors."),
            (lambda kernel: True, "Not every kernel is like that."),
        ]),
}
