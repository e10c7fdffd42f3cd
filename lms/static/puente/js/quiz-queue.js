/* Puente · answers on their way: each waits here until the server has it, sealed with a key that only the server keeps.
   Every tab has a place of its own; what a closed tab left is sent by the next page of the same attempt, and an answer
   that is sent twice counts once, since it bears a key. */
(() => {
  'use strict';
  const PREFIX = 'puente-queue-';
  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
  const uuid = () => ([1e7] + -1e3 + -4e3 + -8e3 + -1e11).replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

  window.puenteQueue = (attempt, seal, now) => {
    const own = `${PREFIX}${attempt}-${uuid()}`;
    const secret = crypto.subtle
      ? crypto.subtle.importKey('raw', bytes(seal), 'AES-GCM', false, ['encrypt', 'decrypt']).catch(() => null)
      : Promise.resolve(null);
    let entries = [];
    let flying = null;
    let adopted = [];
    let writing = Promise.resolve();
    let isSealed = false;

    async function write() {
      const key = await secret;
      try {
        if (!key || !entries.length) { localStorage.removeItem(own); return; }
        const iv = crypto.getRandomValues(new Uint8Array(12));
        const data = new TextEncoder().encode(JSON.stringify(entries));
        const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, data);
        localStorage.setItem(own, `${text(iv)}.${text(sealed)}`);
        isSealed = true;
      } catch { /* no storage: the answers stay in this page */ }
    }
    const keep = () => { isSealed = false; writing = writing.then(write); return writing; };

    async function opened(name) {
      const key = await secret;
      const [iv, sealed] = (localStorage.getItem(name) || '').split('.');
      if (!key || !sealed) return [];
      const data = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes(iv) }, key, bytes(sealed));
      return JSON.parse(new TextDecoder().decode(data));
    }

    return {
      get waiting() { return entries.length; },
      /* Whether leaving the page would lose something. */
      get isAtRisk() { return entries.length > 0 && !isSealed; },
      get codes() { return entries.map((entry) => entry.code); },
      /* One answer; what waits for the same question and is not under way is replaced by it. */
      put(code, fields) {
        entries = entries.filter((entry) => entry.code !== code || entry === flying);
        entries.push({ code, fields, key: uuid(), given: now() });
        return keep();
      },
      next() { [flying = null] = entries; return flying; },
      landed() { flying = null; },
      done(entry) { entries = entries.filter((each) => each !== entry); flying = null; return keep(); },
      forget() { entries = []; flying = null; adopted.forEach((name) => localStorage.removeItem(name)); return keep(); },
      /* What earlier pages of this attempt left, oldest first. */
      async adopt() {
        const found = [];
        try {
          const names = Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX}${attempt}-`) && name !== own);
          for (const name of names) {
            found.push(...await opened(name).catch(() => []));
            adopted.push(name);
          }
        } catch { /* nothing was kept */ }
        found.sort((a, b) => a.given - b.given);
        entries = [...found, ...entries];
        await keep();
        return found.length;
      },
      dropAdopted() { adopted.forEach((name) => localStorage.removeItem(name)); adopted = []; },
    };
  };
})();
