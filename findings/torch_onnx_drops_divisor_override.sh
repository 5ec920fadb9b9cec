#!/usr/bin/env bash
# Expected: torch.onnx.export writes a network that gives PyTorch's numbers, or raises:
# for avg_pool2d with divisor_override the older exporter raised "Unsupported"
# (pytorch issue 105349).
# What happens: the exporter of today (dynamo=True, the default) writes AveragePool
# without the divisor, with no error: windows are divided by their size again.
# Known or not: no issue found on the silent loss. 105349 is the older error.
# Versions: torch 2.13.0, onnx 1.23.2, onnxscript 0.7.2, onnxruntime 1.32.0,
# numpy 2.4.6, Python 3.11.
# Date: 2026-11-29. Run twice from a clean state. Output seen:
#   PyTorch, divisor 1 (sums): [10.0, 18.0, 42.0, 50.0]
#   the exported file:         [2.5, 4.5, 10.5, 12.5]
#   its operators:             ['AveragePool']
#   as stated
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check torch==2.13.0 onnx==1.23.2 onnxscript==0.7.2 onnxruntime==1.32.0 numpy==2.4.6 2>/dev/null
cd "$work"
cat > probe.py <<'PY'
import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

x = torch.arange(16.0).reshape(1, 1, 4, 4)
layer = nn.AvgPool2d(2, divisor_override=1).eval()
torch.onnx.export(layer, (x,), "pool.onnx", dynamo=True, verbose=False)
session = onnxruntime.InferenceSession("pool.onnx", providers=["CPUExecutionProvider"])
got = session.run(None, {session.get_inputs()[0].name: x.numpy()})[0].ravel()
want = layer(x).numpy().ravel()
nodes = [node.op_type for node in onnx.load("pool.onnx").graph.node]
print("PyTorch, divisor 1 (sums):", want.tolist())
print("the exported file:        ", got.tolist())
print("its operators:            ", nodes)
assert np.allclose(want, [10, 18, 42, 50])
assert np.allclose(got, want / 4)
assert nodes == ["AveragePool"]
print("as stated")
PY
venv/bin/python -W ignore probe.py
