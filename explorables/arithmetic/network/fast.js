// Give the layers of a network that take long a way to compute in WebAssembly, four numbers at a time.

import { KERNEL } from "./kernel_bytes.js";

const PAGE = 65536;
const EIGHT = 8;
const FAST = ["Conv2D", "Dense"];

/** Where the browser can, let the convolutions and dense layers of a network run in WebAssembly.
 *  Returns the network, as it was where the browser cannot. */
export function accelerated(network) {
  try {
    const plans = planned(network);
    const floats = plans.reduce((sum, { room }) => sum + room, PAGE / 8); // C's own stack lies first
    const memory = new WebAssembly.Memory({ initial: Math.ceil(4 * floats / PAGE) + 1 });
    const code = Uint8Array.from(atob(KERNEL), (one) => one.charCodeAt(0));
    const { convolve } = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } }).exports;
    let free = PAGE / 8;
    const take = (length) => {
      const some = new Float32Array(memory.buffer, 4 * free, length);
      free += 4 * Math.ceil(length / 4);
      return some;
    };
    plans.forEach(({ layer, ...plan }) => lay(layer, plan, take, convolve));
  } catch {
    network.layers.forEach((layer) => { delete layer.fast; });
  }
  return network;
}

/** The layers that run there: each with its padded input, its taps and the room it needs, in floats. */
function planned(network) {
  let shape = network.input;
  return network.layers.flatMap((layer) => {
    const [high, wide, channels] = shape;
    shape = layer.shape;
    if (!FAST.includes(layer.type)) return [];
    const filters = layer.shape[2];
    const [rows, columns] = layer.kernel_size ?? [1, 1];
    const [[top, bottom], [left, right]] = layer.axes?.map((axis) => axis.padding) ?? [[0, 0], [0, 0]];
    const deep = layer.axes ? channels : high * wide * channels;
    const size = layer.axes ? [high + top + bottom, wide + left + right] : [1, 1];
    const taps = rows * columns * deep;
    const packed = Math.ceil(filters / EIGHT) * EIGHT;
    const room = size[0] * size[1] * deep + (taps + 1) * packed + layer.out.length + 16;
    return [{ layer, size, from: [high, wide], top, left, deep, rows, columns, taps, packed, filters, room }];
  });
}

function lay(layer, { size, from, top, left, deep, rows, columns, taps, packed, filters }, take, convolve) {
  const [input, weights, bias, out] = [size[0] * size[1] * deep, taps * packed, packed, layer.out.length].map(take);
  bias.set(layer.bias);
  for (let tap = 0; tap < taps; tap += 1) {
    for (let filter = 0; filter < filters; filter += EIGHT) {
      const some = layer.kernel.subarray(tap * filters + filter, tap * filters + Math.min(filter + EIGHT, filters));
      weights.set(some, filter * taps + tap * EIGHT);
    }
  }
  layer.out = out;
  const row = size[1] * deep;
  const [dy, dx] = layer.dilation_rate ?? [1, 1];
  const [sy, sx] = layer.strides ?? [1, 1];
  // The columns of a window lie beside each other, unless it is dilated.
  const [pieces, length] = dx === 1 ? [1, columns * deep] : [columns, deep];
  const padded = size[0] !== from[0] || size[1] !== from[1];
  layer.fast = (map) => {
    if (!padded || !layer.axes) input.set(map);
    else {
      const line = from[1] * deep;
      for (let y = 0; y < from[0]; y += 1) input.set(map.subarray(y * line, (y + 1) * line), (y + top) * row + left * deep);
    }
    convolve(input.byteOffset, layer.shape[0], layer.shape[1], sy * row, sx * deep, rows, dy * row, pieces, dx * deep,
             length, weights.byteOffset, bias.byteOffset, filters, out.byteOffset, layer.activation === "relu");
  };
}
