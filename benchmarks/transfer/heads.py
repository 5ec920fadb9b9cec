"""Two linear heads on features: least squares and logistic regression."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def least_squares(inputs: ArrayLike, labels: np.ndarray, others: ArrayLike) -> np.ndarray:
    """Fit a linear head by least squares on 1 and -1, and answer for others.

    The strength of its penalty is chosen by leaving out one input at a time, on 3,000 at most.
    """
    from sklearn.linear_model import RidgeClassifier, RidgeClassifierCV

    flat = np.reshape(inputs, (len(inputs), -1)).astype("float32")
    strengths = flat[:3000].var(axis=0).sum() * np.logspace(-3, 1, 9)
    chosen = RidgeClassifierCV(strengths).fit(flat[:3000], labels[:3000])
    head = RidgeClassifier(chosen.alpha_).fit(flat, labels) if len(flat) > 3000 else chosen
    return head.predict(np.reshape(others, (len(others), -1)))


def logistic(inputs: ArrayLike, labels: np.ndarray, others: ArrayLike) -> np.ndarray:
    """Fit a linear head by softmax and cross-entropy, and answer for others.

    All inputs are first divided by one number, so that the variances of the features sum to 50, as
    those of digits with pixels from 0 to 1 do; so one strength of the penalty suits all of them.
    """
    from sklearn.linear_model import LogisticRegression

    flat = np.reshape(inputs, (len(inputs), -1)).astype("float32")
    scale = np.sqrt(flat.var(axis=0).sum() / 50)
    head = LogisticRegression(C=1.0, max_iter=1000).fit(flat / scale, labels)
    return head.predict(np.reshape(others, (len(others), -1)) / scale)
