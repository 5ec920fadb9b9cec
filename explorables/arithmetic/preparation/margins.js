// A crop so tight that hardly any paper is left around the ink; as helpers.handwriting.margins does.

import { mean } from "../lists.js";
import { findInk } from "./ink.js";
import { plane, quantile, rounded } from "./planes.js";
import { strokeSizes, thicknessOf } from "./strokes.js";

const [PARTED, MARGIN, THICKEST, SLENDER] = [0.79, 0.3, 0.35, 8];

const variance = (values) => mean(values.map((value) => value * value)) - mean(values) ** 2;

/** Otsu's threshold of levels from 0 to 255, and which share of their variance it parts. */
function otsu(levels) {
  const counts = new Float64Array(256);
  levels.forEach((level) => { counts[level] += 1; });
  const [all, total] = [mean(levels), levels.length];
  let [below, sum, best, at] = [0, 0, 0, 0];
  counts.forEach((count, level) => {
    below += count;
    sum += count * level;
    if (below === 0 || below === total) return;
    const between = below / total * (1 - below / total) * (sum / below - (all * total - sum) / (total - below)) ** 2;
    if (between > best) [best, at] = [between, level];
  });
  return [at, best / (variance(levels) || 1)];
}

/** The contrast and the mask of the ink, with paper put around the picture: either half may be paper. */
export function findInkWithoutMargin(picture) {
  const { height, width } = picture[0];
  const none = { contrast: plane(height, width), mask: plane(height, width) };
  const grey = picture.reduce((most, one) => (variance(Array.from(one.data)) > variance(Array.from(most.data)) ? one : most)).data;
  const [at, parted] = otsu(grey);
  if (parted < PARTED) return none;
  const rim = Math.max(4, rounded(MARGIN * Math.max(height, width)));
  const size = [height + 2 * rim, width + 2 * rim];
  const tries = [true, false].map((light) => {
    const around = picture.map(({ data }) => {
      const out = plane(...size);
      out.data.fill(Math.trunc(quantile(data.filter((_, place) => (grey[place] > at) === light), 0.5)));
      data.forEach((value, place) => { out.data[(Math.floor(place / width) + rim) * size[1] + place % width + rim] = value; });
      return out;
    });
    const found = findInk(around, Math.max(...size));
    const cut = ({ data }) => plane(height, width, Float32Array.from(
      { length: height * width }, (_, place) => data[(Math.floor(place / width) + rim) * size[1] + place % width + rim]));
    const [contrast, mask] = [cut(found.contrast), cut(found.mask)];
    const sizes = strokeSizes(mask);
    const thin = thicknessOf(sizes) < THICKEST * Math.max(height, width);
    return { contrast, mask, score: thin ? sizes.reduce((sum, [length, thick]) => sum + Math.min(1, length / (SLENDER * thick)) * length, 0) : 0 };
  });
  const best = tries[1].score > tries[0].score ? tries[1] : tries[0];
  return best.score > 0 ? best : none;
}
