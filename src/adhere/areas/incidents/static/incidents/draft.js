// Keeps what is typed into a report on this device until it is sent.
"use strict";

const form = document.querySelector("form[data-draft]");
const sent = document.querySelector("[data-draft-sent]");
const LASTS = 7 * 24 * 3600 * 1000;

const keep = (name, value) => {
  try {
    if (value === null) {
      window.localStorage.removeItem(name);
    } else {
      window.localStorage.setItem(name, JSON.stringify({ at: Date.now(), value }));
    }
  } catch {
    // A browser that keeps nothing: the form works all the same.
  }
};

const kept = (name) => {
  try {
    const found = JSON.parse(window.localStorage.getItem(name) ?? "null");
    return found && Date.now() - found.at < LASTS ? found.value : null;
  } catch {
    return null;
  }
};

if (sent) {
  keep(sent.dataset.draftSent, null);
}

if (form) {
  const name = form.dataset.draft;
  const skipped = new Set(["csrfmiddlewaretoken", "once", "photo"]);
  const told = document.getElementById("draft");
  const values = kept(name);
  // After an error the page holds what was sent; that is newer than the draft.
  if (values && form.dataset.fresh === "yes") {
    for (const [field, value] of values) {
      const found = form.elements.namedItem(field);
      if (found instanceof RadioNodeList) {
        found.value = value;
      } else if (found && found.type === "checkbox") {
        found.checked = true;
      } else if (found) {
        found.value = value;
      }
    }
    told.hidden = false;
  }
  form.addEventListener("input", () => {
    const typed = [...new FormData(form)].filter(
      ([field, value]) => !skipped.has(field) && typeof value === "string" && value !== "",
    );
    keep(name, typed);
  });
  document.getElementById("draft-discard").addEventListener("click", () => {
    keep(name, null);
    form.reset();
    told.hidden = true;
  });
}
