// Starts the widgets of the administration that Wagtail would start by inline scripts, which the policy forbids.
// A page says what to start as data: <template data-start="new Chooser" data-arguments="[…]">. Only known names are called.
(() => {
  "use strict";
  const KNOWN = /^(initDateChooser|initTimeChooser|initDateTimeChooser|createTaskChooser|new (InlinePanel|MultipleChooserPanel|\w*Chooser))$/;

  function start(mark) {
    if (mark.dataset.started || !KNOWN.test(mark.dataset.start)) return;
    mark.dataset.started = "yes";
    const isNew = mark.dataset.start.startsWith("new ");
    const called = window[mark.dataset.start.replace("new ", "")];
    const values = JSON.parse(mark.dataset.arguments);
    if (isNew) new called(...values);
    else called(...values);
  }

  function startWithin(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches("template[data-start]")) start(node);
    node.querySelectorAll("template[data-start]").forEach(start);
  }

  function begin() {
    startWithin(document.documentElement);
    new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(startWithin)))
      .observe(document.documentElement, { childList: true, subtree: true });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
