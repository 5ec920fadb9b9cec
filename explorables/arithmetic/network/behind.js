// The arithmetic behind one cell of a trained network: what it read, the products, their sum.

import { range } from "../lists.js";

/** What cell [row, column, channel] of a layer was computed from.
 *
 * Returns {kind, value, sum, bias, terms}: `terms` are {value, weight, product, tap, row, column,
 * channel} of the map before, for a sum of products; {value, row, column, channel} for the others.
 * A place in the padding is left out, because it adds nothing.
 */
export function behindCell({ layers, input }, maps, picture, { layer: number, row, column, channel }) {
  const layer = layers[number];
  const map = number ? maps[number - 1] : picture;
  const before = number ? layers[number - 1].shape : input;
  const [, wide, channels] = before;
  const [, across, filters] = layer.shape;
  const at = (row * across + column) * filters + channel;
  const value = maps[number][at];
  const found = (place, c) => ({ value: map[place * channels + c], row: Math.floor(place / wide), column: place % wide, channel: c });
  const seen = () => range(layer.taps).map((tap) => [tap, layer.places[(row * across + column) * layer.taps + tap]])
    .filter(([, place]) => place >= 0);
  const summed = (terms) => {
    const bias = layer.bias[channel];
    return { kind: "sum", value, terms, bias, sum: terms.reduce((sum, { product }) => sum + product, bias) };
  };
  const times = (one, weight, tap) => ({ ...one, weight, tap, product: one.value * weight });
  switch (layer.type) {
    case "Conv2D":
      return summed(seen().flatMap(([tap, place]) => range(channels).map((c) =>
        times(found(place, c), layer.kernel[(tap * channels + c) * filters + channel], tap))));
    case "DepthwiseConv2D":
      return summed(seen().map(([tap, place]) =>
        times(found(place, Math.floor(channel / layer.depth_multiplier)), layer.kernel[tap * filters + channel], tap)));
    case "Dense":
      return summed([...map].map((_, from) => times(found(0, from), layer.kernel[from * filters + channel], from)));
    case "MaxPooling2D":
    case "AveragePooling2D":
      return { kind: layer.type === "MaxPooling2D" ? "largest" : "mean", value, terms: seen().map(([, place]) => found(place, channel)) };
    case "GlobalAveragePooling2D":
      return { kind: "mean", value, terms: range(map.length / channels).map((place) => found(place, channel)) };
    case "Flatten":
      return { kind: "copy", value, terms: [found(Math.floor(at / channels), at % channels)] };
    case "BatchNormalization":
      return { kind: "normalised", value, terms: [found(row * wide + column, channel)],
               gamma: layer.gamma[channel], beta: layer.beta[channel], mean: layer.moving_mean[channel],
               deviation: Math.sqrt(layer.moving_variance[channel] + layer.epsilon) };
    default:
      return { kind: layer.type === "Rescaling" ? "rescaled" : "copy", value, terms: [found(row * wide + column, channel)],
               scale: layer.scale, offset: layer.offset };
  }
}
