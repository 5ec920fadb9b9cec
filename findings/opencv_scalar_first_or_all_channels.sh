#!/usr/bin/env bash
# Expected: a number beside a picture means the same in all functions of OpenCV. The
# common knowledge, from the type Scalar(v, 0, 0, 0), is that it reaches the first
# channel alone; NumPy's habit is that it reaches all.
# What happens: both, by the function. add, subtract, absdiff, multiply and compare
# use a plain number for every channel; max, min, bitwise_and, bitwise_xor, inRange and
# the border value of copyMakeBorder use it for the first channel and 0 for the others:
# max(x, 150) brightens blue alone, min(x, 50) blackens green and red, and
# bitwise_xor(x, 255) is no negative. And the same number in a tuple or an array,
# add(x, (50,)), goes back to the first channel.
# So use NumPy (np.maximum, np.minimum, 255 - x) or give all four numbers.
# Known or not: no issue in opencv's tracker was found that lists which function does
# which; related are 25165 and 29870 (short arrays are taken for such scalars).
# Versions: opencv-python-headless 5.0.0.93 (4.14.0.94 gave the same in a trial run),
# numpy 2.4.6, Python 3.11.
# Date: 2026-11-29. Run twice from a clean state. Output seen:
#   add(x, 50)                 [150, 150, 150]   every channel
#   subtract(x, 50)            [50, 50, 50]   every channel
#   absdiff(x, 150)            [50, 50, 50]   every channel
#   multiply(x, 2)             [200, 200, 200]   every channel
#   compare(x, 50, CMP_GT)     [255, 255, 255]   every channel
#   max(x, 150)                [150, 100, 100]   the first channel
#   min(x, 50)                 [50, 0, 0]   the first channel
#   bitwise_xor(x, 255)        [155, 100, 100]   the first channel
#   bitwise_and(x, 15)         [4, 0, 0]   the first channel
#   add(x, (50,))              [150, 100, 100]   the first channel
#   add(x, np.array([50.]))    [150, 100, 100]   the first channel
#   copyMakeBorder(value=50)   [50, 0, 0]   the first channel
#   inRange(x, 50, 150)        0   no pixel of 100, 100, 100 is between 50 and 150
#   as stated
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check opencv-python-headless==5.0.0.93 numpy==2.4.6 2>/dev/null
cd "$work"
venv/bin/python - <<'PY'
import cv2
import numpy as np

grey = np.full((8, 8, 3), 100, np.uint8)
every = {
    "add(x, 50)": (cv2.add(grey, 50), 150),
    "subtract(x, 50)": (cv2.subtract(grey, 50), 50),
    "absdiff(x, 150)": (cv2.absdiff(grey, 150), 50),
    "multiply(x, 2)": (cv2.multiply(grey, 2), 200),
    "compare(x, 50, CMP_GT)": (cv2.compare(grey, 50, cv2.CMP_GT), 255),
}
first = {
    "max(x, 150)": (cv2.max(grey, 150), [150, 100, 100]),
    "min(x, 50)": (cv2.min(grey, 50), [50, 0, 0]),
    "bitwise_xor(x, 255)": (cv2.bitwise_xor(grey, 255), [155, 100, 100]),
    "bitwise_and(x, 15)": (cv2.bitwise_and(grey, 15), [4, 0, 0]),
    "add(x, (50,))": (cv2.add(grey, (50,)), [150, 100, 100]),
    "add(x, np.array([50.]))": (cv2.add(grey, np.array([50.0])), [150, 100, 100]),
    "copyMakeBorder(value=50)": (cv2.copyMakeBorder(grey, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=50), [50, 0, 0]),
}
for name, (out, want) in every.items():
    print(f"{name:26s} {out[0, 0].tolist()}   every channel")
    assert out[0, 0].tolist() == [want] * 3
for name, (out, want) in first.items():
    print(f"{name:26s} {out[0, 0].tolist()}   the first channel")
    assert out[0, 0].tolist() == want
inside = cv2.inRange(grey, 50, 150)
print(f"{'inRange(x, 50, 150)':26s} {int(inside[0, 0])}   no pixel of 100, 100, 100 is between 50 and 150")
assert not inside.any()
print("as stated")
PY
