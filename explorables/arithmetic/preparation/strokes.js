// How long and how thick strokes are; as helpers.handwriting.strokes tells.

import { piecesOf } from "./planes.js";

const STEPS = [[-2, -1, 2.1969], [-2, 1, 2.1969], [-1, -2, 2.1969], [-1, -1, 1.4], [-1, 0, 1], [-1, 1, 1.4], [-1, 2, 2.1969], [0, -1, 1]];
const LONG = 0.6; // of a side of the picture

/** How far each pixel of a mask is from what is not in it, in steps of OpenCV's 5 by 5 mask. */
export function distances({ data, height, width }) {
  const wide = width + 6; // outside of the picture is no ink, and nothing beyond
  const far = new Float32Array((height + 6) * wide).fill(Infinity);
  const at = (row, column) => (row + 3) * wide + column + 3;
  for (let row = -1; row <= height; row += 1) {
    for (let column = -1; column <= width; column += 1) {
      const ink = row >= 0 && row < height && column >= 0 && column < width && data[row * width + column];
      if (!ink) far[at(row, column)] = 0;
    }
  }
  [1, -1].forEach((way) => {
    const steps = STEPS.map(([r, c, length]) => [way * (r * wide + c), length]);
    for (let line = 0; line < height; line += 1) {
      const row = way > 0 ? line : height - 1 - line;
      for (let place = 0; place < width; place += 1) {
        const here = at(row, way > 0 ? place : width - 1 - place);
        let least = far[here];
        if (least === 0) continue;
        for (let one = 0; one < steps.length; one += 1) least = Math.min(least, far[here + steps[one][0]] + steps[one][1]);
        far[here] = least;
      }
    }
  });
  return (row, column) => far[at(row, column)];
}

/** [length, thickness] of each piece of a mask; without `edges`, none along the border and no ruled line. */
export function strokeSizes(mask, edges = true) {
  const { labels, pieces } = piecesOf(mask);
  const far = distances(mask);
  const sums = new Float64Array(pieces.length);
  labels.forEach((label, at) => { if (label) sums[label - 1] += far(Math.floor(at / mask.width), at % mask.width); });
  return pieces.map((piece, at) => {
    const thick = 4 * (sums[at] / piece.area - 0.25);
    return [piece.area / thick, thick, piece];
  }).filter(([, thick, piece]) => edges || !(isEdge(piece, mask) || isRuled(piece, thick, mask)));
}

function isEdge({ left, top, width, height }, mask) {
  const side = left === 0 || left + width === mask.width;
  const end = top === 0 || top + height === mask.height;
  return (side && 4 * width < height) || (end && 4 * height < width) ||
    ((side || end) && (height > LONG * mask.height || width > LONG * mask.width));
}

function isRuled({ width, height }, thick, mask) {
  const longer = Math.max(width, height);
  return longer > 0.5 * Math.min(mask.height, mask.width) && thick < longer / 30;
}

/** The thickness that half of all strokes' length has; 0 without ink. */
export function thicknessOf(sizes) {
  const sorted = [...sizes].sort((one, other) => one[1] - other[1]);
  const half = sorted.reduce((sum, [length]) => sum + length, 0) / 2;
  let sum = 0;
  return sorted.find(([length]) => (sum += length) >= half)?.[1] ?? 0;
}
