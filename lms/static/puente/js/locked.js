/* Puente · the lock page: offers the passkey where the browser has one. Everything else works without this file. */
(() => {
  'use strict';
  const form = document.querySelector('form[data-unlock]');
  const button = form && form.querySelector('[data-unlock-passkey]');
  if (!button || !window.PublicKeyCredential || !window.webauthnJSON) return;
  const problem = form.querySelector('[data-unlock-error]');
  const address = document.querySelector('script[data-passkey]').dataset.passkey;
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      const answer = await fetch(address, { headers: { Accept: 'application/json' } });
      const credential = await webauthnJSON.get(await answer.json());
      form.elements['unlock-credential'].value = JSON.stringify(credential);
      form.submit();
    } catch {
      problem.hidden = false;
    }
  });
})();
