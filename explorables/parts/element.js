// What all explorables share: settings that can be read and written from outside, a result, an
// event, a place in the address, a line that is read to whoever cannot see, and a still figure that
// is shown until the explorable is there.

import { asked } from "./ask.js";
import { button } from "./controls.js";
import { make } from "./html.js";
import { read, refusal, same } from "./reading.js";
import { styles } from "./style.js";
import { told } from "../arithmetic/sizes.js";

const ADDRESS_AFTER = 400; // milliseconds; browsers refuse many changes of the address in a row
const LONGEST = 6000; // characters of an address that every server takes; what is longer is not kept

export class CourseElement extends HTMLElement {
  #initial = null;
  #settings = {};
  #shown = null; // the settings in one form, {error} where one cannot be read, and the result
  #given = false;
  #waiting = 0;
  #built = false;
  #ask = null; // what asks for a guess first, if anything does

  /** The settings without which the explorable shows nothing; subclasses say which. */
  static defaults = {};

  /** Rules of style beside those of all explorables. */
  static looks = "";

  /** What each setting must be: a function that returns it in one form, or refuses it. */
  static kinds = {};

  connectedCallback() {
    if (this.#built) return;
    if (Object.hasOwn(this, "settings")) { // written before the browser knew the element
      const { settings } = this;
      delete this.settings;
      this.settings = settings;
    }
    this.#begin();
    if (!this.#given) this.#settings = { ...this.#settings, ...this.#inAddress() };
    this.#built = true;
    const shadow = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet(); // which a content security policy allows, as no <style> is
    sheet.replaceSync(styles + this.constructor.looks);
    shadow.adoptedStyleSheets = [sheet];
    const body = make("div", { class: "explorable", role: "group", "aria-label": this.localName.replace(/^course-/, "").replace("-", " ") });
    shadow.append(body);
    this.problem = make("p", { class: "formula refused" });
    this.said = make("p", { class: "said", role: "status", "aria-live": "polite" });
    this.build(body);
    if (this.hasAttribute("ask")) {
      this.#ask = asked(read(this.getAttribute("ask")), (guess) => this.change({ guess }));
      body.prepend(this.#ask.part);
    }
    body.append(this.said);
    body.addEventListener("course-play", ({ detail }) => this.#hush(detail));
    this.#redraw();
  }

  get settings() {
    this.#begin();
    return structuredClone(this.#settings);
  }

  set settings(given) {
    if (given != null && (typeof given !== "object" || Array.isArray(given))) {
      throw new TypeError(`settings must be an object such as {padding: "same"}; got ${told(given)}`);
    }
    this.#begin();
    this.#given = true;
    this.#take({ ...this.#initial, ...structuredClone(given) });
  }

  /** Change some settings and leave the others; what could not be read gives way to what was shown. */
  change(some) {
    this.#begin();
    this.#take({ ...(this.#shown?.unread ? this.#shown.settings : this.#settings), ...some });
  }

  /** The settings as they are drawn: each in one form, a default where one could not be read. */
  get sound() { return this.#shown.settings; }

  /** The numbers shown, unrounded, or {error} where Keras or the page refuses the settings. */
  get result() {
    this.#begin();
    return structuredClone((this.#shown ?? this.#work()).result);
  }

  /** Back to what the page shows first. */
  reset() { this.#take({ ...this.#initial }); }

  /** Draw once more, with the same settings. */
  redraw() {
    const { guess } = this.#settings;
    this.#ask?.draw(guess, this.#shown.result);
    this.shadowRoot.lastChild.classList.toggle("waiting", Boolean(this.#ask) && guess === undefined);
    this.draw(this.#shown.settings, this.#shown.result);
  }

  /** A row of controls that ends with the button that resets them. */
  controls(...parts) {
    return make("div", { class: "controls" }, ...parts, button("Reset", () => this.reset()));
  }

  /** A function that changes one setting, and some more with it. */
  setting(name, more = {}) {
    return (value) => this.change({ [name]: value, ...more });
  }

  /** Whether the settings are refused; then it is said why, in place of these parts. */
  refuses({ error }, ...parts) {
    const refused = error !== undefined;
    this.problem.textContent = error ?? "";
    parts.forEach((part) => part.toggleAttribute("hidden", refused));
    if (refused) this.say("");
    return refused;
  }

  say(sentence) {
    if (this.said.textContent !== sentence) this.said.textContent = sentence;
  }

  /** While steps follow each other, only the last is read aloud. */
  #hush(playing) {
    this.said.setAttribute("aria-live", playing ? "off" : "polite");
    if (!playing) this.said.replaceChildren(this.said.textContent); // a new node, which is read
  }

  #begin() {
    if (this.#initial) return;
    this.#initial = { ...this.constructor.defaults, ...read(this.getAttribute("settings")) };
    this.#settings = { ...this.#initial };
  }

  #take(settings) {
    const changed = !same(this.#settings, settings);
    this.#settings = settings;
    if (!this.#built) return;
    this.#redraw();
    if (!changed) return;
    this.dispatchEvent(new CustomEvent("course-change", {
      bubbles: true, composed: true, detail: { settings: this.settings, result: this.result } }));
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#toAddress(), ADDRESS_AFTER);
  }

  #redraw() {
    this.#shown = this.#work();
    this.redraw();
  }

  #work() {
    const { kinds, defaults } = this.constructor;
    const settings = {};
    let unread = null;
    for (const [name, kind] of Object.entries(kinds)) {
      const value = this.#settings[name];
      const { error, ...found } = refusal(() => ({ value: kind(value === undefined ? defaults[name] : value, name) }));
      unread ??= error;
      settings[name] = error ? kind(defaults[name], name) : found.value;
    }
    return { settings, unread, result: unread ? { error: unread } : refusal(() => this.compute(settings)) };
  }

  get #key() { return this.id || this.localName; }

  /** What the address holds, without what is none of ours or cannot be read: a link breaks no page. */
  #inAddress() {
    if (this.hasAttribute("unlinked")) return {};
    const kinds = { ...this.constructor.kinds, ...(this.hasAttribute("ask") && { guess: (value) => value }) };
    return Object.fromEntries(Object.entries(read(new URLSearchParams(location.search).get(this.#key))).filter(
      ([name, value]) => Object.hasOwn(kinds, name) && !refusal(() => ({ value: kinds[name](value, name) })).error));
  }

  #toAddress() {
    if (this.hasAttribute("unlinked")) return; // a notebook's address is the program's own
    const differs = Object.entries(this.#settings).filter(([name, value]) => !same(value, this.#initial[name]));
    const address = new URL(location.href);
    try {
      address.searchParams.delete(this.#key);
      const written = new URL(address);
      if (differs.length) {
        written.searchParams.set(this.#key, JSON.stringify(Object.fromEntries(differs)));
        if (this.id) written.hash = this.id; // a link leads to what it shows
      }
      history.replaceState(history.state, "", written.search.length > LONGEST ? address : written);
    } catch {
      // A sandboxed frame has no address of its own; the explorable works without.
    }
  }
}

/** Register an element once, however often its module is loaded. */
export function define(name, kind) {
  if (!customElements.get(name)) customElements.define(name, kind);
}

export { make };
