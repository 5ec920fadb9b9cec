// A network from a file: what is in it, checked, with room for its maps.

import { ACTIVATIONS, LAYERS } from "./forward.js";
import { Refused, told } from "../sizes.js";

const EXPORT = "helpers.networks.page.export(model, \"mine.npz\")";
const COUNT = { Conv2D: ({ filters, kernel_size: [r, c] }, channels) => r * c * channels * filters,
                DepthwiseConv2D: ({ depth_multiplier, kernel_size: [r, c] }, channels) => r * c * channels * depth_multiplier,
                Dense: ({ units }, channels) => channels * units };

/** Make a network of {name, input: [rows, columns, channels], layers: [...]} and its arrays by name,
 *  "layer/kernel" and so on. Raises Refused with the name of what is not known or does not fit. */
export function networkOf(plan, arrays) {
  const { input, layers } = plan ?? {};
  const whole = (one) => Number.isInteger(one) && one > 0;
  if (!Array.isArray(input) || input.length !== 3 || !input.every(whole) || !Array.isArray(layers) || !layers.length) {
    throw new Refused(`This holds no network of the course; ${EXPORT} writes one.`);
  }
  let shape = input;
  const made = layers.map((one) => {
    const name = told(one?.name ?? one?.type);
    const known = Object.hasOwn(LAYERS, one?.type) && LAYERS[one.type];
    if (!known) throw new Refused(`The layer ${name} is a ${told(one?.type)}, which this page does not know; it knows ${Object.keys(LAYERS).join(", ")}.`);
    const layer = { ...one, activation: one.activation ?? known.activation ?? "linear" };
    if (!Object.hasOwn(ACTIVATIONS, layer.activation)) {
      throw new Refused(`The layer ${name} has the activation ${told(layer.activation)}; this page knows ${Object.keys(ACTIVATIONS).join(", ")}.`);
    }
    const channels = shape[2];
    try {
      layer.shape = known.shape(layer, shape);
    } catch (problem) {
      throw new Refused(`The layer ${name} does not fit its input of ${shape.join(" by ")}: ${problem.message}`);
    }
    known.weights?.forEach((weight) => {
      const length = weight === "kernel" ? COUNT[layer.type](layer, channels) : layer.shape[2];
      layer[weight] = arrays[`${layer.name}/${weight}`];
      if (layer[weight]?.length !== length) {
        throw new Refused(`${layer.name}/${weight} must hold ${length} numbers; this file has ${layer[weight]?.length ?? "none"}.`);
      }
    });
    shape = layer.shape;
    layer.out = new Float32Array(shape.reduce((product, side) => product * side, 1));
    return layer;
  });
  return { pixels: 1, labels: [...Array(shape[2]).keys()].map(String), ...plan, layers: made,
           parameters: made.reduce((sum, layer) => sum + ["kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance"]
             .reduce((some, weight) => some + (layer[weight]?.length ?? 0), 0), 0) };
}

/** Read the network of a page's script: its weights stand there as one character each, or as two. */
export function unpacked({ weights, levels, ...plan }) {
  let at = 0;
  const next = () => { // printable characters, without the quotation mark and the backslash
    const code = levels.charCodeAt(at++);
    return code - 32 - (code > 34) - (code > 92);
  };
  const arrays = Object.fromEntries(weights.map(({ name, numbers, scales, length, fine }) => {
    if (numbers) return [name, Float32Array.from(numbers)];
    const some = new Float32Array(length);
    for (let number = 0; number < length; number += 1) {
      some[number] = (fine ? 93 * next() + next() - 4324 : next() - 46) * scales[number % scales.length];
    }
    return [name, some];
  }));
  return networkOf(plan, arrays);
}
