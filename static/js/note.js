/* Composing a note: saved by itself (status-save.js), the checklist beside it follows, and nothing is issued by a slip of
   the hand or with something that is not saved. Without this file the button saves, and issuing asks nobody. */
"use strict";

(() => {
  const form = document.querySelector("[data-note-form]");

  /* <form data-confirm="dialog id"> opens the dialog first; its button [data-confirmed] sends the form. */
  document.addEventListener("submit", (event) => {
    const asked = event.target.closest("form[data-confirm]");
    if (!asked || (event.submitter && event.submitter.hasAttribute("data-confirmed"))) return;
    event.preventDefault();
    document.getElementById(asked.dataset.confirm).showModal();
  }, true);
  if (!form) return;

  /* Unsaved changes are told where the note is issued, because what is issued is what is saved. */
  const contents = () => JSON.stringify([...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "version", "base"].includes(name)));
  let before = form.querySelector(".form-error") ? "" : contents();
  const isUnsaved = () => contents() !== before;
  const tell = () => document.querySelectorAll("[data-unsaved]").forEach((text) => { text.hidden = !isUnsaved(); });
  form.addEventListener("input", tell);
  form.addEventListener("saved", () => { before = contents(); tell(); });

  /* A preview of what stands on the page is saved first. */
  document.getElementById("preview-form").addEventListener("submit", (event) => {
    if (!form.dataset.autosave || !isUnsaved()) return;
    event.preventDefault();
    const preview = event.target;
    form.addEventListener("saved", () => preview.requestSubmit(), { once: true });
    form.dispatchEvent(new Event("save-now"));
  });

  /* The checklist as it is now: after every save, and when somebody comes back from mending something elsewhere. */
  const checklist = document.getElementById("checklist");
  const refresh = () => window.htmx && window.htmx.trigger(checklist, "refresh");
  form.addEventListener("autosaved", refresh);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && !checklist.contains(document.activeElement)) refresh();
  });
  let wasOpen = false;
  checklist.addEventListener("htmx:beforeSwap", () => { wasOpen = Boolean(checklist.querySelector("#remarks[open]")); });
  checklist.addEventListener("htmx:afterSwap", () => {
    const remarks = checklist.querySelector("#remarks");
    if (remarks) remarks.open = wasOpen;
  });
})();
