/* Puente · the quiz: saves each answer when it is given, goes from question to question in place, and goes on when the
   connection is lost. Without this file the form does the same, page by page. */
(() => {
  'use strict';
  const form = document.getElementById('answers');
  if (!form || !window.puenteQueue) return;
  const { dataset } = form;
  const words = document.getElementById('quiz-words').dataset;
  // The server's clock as this page knows it: two answers keep their order, however long each was on its way.
  const behind = Number(dataset.now) - performance.now();
  const queue = window.puenteQueue(dataset.attempt, dataset.seal, () => Math.round(behind + performance.now()));
  const isFinal = 'final' in dataset;
  const boxes = new Map();
  const place = document.querySelector('[data-quiz-lost]');
  let pages = null;
  let isBeginning = true;
  let state = '';
  let pause = 2000;
  let timer = 0;
  let sending = null;

  // 1 What is on the page now.
  const box = () => form.querySelector('[data-quiz-page]');
  const number = () => Number(box().dataset.quizPage);
  const codeOf = (name) => (name.match(/^(?:item|flag)-([^.]+)/) || [])[1];
  const fieldsOf = (code) => [...new FormData(form)].filter(([name]) => codeOf(name) === code);
  const say = (sentence) => { document.querySelector('[data-quiz-say]').textContent = sentence; };
  const token = () => form.elements.csrfmiddlewaretoken;
  const links = () => [...document.querySelectorAll('.items [data-code]')];
  const named = (codes) => links().filter((link) => codes.includes(link.dataset.code)).map((link) => link.dataset.position).join(', ');

  function mark(code, kind) {
    const link = links().find((each) => each.dataset.code === code);
    if (!link) return;
    link.className = `is-${kind}`;
    const flag = form.elements[`flag-${code}`];
    if (flag) link.dataset.flagged = flag.checked ? '1' : '';
    link.querySelector('[data-state]').textContent = words[kind] + (link.dataset.flagged ? words.flagged : '');
    link.querySelectorAll('.icon').forEach((icon) => icon.remove());
    const icon = document.getElementById(`quiz-icon-${kind}`);
    if (icon) link.append(icon.content.cloneNode(true));
    if (link.dataset.flagged) link.append(document.getElementById('quiz-icon-flagged').content.cloneNode(true));
  }
  function receipt(kind, sentence) {
    const el = document.querySelector('[data-quiz-receipt]');
    el.hidden = false;
    el.classList.toggle('receipt--kept', kind === 'kept');
    el.querySelector('span').textContent = sentence;
  }

  // 2 Sending: one at a time, in the order given; what fails waits and is tried again.
  async function post(entry) {
    const body = new URLSearchParams([...entry.fields, ['shown', entry.code], ['key', entry.key], ['given', entry.given]]);
    return fetch(dataset.save, {
      method: 'POST', body, redirect: 'manual', keepalive: true, signal: AbortSignal.timeout(15000),
      headers: { Accept: 'application/json', 'X-CSRFToken': token().value },
    });
  }
  async function renewToken() {
    const answer = await fetch(form.action, { redirect: 'manual' });
    if (!answer.ok) return false;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#answers input[name=csrfmiddlewaretoken]');
    if (fresh) token().value = fresh.value;
    return Boolean(fresh);
  }
  async function send() {
    let renewed = false;
    for (let entry = queue.next(); entry; entry = queue.next()) {
      let answer;
      try { answer = await post(entry); } catch { return 'lost'; }
      if (answer.type === 'opaqueredirect' || answer.status === 404) return 'left';
      if (answer.status === 401) { document.dispatchEvent(new Event('puente:locked')); return 'locked'; }
      if (answer.status === 403) {
        if (renewed || !await renewToken().catch(() => false)) return 'left';
        renewed = true;
        continue;
      }
      if (answer.status === 409) {
        await queue.forget();
        location.assign((await answer.json()).address);
        return 'over';
      }
      if (answer.status === 422) {
        await queue.done(entry);
        say((await answer.json()).said);
        place.replaceChildren(notice('quiz-unread', document.querySelector('[data-quiz-say]').textContent));
        place.hidden = false;
        continue;
      }
      if (!answer.ok) return 'lost';
      const said = await answer.json();
      await queue.done(entry);
      if (!queue.codes.includes(entry.code)) mark(entry.code, said.answered.length ? 'answered' : 'open');
      receipt('saved', words.saved.replace('{time}', said.at));
    }
    return navigator.onLine ? '' : 'lost';
  }
  function flush() {
    clearTimeout(timer);
    sending ??= send().catch(() => 'lost').then((result) => {
      sending = null;
      queue.landed();
      show(result);
      if (!result) { pause = 2000; queue.dropAdopted(); if (!isBeginning) load(); if (queue.waiting) return flush(); }
      if (result === 'lost' || result === 'left') {
        timer = setTimeout(flush, pause * (0.75 + Math.random() / 2));
        pause = Math.min(30000, pause * 2);
      }
      return result;
    });
    return sending;
  }

  // 3 The large state: said once when it begins, kept up to date silently.
  function notice(id, sentence) {
    const part = document.getElementById(id).content.cloneNode(true);
    const gap = part.querySelector('[data-sentence]');
    if (gap) gap.textContent = sentence;
    return part;
  }
  function show(result) {
    if (result !== state) {
      state = result;
      if (result === 'lost' || result === 'left') {
        place.replaceChildren(notice(`quiz-${result}`));
        place.hidden = false;
        place.querySelector('[data-quiz-try]')?.addEventListener('click', () => { say(words.trying); flush().then((now) => { if (now === 'lost') say(words.still); }); });
        if (place.getBoundingClientRect().top < 0) place.scrollIntoView({ block: 'start' });
      } else if (!result && !place.querySelector('[data-unread]')) {
        if (!place.hidden) say(words.back);
        place.hidden = true;
        place.replaceChildren();
      }
    }
    if (!result) return;
    queue.codes.forEach((code) => mark(code, 'kept'));
    if (queue.waiting) receipt('kept', words.kepthere.replace('{time}', new Date().toTimeString().slice(0, 5)));
    const list = place.querySelector('[data-kept]');
    if (list) list.textContent = queue.waiting ? words.list.replace('{list}', named(queue.codes)) : '';
  }
  async function keep(code, fields = fieldsOf(code)) {
    await queue.put(code, fields);
    if (state) show(state);
    return flush();
  }

  // 4 An answer is saved when it is given; words after a moment's rest, or when the field is left.
  const resting = new Map();
  const rested = (code) => { clearTimeout(resting.get(code)); resting.delete(code); };
  const changed = (event) => {
    const code = codeOf(event.target.name ?? '');
    if (!code) return;
    if (event.target.name.startsWith('flag-')) mark(code, (links().find((each) => each.dataset.code === code)?.className || 'is-open').slice(3));
    if (isFinal && !event.target.name.startsWith('flag-')) { resting.set(code, 0); return; }
    if (isFinal) { if (event.type === 'change') keep(code, fieldsOf(code).filter(([name]) => name.startsWith('flag-'))); return; }
    rested(code);
    if (event.type === 'change') keep(code);
    else if (event.target.matches('input:not([type=radio], [type=checkbox])')) resting.set(code, setTimeout(() => { rested(code); keep(code); }, 1200));
  };
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  const settle = async () => {
    for (const code of [...resting.keys()]) { rested(code); await queue.put(code, fieldsOf(code)); }
    return flush();
  };

  // 5 From question to question.
  function swap(to, isBack) {
    boxes.set(number(), box());
    let next = boxes.get(to);
    if (!next) {
      next = document.createElement('div');
      next.dataset.quizPage = to;
      next.innerHTML = pages[to - 1];
    }
    box().replaceWith(next);
    if (!isBack) history.pushState({}, '', `?page=${to}`);
    document.querySelectorAll('.items a').forEach((link) => {
      if (Number(link.dataset.page) === to) link.setAttribute('aria-current', 'step'); else link.removeAttribute('aria-current');
    });
    const head = next.querySelector('legend');
    head.tabIndex = -1;
    head.focus();
    if (!isBack) next.scrollIntoView({ block: 'nearest' });
  }
  async function load() {
    if (pages || Number(dataset.pages) < 2) { form.dataset.ready = ''; return; }
    const answer = await fetch(dataset.questions, { headers: { Accept: 'application/json' } }).catch(() => null);
    const found = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!found) return;
    ({ pages } = found);
    form.dataset.ready = '';
  }
  async function go(to) {
    const result = await settle();
    if (to === 'review' || to.startsWith('language-')) {
      if (result || queue.waiting) { say(words.needs); return; }
      let address = words.review;
      if (to !== 'review') address = `${document.querySelector(`link[hreflang=${to.slice(9)}]`).href.split('?')[0]}?page=${number()}`;
      location.assign(address);
      return;
    }
    const wanted = Number(to);
    if (isFinal && !result) { location.assign(`?page=${wanted}`); return; }
    if (wanted === number()) return;
    if (pages || boxes.has(wanted)) { swap(wanted); return; }
    if (result) { say(words.needs); return; }
    location.assign(`?page=${wanted}`);
  }
  document.addEventListener('submit', (event) => {
    if (event.target !== form) return;
    event.preventDefault();
    go(event.submitter?.value || String(number()));
  });
  document.querySelector('.items').addEventListener('click', (event) => {
    const link = event.target.closest('a[data-page]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.dataset.page);
  });
  window.addEventListener('popstate', () => {
    const to = Number(new URLSearchParams(location.search).get('page') || 1);
    if (to === number()) return;
    if (pages || boxes.has(to)) settle().then(() => swap(to, true)); else location.reload();
  });

  // 6 What earlier pages left is sent first; then the other questions are fetched once, for a connection that may go.
  window.addEventListener('online', flush);
  window.addEventListener('offline', () => { if (!state) show('lost'); flush(); });
  document.addEventListener('puente:unlocked', flush);
  document.addEventListener('puente:time-over', () => settle().then((result) => { if (!result) location.assign(form.action); }));
  window.addEventListener('pagehide', () => { settle(); });
  window.addEventListener('beforeunload', (event) => { if (queue.isAtRisk) event.preventDefault(); });
  queue.adopt().then(async (count) => {
    if (count && !await flush()) { location.reload(); return; }
    isBeginning = false;
    await load();
  });
})();
