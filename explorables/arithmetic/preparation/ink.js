// Tell ink from paper, in any light and colour; as helpers.handwriting.ink and .light do.
// A picture is a list of planes with levels from 0 to 255, one for each colour.

import { mean, total } from "../lists.js";
import { boxed, gaussian, median, piecesOf, plane, quantile, resized, rounded } from "./planes.js";
import { strokeSizes, thicknessOf } from "./strokes.js";

const COPY = 240; // pixels of the small copy on which paper is looked for
const DARKEST = 64;
const LEAST_NOISE = 0.01;
const MANY = 100000;
const [SMOOTH, CLEAR] = [2, 5];
const LEAST_CONTRAST = 0.12;
const PALEST = 0.3;
const [SLENDER, WINDOW, LEAST_WINDOW] = [8, 7, 0.06];

/** The paper under one colour: the median of a wide square around each pixel, on a small copy. */
function paperOf(image, window) {
  const { height, width } = image;
  const factor = Math.min(1, COPY / Math.max(height, width));
  const size = [height, width].map((side) => Math.max(1, rounded(side * factor)));
  const bytes = (one) => { one.data.forEach((value, at) => { one.data[at] = rounded(value); }); return one; };
  const small = factor < 1 ? bytes(resized(image, size, true)) : image;
  const reach = Math.min(Math.trunc(Math.max(5, rounded(window * factor))) | 1, 255);
  const paper = bytes(boxed(median(small, reach), (reach >> 2) | 1));
  return bytes(resized(paper, [height, width], false));
}

/** How much each pixel differs from its paper, as a share of the paper's brightness; a plane for each colour. */
function differences(picture, window) {
  return picture.map((image) => {
    const paper = paperOf(image, window);
    return plane(image.height, image.width, image.data.map((value, at) => (value - paper.data[at]) / Math.max(paper.data[at], DARKEST)));
  });
}

/** Every second pixel of every second row. */
function few({ data, height, width }) {
  const some = [];
  for (let row = 0; row < height; row += 2) for (let column = 0; column < width; column += 2) some.push(data[row * width + column]);
  return Float32Array.from(some);
}

/** The direction among colours in which pixels differ most from the paper, towards dark ink. */
function inkAxis(changes) {
  const some = changes.map(few);
  const sizes = some[0].map((_, at) => Math.hypot(...some.map((one) => one[at])));
  const least = 0.5 * quantile(sizes, 0.9995);
  const square = some.map((one) => some.map((other) => one.reduce((sum, value, at) => (sizes[at] >= least ? sum + value * other[at] : sum), 0)));
  let axis = square[square.map((row, at) => row[at]).reduce((best, value, at, all) => (value > all[best] ? at : best), 0)];
  for (let turn = 0; turn < 60; turn += 1) {
    const next = square.map((row) => row.reduce((sum, value, at) => sum + value * axis[at], 0));
    const length = Math.hypot(...next) || 1;
    axis = next.map((value) => value / length);
  }
  const sign = total(axis) > 0 ? -1 : 1;
  const length = Math.hypot(...axis) || 1;
  return axis.map((value) => sign * value / length / Math.sqrt(axis.length));
}

function towards(changes, direction) {
  return plane(changes[0].height, changes[0].width, changes[0].data.map(
    (_, at) => changes.reduce((sum, { data }, colour) => sum + data[at] * direction[colour], 0)));
}

const spread = (values) => Math.max(values.length ? 1.4826 * quantile(values, 0.5) : 0, LEAST_NOISE);
const sparse = (image) => (image.data.length > MANY ? few(image) : image.data);

/** The noise of a contrast by its negative half, where no ink is. */
function noiseOf(contrast) {
  return spread(sparse(contrast).filter((value) => value <= 0).map((value) => -value));
}

/** The noise by how pixels differ from those beside them, where the light is not known yet. */
function grainOf(contrast) {
  const soft = gaussian(contrast, 3);
  return spread(sparse({ ...contrast, data: contrast.data.map((value, at) => Math.abs(value - soft.data[at])) }));
}

/** The mask of ink in a contrast: strokes that stand out clearly somewhere, each cut at half of its peak. */
function inkMask(contrast, noiseFrom) {
  const soft = gaussian(contrast, SMOOTH);
  const noise = noiseFrom(soft);
  const weak = soft.data.map((value) => (value > Math.max(4 * noise, LEAST_CONTRAST / 2) ? 1 : 0));
  const { labels, pieces } = piecesOf({ ...soft, data: weak });
  const peaks = new Float32Array(pieces.length + 1).fill(-Infinity);
  labels.forEach((label, at) => { if (label) peaks[label] = Math.max(peaks[label], soft.data[at]); });
  let least = Math.max(CLEAR * noise, LEAST_CONTRAST * Math.min(1, CLEAR / 7));
  const ink = soft.data.filter((_, at) => labels[at] && peaks[labels[at]] >= least);
  if (ink.length) least = Math.max(least, PALEST * quantile(ink, 0.95));
  return plane(soft.height, soft.width, soft.data.map(
    (value, at) => (labels[at] && peaks[labels[at]] >= least && value > 0.5 * peaks[labels[at]] ? 1 : 0)));
}

/** The contrast and the mask of the ink of a picture; paper is looked for in a square `window` wide. */
export function findInk(picture, window) {
  const changes = differences(picture, window);
  const axis = inkAxis(changes);
  const looks = [axis, axis.map((value) => -value)].map((direction) => {
    const contrast = towards(changes, direction);
    const mask = inkMask(contrast, grainOf);
    const ink = contrast.data.filter((_, at) => mask.data[at]);
    const strength = ink.length ? Math.min(1, mean(ink)) : 0;
    const slender = strokeSizes(mask).reduce((sum, [length, thick]) => sum + Math.min(1, length / (SLENDER * thick)) * length, 0);
    return { score: strength * slender, direction, contrast, mask };
  });
  const { direction, contrast, mask } = looks[looks[1].score > looks[0].score ? 1 : 0];
  const sizes = strokeSizes(mask, false);
  const narrower = sizes.length ? Math.max(WINDOW * thicknessOf(sizes), LEAST_WINDOW * Math.min(mask.height, mask.width)) : window;
  const nearer = narrower < window ? towards(differences(picture, narrower), direction) : contrast;
  return { contrast: nearer, mask: inkMask(nearer, noiseOf) };
}
