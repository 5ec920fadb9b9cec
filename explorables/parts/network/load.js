// Networks and digits come with a script of their own, when they are wanted: a page from a file may
// load scripts, and nothing else.

import { table } from "../../arithmetic/lists.js";
import { Refused } from "../../arithmetic/sizes.js";

const HERE = document.currentScript?.src ?? document.baseURI; // the joined script's place, or the page's
const asked = new Map();

/** What the script explorables/networks/NAME.js registers, or what the page has registered before. */
export function registered(name) {
  const found = () => globalThis.courseNetworks?.[name];
  if (found()) return Promise.resolve(found());
  if (!asked.has(name)) {
    asked.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(`networks/${name}.js`, HERE);
      script.onload = () => (found() ? resolve(found()) : script.onerror());
      script.onerror = () => {
        asked.delete(name);
        reject(new Refused(`The network ${name} could not be loaded.`));
      };
      document.head.append(script);
    }));
  }
  return asked.get(name);
}

/** Give an element the promise `ready`, which `here` keeps; then it needs no more room than it takes. */
export function awaited(element) {
  element.ready = new Promise((resolve) => {
    element.here = () => {
      element.className = element.className.replace(/room-\S+/, ""); // the book keeps room no longer
      resolve(element);
    };
  });
}

/** Do something once an element comes near what is seen of the page. */
export function whenNear(element, act) {
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((one) => one.isIntersecting)) return;
    watch.disconnect();
    act();
  }, { rootMargin: "600px" });
  watch.observe(element);
}

/** MNIST's first test digit of each kind, [digit][row][column] from 0 to 255; a promise. */
export function exampleDigits() {
  return registered("digits").then(({ pictures }) => {
    const bytes = Uint8Array.from(atob(pictures), (one) => one.charCodeAt(0));
    return table(10, 28, (digit, row) =>
      Array.from(bytes.subarray((digit * 28 + row) * 28, (digit * 28 + row + 1) * 28)));
  });
}
