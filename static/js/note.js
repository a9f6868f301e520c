/* Composing a note: projects move without a round trip, and nothing is issued by a slip of the hand.
   Without this file the arrows post the form, and issuing asks nobody. */
"use strict";

(() => {
  const form = document.querySelector("[data-note-form]");
  const list = document.querySelector("[data-sortable]");
  if (!form) return;

  /* Unsaved changes are told, because the preview and the issue use what is saved. */
  const contents = () => JSON.stringify([...new FormData(form)]);
  const before = form.querySelector(".form-error") ? "" : contents();
  const tell = () => {
    const unsaved = contents() !== before;
    document.querySelectorAll("[data-unsaved]").forEach((text) => { text.hidden = !unsaved; });
  };
  form.addEventListener("input", tell);

  /* Order */
  const rows = () => [...list.querySelectorAll("[data-project]")];
  const settle = (row) => {
    rows().forEach((item, place, all) => {
      item.classList.toggle("is-moved", item === row);
      item.querySelector("[data-move=up]").toggleAttribute("data-edge", place === 0);
      item.querySelector("[data-move=down]").toggleAttribute("data-edge", place === all.length - 1);
    });
    const said = document.querySelector("[data-moved]");
    const words = { name: row.dataset.name, place: rows().indexOf(row) + 1, total: rows().length };
    said.textContent = said.dataset.text.replace(/\{(\w+)\}/g, (_match, word) => words[word]);
    tell();
  };
  const move = (row, direction) => {
    if (direction === "up" && row.previousElementSibling) row.previousElementSibling.before(row);
    if (direction === "down" && row.nextElementSibling) row.nextElementSibling.after(row);
    settle(row);
  };
  if (list) {
    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (!button) return;
      event.preventDefault();
      move(button.closest("[data-project]"), button.dataset.move);
      button.focus();
    });

    /* Dragging is an extra for the mouse; a row can be dragged only by its handle, so that its text can be marked. */
    let dragged = null;
    const over = (row) => rows().forEach((item) => item.classList.toggle("is-over", item === row));
    list.classList.add("has-drag");
    list.addEventListener("pointerdown", (event) => {
      const row = event.target.closest("[data-project]");
      if (row) row.draggable = Boolean(event.target.closest("[data-handle]"));
    });
    list.addEventListener("dragstart", (event) => {
      dragged = event.target.closest("[data-project]");
      dragged.classList.add("is-dragged");
      event.dataTransfer.effectAllowed = "move";
    });
    list.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      over(event.target.closest("[data-project]"));
    });
    list.addEventListener("drop", (event) => {
      const row = event.target.closest("[data-project]");
      if (!dragged || !row || row === dragged) return;
      event.preventDefault();
      const isBelow = rows().indexOf(dragged) < rows().indexOf(row);
      row[isBelow ? "after" : "before"](dragged);
      settle(dragged);
    });
    list.addEventListener("dragend", () => {
      if (dragged) dragged.classList.remove("is-dragged");
      dragged = null;
      over(null);
    });
  }

  /* <form data-confirm="dialog id"> opens the dialog first; its button [data-confirmed] sends the form. */
  document.querySelectorAll("form[data-confirm]").forEach((asked) => {
    asked.addEventListener("submit", (event) => {
      if (event.submitter && event.submitter.hasAttribute("data-confirmed")) return;
      event.preventDefault();
      document.getElementById(asked.dataset.confirm).showModal();
    });
  });
})();
