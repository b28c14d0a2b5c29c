// Ticks of a round: shown at once, kept on this device, sent when there is a network.
"use strict";

(() => {
  const walk = document.getElementById("walk");
  const status = document.getElementById("saving");
  const AGAIN = 5000;
  let keeps = true;
  let waiting = load();
  let sending = false;

  function load() {
    try {
      return JSON.parse(localStorage.getItem(walk.dataset.key)) || {};
    } catch {
      keeps = false;
      return {};
    }
  }

  function store() {
    try {
      if (Object.keys(waiting).length) {
        localStorage.setItem(walk.dataset.key, JSON.stringify(waiting));
      } else {
        localStorage.removeItem(walk.dataset.key);
      }
    } catch {
      keeps = false;
    }
  }

  function tell(text) {
    const number = Object.keys(waiting).length;
    const lost = number && !keeps ? ` ${walk.dataset.lost}` : "";
    status.textContent = text || (number ? `${walk.dataset.waiting} ${number}.${lost}` : walk.dataset.saved);
    status.toggleAttribute("data-waiting", number > 0 || Boolean(text));
    for (const button of document.querySelectorAll("[data-finish] button")) {
      button.disabled = number > 0;
    }
  }

  const button = (form, act) => form.querySelector(`[name=act][value="${act}"]`);
  const isPressed = (form, act) => button(form, act)?.getAttribute("aria-pressed") === "true";
  const press = (form, act, on) => button(form, act)?.setAttribute("aria-pressed", String(on));

  function read(form) {
    return {
      found: ["papers", "keys"].filter((each) => isPressed(form, each)),
      screen: ["none", "yes", "no"].find((each) => isPressed(form, `screen-${each}`)) || "none",
      note: form.elements.note?.value || "",
    };
  }

  function show(form, said) {
    const seen = said !== null;
    press(form, "clear", seen && said.found.length === 0);
    for (const each of ["papers", "keys"]) {
      press(form, each, seen && said.found.includes(each));
    }
    for (const each of ["none", "yes", "no"]) {
      press(form, `screen-${each}`, seen && said.screen === each);
    }
    if (seen && form.elements.note && !form.elements.note.value) {
      form.elements.note.value = said.note;
    }
    form.closest("li").dataset.seen = String(seen);
    button(form, "back").hidden = !seen;
    const count = document.querySelector("[data-count]");
    if (count) {
      count.textContent = document.querySelectorAll('.desk[data-seen="true"]').length;
    }
  }

  function after(form, act) {
    const said = read(form);
    if (act === "clear") {
      said.found = [];
    } else if (act === "papers" || act === "keys") {
      const on = said.found.includes(act);
      said.found = on ? said.found.filter((each) => each !== act) : [...said.found, act];
    } else if (act.startsWith("screen-")) {
      said.screen = act.slice("screen-".length);
    }
    return said;
  }

  function fail(form, text) {
    const told = form.querySelector(".field-error");
    told.textContent = text;
    told.hidden = !text;
  }

  function formOf(place) {
    return [...walk.querySelectorAll(".desk form")].find((form) => form.elements.place.value === place);
  }

  function keep(form, said) {
    const place = form.elements.place.value;
    waiting[place] = said ? { ...said, act: "set" } : { act: "back" };
    waiting[place].at = new Date().toISOString();
    store();
    show(form, said);
    fail(form, "");
    send();
  }

  async function send() {
    if (sending) {
      return;
    }
    sending = true;
    tell();
    let trouble = "";
    for (const [place, said] of Object.entries(waiting)) {
      const answer = await post(place, said);
      if (answer === null || answer.type === "opaqueredirect" || answer.status === 401) {
        trouble = answer === null ? "" : walk.dataset.signedOut;
        break;
      }
      if (answer.status >= 500) {
        break;
      }
      await settle(place, said, answer);
    }
    sending = false;
    const more = Object.keys(waiting).length > 0;
    tell(more ? trouble : "");
    if (more) {
      setTimeout(send, AGAIN);
    }
  }

  async function settle(place, said, answer) {
    if (waiting[place] === said) {
      delete waiting[place];
      store();
    }
    const form = formOf(place);
    if (!answer.ok && form) {
      const told = await answer.json().catch(() => ({}));
      show(form, null);
      fail(form, told.problem || `${answer.status}`);
    }
    tell();
  }

  async function post(place, said, photo) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", walk.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set("place", place);
    for (const [name, value] of Object.entries(said)) {
      for (const each of Array.isArray(value) ? value : [value]) {
        body.append(name, each);
      }
    }
    if (photo) {
      body.set("photo", photo, "photo.jpg");
    }
    const headers = { Accept: "application/json" };
    try {
      return await fetch(walk.dataset.url, { method: "POST", body, headers, redirect: "manual" });
    } catch {
      return null;
    }
  }

  walk.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.closest(".desk")) {
      return;
    }
    event.preventDefault();
    const act = event.submitter?.value || "note";
    keep(form, act === "back" ? null : after(form, act));
  });

  // What photo.js hands over: sent with the whole tick of that desk.
  walk.addEventListener("clean-desk:photo", async (event) => {
    const form = event.target;
    const answer = await post(form.elements.place.value, { ...read(form), act: "set" }, event.detail);
    const told = answer && !answer.ok ? await answer.json().catch(() => ({})) : {};
    fail(form, answer === null ? walk.dataset.waiting : told.problem || "");
  });

  window.addEventListener("online", send);
  for (const [place, said] of Object.entries(waiting)) {
    const form = formOf(place);
    if (form) {
      show(form, said.act === "back" ? null : said);
    }
  }
  if (Object.keys(waiting).length) {
    send();
  }
})();
