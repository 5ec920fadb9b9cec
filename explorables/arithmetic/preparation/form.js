// Bring one digit into the form that MNIST's have, step by step; as helpers.handwriting.form does.

import { bounded, range } from "../lists.js";
import { findInk } from "./ink.js";
import { findInkWithoutMargin } from "./margins.js";
import { piecesOf, plane, quantile, resized, rounded } from "./planes.js";
import { strokeSizes, thicknessOf } from "./strokes.js";

const [SIZE, BOX, CENTRE, FINE] = [28, 20, 14, 5];
const [SMALLEST, LARGEST] = [160, 320]; // pixels of the longer side that is worked on
const LEAST = 0.15; // of that side; smaller ink is no digit
const [THINNEST, THICKEST] = [2.3, 4.5]; // pixels of the box
const SPECK = 0.02; // of the largest piece
export const STEPS = ["light", "ink", "thickness", "shape", "mass"];

/** What each step makes of a picture, a list of planes with levels from 0 to 255: {light, ink, thickness,
 *  shape, mass}, planes from 0 to 1, "mass" of 28 by 28; or null where there is no ink. */
export function stepsOf(picture) {
  const longer = Math.max(picture[0].height, picture[0].width);
  const factor = bounded(longer, SMALLEST, LARGEST) / longer;
  const working = picture.map((one) => scaled(one, factor, rounded));
  let { contrast, mask } = findInk(working, Math.max(working[0].height, working[0].width));
  let digit = digitOf(mask);
  const side = Math.max(mask.height, mask.width);
  if (extentOf(digit) < LEAST * side) {
    ({ contrast, mask } = findInkWithoutMargin(working));
    digit = digitOf(mask);
    const [rows, columns] = usedLines(digit).map((lines, axis) => lines.length / (axis ? mask.width : mask.height));
    if (!(rows > 0.85 && columns > 0.85)) return null; // it is no tight crop
  }
  if (extentOf(digit) < LEAST * side) return null;
  const full = quantile(contrast.data.filter((_, at) => digit.data[at]), 0.75);
  const light = plane(mask.height, mask.width, contrast.data.map((value) => bounded(value / full, 0, 1)));
  const ink = fineInk(light, digit);
  const thickness = mended(ink);
  const shape = boxOf(thickness);
  return { light, ink, thickness, shape, mass: placed(shape) };
}

/** A picture with its sides times `factor`. */
function scaled(image, factor, level = (value) => value) {
  const size = [image.height, image.width].map((side) => Math.max(1, rounded(side * factor)));
  const one = factor === 1 ? image : resized(image, size, factor < 1);
  return { ...one, data: one.data.map(level) };
}

/** The rows and the columns in which a mask has something. */
function usedLines({ data, height, width }) {
  const [rows, columns] = [new Set(), new Set()];
  data.forEach((value, at) => { if (value) { rows.add(Math.floor(at / width)); columns.add(at % width); } });
  return [rows, columns].map((lines) => [...lines].sort((one, other) => one - other));
}

function extentOf(mask) {
  return Math.max(...usedLines(mask).map((lines) => (lines.length ? lines.at(-1) - lines[0] + 1 : 0)));
}

function tight(image) {
  const [rows, columns] = usedLines(image);
  const [top, left] = [rows[0], columns[0]];
  const out = plane(rows.at(-1) - top + 1, columns.at(-1) - left + 1);
  out.data.forEach((_, at) => { out.data[at] = image.data[(top + Math.floor(at / out.width)) * image.width + left + at % out.width]; });
  return out;
}

/** The digit alone: no specks, and no stroke that comes in from outside. */
function digitOf(mask) {
  const { labels, pieces } = piecesOf(mask);
  const inside = pieces.map(({ left, top, width, height, area }) => (
    left && top && left + width < mask.width && top + height < mask.height ? area : 0));
  const whole = pieces.map(({ area }) => area);
  const most = (areas) => areas.reduce((one, other) => Math.max(one, other), 0);
  const areas = most(inside) > 0.25 * most(whole) ? inside : whole; // else the digit itself is cut off
  const least = Math.max(4, SPECK * most(areas));
  return plane(mask.height, mask.width, mask.data.map((_, at) => (labels[at] && areas[labels[at] - 1] >= least ? 1 : 0)));
}

/** The most, or the least, of what lies under a shape, [[rows, columns], ...], around each pixel. */
function spreadOut(image, shape, thin = false) {
  const { data, height, width } = image;
  return plane(height, width, data.map((_, at) => {
    const [row, column] = [Math.floor(at / width), at % width];
    const hit = (wanted) => shape.some(([r, c]) => {
      const [y, x] = [row + r, column + c];
      return y >= 0 && y < height && x >= 0 && x < width && (data[y * width + x] > 0) === wanted;
    });
    return thin ? (hit(false) ? 0 : 1) : (hit(true) ? 1 : 0);
  }));
}

/** The offsets of an ellipse as OpenCV draws it into a square, or of the square itself. */
function shapeOf(reach, round) {
  return range(2 * reach + 1).map((row) => {
    const half = round ? rounded(reach * Math.sqrt((reach * reach - (row - reach) ** 2) / (reach * reach))) : reach;
    return range(2 * half + 1).map((column) => [row - reach, column - half]);
  }).flat();
}

function padded(image, rim) {
  const out = plane(image.height + 2 * rim, image.width + 2 * rim);
  image.data.forEach((value, at) => {
    out.data[(Math.floor(at / image.width) + rim) * out.width + at % image.width + rim] = value;
  });
  return out;
}

/** Ink and no ink, with a longer side of about 100 pixels, as the pictures that MNIST was made of. */
function fineInk(light, digit) {
  const around = spreadOut(digit, shapeOf(2, false));
  const [rows, columns] = usedLines(around);
  const out = plane(rows.at(-1) - rows[0] + 1, columns.at(-1) - columns[0] + 1);
  out.data.forEach((_, at) => {
    const from = (rows[0] + Math.floor(at / out.width)) * light.width + columns[0] + at % out.width;
    out.data[at] = light.data[from] * around.data[from];
  });
  return tight(scaled(out, FINE * BOX / extentOf(digit), (value) => (value > 0.5 ? 1 : 0)));
}

/** Strokes thickened or thinned to what MNIST's have. */
function mended(ink) {
  const unit = Math.max(ink.height, ink.width) / BOX;
  const thick = thicknessOf(strokeSizes(ink)) / unit;
  const change = bounded(thick, THINNEST, THICKEST) - thick;
  const reach = rounded(Math.abs(change) * unit / 2);
  if (!reach) return ink;
  const disc = shapeOf(reach, true);
  if (change > 0) return spreadOut(padded(ink, reach), disc);
  const thinner = spreadOut(padded(ink, 1), disc, true);
  return thinner.data.some((value) => value) ? tight(thinner) : ink;
}

/** 20 pixels on the longer side. */
function boxOf(image) {
  const longer = Math.max(image.height, image.width);
  const box = resized(image, [image.height, image.width].map((side) => Math.max(1, rounded(BOX * side / longer))), true);
  const most = Math.max(...box.data, 1e-6);
  return { ...box, data: box.data.map((value) => bounded(value / most, 0, 1)) };
}

/** Into 28 by 28 pixels, the centre of mass in the middle. */
function placed(box) {
  const sums = [0, 0, 0];
  box.data.forEach((value, at) => {
    [value * Math.floor(at / box.width), value * (at % box.width), value].forEach((one, place) => { sums[place] += one; });
  });
  const [top, left] = [box.height, box.width].map((side, axis) => bounded(rounded(CENTRE - sums[axis] / sums[2]), 0, SIZE - side));
  const field = plane(SIZE, SIZE);
  box.data.forEach((value, at) => { field.data[(top + Math.floor(at / box.width)) * SIZE + left + at % box.width] = value; });
  return field;
}
