#!/usr/bin/env bash
# Expected: ConvTranspose with auto_pad SAME_UPPER has input * stride places, as the
# specification says in these words and as "same" means in TensorFlow and Keras.
# What happens: where the kernel is shorter than the stride, the padding would have to be
# negative. ONNX Runtime, OpenVINO and onnx's own shape inference stop at 0 and answer
# (n - 1) * stride + kernel places, without a word: 8 instead of 9 here, so a network
# that adds the result to a skipped map breaks on the sizes.
# So give output_padding (stride - kernel) and pads of 0 instead of auto_pad.
# Known or not: ONNX Runtime's issues 4086, 4698, 6067 and 11927 are other faults of
# auto_pad here; none found on a kernel shorter than the stride.
# Versions: onnx 1.23.2, onnxruntime 1.32.0, openvino 2026.4.1, numpy 2.4.6,
# Python 3.11.
# Date: 2026-11-30. Run twice from a clean state. Output seen:
#   1 2 3, kernel 1 10, stride 3, SAME_UPPER; the specification: 9 places
#     shape inference: 8
#     ONNX Runtime:    [1.0, 10.0, 0.0, 2.0, 20.0, 0.0, 3.0, 30.0]
#     OpenVINO:        [1.0, 10.0, 0.0, 2.0, 20.0, 0.0, 3.0, 30.0]
#     all input * stride: [1.0, 10.0, 0.0, 2.0, 20.0, 0.0, 3.0, 30.0, 0.0]
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


def by_specification(row, weights, stride):
    size = len(row) * stride  # output_shape[i] = input_shape[i] * strides[i]
    return size, [weight * x for x in row for weight in weights + [0] * (stride - len(weights))]

row, weights, stride = [1, 2, 3], [1, 10], 3
model, x = node("ConvTranspose", row, weights, strides=[1, stride], auto_pad="SAME_UPPER")
size, whole = by_specification(row, weights, stride)
core = openvino.Core()
compiled = core.compile_model(core.read_model(model.SerializeToString()), "CPU",
                              {"INFERENCE_PRECISION_HINT": "f32"})
intel = compiled(x)[0].ravel().tolist()
print(f"1 2 3, kernel 1 10, stride 3, SAME_UPPER; the specification: {size} places")
print("  shape inference:", inferred(model))
print("  ONNX Runtime:   ", runtime(model, x))
print("  OpenVINO:       ", intel)
print("  all input * stride:", [float(number) for number in whole])
assert size == 9 and inferred(model) == 8
assert runtime(model, x) == intel == whole[:8]
print("as stated")
PY
venv/bin/python probe.py 2>/dev/null
