/* Puente · the roll: each mark is sent when it is pressed, and shown as stored only when the server says so. */
(() => {
  'use strict';
  const form = document.querySelector('[data-roll]');
  if (!form) return;
  const counts = document.querySelector('[data-counts]');
  const failed = new Set();
  form.querySelector('[data-save]').hidden = true;
  form.addEventListener('submit', (event) => event.preventDefault());

  const say = (row, css, words) => {
    const place = row.querySelector('[data-said]');
    const said = document.createElement('span');
    said.className = css;
    if (css === 'receipt') said.append(row.querySelector('template').content.cloneNode(true));
    said.append(words);
    place.replaceChildren(said);
  };

  const field = (row, name) => row.querySelector(`[name^="${name}-"]`);
  const chosen = (row) => row.querySelector('[name^="state-"]:checked');

  async function send(row) {
    const state = chosen(row);
    if (!state) return;
    const minutes = field(row, 'minutes');
    if (state.value === 'partial' && !minutes.value.trim()) { minutes.focus(); return; }
    const turn = (row.turn || 0) + 1;
    row.turn = turn;
    say(row, 'soft', form.dataset.waiting);
    let answer;
    try {
      answer = await fetch(row.dataset.place, {
        method: 'POST', redirect: 'manual',
        body: new URLSearchParams({ [state.name]: state.value, [minutes.name]: minutes.value.trim() }),
        headers: { Accept: 'application/json', 'X-CSRFToken': form.elements.csrfmiddlewaretoken.value },
      });
    } catch { answer = null; }
    const said = answer && (answer.headers.get('Content-Type') || '').startsWith('application/json') ? await answer.json() : {};
    if (row.turn !== turn) return; // a later press decides
    if (answer && answer.status === 401) document.dispatchEvent(new Event('puente:locked'));
    if (!answer || !answer.ok) {
      failed.add(row);
      row.classList.add('field--error');
      say(row, 'error-text', said.error || form.dataset.failed);
      return;
    }
    failed.delete(row);
    row.classList.remove('field--error');
    field(row, 'was').value = said.state === 'partial' ? `partial:${said.minutes}` : `${said.state}:`;
    if (said.state !== 'partial') minutes.value = '';
    say(row, 'receipt', said.stored);
    counts.textContent = said.counts;
  }

  form.querySelectorAll('[data-place]').forEach((row) => {
    row.querySelectorAll('[name^="state-"]').forEach((radio) => {
      // arrow keys pass over states on their way: wait until they rest
      radio.addEventListener('click', (event) => {
        clearTimeout(row.timer);
        row.timer = setTimeout(() => send(row), event.detail ? 0 : 700);
      });
    });
    const minutes = field(row, 'minutes');
    minutes.addEventListener('input', () => { row.querySelector('[value="partial"]').checked = true; });
    minutes.addEventListener('change', () => send(row));
    minutes.addEventListener('keydown', (event) => { if (event.key === 'Enter') { event.preventDefault(); send(row); } });
  });
  window.addEventListener('online', () => failed.forEach(send));
})();
