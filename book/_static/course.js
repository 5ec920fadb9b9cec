// What the pages do: fold what follows a prediction, make formulas reachable, name the copy buttons.
// This script runs in the head, so that what is folded is so before anything is painted.
(() => {
  const root = document.documentElement;
  const findable = "onbeforematch" in root; // else find in page sees nothing of what is folded
  const KEY = "course-answers";

  const remembered = () => { try { return localStorage.getItem(KEY) === "open"; } catch { return false; } };
  const remember = (open) => {
    try { if (open) localStorage.setItem(KEY, "open"); else localStorage.removeItem(KEY); } catch { /* refused: not remembered */ }
  };

  root.classList.add("folding");
  root.classList.toggle("all-open", remembered());

  const folds = () => document.querySelectorAll(".what-happens");
  const control = (fold) => document.querySelector(`.fold-control [aria-controls="${fold.id}"]`);

  const set = (fold, open) => {
    if (open) fold.removeAttribute("hidden");
    else fold.setAttribute("hidden", findable ? "until-found" : "");
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
    prediction.querySelector("[role=status]").textContent = "What happens is shown below.";
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='#']");
    if (link && link.pathname === location.pathname) reveal(link.hash);
    const button = event.target.closest(".prediction button, .fold-all button");
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
    folds().forEach((fold) => set(fold, root.classList.contains("all-open")));
    document.querySelectorAll(".prediction .offered").forEach(offer);
    root.classList.replace("folding", "folds");
    reveal(location.hash)?.scrollIntoView();
    // Sphinx marks the words that were searched for 10 ms after this event.
    setTimeout(() => document.querySelectorAll(".what-happens[hidden]:has(.highlighted)").forEach((fold) => set(fold, true)), 50);
  });
})();

// A formula that is wider than its line scrolls, and is a tab stop only while it does.
document.addEventListener("DOMContentLoaded", async () => {
  if (!window.MathJax?.startup) return;
  await MathJax.startup.promise;
  const lines = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    const wide = target.querySelector("svg").getBoundingClientRect().width > target.clientWidth + 1;
    const marks = { tabindex: "0", role: "group", "aria-label": "A formula wider than its line" };
    target.classList.toggle("wide-formula", wide);
    for (const [name, value] of Object.entries(marks)) {
      if (wide) target.setAttribute(name, value); else target.removeAttribute(name);
    }
  }));
  document.querySelectorAll("article .math mjx-container").forEach((one) => lines.observe(one));
});

// Give the copy buttons, which show a sign alone, a name for screen readers.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("button.copybtn").forEach((button) => {
    button.setAttribute("aria-label", `${button.dataset.tooltip} this code`);
  });
});
