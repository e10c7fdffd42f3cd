/* Puente · a lesson remembers the heading where its reader is, so that another device goes on there. */
(() => {
  'use strict';
  const prose = document.querySelector('[data-place]');
  if (!prose) return;
  const heads = [...prose.querySelectorAll('h2[id], section[id]')];
  let last = '';
  let timer = 0;
  const tell = () => {
    clearTimeout(timer);
    timer = 0;
    let here = '';
    for (const head of heads) if (head.getBoundingClientRect().top < window.innerHeight / 2) here = head.id;
    if (!here || here === last || window.scrollY < 40) return;
    last = here;
    fetch(prose.dataset.place, {
      method: 'POST', keepalive: true, redirect: 'manual',
      body: new URLSearchParams({ place: here }), headers: { 'X-CSRFToken': prose.dataset.token },
    }).catch(() => { last = ''; });
  };
  window.addEventListener('scroll', () => { timer ||= setTimeout(tell, 3000); }, { passive: true });
  document.addEventListener('visibilitychange', () => { if (document.hidden) tell(); });
})();
