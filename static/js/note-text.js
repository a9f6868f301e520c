/* Writing in the note: what is typed is saved when the typing pauses, and the paper beside it follows.
   Without this file the button saves. */
"use strict";

(() => {
  const form = document.querySelector("[data-text-form]");
  if (!form || !window.htmx) return;
  const state = document.getElementById("save-state");
  const PAUSE = 900;
  let waiting;
  let isUnsaved = false;
  const save = () => {
    clearTimeout(waiting);
    window.htmx.trigger(form, "autosave");
  };
  form.addEventListener("input", (event) => {
    if (event.target.closest("[data-reloads]")) return;
    isUnsaved = true;
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });
  /* Another length is another text: the page comes anew. */
  form.addEventListener("change", (event) => {
    if (event.target.closest("[data-reloads]")) { isUnsaved = false; form.submit(); }
  });
  form.addEventListener("submit", () => { isUnsaved = false; clearTimeout(waiting); });
  window.addEventListener("beforeunload", (event) => { if (isUnsaved) event.preventDefault(); });

  /* Someone else saved meanwhile: the answer says where the two differ. */
  form.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 409) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
  form.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) isUnsaved = false; });
  form.addEventListener("htmx:sendError", () => { state.textContent = ""; });

  /* The status's own text again. */
  const reveal = () => form.querySelectorAll("[data-take-back]").forEach((button) => { button.hidden = false; });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take-back]");
    if (!button) return;
    const place = button.dataset.takeBack;
    const field = form.querySelector(`[name="text-${place}"]`);
    field.value = form.querySelector(`[data-original="${place}"]`).value;
    field.focus();
    isUnsaved = true;
    save();
  });
  document.body.addEventListener("htmx:oobAfterSwap", reveal);
  reveal();

  const nav = document.querySelector(".text-nav");
  if (nav && window.matchMedia("(max-width: 991px)").matches) nav.open = false;
})();
