// Give the copy buttons, which show a sign alone, a name for screen readers.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("button.copybtn").forEach((button) => {
    button.setAttribute("aria-label", `${button.dataset.tooltip} this code`);
  });
});
