/* What every page does: the design system's own behaviour, menus, dialogs, and care for what people type. */
"use strict";

(() => {
  const doc = document;

  /* Menus made of <details data-menu>: closed by Escape, by clicking elsewhere and by leaving them. */
  const closeMenus = (except) => {
    doc.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (menu !== except) menu.open = false;
    });
  };
  doc.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
  doc.addEventListener("focusin", (event) => closeMenus(event.target.closest("details[data-menu]")));
  doc.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest("details[data-menu][open]");
    closeMenus(null);
    if (open) open.querySelector("summary").focus();
  });

  /* Dialogs: <button data-dialog-open="id"> and, inside, <button data-dialog-close>. */
  doc.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog-open]");
    if (opener) doc.getElementById(opener.dataset.dialogOpen).showModal();
    const closer = event.target.closest("[data-dialog-close]");
    if (closer) closer.closest("dialog").close();
  });
  /* What was typed in a dialog and refused is shown again where it was typed. */
  doc.querySelector("dialog[data-dialog-again]")?.showModal();

  /* A form is sent once. The pressed button is disabled only after the browser has read its name and value.
     data-download: the answer is a file, so the page stays and the button must stay usable. */
  const sendingButton = (event) => event.submitter || event.target.querySelector("button[type=submit], button:not([type])");
  const release = (form) => {
    delete form.dataset.sending;
    form.querySelectorAll("[data-held]").forEach((button) => {
      button.disabled = false;
      delete button.dataset.held;
    });
  };
  doc.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.hasAttribute("data-download") || form.method === "dialog") return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "yes";
    const button = sendingButton(event);
    setTimeout(() => {
      if (!button) return;
      button.dataset.held = "yes";
      button.disabled = true;
    }, 0);
  });
  /* Coming back with the browser's back button must not leave a dead form behind. */
  window.addEventListener("pageshow", () => doc.querySelectorAll("form[data-sending]").forEach(release));

  /* <form data-unsaved-warning>: the browser asks before typed text is left behind. A form shown again with errors holds unsaved text. */
  const contents = (form) => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));
  const watched = new Map();
  const watch = () => {
    doc.querySelectorAll("form[data-unsaved-warning]").forEach((form) => {
      if (!watched.has(form)) watched.set(form, form.querySelector(".form-error, .error-summary") ? "" : contents(form));
    });
  };
  window.addEventListener("beforeunload", (event) => {
    for (const [form, before] of watched) {
      if (form.isConnected && !form.dataset.sending && contents(form) !== before) {
        event.preventDefault();
        return;
      }
    }
  });
  /* A page that has saved by itself (htmx) says so with the event "saved" on its form. */
  doc.addEventListener("saved", (event) => {
    if (watched.has(event.target)) watched.set(event.target, contents(event.target));
  });

  /* htmx: say it when the server fails, instead of nothing happening. */
  const pageAlert = () => doc.getElementById("page-alert");
  const showAlert = (event) => {
    const box = pageAlert();
    const isTooMuch = event.detail.xhr.status === 413;
    box.querySelector("[data-alert-error]").hidden = isTooMuch;
    box.querySelector("[data-alert-too-much]").hidden = !isTooMuch;
    box.hidden = false;
  };
  doc.addEventListener("htmx:responseError", showAlert);
  doc.addEventListener("htmx:sendError", showAlert);
  doc.addEventListener("click", (event) => {
    if (event.target.closest("[data-alert-close]")) pageAlert().hidden = true;
  });

  /* <select data-submit-on-change> in filter bars, and buttons that fill in a demo login. */
  doc.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });
  doc.addEventListener("click", (event) => {
    const login = event.target.closest("[data-fill-login]");
    if (!login) return;
    doc.getElementById("id_username").value = login.dataset.fillLogin;
    doc.getElementById("id_password").value = login.dataset.fillPassword;
    doc.getElementById("id_password").form.requestSubmit();
  });

  doc.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
  window.addEventListener("beforeprint", () => doc.querySelectorAll("details.chart-table, details.more").forEach((part) => { part.open = true; }));

  /* <details data-filter-fold>: on a small screen the list comes first, unless something is chosen. On a larger one
     nothing is shown to unfold the filters with, so they are open. */
  const smallScreen = window.matchMedia("(max-width: 575px)");
  const filterFolds = () => doc.querySelectorAll("[data-filter-fold]");
  const foldFilters = () => {
    if (smallScreen.matches) filterFolds().forEach((part) => { part.open = part.dataset.filterFold === "chosen"; });
  };
  smallScreen.addEventListener("change", () => {
    if (!smallScreen.matches) filterFolds().forEach((part) => { part.open = true; });
  });

  const start = () => {
    window.DKFDS.init();
    foldFilters();
    watch();
    /* What must be read first: problems, or what somebody else has saved meanwhile. */
    doc.querySelector("[data-focus]")?.focus();
  };
  if (doc.readyState === "loading") doc.addEventListener("DOMContentLoaded", start);
  else start();
})();
