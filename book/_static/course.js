// Fold what follows a prediction. This script runs in the head, so that what is folded is so before anything is painted.
(() => {
  const root = document.documentElement;
  try {
    for (const name of ["mode", "theme"]) root.dataset[name] = localStorage.getItem(name) || "auto";
  } catch { /* refused: the system's colours */ }
  // The theme chooses its colours once the page is read; boxes without colours have no borders, and
  // all would move when they get them.
  if (!/^(light|dark)$/.test(root.dataset.theme)) root.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";

  const findable = "onbeforematch" in root; // else find in page sees nothing of what is folded
  const KEY = "course-answers";
  const asked = new URLSearchParams(location.search); // which Sphinx removes from the address

  const remembered = () => { try { return localStorage.getItem(KEY) === "open"; } catch { return false; } };
  const remember = (open) => {
    try { if (open) localStorage.setItem(KEY, "open"); else localStorage.removeItem(KEY); } catch { /* refused: not remembered */ }
  };

  root.classList.toggle("all-open", remembered());

  // The answers are folded as the page is read, so that none is painted, and that the browser, which
  // looks for the place in the address before the page is complete, finds it.
  const hide = (fold) => fold.setAttribute("hidden", findable ? "until-found" : "");
  const read = document.getElementsByClassName("what-happens"); // grows; not each new node is asked what it is
  let known = 0;
  const reading = new MutationObserver(() => {
    for (; known < read.length; known++) if (!root.classList.contains("all-open")) hide(read[known]);
  });
  reading.observe(root, { childList: true, subtree: true });
  root.classList.add("folds");

  const folds = () => document.querySelectorAll(".what-happens");
  const control = (fold) => document.querySelector(`.fold-control [aria-controls="${fold.id}"]`);

  const set = (fold, open) => {
    if (open) fold.removeAttribute("hidden"); else hide(fold);
    control(fold).setAttribute("aria-expanded", open);
  };

  // Open the fold around the place that an address names; whether there was one.
  const reveal = (hash) => {
    let place = null;
    try { place = document.getElementById(decodeURIComponent(hash.slice(1))); } catch { /* no address of ours */ }
    const fold = place?.closest(".what-happens[hidden]");
    if (fold) set(fold, true);
    return fold && place;
  };

  // The answers on offer become buttons that look the same before and after.
  const offer = (list) => {
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", "Choose what you expect");
    list.querySelectorAll("li").forEach((item) => {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-pressed", "false");
      const text = item.querySelector(":scope > p") ?? item;
      button.append(...text.childNodes);
      item.replaceChildren(button);
    });
  };

  const choose = (button) => {
    const prediction = button.closest(".prediction");
    prediction.querySelectorAll(".offered button").forEach((one) => one.setAttribute("aria-pressed", one === button));
    const fold = document.getElementById(prediction.querySelector("[aria-controls]").getAttribute("aria-controls"));
    set(fold, true);
    const guess = button.textContent.trim();
    fold.querySelectorAll("[ask]").forEach((one) => customElements.whenDefined(one.localName).then(() => one.change({ guess }))); // no second guess
    prediction.querySelector("[role=status]").textContent = "What happens is shown below.";
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='#']");
    const here = link && link.pathname === location.pathname && !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (here) reveal(link.hash); // what opens elsewhere is told there
    const button = event.target.closest(".fold-control button, .offered button");
    if (!button) return;
    if (button.closest(".offered")) return choose(button);
    if (button.closest(".fold-all")) {
      const open = root.classList.toggle("all-open");
      remember(open);
      return folds().forEach((fold) => set(fold, open));
    }
    const fold = document.getElementById(button.getAttribute("aria-controls"));
    set(fold, fold.hasAttribute("hidden"));
  });

  document.addEventListener("beforematch", (event) => {
    const fold = event.target.closest(".what-happens");
    if (fold) set(fold, true);
  });

  window.addEventListener("hashchange", () => reveal(location.hash)?.scrollIntoView());

  document.addEventListener("DOMContentLoaded", () => {
    reading.disconnect();
    folds().forEach((fold) => set(fold, !fold.hasAttribute("hidden")));
    document.querySelectorAll(".prediction .offered").forEach(offer);
    reveal(location.hash)?.scrollIntoView();
    // What Sphinx marks, 10 ms later, for a search that led here.
    if (!asked.has("highlight")) return;
    setTimeout(() => document.querySelectorAll(".what-happens:has(.highlighted)").forEach((fold) => set(fold, true)), 50);
  });
})();
