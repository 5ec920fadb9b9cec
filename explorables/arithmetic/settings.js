// What a setting may be. Settings come from pages, links and other scripts; each is brought into
// one form, or refused in words for the reader.

import { withChannels } from "./convolve.js";
import { MOST, PADDINGS, Refused, pairOf, told } from "./sizes.js";

function needed(fits, value, name, what) {
  if (!fits) throw new Refused(`The ${name} must be ${what}; got ${told(value)}.`);
  return value;
}

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isNothing = (value) => value === null || value === undefined;

/** [rows, columns], or one number for both. */
export function aPair(value, name) {
  return pairOf(value, `The ${name}`);
}

/** A picture or a kernel, [row][column] or [row][column][channel]; no more cells than can be shown. */
export function aTable(value, name) {
  const deep = withChannels(value, name);
  const [rows, columns, channels] = [deep.length, deep[0].length, deep[0][0].length];
  if (Math.max(rows, columns) > MOST || rows * columns * channels > MOST * MOST) {
    throw new Refused(`The ${name} must have at most ${MOST} rows and columns; it has ${rows} by ${columns} by ${channels}.`);
  }
  return value;
}

/** A table of one channel, as [row][column]. */
export function aMatrix(value, name) {
  const deep = withChannels(aTable(value, name), name);
  if (deep[0][0].length > 1) throw new Refused(`The ${name} must have one channel; it has ${deep[0][0].length}.`);
  return deep.map((row) => row.map(([one]) => one));
}

export function aNumber(value, name) {
  return needed(Number.isFinite(value), value, name, "a number");
}

export function aFlag(value, name) {
  return needed(typeof value === "boolean", value, name, "true or false");
}

/** One of these names. */
export function oneOf(names) {
  return (value, name) => needed(names.includes(value), value, name, names.join(" or "));
}

export const aPadding = oneOf(PADDINGS);

/** Two whole numbers of any sign; nothing stands for [0, 0]. */
export function aPlace(value, name) {
  const fits = Array.isArray(value) && value.length === 2 && value.every(Number.isInteger);
  return isNothing(value) ? [0, 0] : needed(fits, value, name, "two whole numbers");
}

/** Another kind, or null. */
export function orNull(kind) {
  return (value, name) => (isNothing(value) ? null : kind(value, name));
}

/** A cell of a deep layer: null, or {layer, row, column}, each a whole number or left out. */
export function aDeepCell(value, name) {
  const whole = (one) => isNothing(one) || Number.isInteger(one);
  const fits = isNothing(value) || (isObject(value) && [value.layer, value.row, value.column].every(whole));
  return needed(fits, value ?? null, name, "{layer, row, column} in whole numbers");
}

/** A list of layers, each with all that Keras would take for it. */
export function theLayers(value, name) {
  needed(Array.isArray(value) && value.every(isObject), value, name, "a list of layers");
  return value.map(({ type = "conv", kernel_size, strides, padding = "valid", dilation_rate, filters = 1 }, at) => {
    const here = (what) => `${what} of layer ${at + 1}`;
    oneOf(["conv", "pool"])(type, here("type"));
    oneOf(["valid", "same"])(padding, here("padding"));
    needed(Number.isInteger(filters) && filters >= 1, filters, here("filters"), "a whole number of at least 1");
    const pooling = type === "pool";
    const kernel = aPair(kernel_size ?? (pooling ? 2 : 3), here("kernel_size"));
    const steps = aPair(strides ?? (pooling ? kernel : 1), here("strides"));
    const rest = pooling ? {} : { dilation_rate: aPair(dilation_rate ?? 1, here("dilation_rate")), filters };
    return { type, kernel_size: kernel, strides: steps, padding, ...rest };
  });
}
