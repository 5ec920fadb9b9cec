#!/usr/bin/env bash
# Expected: ceil_mode lets the last window be cut by the edge, but no window may begin
# behind it: onnx's specification since operator set 22, its shape inference, and
# PyTorch, from which the attribute comes. OpenVINO has a rounding of that name,
# ceil_torch, and uses it when it reads an AveragePool.
# What happens: when OpenVINO reads a MaxPool, it rounds without that rule. The output
# has a place more, which no number reaches: minus infinity. It needs a stride greater
# than the window, or a window of one, so everyday networks do not show it.
# So cut the last row and column off, or write the pooling without ceil_mode.
# Known or not: OpenVINO's pull request 22930 brought ceil_torch; none found on MaxPool.
# Versions: openvino 2026.4.1, onnx 1.23.2, onnxruntime 1.32.0, numpy 2.4.6,
# Python 3.11.
# Date: 2026-11-30. Run twice from a clean state. Output seen:
#   -9 to -1, window 2, stride 3, ceil_mode: the fourth window would begin behind the row
#   MaxPool
#     shape inference: 3
#     ONNX Runtime: [-8.0, -5.0, -2.0]
#     OpenVINO: [-8.0, -5.0, -2.0, -inf]
#   AveragePool
#     shape inference: 3
#     ONNX Runtime: [-8.5, -5.5, -2.5]
#     OpenVINO: [-8.5, -5.5, -2.5]
#   as stated
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 openvino==2026.4.1 numpy==2.4.6 2>/dev/null
cd "$work"
cat > probe.py <<'PY'
import numpy as np
import onnx
import onnxruntime
import openvino
from onnx import TensorProto, helper

onnxruntime.set_default_logger_severity(4)

def node(operator, row, weights=None, **attributes):
    x = np.array(row, np.float32).reshape(1, 1, 1, -1)
    names, kept = ["x"], []
    if weights is not None:
        w = np.array(weights, np.float32).reshape(1, 1, 1, -1)
        names, kept = ["x", "w"], [onnx.numpy_helper.from_array(w, "w")]
    graph = helper.make_graph(
        [helper.make_node(operator, names, ["y"], **attributes)], "one",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 1, 1, None])], kept)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)
    onnx.checker.check_model(model, full_check=True)
    return model, x

def inferred(model):
    kind = onnx.shape_inference.infer_shapes(model, strict_mode=True).graph.output[0].type
    return kind.tensor_type.shape.dim[3].dim_value

def runtime(model, x):
    session = onnxruntime.InferenceSession(model.SerializeToString(),
                                           providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})[0].ravel().round(3).tolist()

def compiled(model, x):
    core = openvino.Core()
    exact = {"INFERENCE_PRECISION_HINT": "f32"}
    run = core.compile_model(core.read_model(model.SerializeToString()), "CPU", exact)
    return run(x)[0].ravel().round(3).tolist()

row = [-9, -8, -7, -6, -5, -4, -3, -2, -1]
asked = {"kernel_shape": [1, 2], "strides": [1, 3], "ceil_mode": 1}
print("-9 to -1, window 2, stride 3, ceil_mode: the fourth window would begin behind the row")
for operator in ("MaxPool", "AveragePool"):
    model, x = node(operator, row, **asked)
    answers = {"shape inference": inferred(model), "ONNX Runtime": runtime(model, x),
               "OpenVINO": compiled(model, x)}
    print(operator, *(f"  {name}: {answer}" for name, answer in answers.items()), sep="\n")
    whole = [-8, -5, -2] if operator == "MaxPool" else [-8.5, -5.5, -2.5]
    assert answers["shape inference"] == 3 and answers["ONNX Runtime"] == whole
    assert answers["OpenVINO"] == whole + ([-np.inf] if operator == "MaxPool" else [])
print("as stated")
PY
venv/bin/python probe.py 2>/dev/null
