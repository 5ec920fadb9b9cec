#!/usr/bin/env bash
# Expected: onnx.reference.ReferenceEvaluator, which says what an operator means, has the
# numbers of the specification.
# What happens: with ceil_mode its AveragePool lays half of what the last window lacks in
# front of the row, so every window is shifted: 1 1 1 6 gives a last average of 1 where
# the window holds 6 alone, and the 6 is counted nowhere. Its MaxPool with SAME_LOWER
# leaves out the padding in front and answers one place too few.
# So hold a converted network against a runtime, not against the reference.
# Known or not: onnx's issue 4958 shows NaN and odd numbers of an older ceil_mode; its
# pull request 5741 mended sizes. None found on the shift that is left.
# Versions: onnx 1.23.2, onnxruntime 1.32.0, numpy 2.4.6, Python 3.11.
# Date: 2026-11-30. Run twice from a clean state. Output seen:
#   1 1 1 6, average pooling, window 3, stride 3, ceil_mode: the second window holds 6 alone
#     count_include_pad 0: ONNX Runtime [1.0, 6.0], onnx's reference [1.0, 1.0]
#     count_include_pad 1: ONNX Runtime [1.0, 6.0], onnx's reference [0.667, 1.0]
#   1 to 7, max pooling, window 2, stride 2, SAME_LOWER: the padding stands before the 1
#     ONNX Runtime [1.0, 3.0, 5.0, 7.0], onnx's reference [3.0, 5.0, 7.0], inferred 4 places
#   as stated
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6 2>/dev/null
cd "$work"
cat > probe.py <<'PY'
import numpy as np
import onnx
import onnxruntime
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
    return session.run(None, {"x": x})[0].ravel().round(3).astype(float).round(3).tolist()

def reference(model, x):
    return ReferenceEvaluator(model).run(None, {"x": x})[0].ravel().round(3).astype(float).round(3).tolist()


row = [1, 1, 1, 6]
print("1 1 1 6, average pooling, window 3, stride 3, ceil_mode: the second window holds 6 alone")
for counted, wrong in ((0, [1, 1]), (1, [0.667, 1])):
    model, x = node("AveragePool", row, kernel_shape=[1, 3], strides=[1, 3], ceil_mode=1,
                    count_include_pad=counted)
    print(f"  count_include_pad {counted}: ONNX Runtime {runtime(model, x)}, "
          f"onnx's reference {reference(model, x)}")
    assert runtime(model, x) == [1, 6]
    assert np.allclose(reference(model, x), wrong, atol=1e-3)
model, x = node("MaxPool", [1, 2, 3, 4, 5, 6, 7], kernel_shape=[1, 2], strides=[1, 2],
                auto_pad="SAME_LOWER")
print("1 to 7, max pooling, window 2, stride 2, SAME_LOWER: the padding stands before the 1")
print(f"  ONNX Runtime {runtime(model, x)}, onnx's reference {reference(model, x)}, "
      f"inferred {inferred(model)} places")
assert inferred(model) == 4 and runtime(model, x) == [1, 3, 5, 7]
assert reference(model, x) == [3, 5, 7]
print("as stated")
PY
venv/bin/python probe.py 2>/dev/null
