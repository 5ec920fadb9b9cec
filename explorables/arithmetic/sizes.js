// Where a window can stand along one axis: the arithmetic of padding, stride and dilation.
//
// The formulas are those of helpers/arithmetic/sizes.py (Dumoulin and Visin, 2016), and what Keras
// refuses is refused here. All sizes are whole numbers of cells.

import { range } from "./lists.js";

export class Refused extends Error {}

/** The most rows or columns of a map that a page can show. */
export const MOST = 256;

export const PADDINGS = ["valid", "same", "full"];

/** How many cells a kernel spans when its weights stand `dilation` cells apart. */
export function span(kernel, dilation) {
  return dilation * (kernel - 1) + 1;
}

/** Zeros [before, after] an axis of `size` cells; "same" puts the odd one after, as Keras does. */
export function paddingAmounts(size, kernel, stride, padding, dilation) {
  const reach = span(kernel, dilation);
  if (padding === "valid") return [0, 0];
  if (padding === "full") return [reach - 1, reach - 1];
  const places = Math.ceil(size / stride);
  const total = Math.max((places - 1) * stride + reach - size, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** The windows along one axis of a convolution or a pooling.
 *
 * Returns {size, padding: [before, after], span, starts, unread}: how many windows there are, where
 * each begins (cells of the input, negative in the padding), and which cells no weight ever meets.
 */
export function windowsAlong(size, kernel, stride, padding, dilation) {
  const [before, after] = paddingAmounts(size, kernel, stride, padding, dilation);
  const reach = span(kernel, dilation);
  const padded = size + before + after;
  requireShowable(padded);
  if (reach > padded) {
    throw new Refused(`The window must fit in the input: it spans ${reach} cells, ` +
                      `and there are ${padded}.`);
  }
  const count = Math.floor((padded - reach) / stride) + 1;
  const starts = range(count).map((place) => place * stride - before);
  const read = new Set(starts.flatMap((start) => tapsFrom(start, kernel, dilation)));
  const unread = range(size).filter((cell) => !read.has(cell));
  return { size: count, padding: [before, after], span: reach, starts, unread };
}

/** The cells that the weights of a window beginning at `start` stand on. */
export function tapsFrom(start, kernel, dilation) {
  return range(kernel).map((tap) => start + tap * dilation);
}

/** The stamps along one axis of a transposed convolution: each input cell lays down a kernel.
 *
 * Returns {size, crop: [before, after], span, starts}: the size of the output, how many cells are
 * cut off on both sides of what the stamps cover, and where the stamp of each input cell begins in
 * the output. A stride above the span leaves gaps, which padding "valid" keeps at the end as well.
 */
export function stampsAlong(size, kernel, stride, padding, dilation) {
  const reach = span(kernel, dilation);
  const whole = size * stride + Math.max(reach - stride, 0);
  requireShowable(whole);
  const output = padding === "same" ? size * stride : whole;
  const before = Math.floor((whole - output) / 2);
  const starts = range(size).map((cell) => cell * stride - before);
  return { size: output, crop: [before, whole - output - before], span: reach, starts };
}

function requireShowable(length) {
  if (length > MOST) throw new Refused(`A map of ${length} cells is too long to show; at most ${MOST} are.`);
}

/** A value as a message shows it, cut where it is long. */
export function told(value) {
  let text;
  try {
    text = JSON.stringify(value) ?? String(value);
  } catch {
    text = typeof value; // in a ring, or nested too deep
  }
  return text.length > 60 ? `${text.slice(0, 60)}\u2026` : text;
}

/** Refuse what Keras refuses, in words for the reader. */
export function requireKeras({ strides, dilation, padding, transposed = false }) {
  if (Math.max(...strides) > 1 && Math.max(...dilation) > 1) {
    throw new Refused("Keras takes no stride above 1 together with a dilation above 1.");
  }
  if (!PADDINGS.includes(padding)) {
    throw new Refused(`The padding must be ${PADDINGS.join(", ")}; it is ${padding}.`);
  }
  if (transposed && padding === "full") {
    throw new Refused('A transposed convolution takes padding "valid" or "same".');
  }
}

/** Return [rows, columns] of whole numbers of at least 1; one number stands for both. */
export function pairOf(value, name) {
  const pair = Array.isArray(value) ? value : [value, value];
  if (pair.length !== 2 || !pair.every((one) => Number.isInteger(one) && one >= 1)) {
    throw new Refused(`${name} must be two whole numbers of at least 1; got ${told(value)}.`);
  }
  return pair;
}

/** The first window, or stamp, along both axes whose weights stand on a place; null if there is none. */
export function covering(axes, kernel, dilation, at) {
  const cell = axes.map((axis, a) => axis.starts.findIndex(
    (start) => tapsFrom(start, kernel[a], dilation[a]).includes(at[a])));
  return cell.every((one) => one >= 0) ? cell : null;
}
