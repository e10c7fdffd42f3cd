/* Puente · forms that are sent with a passkey. Hidden until the browser says that it has passkeys. */
(() => {
  'use strict';
  if (!window.PublicKeyCredential || !window.webauthnJSON) return;
  const question = async (form) => {
    if (!form.dataset.options) return JSON.parse(document.getElementById('passkey-options').textContent);
    const answer = await fetch(form.dataset.options, { headers: { Accept: 'application/json' } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).request_options;
  };
  const discoverable = (options) => {
    options.publicKey.authenticatorSelection = {
      ...options.publicKey.authenticatorSelection,
      residentKey: 'required', requireResidentKey: true, userVerification: 'required',
    };
    return options;
  };
  document.querySelectorAll('[data-passkey-none]').forEach((el) => { el.hidden = true; });
  document.querySelectorAll('form[data-passkey]').forEach((form) => {
    const problem = form.querySelector('[data-passkey-error]');
    form.hidden = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      problem.hidden = true;
      try {
        const options = await question(form);
        const credential = form.dataset.passkey === 'create'
          ? await webauthnJSON.create(discoverable(options)) : await webauthnJSON.get(options);
        form.elements.credential.value = JSON.stringify(credential);
        form.submit();
      } catch {
        problem.hidden = false;
      }
    });
  });
})();
