/* References: a known meeting's date brings its committee, a known item its meeting and title, and a meeting that lies
   ahead is marked. Anything may be typed instead. */
"use strict";

(() => {
  const form = document.querySelector("[data-status-form]");
  if (!form) return;
  const { texts } = window.statusRules;
  const options = (id) => [...document.querySelectorAll(`#${id} option`)].map(({ value, dataset }) => ({ value, ...dataset }));
  const meetings = options("known-meetings");
  const items = options("known-items");
  const part = (input, name) => input.closest("[data-formset-row]").querySelector(`[name$="-${name}"]`);
  const suggest = (field, value) => { if (!field.value) field.value = value; };

  const meeting = (input) => {
    const found = meetings.filter(({ value }) => value === input.value.trim());
    if (found.length === 1) suggest(part(input, "committee"), found[0].committee);
    const group = input.closest(".form-group");
    group.querySelector(".reference-ahead")?.remove();
    if (!found.some(({ ahead }) => ahead)) return;
    group.append(Object.assign(document.createElement("span"), { className: "tag-soft reference-ahead", textContent: texts.meetingAhead }));
  };
  const item = (input) => {
    const day = part(input, "meeting_date");
    const found = items.filter(({ value, date }) => value === input.value.trim() && (!day.value || day.value === date));
    if (found.length !== 1) return;
    suggest(day, found[0].date);
    suggest(part(input, "committee"), found[0].committee);
    suggest(part(input, "title"), found[0].title);
    meeting(day);
  };
  form.addEventListener("input", ({ target }) => {
    if (target.name?.endsWith("-meeting_date")) meeting(target);
    if (target.name?.endsWith("-item_number")) item(target);
  });
  form.querySelectorAll('[name$="-meeting_date"]').forEach((input) => { if (input.value) meeting(input); });
})();
