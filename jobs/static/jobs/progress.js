/* Puente · asks how far a job is, and puts the answer in place. Without script the page itself loads anew. */
(() => {
  'use strict';
  const place = document.querySelector('[data-progress]');
  if (!place) return;
  let pause = 1000;
  const ask = async () => {
    try {
      const answer = await fetch(place.dataset.progress, { headers: { Accept: 'text/html' } });
      if (answer.redirected || answer.status === 404) { location.reload(); return; }
      if (answer.ok) {
        if (answer.headers.has('Job-Finished')) { location.reload(); return; }
        place.innerHTML = await answer.text();
        pause = Math.min(pause * 1.2, 5000);
      }
    } catch { pause = 5000; }
    setTimeout(ask, pause);
  };
  setTimeout(ask, pause);
})();
