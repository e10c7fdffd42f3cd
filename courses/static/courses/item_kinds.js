// The editor of an item shows the fields of its kind. Without this script all are shown.
(() => {
  "use strict";

  function begin() {
    const kind = document.querySelector("select[name=kind]");
    const parts = [...document.querySelectorAll(".for-kind")].map((part) => [part, part.closest("section.w-panel") || part]);
    if (!kind || !parts.length) return;
    const show = () => {
      for (const [part, panel] of parts) {
        const isFaulty = panel.querySelector("[aria-invalid=true], .error-message:not(:empty)");
        panel.hidden = !isFaulty && !part.classList.contains(`for-${kind.value}`);
      }
    };
    kind.addEventListener("change", show);
    show();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
