// Products and their sum, written out in a line.

import { shown } from "./grid.js";

const MOST_TERMS = 30;

function bracketed(value) {
  return value < 0 ? `(${shown(value)})` : shown(value);
}

/** "1\u00b72 + 0\u00b7(\u22121) = 2" for what stands under the window of one output cell. */
export function writtenOut({ kernel, bias }, { window, sum }) {
  const terms = window.flatMap((line, u) => line.flatMap((cell, v) => cell.map(
    (value, channel) => `${shown(value)}\u00b7${bracketed(kernel[u][v][channel])}`)));
  const added = bias ? ` + ${bracketed(bias)}` : "";
  const all = terms.slice(0, MOST_TERMS).join(" + ");
  const rest = terms.length > MOST_TERMS ? ` + \u2026 (${terms.length} products)` : "";
  return `${all}${rest}${added} = ${shown(sum)}`;
}
