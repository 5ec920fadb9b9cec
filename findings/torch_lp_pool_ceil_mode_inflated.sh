#!/usr/bin/env bash
# Expected: the documentation of LPPool1d and LPPool2d: the p-th root of the sum of the
# p-th powers of the window's numbers; at p = 1 the sum of the window, towards infinity
# max pooling. With ceil_mode the last window is cut by the edge and holds fewer
# numbers, so its sum has fewer terms; an added zero would change nothing.
# What happens: the cut window is inflated. The mean over the numbers that are there is
# multiplied by the size of the whole window: 0 5 under a window of 3 gives 6.124 at
# p = 2 and 7.5 as a "sum" of 0 and 5 at p = 1. Each number counts 1.5 times (2.25
# times in the corner of a plane).
# So pool with padding made by hand, or without ceil_mode.
# Known or not: no issue found on the values; pytorch's pull request 163186 is about
# the size of the output under ceil_mode and says that lp_pool calls avg_pool.
# Versions: torch 2.13.0, numpy 2.4.6, Python 3.11.
# Date: 2026-11-29. Run twice from a clean state. Output seen:
#   input 0 0 0 5, window 3, stride 2, ceil_mode
#   by the definition, p = 2:  [0.0, 5.0]
#   lp_pool1d,         p = 2:  [0.0, 6.1237]
#   lp_pool1d,         p = 1:  [0.0, 7.5] (sum pooling: 0 and 5)
#   max_pool1d:                [0.0, 5.0]
#   6x6 ones, window 3, stride 2, p = 2; the corner holds four ones, norm 2:
#   [[3.0, 3.0, 3.0], [3.0, 3.0, 3.0], [3.0, 3.0, 3.0]]
#   as stated
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check torch==2.13.0 numpy==2.4.6 2>/dev/null
cd "$work"
venv/bin/python - <<'PY'
import torch
import torch.nn.functional as F

def by_definition(x, p, size, stride):
    starts = range(0, len(x) - 1, stride)
    return [float((x[s:s + size] ** p).sum() ** (1 / p)) for s in starts]

x = torch.tensor([0.0, 0.0, 0.0, 5.0])
pooled = F.lp_pool1d(x[None, None], 2, 3, 2, ceil_mode=True).ravel().tolist()
want = by_definition(x, 2, 3, 2)
summed = F.lp_pool1d(x[None, None], 1, 3, 2, ceil_mode=True).ravel().tolist()
ones = torch.ones(1, 1, 6, 6)
plane = F.lp_pool2d(ones, 2, 3, 2, ceil_mode=True)[0, 0]
great = F.lp_pool1d(x[None, None], 64, 3, 2, ceil_mode=True).ravel().tolist()
print("input 0 0 0 5, window 3, stride 2, ceil_mode")
print("by the definition, p = 2: ", [round(v, 4) for v in want])
print("lp_pool1d,         p = 2: ", [round(v, 4) for v in pooled])
print("lp_pool1d,         p = 1: ", [round(v, 4) for v in summed], "(sum pooling: 0 and 5)")
print("max_pool1d:               ", F.max_pool1d(x[None, None], 3, 2, ceil_mode=True).ravel().tolist())
print("6x6 ones, window 3, stride 2, p = 2; the corner holds four ones, norm 2:")
print(plane.tolist())
assert want == [0.0, 5.0]
assert abs(pooled[1] - 5 * (3 / 2) ** 0.5) < 1e-3
assert abs(summed[1] - 7.5) < 1e-3
assert torch.allclose(plane, torch.full((3, 3), 3.0), atol=1e-4)
print("as stated")
PY
