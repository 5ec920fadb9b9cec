// Pictures for a network and what a cell of it sees: between a page's settings and flat maps.

import { bounded, range, table } from "../lists.js";
import { Refused, told } from "../sizes.js";

export const PATCH = 7; // pixels that a finger covers

/** What white is in a picture: 255, or 1 where none of its numbers is above. */
export function fullOf(image) {
  return image.flat(2).some((value) => value > 1) ? 255 : 1;
}

/** The numbers that a network takes, [row][column][channel] in one list, with a patch of `covered` blank. */
export function taken(image, { input, pixels }, covered) {
  const [high, wide, channels] = input;
  if (image.length !== high || image[0].length !== wide) {
    throw new Refused(`The image must have ${high} rows and ${wide} columns for this network; it has ${image.length} by ${image[0].length}.`);
  }
  const full = fullOf(image);
  return Float32Array.from(image.flatMap((row, r) => row.flatMap((cell, c) => {
    const hidden = covered && Math.abs(r - covered[0]) <= PATCH >> 1 && Math.abs(c - covered[1]) <= PATCH >> 1;
    return range(channels).map((channel) => (hidden ? 0 : (cell[channel] ?? cell[0] ?? cell) / full * pixels));
  })));
}

/** A flat map as [row][column][channel], a list as it is. */
export function nested(data, [high, wide, channels]) {
  if (high * wide === 1) return Array.from(data);
  return table(high, wide, (row, column) => {
    const from = (row * wide + column) * channels;
    return Array.from(data.subarray(from, from + channels));
  });
}

/** What a cell can see of the picture, followed back layer by layer. */
export function fieldOf({ layers, input }, { layer, row, column }) {
  let ends = [[row, row], [column, column]];
  for (let at = layer - 1; at >= 0; at -= 1) {
    const { axes, type } = layers[at];
    const before = at ? layers[at - 1].shape : input;
    const all = ["Flatten", "Dense", "GlobalAveragePooling2D"].includes(type);
    ends = ends.map(([low, top], axis) => (all ? [0, before[axis] - 1]
      : axes ? [axes[axis].starts[low], axes[axis].starts[top] + axes[axis].span - 1].map((one) => bounded(one, 0, before[axis] - 1)) : [low, top]));
  }
  const [[top, bottom], [left, right]] = ends;
  return { top, left, height: bottom - top + 1, width: right - left + 1 };
}

/** A cell that the network has, whatever was asked for; row and column are null for a whole map. */
export function insideNetwork({ layers }, { layer, channel, row = null, column = null, from = null }) {
  const number = bounded(layer, 1, layers.length);
  const [high, wide, channels] = layers[number - 1].shape;
  const within = (one, length) => bounded(one ?? 0, 0, length - 1);
  const list = high * wide === 1;
  const known = list || (row !== null && column !== null);
  return { layer: number, channel: within(channel, channels), row: known ? within(row, high) : null,
           column: known ? within(column, wide) : null, from };
}

/** The name of a network that the page has, or can load. */
export function aName(value, name) {
  if (!/^[\w-]{1,40}$/.test(value)) throw new Refused(`The ${name} must be a name such as reader; got ${told(value)}.`);
  return value;
}

/** Null, or a cell by its layer, counted from 1, and its map; row and column may be left out. */
export function aCellOfNetwork(value, name) {
  const whole = (one) => one === undefined || one === null || Number.isInteger(one);
  if (value === null || value === undefined) return null;
  if (!Number.isInteger(value.layer) || ![value.row, value.column, value.channel, value.from].every(whole)) {
    throw new Refused(`The ${name} must be {layer, channel, row, column} in whole numbers; got ${told(value)}.`);
  }
  return value;
}
