// The arithmetic behind a cell of a network, in words and numbers.

import { enclosed, figures } from "./figures.js";

const TERMS = 6; // the largest products, where there are too many to read

/** "0.5·0.2 + 1·(−0.3) + … = 1.2", the largest first where there are many. */
export function products(terms, most = Infinity) {
  const shown = terms.length > most
    ? [...terms].sort((one, other) => Math.abs(other.product) - Math.abs(one.product)).slice(0, TERMS) : terms;
  const rest = terms.length > shown.length ? ` + \u2026 (${terms.length - shown.length} smaller ones)` : "";
  return shown.map(({ value, weight }) => `${figures(value)}\u00b7${enclosed(weight)}`).join(" + ") + rest;
}

/** What was done to get one value, as sentences; `channel` is the one of the map before that is shown. */
export function written(layer, { kind, value, terms, sum, bias, ...more }, channel) {
  const first = terms[0]?.value;
  switch (kind) {
    case "sum": {
      const part = terms.filter((one) => one.channel === channel);
      const channels = new Set(terms.map((one) => one.channel)).size;
      const whole = sum - bias;
      const own = layer.type === "Dense" || channels === 1 ? [`${products(terms, 30)} = ${figures(whole)}`]
        : [`map ${channel + 1}: ${products(part, 30)} = ${figures(part.reduce((total, { product }) => total + product, 0))}`,
           `all ${channels} maps, ${terms.length} products: ${figures(whole)}`];
      return [...own, `with the bias ${figures(bias)}: ${figures(sum)}`, ...after(layer, sum, value)];
    }
    case "largest":
    case "mean":
      return [`the ${kind} of ${terms.length <= 30 ? terms.map((one) => figures(one.value)).join(", ") : `${terms.length} cells`} is ${figures(value)}`];
    case "normalised":
      return [`(${figures(first)} \u2212 ${enclosed(more.mean)}) / ${figures(more.deviation)} \u00b7 ${enclosed(more.gamma)} + ${enclosed(more.beta)} = ${figures(value)}`];
    case "rescaled":
      return [`${figures(first)} \u00b7 ${enclosed(more.scale)} + ${enclosed(more.offset)} = ${figures(value)}`];
    default: {
      const of = layer.type === "ReLU" ? `max(0, ${figures(first)}) = ${figures(value)}` : null;
      const { row, column, channel: from } = terms[0];
      const lines = layer.activation === "linear" ? [] : after(layer, first, value);
      return [of ?? (lines.length ? lines.shift() : `the ${figures(value)} of row ${row}, column ${column} in map ${from + 1} of the layer before`), ...lines];
    }
  }
}

function after({ activation }, sum, value) {
  switch (activation) {
    case "relu": return [`ReLU: max(0, ${figures(sum)}) = ${figures(value)}`];
    case "softmax": return [`softmax: e to the power of ${figures(sum)}, divided by the sum of such powers over all classes, is ${figures(value)}`];
    case "linear": return [];
    default: return [`${activation} of ${figures(sum)} is ${figures(value)}`];
  }
}

/** The name of a layer and what it puts out. */
export function titled({ name, shape: [high, wide, channels] }) {
  return high * wide === 1 ? `${name}, ${channels} numbers` : `${name}, ${channels} maps of ${high} by ${wide}`;
}

/** What a network is, and what rounding its weights cost. */
export function about({ name, parameters, accuracy }) {
  const share = (one) => `${(100 * one).toFixed(2)}\u00a0%`;
  const cost = accuracy ? `; with weights rounded as they are here it reads ${share(accuracy.here)} of MNIST's test digits, ` +
    `with the float ones ${share(accuracy.float)}` : "";
  return `${name}, ${parameters.toLocaleString("en")} parameters${cost}.`;
}
