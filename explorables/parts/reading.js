// What stands in attributes and addresses, read; what is refused, caught.

import { Refused } from "../arithmetic/sizes.js";

export const OWN = "your own";

/** What a function returns, or {error} where it refuses. */
export function refusal(compute) {
  try {
    return compute();
  } catch (problem) {
    if (problem instanceof Refused) return { error: problem.message };
    throw problem;
  }
}

/** Whether two settings are written alike. */
export function same(one, other) {
  try {
    return JSON.stringify(one) === JSON.stringify(other);
  } catch {
    return false; // what JSON does not know
  }
}

/** The name of a thing among others, or `other` where it is none of them. */
export function nameOf(things, thing, other = OWN) {
  return Object.keys(things).find((name) => same(things[name], thing)) ?? other;
}

/** Settings written as JSON, in an attribute or in the address; what is no object is left out. */
export function read(text) {
  try {
    const given = JSON.parse(text ?? "{}");
    return given && typeof given === "object" && !Array.isArray(given) ? given : {};
  } catch {
    return {};
  }
}
