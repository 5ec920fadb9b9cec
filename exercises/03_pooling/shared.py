"""What several exercises of chapter 3 ask about."""

from __future__ import annotations

import numpy as np

MAP = np.array([[2, 0, 1, 3, -2],
                [1, 5, 0, 2, -1],
                [0, 3, 4, 1, -4],
                [6, 1, 0, 2, -3],
                [-5, -2, -1, -3, -6]], dtype=float)
