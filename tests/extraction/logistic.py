"""Logistic regression with a ridge, for what is fitted to the labels. numpy comes with pyvi; nothing of this is needed at run time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def logistic(x: Floats, y: NDArray[np.bool_], ridge: Floats, weight: Floats) -> Floats:
    """Factors of the columns of `x`, each with its ridge, on rows of these weights; by Newton's steps."""
    w = np.zeros(x.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (weight * (chance - y)) + ridge * w
        bend = (x * (weight * chance * (1 - chance) + 1e-9)[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        w -= step
        if float(np.abs(step).max()) < 1e-7:
            break
    return w
