// What all explorables share: settings that can be read and written from outside, a result, an
// event, a place in the address, a line that is read to whoever cannot see, and a still figure that
// is shown until the explorable is there.

import { styles } from "./style.js";
import { Refused } from "../arithmetic/sizes.js";

const ADDRESS_AFTER = 400; // milliseconds; browsers refuse many changes of the address in a row

export class CourseElement extends HTMLElement {
  #settings = {};
  #initial = {};
  #waiting = 0;
  #built = false;

  /** The settings without which the explorable shows nothing; subclasses say which. */
  static defaults = {};

  connectedCallback() {
    if (this.#built) return;
    this.#built = true;
    this.#initial = { ...this.constructor.defaults, ...read(this.getAttribute("settings")) };
    this.#settings = { ...this.#initial, ...read(this.#inAddress()), ...this.#settings };
    const shadow = this.attachShadow({ mode: "open" });
    const sheet = document.createElement("style");
    sheet.textContent = styles;
    const body = document.createElement("div");
    body.className = "explorable";
    shadow.append(sheet, body);
    this.said = make("p", { class: "said", role: "status", "aria-live": "polite" });
    this.build(body);
    body.append(this.said);
    this.#redraw();
  }

  get settings() {
    return structuredClone(this.#settings);
  }

  set settings(given) {
    this.#settings = { ...this.constructor.defaults, ...this.#initial, ...structuredClone(given) };
    if (this.#built) this.#changed();
  }

  /** Change some settings and leave the others. */
  change(some) {
    this.#settings = { ...this.#settings, ...some };
    this.#changed();
  }

  /** The numbers shown, unrounded, or {error} where Keras refuses the settings. */
  get result() {
    try {
      return this.compute(this.#settings);
    } catch (problem) {
      if (problem instanceof Refused) return { error: problem.message };
      throw problem;
    }
  }

  /** Back to what the page shows first. */
  reset() {
    this.#settings = { ...this.#initial };
    this.#changed();
  }

  say(sentence) {
    if (this.said.textContent !== sentence) this.said.textContent = sentence;
  }

  #changed() {
    this.#redraw();
    this.dispatchEvent(new CustomEvent("course-change", {
      bubbles: true, composed: true, detail: { settings: this.settings, result: this.result } }));
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#toAddress(), ADDRESS_AFTER);
  }

  #redraw() {
    this.draw(this.#settings, this.result);
  }

  get #key() {
    return this.id || this.localName;
  }

  #inAddress() {
    return new URLSearchParams(location.search).get(this.#key);
  }

  #toAddress() {
    const differs = Object.entries(this.#settings).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(this.#initial[name]));
    const address = new URL(location.href);
    if (differs.length) {
      address.searchParams.set(this.#key, JSON.stringify(Object.fromEntries(differs)));
    } else {
      address.searchParams.delete(this.#key);
    }
    try {
      history.replaceState(history.state, "", address);
    } catch {
      // A sandboxed frame has no address of its own; the explorable works without.
    }
  }
}

/** Settings written as JSON, in an attribute or in the address; what is no object is left out. */
function read(text) {
  try {
    const given = JSON.parse(text ?? "{}");
    return given && typeof given === "object" && !Array.isArray(given) ? given : {};
  } catch {
    return {};
  }
}

/** Make an HTML element with attributes and children. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** Register an element once, however often its module is loaded. */
export function define(name, kind) {
  if (!customElements.get(name)) customElements.define(name, kind);
}
