// Load what explorables need when it is wanted: the first view of a page then weighs and works less.
(() => {
  const root = document.documentElement.dataset.content_root ?? "";
  const load = (address, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onerror = failed;
    document.head.append(script);
    return script;
  };

  // Fetched beside the script that will ask for it, not behind it.
  const ahead = (href) => document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "script", href }));

  const address = document.querySelector("meta[name=course-explorables]")?.content;
  if (address) {
    const DOINGS = ["scroll", "pointerdown", "pointermove", "keydown", "focusin", "hashchange", "beforeprint"];
    const now = () => {
      watch.disconnect();
      DOINGS.forEach((name) => removeEventListener(name, now));
      load(address);
    };
    const watch = new IntersectionObserver((entries) => { if (entries.some((one) => one.isIntersecting)) now(); }, { rootMargin: "600px" });
    [...document.querySelectorAll("article :not(:defined)")].forEach((one) => watch.observe(one));
    DOINGS.forEach((name) => addEventListener(name, now, { passive: true }));
    if (location.hash || location.search) now();
  }

  // On the first page the digit waits until its reader asks for it.
  document.addEventListener("click", (event) => {
    const figure = event.target.closest(".waits:not(:defined)");
    if (!figure || figure.classList.contains("coming") || !event.target.closest("img, .wake")) return;
    figure.classList.add("coming");
    ["reader", "digits"].forEach((name) => ahead(`${root}_static/explorables/networks/${name}.js`));
    const script = load(`${root}_static/explorables/page-${figure.localName.replace("course-", "")}.js`, () => {
      figure.classList.remove("coming");
      figure.querySelector("p").textContent = "The network could not be loaded.";
    });
    script.onload = () => figure.shadowRoot?.querySelector("canvas")?.focus();
  });
})();
