// Gradient descent on one kernel: the picture and the map it shall make are given.
//
// The loss is half the mean of the squared errors, its gradient the picture convolved with the error,
// as chapter 4 has it.

import { convolve } from "./convolve.js";

/** The state before the first step. */
export function startKernel({ image, kernel, target }) {
  return { kernel, wanted: convolve({ image, kernel: target }), ...look({ image, target }, kernel) };
}

/** One step against the gradient. */
export function stepKernel(settings, { kernel, gradient, wanted }) {
  const next = kernel.map((row, u) => row.map((weight, v) => weight - settings.learning_rate * gradient[u][v]));
  return { kernel: next, wanted, ...look(settings, next, wanted) };
}

/** What a kernel answers, its errors, its loss, and the gradient of the loss. */
function look({ image, target }, kernel, wanted = convolve({ image, kernel: target })) {
  const output = convolve({ image, kernel });
  const error = output.map((row, r) => row.map((value, c) => value - wanted[r][c]));
  const places = error.length * error[0].length;
  const gradient = convolve({ image, kernel: error }).map((row) => row.map((value) => value / places));
  return { output, gradient, loss: error.flat().reduce((total, one) => total + one * one, 0) / 2 / places };
}
