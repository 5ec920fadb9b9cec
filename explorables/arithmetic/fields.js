// What a cell of a deep layer sees of the input, followed back layer by layer.
//
// A layer is {type: "conv" or "pool", kernel_size, strides, padding, dilation_rate, filters}, as
// Keras names them; size, jump and start are those of helpers.arithmetic.receptive_field.

import { pairOf, Refused, requireKeras, tapsFrom, windowsAlong } from "./sizes.js";

const MOST_LAYERS = 8;

/** Read and check settings {layers, input}: each layer with its windows along both axes. */
export function chain({ layers, input }) {
  if (!Array.isArray(layers) || layers.length < 1 || layers.length > MOST_LAYERS) {
    throw new Refused(`There must be 1 to ${MOST_LAYERS} layers.`);
  }
  let size = pairOf(input, "The input");
  let channels = 1;
  return layers.map((layer, number) => {
    const { type = "conv", padding = "valid", filters = 1 } = layer;
    const pooling = type === "pool";
    const kernel = pairOf(layer.kernel_size ?? (pooling ? 2 : 3), "The kernel");
    const strides = pairOf(layer.strides ?? (pooling ? kernel : 1), "The strides");
    const dilation = pairOf(pooling ? 1 : layer.dilation_rate ?? 1, "The dilation");
    let axes;
    try {
      requireKeras({ strides, dilation, padding });
      axes = [0, 1].map((axis) => windowsAlong(size[axis], kernel[axis], strides[axis], padding, dilation[axis]));
    } catch (problem) {
      if (problem instanceof Refused) throw new Refused(`Layer ${number + 1}: ${problem.message}`);
      throw problem;
    }
    const parameters = pooling ? 0 : (kernel[0] * kernel[1] * channels + 1) * filters;
    if (!pooling) channels = filters;
    size = axes.map((axis) => axis.size);
    return { type, kernel, strides, dilation, axes, size, parameters };
  });
}

/** Size, jump and start after a number of layers, along rows and columns. */
export function rule(layers, count) {
  const along = (axis) => layers.slice(0, count).reduce(({ size, jump, start }, layer) => {
    const reach = layer.dilation[axis] * (layer.kernel[axis] - 1);
    return { size: size + reach * jump, jump: jump * layer.strides[axis],
             start: start + (reach / 2 - layer.axes[axis].padding[0]) * jump };
  }, { size: 1, jump: 1, start: 0 });
  const both = [along(0), along(1)];
  return { size: both.map((one) => one.size), jump: both.map((one) => one.jump),
           start: both.map((one) => one.start) };
}

/** The cells of each map, along one axis, that reach one cell of the last of `count` layers.
 *
 * Returns a list of sorted lists, from the input (number 0) to the cell itself; cells in the
 * padding are left out.
 */
export function reaching(layers, input, count, axis, cell) {
  const seen = [[cell]];
  for (let number = count - 1; number >= 0; number -= 1) {
    const { kernel, dilation, axes } = layers[number];
    const length = number ? layers[number - 1].size[axis] : input[axis];
    const below = new Set(seen[0].flatMap(
      (one) => tapsFrom(axes[axis].starts[one], kernel[axis], dilation[axis])));
    seen.unshift([...below].filter((one) => one >= 0 && one < length).sort((a, b) => a - b));
  }
  return seen;
}
