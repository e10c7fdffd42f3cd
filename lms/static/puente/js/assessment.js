/* Puente · the sheet of a practical exercise: each step is saved when it is marked. What a lost connection keeps back
   waits in this page and is sent, in order, when it returns. Without this file the buttons do the same. */
(() => {
  'use strict';
  const form = document.querySelector('[data-sheet]');
  if (!form) return;
  const { dataset } = form;
  const receipt = form.querySelector('[data-receipt]');
  const waiting = [];
  let isSending = false;
  let pause = 2000;

  form.querySelectorAll('[data-plain]').forEach((button) => { button.hidden = true; });

  const key = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  function say(sentence, kind) {
    receipt.hidden = false;
    receipt.classList.toggle('receipt--kept', kind === 'kept');
    receipt.querySelector('span').textContent = sentence;
  }
  function entry(box) {
    const body = new FormData();
    body.append('key', key());
    for (const field of box.querySelectorAll('[name]')) {
      if (field.type === 'file') {
        if (field.files.length) body.append(field.name, field.files[0]);
      } else if (field.type !== 'radio' || field.checked) {
        body.append(field.name, field.value);
      }
    }
    return { box, body };
  }
  // Whoever has signed in again in another tab has another token; the page as it is now holds it.
  async function renewToken() {
    const answer = await fetch(window.location.pathname, { redirect: 'manual' }).catch(() => null);
    if (!answer || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const token = page.querySelector('[data-sheet] [name=csrfmiddlewaretoken]');
    if (token) form.elements.csrfmiddlewaretoken.value = token.value;
  }
  async function send() {
    if (isSending || !waiting.length) return;
    isSending = true;
    const { box, body } = waiting[0];
    let answer = null;
    try {
      answer = await fetch(dataset.sheet, {
        method: 'POST', body, redirect: 'manual', signal: AbortSignal.timeout(30000),
        headers: { Accept: 'application/json', 'X-CSRFToken': form.elements.csrfmiddlewaretoken.value },
      });
    } catch { /* no connection: below */ }
    const said = answer && (answer.ok || answer.status === 409 || answer.status === 422) ? await answer.json().catch(() => null) : null;
    if (answer && !said) await renewToken();
    isSending = false;
    if (said) {
      waiting.shift();
      pause = 2000;
      const photo = box.querySelector('[type=file]');
      if (answer.ok && photo && !waiting.some((each) => each.box === box)) photo.value = '';
      say(answer.ok ? dataset.saved.replace('{time}', said.at) : said.said, answer.ok ? '' : 'kept');
      send();
      return;
    }
    say(answer ? dataset.left : dataset.lost, 'kept');
    setTimeout(send, pause);
    pause = Math.min(pause * 2, 30000);
  }
  form.addEventListener('change', (event) => {
    const box = event.target.closest('[data-step]');
    if (!box) return;
    waiting.push(entry(box));
    send();
  });
  form.addEventListener('submit', (event) => {
    // The whole form goes with the button: nothing that waits is left behind.
    if (isSending) { event.preventDefault(); setTimeout(() => form.requestSubmit(event.submitter), 200); return; }
    waiting.length = 0;
  });
  window.addEventListener('online', send);
  window.addEventListener('beforeunload', (event) => { if (waiting.length) event.preventDefault(); });
})();
