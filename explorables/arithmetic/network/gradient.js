// Where a network found what speaks for an answer: Grad-CAM (Selvaraju et al., 2017), as
// helpers.inspection.attribution.grad_cam computes it, for the last map that has several cells.

import { table } from "../lists.js";

const IN_PLACE = ["Flatten", "Dropout", "Activation", "ReLU", "Softmax"]; // what changes no gradient but by its activation

/** Weigh the maps of the last layer with several cells by what they do for the logit of a class.
 *  Returns {layer, heat: [row][column]} before it is brought to the picture's size, or null where
 *  the layers behind it are none that this page can go back through. */
export function gradCam({ layers, input }, maps, answer) {
  const last = layers.findLastIndex(({ shape }) => shape[0] * shape[1] > 1);
  if (last < 0) return null;
  let gradient = new Float64Array(maps.at(-1).length);
  gradient[answer] = 1;
  for (let at = layers.length - 1; at > last; at -= 1) {
    const final = at === layers.length - 1; // the logit: before the last activation
    gradient = back(layers[at], maps[at - 1], maps[at], layers[at - 1].shape, gradient, final);
    if (!gradient) return null;
  }
  const [high, wide, channels] = layers[last].shape;
  const weights = new Float64Array(channels);
  gradient.forEach((value, at) => { weights[at % channels] += value / (high * wide); });
  const heat = table(high, wide, (row, column) => {
    const from = (row * wide + column) * channels;
    return Math.max(0, weights.reduce((sum, weight, c) => sum + weight * maps[last][from + c], 0));
  });
  return { layer: last, heat };
}

function back(layer, map, out, [high, wide, channels], gradient, final) {
  const { type, activation } = layer;
  if (!final && !["linear", "relu"].includes(activation)) return null;
  const through = (value, at) => (final || activation === "linear" || out[at] > 0 ? value : 0);
  const above = type === "ReLU" ? gradient.map((value, at) => (out[at] > 0 ? value : 0)) : gradient.map(through);
  if (IN_PLACE.includes(type)) return above;
  const below = new Float64Array(map.length);
  if (type === "Dense") {
    below.forEach((_, from) => {
      below[from] = above.reduce((sum, value, unit) => sum + value * layer.kernel[from * layer.units + unit], 0);
    });
  } else if (type === "GlobalAveragePooling2D") {
    below.forEach((_, at) => { below[at] = above[at % channels] / (high * wide); });
  } else if (type === "BatchNormalization") {
    below.forEach((_, at) => {
      const c = at % channels;
      below[at] = above[at] * layer.gamma[c] / Math.sqrt(layer.moving_variance[c] + layer.epsilon);
    });
  } else if (type === "MaxPooling2D" || type === "AveragePooling2D") {
    out.forEach((value, at) => {
      const [cell, c] = [Math.floor(at / channels), at % channels];
      const seen = [...layer.places.subarray(cell * layer.taps, (cell + 1) * layer.taps)].filter((place) => place >= 0);
      const won = seen.find((place) => map[place * channels + c] === value);
      if (type === "MaxPooling2D") below[won * channels + c] += above[at];
      else seen.forEach((place) => { below[place * channels + c] += above[at] / seen.length; });
    });
  } else return null;
  return below;
}
