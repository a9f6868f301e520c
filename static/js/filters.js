/* <form data-filters>: choices that are left open do not stand in the address. */
"use strict";

(() => {
  document.addEventListener("htmx:configRequest", (event) => {
    if (!event.target.closest("form[data-filters]")) return;
    const chosen = event.detail.parameters;
    Object.keys(chosen).forEach((name) => {
      if (chosen[name] === "") delete chosen[name];
    });
  });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.matches("form[data-filters]")) return;
    const open = [...event.target.elements].filter((field) => field.name && !field.value && !field.disabled);
    open.forEach((field) => { field.disabled = true; });
    setTimeout(() => open.forEach((field) => { field.disabled = false; }), 0);
  });
})();
