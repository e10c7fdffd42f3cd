/* Puente · the code on the screen of the room is asked for anew. Without script the page itself loads anew. */
(() => {
  'use strict';
  const drawing = document.querySelector('[data-code]');
  if (!drawing) return;
  setInterval(() => { drawing.src = `${drawing.dataset.code}?${Date.now()}`; }, Number(drawing.dataset.every) * 1000);
})();
