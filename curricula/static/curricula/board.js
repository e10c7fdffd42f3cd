/* Puente · renews the figures of the board once a minute while somebody looks. Without script there is a link. */
(() => {
  'use strict';
  const PAUSE = 60000;
  const place = document.querySelector('[data-live]');
  if (!place) return;
  const note = document.querySelector('[data-live-note]');
  const time = document.querySelector('[data-as-of]');
  let tag = '';
  let asked = Date.now();
  const isBusy = () => place.contains(document.activeElement) && document.activeElement !== document.body;
  const put = (html) => {
    const open = [...place.querySelectorAll('details')].map((each) => each.open);
    place.innerHTML = html;
    place.querySelectorAll('details').forEach((each, n) => { each.open = Boolean(open[n]); });
  };
  const ask = async () => {
    if (document.hidden || isBusy() || Date.now() - asked < PAUSE) return;
    asked = Date.now();
    try {
      const answer = await fetch(place.dataset.live, { cache: 'no-store', headers: tag ? { 'If-None-Match': tag } : {} });
      if (answer.redirected || !(answer.ok || answer.status === 304) || !answer.headers.has('Board-As-Of')) return;
      if (answer.ok) {
        const html = await answer.text();
        if (isBusy()) return;
        put(html);
        tag = answer.headers.get('ETag') || '';
      }
      time.textContent = answer.headers.get('Board-As-Of');
    } catch { /* the link is lost: the next minute asks again */ }
  };
  note.hidden = false;
  setInterval(ask, 5000);
  document.addEventListener('visibilitychange', ask);
})();
