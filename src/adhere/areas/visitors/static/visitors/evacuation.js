"use strict";
// The list refreshes while there is a network; without one it stays, and ticks wait in this browser.
(() => {
  const root = document.getElementById("evacuation");
  if (!root) return;
  const people = document.getElementById("people");
  const network = document.getElementById("network");
  const KEY = "adhere-evacuation-ticks";
  const EVERY = 10_000;
  const waiting = new Map(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
  const store = () => localStorage.setItem(KEY, JSON.stringify([...waiting]));

  const count = () => {
    document.getElementById("counted").textContent = people.querySelectorAll(":checked").length;
    document.getElementById("total").textContent = people.children.length;
    document.getElementById("nobody").hidden = people.children.length > 0;
  };
  const part = (name, text) => {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  };
  const line = (row) => {
    const item = document.createElement("li");
    item.dataset.key = row.key;
    const label = document.createElement("label");
    label.className = "choice rows-text";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = row.present;
    box.disabled = !("runs" in root.dataset);
    const words = document.createElement("span");
    const company = part("span", row.company);
    company.className = "soft";
    words.append(part("strong", row.visitor), " ", company);
    label.append(box, words);
    item.append(label, part("span", row.host), part("span", row.badge), part("span", row.arrived));
    return item;
  };
  const show = (rows) => {
    const focused = document.activeElement?.closest("#people li")?.dataset.key;
    people.replaceChildren(
      ...rows.map((row) =>
        line({ ...row, present: waiting.get(row.key)?.present ?? row.present }),
      ),
    );
    const again = [...people.children].find((item) => item.dataset.key === focused);
    again?.querySelector("input").focus();
    count();
  };
  const tell = (on) => {
    network.textContent = on ? network.dataset.on : network.dataset.off;
    network.classList.toggle("state-unknown", !on);
    if (on) document.getElementById("as-of").textContent = new Date().toLocaleTimeString();
  };

  const refresh = async () => {
    const sent = new Map(waiting);
    try {
      const answer = sent.size
        ? await fetch(root.dataset.ticks, {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-CSRFToken": root.dataset.token },
            body: JSON.stringify({
              ticks: [...sent].map(([visit, tick]) => ({ visit, ...tick })),
            }),
          })
        : await fetch(root.dataset.rows);
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      for (const [visit, tick] of sent) if (waiting.get(visit) === tick) waiting.delete(visit);
      store();
      show((await answer.json()).rows);
      tell(true);
    } catch {
      tell(false);
    }
  };
  const tick = (box, present) => {
    box.checked = present;
    waiting.set(box.closest("li").dataset.key, { present, at: new Date().toISOString() });
    store();
  };

  people.addEventListener("change", (event) => {
    tick(event.target, event.target.checked);
    count();
    refresh();
  });
  document.getElementById("afresh")?.addEventListener("click", () => {
    for (const box of people.querySelectorAll(":checked")) tick(box, false);
    count();
    refresh();
  });
  for (const item of people.children) {
    const known = waiting.get(item.dataset.key);
    if (known) item.querySelector("input").checked = known.present;
  }
  count();
  navigator.serviceWorker?.register(root.dataset.worker);
  addEventListener("online", refresh);
  addEventListener("offline", () => tell(false));
  setInterval(refresh, EVERY);
  refresh();
})();
