// The names of purposes that nobody can switch off: by the tools' settings, and by boxes that are fixed.
() => {
  const found = new Set();
  const attempt = (work) => { try { work(); } catch { /* this tool is not here */ } };
  const walk = (each) => {
    if (each.required || each.isMandatory || each.readOnly) found.add(each.name ?? each.id);
    (each.purposes ?? []).forEach(walk);
  };
  attempt(() => klaro.getManager().config.services.forEach(walk));
  attempt(() => orejimeConfig.purposes.forEach(walk));
  attempt(() => Object.entries(CookieConsent.getConfig("categories")).forEach(([name, each]) => each.readOnly && found.add(name)));
  for (const root of [document, ...[...document.querySelectorAll("*")].map((each) => each.shadowRoot).filter(Boolean)])
    for (const box of root.querySelectorAll("input[type=checkbox]:disabled:checked,[role=switch][aria-disabled=true][aria-checked=true]"))
      for (const name of [box.name, box.id, box.value, box.dataset.category]) if (name && name !== "on") found.add(name);
  return [...found].filter((name) => typeof name === "string");
}
