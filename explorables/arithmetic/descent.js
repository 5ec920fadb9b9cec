// Gradient descent on one kernel: the picture and the map it shall make are given.
//
// The loss is half the mean of the squared errors, its gradient the picture convolved with the error,
// as chapter 4 has it.

import { table } from "./lists.js";
import { Refused } from "./sizes.js";

/** A kernel slid over an image, both [row][column], all windows that fit. */
export function slide(image, kernel) {
  const [rows, columns] = [image.length - kernel.length + 1, image[0].length - kernel[0].length + 1];
  if (rows < 1 || columns < 1) throw new Refused("The kernel must fit in the image.");
  return table(rows, columns, (r, c) => {
    let sum = 0;
    for (let u = 0; u < kernel.length; u += 1) {
      for (let v = 0; v < kernel[u].length; v += 1) sum += kernel[u][v] * image[r + u][c + v];
    }
    return sum;
  });
}

/** The state before the first step. */
export function startKernel({ image, kernel, target }) {
  if (kernel.length !== target.length || kernel[0].length !== target[0].length) {
    throw new Refused("The kernel must have the shape of the target.");
  }
  const wanted = slide(image, target);
  return { kernel, wanted, ...look({ image }, kernel, wanted) };
}

/** One step against the gradient. */
export function stepKernel(settings, { kernel, gradient, wanted }) {
  const next = kernel.map((row, u) => row.map((weight, v) => weight - settings.learning_rate * gradient[u][v]));
  return { kernel: next, wanted, ...look(settings, next, wanted) };
}

/** What a kernel answers, its errors, its loss, and the gradient of the loss. */
function look({ image }, kernel, wanted) {
  const output = slide(image, kernel);
  const error = output.map((row, r) => row.map((value, c) => value - wanted[r][c]));
  const places = error.length * error[0].length;
  const gradient = slide(image, error).map((row) => row.map((value) => value / places));
  return { output, gradient, loss: error.flat().reduce((total, one) => total + one * one, 0) / 2 / places };
}
