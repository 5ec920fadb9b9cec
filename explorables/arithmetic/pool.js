// Pooling in plain loops, one channel. A window that reaches over the border sees only the cells
// that are there, as in Keras: nothing outside wins, and nothing outside counts in the mean.

import { mean } from "./lists.js";
import { withChannels } from "./convolve.js";
import { Refused, pairOf, tapsFrom, windowsAlong } from "./sizes.js";

const SUMMARIES = {
  max: (values) => Math.max(...values),
  mean,
};

/** Read and check settings {image, pool_size, strides, padding, kind}. */
export function preparedPooling(settings) {
  const image = withChannels(settings.image, "image").map((row) => row.map(([value]) => value));
  const pool = pairOf(settings.pool_size ?? 2, "The window");
  const strides = pairOf(settings.strides ?? pool, "The strides");
  const { padding = "valid", kind = "max" } = settings;
  if (!Object.hasOwn(SUMMARIES, kind)) throw new Refused(`The kind must be max or mean; it is ${kind}.`);
  if (!["valid", "same"].includes(padding)) {
    throw new Refused(`The padding of a pooling must be valid or same; it is ${padding}.`);
  }
  const [rows, columns] = [0, 1].map((axis) => windowsAlong(
    axis ? image[0].length : image.length, pool[axis], strides[axis], padding, 1));
  return { image, pool, strides, kind, rows, columns };
}

/** What one window sees, and what is made of it. */
export function underPool({ image, pool, kind, rows, columns }, row, column) {
  const down = tapsFrom(rows.starts[row], pool[0], 1).filter((top) => top in image);
  const across = tapsFrom(columns.starts[column], pool[1], 1).filter((left) => left in image[0]);
  const window = down.map((top) => across.map((left) => image[top][left]));
  return { down, across, window, value: SUMMARIES[kind](window.flat()) };
}

/** The whole output, [row][column]. */
export function pool(settings) {
  const ready = preparedPooling(settings);
  return ready.rows.starts.map((_, row) => ready.columns.starts.map(
    (_, column) => underPool(ready, row, column).value));
}
