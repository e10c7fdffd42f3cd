// The preview of a certificate follows the form. Without this file the Preview button does the same.
(() => {
  const form = document.querySelector("[data-design-form]");
  const status = document.querySelector("[data-design-status]");
  const pictures = document.querySelectorAll("[data-design-picture]");
  const file = document.querySelector("[data-design-file]");
  if (!form || !pictures.length) return;
  const kept = document.querySelector("[data-kept]").dataset.kept;
  let waiting, latest = 0;

  const query = () => {
    const values = new URLSearchParams(new FormData(form));
    values.delete("csrfmiddlewaretoken");
    return values.toString();
  };
  const bare = (address) => address.split("?")[0];

  async function show() {
    const asked = query(), turn = ++latest;
    const first = await fetch(`${bare(pictures[0].src)}?${asked}`).catch(() => null);
    if (!first || turn !== latest) return;
    if (!first.ok) {
      status.textContent = first.status === 400 ? await first.text() : status.textContent;
      return;
    }
    for (const picture of pictures) picture.src = `${bare(picture.src)}?${asked}`;
    file.href = `${bare(file.href)}?${asked}`;
    status.textContent = kept;
  }

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 400);
  });
})();
