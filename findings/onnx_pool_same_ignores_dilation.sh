#!/usr/bin/env bash
# Expected: the specification of MaxPool and AveragePool: with auto_pad SAME_UPPER the
# output has ceil(input / stride) places, and the padding is reckoned from the dilated
# window, (kernel - 1) * dilation + 1. onnx's own shape inference says so, too.
# What happens: ONNX Runtime pads for the undilated window and answers two places too
# few, without an error and against the shape that it has inferred. (For Conv it refuses
# the same attributes.) onnx's reference evaluator has it right for MaxPool; for
# AveragePool it makes 7 places, leaves out the first window and fills up with zeros.
# So write the padding out (attribute pads) where a pooling layer is dilated.
# Known or not: ONNX Runtime's issue 20582 is Conv's refusal; none found on pooling.
# onnx's issue 4849 (mended) was the reference's sizes for VALID.
# Versions: onnx 1.23.2, onnxruntime 1.32.0, openvino 2026.4.1, numpy 2.4.6,
# Python 3.11.
# Date: 2026-11-30. Run twice from a clean state. Output seen:
#   1 to 7, window 3, dilation 2, SAME_UPPER; by the specification 7 places
#   MaxPool
#     shape inference: 7
#     OpenVINO: [3.0, 4.0, 5.0, 6.0, 7.0, 6.0, 7.0]
#     ONNX Runtime: [4.0, 5.0, 6.0, 7.0, 6.0]
#     onnx's reference: [3.0, 4.0, 5.0, 6.0, 7.0, 6.0, 7.0]
#   AveragePool
#     shape inference: 7
#     OpenVINO: [2.0, 3.0, 3.0, 4.0, 5.0, 5.0, 6.0]
#     ONNX Runtime: [3.0, 3.0, 4.0, 5.0, 5.0]
#     onnx's reference: [3.0, 3.0, 4.0, 5.0, 5.0, 0.0, 0.0]
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
from onnx.reference import ReferenceEvaluator

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

def reference(model, x):
    return ReferenceEvaluator(model).run(None, {"x": x})[0].ravel().round(3).tolist()


def compiled(model, x):
    core = openvino.Core()
    exact = {"INFERENCE_PRECISION_HINT": "f32"}
    run = core.compile_model(core.read_model(model.SerializeToString()), "CPU", exact)
    return run(x)[0].ravel().round(3).tolist()

row = [1, 2, 3, 4, 5, 6, 7]
asked = {"kernel_shape": [1, 3], "dilations": [1, 2], "auto_pad": "SAME_UPPER"}
print("1 to 7, window 3, dilation 2, SAME_UPPER; by the specification 7 places")
for operator in ("MaxPool", "AveragePool"):
    model, x = node(operator, row, **asked)
    answers = {"shape inference": inferred(model), "OpenVINO": compiled(model, x),
               "ONNX Runtime": runtime(model, x), "onnx's reference": reference(model, x)}
    print(operator, *(f"  {name}: {answer}" for name, answer in answers.items()), sep="\n")
    whole = [3, 4, 5, 6, 7, 6, 7] if operator == "MaxPool" else [2, 3, 3, 4, 5, 5, 6]
    assert answers["shape inference"] == 7 and answers["OpenVINO"] == whole
    assert answers["ONNX Runtime"] == whole[1:-1]
    if operator == "MaxPool":
        assert answers["onnx's reference"] == whole
    else:
        assert answers["onnx's reference"] == [*whole[1:-1], 0, 0]
print("as stated")
PY
venv/bin/python probe.py 2>/dev/null
