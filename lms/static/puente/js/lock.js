/* Puente · the idle lock: covers the page when nobody was there for so long, and opens it in place for the same person.
   The server locks by itself as well; this file makes it visible, and keeps what was typed. */
(() => {
  'use strict';
  const template = document.getElementById('lock');
  if (!template) return;
  const KEY = 'puente-active';
  const { dataset } = template;
  const idle = Number(dataset.idle);
  const tell = Math.min(30000, idle / 10);
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('puente') : { postMessage() {} };
  const store = {
    get: () => { try { return Number(localStorage.getItem(KEY)) || 0; } catch { return 0; } },
    set: (at) => { try { localStorage.setItem(KEY, String(at)); } catch { /* this tab alone */ } },
    clear: () => {
      try {
        localStorage.removeItem(KEY);
        Object.keys(localStorage).filter((name) => name.startsWith('puente-queue-')).forEach((name) => localStorage.removeItem(name));
      } catch { /* nothing was kept */ }
    },
  };
  let { token } = dataset;
  let seen = Date.now();
  let told = Date.now();
  let cover = null;
  let before = null;

  // 1 Signs of life: keys, pointer, touch, wheel, scroll. One timestamp is shared by the tabs.
  const tokens = () => document.querySelectorAll('input[name=csrfmiddlewaretoken]');
  const post = (address, body) => fetch(address, {
    method: 'POST', body, headers: { Accept: 'application/json', 'X-CSRFToken': token },
  });
  const alive = (event) => {
    if (cover || !event.isTrusted) return;
    const now = Date.now();
    if (now - Math.max(seen, store.get()) >= idle) { lock(); return; }
    if (now - seen > 250) { seen = now; store.set(now); }
    if (now - told >= tell) {
      told = now;
      post(dataset.active).then((answer) => { if (answer.status === 401) lock(); }).catch(() => {});
    }
  };
  ['keydown', 'pointerdown', 'pointermove', 'touchstart', 'wheel', 'scroll'].forEach((kind) => {
    window.addEventListener(kind, alive, { capture: true, passive: true });
  });
  const look = () => { if (!cover && Date.now() - Math.max(seen, store.get()) >= idle) lock(); };
  store.set(seen);
  setInterval(look, Math.min(1000, idle / 20));
  document.addEventListener('visibilitychange', look);
  window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });

  document.addEventListener('puente:locked', () => lock());

  // 2 The lock: everything beneath is inert, the name and the ways to unlock stand above it.
  function lock(silently) {
    if (cover) return;
    before = { title: document.title, focus: document.activeElement, inert: [] };
    for (const el of document.body.children) if (!el.inert) { el.inert = true; before.inert.push(el); }
    document.body.append(template.content.cloneNode(true));
    cover = document.body.lastElementChild;
    while (cover.nodeName !== 'DIALOG') cover = cover.previousElementSibling;
    before.inert.forEach((el) => el.classList.add('under-lock'));
    cover.querySelectorAll('input[name=csrfmiddlewaretoken]').forEach((input) => { input.value = token; });
    document.title = `${dataset.title} · Puente`;
    cover.querySelector('[data-lock-time]').textContent = new Date().toTimeString().slice(0, 5);
    const receipt = document.querySelector('.receipt');
    if (receipt) cover.querySelector('[data-lock-receipt]').textContent = receipt.textContent;
    cover.addEventListener('cancel', (event) => event.preventDefault());
    cover.addEventListener('close', () => { if (cover) cover.showModal(); });
    const form = cover.querySelector('form[data-unlock]');
    const button = form.querySelector('[data-unlock-passkey]');
    const password = form.querySelector('[data-unlock-password]');
    const offer = (ways) => {
      if (!ways.password) { password.hidden = true; form.querySelector('[data-unlock-more]').open = true; }
      if (ways.passkey && window.PublicKeyCredential) { button.hidden = false; button.focus(); }
    };
    cover.showModal();
    form.elements['unlock-password'].focus();
    form.addEventListener('submit', (event) => { event.preventDefault(); unlock(form, event.submitter); });
    button.addEventListener('click', () => byPasskey(form));
    if (!silently) tabs.postMessage({ kind: 'locked' });
    post(dataset.lock).then((answer) => answer.json()).then((answer) => offer(answer.ways)).catch(() => {});
  }

  // 3 Unlocking in place: the same person proves it; the page's forms get the token that holds from now on.
  const say = (form, text) => {
    const place = form.querySelector('[data-unlock-error]');
    place.textContent = text;
    place.hidden = !text;
  };
  async function unlock(form, submitter) {
    say(form, '');
    try {
      const answer = await post(form.action, new URLSearchParams(new FormData(form, submitter)));
      if (answer.status === 409) { location.assign(dataset.signIn); return; }
      const said = answer.ok || answer.status === 400 ? await answer.json() : { error: dataset.gone };
      if (said.token) { open(said.token); tabs.postMessage({ kind: 'unlocked', token: said.token }); return; }
      if (said.sent) { form.querySelector('[data-unlock-sent]').hidden = false; form.elements['unlock-code'].focus(); return; }
      say(form, said.error);
    } catch {
      say(form, dataset.failed);
    }
  }
  function open(fresh) {
    token = fresh;
    tokens().forEach((input) => { input.value = token; });
    seen = told = Date.now();
    store.set(seen);
    if (!cover) return;
    const old = cover;
    cover = null;
    old.close();
    old.remove();
    before.inert.forEach((el) => { el.inert = false; el.classList.remove('under-lock'); });
    document.title = before.title;
    before.focus?.focus?.();
    document.dispatchEvent(new Event('puente:unlocked'));
  }
  const webauthn = () => new Promise((done, failed) => {
    if (window.webauthnJSON) { done(); return; }
    const script = document.createElement('script');
    script.src = dataset.webauthn;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  async function byPasskey(form) {
    try {
      await webauthn();
      const answer = await fetch(dataset.passkey, { headers: { Accept: 'application/json' } });
      const credential = await window.webauthnJSON.get(await answer.json());
      form.elements['unlock-credential'].value = JSON.stringify(credential);
      await unlock(form);
    } catch {
      say(form, dataset.failed);
    } finally {
      form.elements['unlock-credential'].value = '';
    }
  }

  // 4 Other tabs follow; whoever signs out leaves nothing.
  tabs.onmessage = ({ data }) => {
    if (data.kind === 'locked') lock(true);
    if (data.kind === 'unlocked') open(data.token);
    if (data.kind === 'left') {
      document.documentElement.hidden = true;
      setTimeout(() => location.replace(dataset.signIn), 1000);
    }
  };
  document.addEventListener('submit', (event) => {
    if (!(event.target.getAttribute('action') ?? '').endsWith('/logout/')) return;
    store.clear();
    tabs.postMessage({ kind: 'left' });
  });
})();
