// What the consent interfaces of this page say. A callback that has not answered yet is asked again.
() => {
  const found = [];
  const attempt = (work) => { try { return work(); } catch { return undefined; } };
  const say = (source, says, answered, raw) => found.push({ source, says, answered, raw: String(raw).slice(0, 2000) });
  const held = (window[Symbol.for("adhere.signals")] ??= {});

  attempt(() => typeof __tcfapi === "function" && __tcfapi("addEventListener", 2, (data, ok) => {
    if (!ok || !data) return;
    held.tcf = data;
    if (data.listenerId != null) attempt(() => __tcfapi("removeEventListener", 2, () => 0, data.listenerId));
  }));
  attempt(() => typeof __gpp === "function" && (held.gpp = __gpp("ping", (data) => (held.gpp = data)) || held.gpp));

  if (held.tcf) {
    const { purpose = {}, eventStatus, tcString } = held.tcf;
    const says = { ...purpose.consents };
    for (const id in purpose.legitimateInterests) says[`li:${id}`] = !!purpose.legitimateInterests[id];
    say("tcf", says, eventStatus === "useractioncomplete" || (eventStatus === "tcloaded" && !!tcString), `${eventStatus} ${tcString ?? ""}`);
  }
  if (held.gpp?.gppString !== undefined) {
    const says = {};
    for (const section of Object.values(held.gpp.parsedSections ?? {}))
      for (const [name, value] of Object.entries(Array.isArray(section) ? section[0] ?? {} : section ?? {}))
        if (/OptOut$/.test(name) && value) says[name.replace(/OptOut$/, "")] = value === 2;
    say("gpp", says, held.gpp.signalStatus === "ready" && !!held.gpp.gppString, held.gpp.gppString);
  }

  const mode = {};
  let updated = false;
  for (const entry of Array.isArray(window.dataLayer) ? window.dataLayer : []) {
    if (entry?.[0] !== "consent" || typeof entry[2] !== "object") continue;
    updated ||= entry[1] === "update";
    for (const [name, value] of Object.entries(entry[2])) if (/^(granted|denied)$/.test(value)) mode[name] = value === "granted";
  }
  const entries = attempt(() => window.google_tag_data.ics.entries) ?? {};
  for (const [name, entry] of Object.entries(entries)) {
    const now = entry.update ?? entry.default ?? entry.implicit;
    if (entry.update !== undefined) updated = true;
    if (typeof now === "boolean" && !(name in mode)) mode[name] = now;
  }
  if (Object.keys(mode).length) say("google-consent-mode", mode, updated, JSON.stringify(mode));

  const product = (name, work) => attempt(() => {
    const got = work();
    if (got) say("product", got.says, got.answered, `${name} interface: ${JSON.stringify(got.says)}`);
  });
  const split = (yes, no) => Object.fromEntries([...no.map((one) => [one, false]), ...yes.map((one) => [one, true])]);
  product("Adhere", () => window.adhere?.choices && { says: adhere.choices(), answered: /(^|; )adhere_consent=/.test(document.cookie) });
  product("vanilla-cookieconsent", () => {
    const said = CookieConsent.getUserPreferences();
    return { says: split(said.acceptedCategories, said.rejectedCategories), answered: CookieConsent.validConsent() };
  });
  for (const each of ["klaro", "orejime"])
    product(each, () => {
      const manager = window[each].getManager?.() ?? window[each].manager ?? window[each].internals?.manager;
      return manager && { says: { ...(manager.consents ?? manager.getAllConsents?.()) }, answered: manager.confirmed ?? !manager.isDirty?.() };
    });
  product("tarteaucitron", () => {
    const states = { ...tarteaucitron.state };
    return Object.keys(states).length && { says: states, answered: !/=wait/.test(tarteaucitron.cookie.read()) && tarteaucitron.cookie.read() !== "" };
  });
  product("Cookiebot", () => ({
    says: Object.fromEntries(["preferences", "statistics", "marketing"].map((one) => [one, !!Cookiebot.consent[one]])), answered: !!Cookiebot.hasResponse,
  }));
  product("OneTrust", () => ({
    says: split(OnetrustActiveGroups.split(",").filter(Boolean), []), answered: /OptanonAlertBoxClosed=/.test(document.cookie),
  }));
  product("Didomi", () => {
    const { purposes } = Didomi.getUserStatus();
    return { says: split(purposes.consent.enabled, purposes.consent.disabled), answered: !Didomi.shouldConsentBeCollected() };
  });
  product("Usercentrics", () => ({
    says: Object.fromEntries(UC_UI.getServicesBaseInfo().filter((one) => !one.isEssential).map((one) => [one.name, one.consent.status])),
    answered: !UC_UI.isConsentRequired?.(),
  }));
  product("CookieYes", () => {
    const said = getCkyConsent();
    return { says: said.categories, answered: said.isUserActionCompleted };
  });
  product("Cookie Script", () => {
    const said = CookieScript.instance.currentState();
    return { says: split(said.categories, []), answered: !!said.action };
  });
  product("Silktide", () => {
    const says = silktideConsentManager.getInstance().getAcceptedConsents?.();
    return says && { says, answered: true };
  });
  return found;
}
