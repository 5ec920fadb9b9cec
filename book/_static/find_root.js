// A server sends 404.html for any address, so its links need the folder of the site. The page asks
// for this script in each folder above it; the nearest that has it is the one.
(() => {
  if (location.protocol === "file:" || document.querySelector("base")) return;
  const base = document.createElement("base");
  base.href = new URL("..", document.currentScript.src);
  // A server may know this page in English alone; an edition, in a folder of its name, has its own.
  const [, language] = base.href.match(/\/(ko)\/$/) ?? [];
  if (language && document.documentElement.lang !== language && !location.pathname.endsWith("/404.html")) return location.replace(new URL("404.html", base.href));
  document.head.prepend(base);
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("a[href^='#']").forEach((link) => {
      link.href = location.pathname + location.search + link.getAttribute("href");
    });
  });
})();
