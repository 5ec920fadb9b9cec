// A convolution in plain loops, one filter, to be read and to be looked at.
//
// Images are [row][column][channel], kernels [row][column][channel]; agrees with
// helpers.reference.conv2d and with Keras.

import { Refused, pairOf, requireKeras, tapsFrom, windowsAlong } from "./sizes.js";

/** Give each cell a list of channels: a matrix of numbers has one. */
export function withChannels(table, name) {
  const cells = Array.isArray(table) && table.length && Array.isArray(table[0]) && table[0].length;
  if (!cells || table.some((row) => !Array.isArray(row) || row.length !== table[0].length)) {
    throw new Refused(`The ${name} must have rows of equal length.`);
  }
  const deep = table.map((row) => row.map((cell) => (Array.isArray(cell) ? cell : [cell])));
  const channels = deep[0][0].length;
  const whole = deep.every((row) => row.every(
    (cell) => cell.length === channels && cell.every(Number.isFinite)));
  if (!channels || !whole) throw new Refused(`Each cell of the ${name} must hold a number.`);
  return deep;
}

/** Turn a kernel by half a turn, rows and columns. */
export function turned(kernel) {
  return kernel.map((row) => [...row].reverse()).reverse();
}

/** Read and check settings; returns all that the sums need. */
export function prepared(settings) {
  const image = withChannels(settings.image, "image");
  const kernel = withChannels(settings.kernel, "kernel");
  if (image[0][0].length !== kernel[0][0].length) {
    throw new Refused(`The kernel must have as many channels as the image, ` +
                      `${image[0][0].length}; it has ${kernel[0][0].length}.`);
  }
  const { bias = 0, padding = "valid", flipped = false } = settings;
  if (!Number.isFinite(bias)) throw new Refused("The bias must be a number.");
  const strides = pairOf(settings.strides ?? 1, "The strides");
  const dilation = pairOf(settings.dilation ?? 1, "The dilation");
  requireKeras({ strides, dilation, padding });
  const [rows, columns] = [0, 1].map((axis) => windowsAlong(
    axis ? image[0].length : image.length, axis ? kernel[0].length : kernel.length,
    strides[axis], padding, dilation[axis]));
  return { image, kernel: flipped ? turned(kernel) : kernel, bias, strides, dilation, rows, columns };
}

/** What stands under the window of one output cell: values, products and their sum with the bias.
 *
 * `window` and `products` are [row][column][channel]; a cell in the padding counts as 0.
 */
export function underWindow({ image, kernel, bias, dilation, rows, columns }, row, column) {
  const down = tapsFrom(rows.starts[row], kernel.length, dilation[0]);
  const across = tapsFrom(columns.starts[column], kernel[0].length, dilation[1]);
  const window = down.map((top) => across.map(
    (left) => image[top]?.[left] ?? image[0][0].map(() => 0)));
  const products = window.map((line, u) => line.map(
    (cell, v) => cell.map((value, channel) => value * kernel[u][v][channel])));
  const sum = products.flat(2).reduce((total, product) => total + product, 0) + bias;
  return { down, across, window, products, sum };
}

/** The whole output, [row][column]. */
export function convolve(settings) {
  const ready = prepared(settings);
  return ready.rows.starts.map((_, row) => ready.columns.starts.map(
    (_, column) => underWindow(ready, row, column).sum));
}
