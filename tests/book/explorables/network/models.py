"""Small Keras networks for the page, and what the page makes of them."""

import base64
import io

import numpy as np

from helpers.networks.page import export

# Read a network from the bytes of its file and put pictures through it, in plain loops and faster.
RUN = """async ([packed, pictures, plain]) => {
  const { networkFrom } = await import("./arithmetic/network/archive.js");
  const { accelerated } = await import("./arithmetic/network/fast.js");
  const { forward } = await import("./arithmetic/network/forward.js");
  const bytes = (text) => Uint8Array.from(atob(text), one => one.charCodeAt(0));
  const network = await networkFrom("mine.npz", bytes(packed));
  if (!plain) accelerated(network);
  const all = new Float32Array(bytes(pictures).buffer);
  const [high, wide, channels] = network.input;
  const one = high * wide * channels;
  const outputs = [];
  for (let at = 0; at < all.length; at += one) {
    outputs.push(...forward(network, all.subarray(at, at + one)).at(-1));
  }
  let text = "";
  new Uint8Array(Float32Array.from(outputs).buffer).forEach(byte => {
    text += String.fromCharCode(byte); });
  return { outputs: btoa(text), fast: network.layers.filter(layer => layer.fast).length };
}"""


def packed(model, folder):
    """The bytes of a model's file, as text."""
    return base64.b64encode(export(model, folder / "mine.npz").read_bytes()).decode()


def in_page(page, model, pictures, folder, *, plain):
    """What the page's network puts out for pictures (n, rows, columns, channels), (n, outputs),
    and how many of its layers ran in WebAssembly."""
    numbers = base64.b64encode(np.ascontiguousarray(pictures, np.float32).tobytes()).decode()
    found = page.evaluate(RUN, [packed(model, folder), numbers, plain])
    outputs = np.load(io.BytesIO(_npy(base64.b64decode(found["outputs"]))))
    return outputs.reshape(len(pictures), -1), found["fast"]


def _npy(raw):
    buffer = io.BytesIO()
    np.save(buffer, np.frombuffer(raw, np.float32))
    return buffer.getvalue()
