#!/usr/bin/env bash
# Expected: the same call with the same arrays filters in the same direction in OpenCV
# 4 and 5. filter2D and dilate ask for a matrix as kernel, and NumPy arrays of shape
# (3,) are taken by both without a word.
# What happens: a kernel of shape (3,) lies as a column in 4.14 and as a row in 5.0:
# vertical edges become horizontal ones. A ravelled Gaussian, used to blur downwards
# in 4.14, blurs sideways in 5.0. A signal of shape (5,) was a column, which a window
# (3, 1) left alone; it is a row now and is blurred. calcHist returns (4,) where it
# returned (4, 1). So give a kernel two axes, always: k[None] or k[:, None].
# Known or not: that vectors are one-dimensional in OpenCV 5 is spoken of in opencv's
# pull request 29688 (on the documentation of Mat_); no issue was found on the turned
# kernel.
# Versions: opencv-python-headless 4.14.0.94 and 5.0.0.93, numpy 2.4.6, Python 3.11.
# Date: 2026-11-29. Run twice from a clean state. Output seen:
#   4.14.0  filter2D, kernel of shape (3,)     lies as a column
#   4.14.0  dilate, element of shape (3,)      lies as a column
#   4.14.0  filter2D, Gaussian column (3, 1)   lies as a column
#   4.14.0  filter2D, Gaussian ravelled (3,)   lies as a column
#   4.14.0  blur of a signal of shape (5,) by (3, 1): (5, 1) [0.0, 0.0, 9.0, 0.0, 0.0]
#   4.14.0  calcHist: (4, 1)
#   5.0.0  filter2D, kernel of shape (3,)     lies as a row
#   5.0.0  dilate, element of shape (3,)      lies as a row
#   5.0.0  filter2D, Gaussian column (3, 1)   lies as a column
#   5.0.0  filter2D, Gaussian ravelled (3,)   lies as a row
#   5.0.0  blur of a signal of shape (5,) by (3, 1): (1, 5) [0.0, 3.0, 3.0, 3.0, 0.0]
#   5.0.0  calcHist: (4,)
#   as stated
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > probe.py <<'PY'
import cv2
import numpy as np

major = int(cv2.__version__.split(".")[0])
dot = np.zeros((5, 5), np.float32)
dot[2, 2] = 1
column = cv2.getGaussianKernel(3, 1)
found = {
    "filter2D, kernel of shape (3,)": cv2.filter2D(dot, -1, np.ones(3, np.float32)),
    "dilate, element of shape (3,)": cv2.dilate(dot, np.ones(3, np.uint8)),
    "filter2D, Gaussian column (3, 1)": cv2.filter2D(dot, -1, column),
    "filter2D, Gaussian ravelled (3,)": cv2.filter2D(dot, -1, column.ravel()),
}
lies = {}
for name, out in found.items():
    wide = np.count_nonzero(out.any(axis=0))
    high = np.count_nonzero(out.any(axis=1))
    lies[name] = "row" if wide > high else "column"
    print(f"{cv2.__version__}  {name:34s} lies as a {lies[name]}")
signal = cv2.blur(np.array([0, 0, 9, 0, 0], np.float32), (3, 1))
histogram = cv2.calcHist([np.array([[1, 2, 3]], np.uint8)], [0], None, [4], [0, 4])
print(f"{cv2.__version__}  blur of a signal of shape (5,) by (3, 1): {signal.shape} {signal.ravel().round(3).tolist()}")
print(f"{cv2.__version__}  calcHist: {histogram.shape}")
turned = "column" if major == 4 else "row"
assert list(lies.values()) == [turned, turned, "column", turned]
if major == 4:
    assert signal.shape == (5, 1) and signal.ravel().tolist() == [0, 0, 9, 0, 0]
    assert histogram.shape == (4, 1)
else:
    assert signal.shape == (1, 5) and np.allclose(signal, [[0, 3, 3, 3, 0]])
    assert histogram.shape == (4,)
PY
for version in 4.14.0.94 5.0.0.93; do
    "${PYTHON:-python3}" -m venv "venv$version"
    "venv$version/bin/pip" install -q --disable-pip-version-check "opencv-python-headless==$version" numpy==2.4.6 2>/dev/null
    "venv$version/bin/python" probe.py
done
echo "as stated"
