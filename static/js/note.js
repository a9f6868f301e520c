/* Composing a note: what is not saved is told, and nothing is issued by a slip of the hand.
   Without this file issuing asks nobody. */
"use strict";

(() => {
  /* <form data-confirm="dialog id"> opens the dialog first; its button [data-confirmed] sends the form. */
  document.querySelectorAll("form[data-confirm]").forEach((asked) => {
    asked.addEventListener("submit", (event) => {
      if (event.submitter && event.submitter.hasAttribute("data-confirmed")) return;
      event.preventDefault();
      document.getElementById(asked.dataset.confirm).showModal();
    });
  });

  const form = document.querySelector("[data-note-form]");
  if (!form) return;

  /* Unsaved changes are told, because the preview and the issue use what is saved. */
  const contents = () => JSON.stringify([...new FormData(form)]);
  const before = form.querySelector(".form-error") ? "" : contents();
  const tell = () => {
    const unsaved = contents() !== before;
    document.querySelectorAll("[data-unsaved]").forEach((text) => { text.hidden = !unsaved; });
  };
  form.addEventListener("input", tell);
})();
