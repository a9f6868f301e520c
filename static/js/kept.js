/* What is typed and not yet saved, kept in this browser per person, project and month, until it is saved or sent, or the
   person logs out. A browser that keeps nothing does no harm. */
"use strict";

window.keptText = (() => {
  const PREFIX = "status:";
  const quietly = (work) => {
    try { return work(); } catch { return null; }
  };
  /* A page on its way out keeps what is not saved, but not for the next person at this machine. */
  let isLoggingOut = false;
  const api = {
    save: (name, value) => isLoggingOut || quietly(() => localStorage.setItem(PREFIX + name, JSON.stringify(value))),
    load: (name) => quietly(() => JSON.parse(localStorage.getItem(PREFIX + name))),
    forget: (name) => quietly(() => localStorage.removeItem(PREFIX + name)),
    forgetAll: () => quietly(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key))),
    markSent: (name) => quietly(() => sessionStorage.setItem(`sent:${name}`, "yes")),
    wasSent: (name) => quietly(() => sessionStorage.getItem(`sent:${name}`)) === "yes",
  };
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-forget-all]")) return;
    isLoggingOut = true;
    api.forgetAll();
  });
  document.addEventListener("input", () => { isLoggingOut = false; });
  document.addEventListener("DOMContentLoaded", () => {
    const page = document.querySelector("[data-forget-kept]");
    /* A colleague may have sent the month while text waited here: that is only forgotten by the one who sent. */
    if (page && api.wasSent(page.dataset.forgetKept)) api.forget(page.dataset.forgetKept);
  });
  return api;
})();
