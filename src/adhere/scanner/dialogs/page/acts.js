// The questions that are asked of a frame; each answers in plain data.
const brief = (found) => ({ roles: found.found.map((each) => each.role), score: found.score, text: found.text });

const asks = {
  // Whether a consent dialog is in front, and how sure that is.
  found: () => {
    const best = dialog();
    return best ? { ...brief(best), switches: switches(best.element).map(told) } : null;
  },
  product: () => product(),
  whole: () => {
    const best = dialog();
    if (!best) return { product: product() };
    const modal = lineage(best.element).find((each) => each.matches(ASKING)) ?? all(ASKING, best.element)[0];
    const covers = cover(best.element);
    return {
      product: product(), score: best.score, text: best.text.trim().slice(0, 6000), language: language(best.element).slice(0, 12),
      shadow: best.element.getRootNode() !== document || !!shadowOf(best.element),
      buttons: best.found.filter((each) => each.role !== "link").map(drawn),
      links: [...new Set(best.found.map((each) => each.away).filter(Boolean))],
      toggles: switches(best.element).map(told),
      covers, blocks: covers > 0.9 || locked() || !!modal?.matches(":modal"), price: priced(best.text),
      faults: faults(best.element, best.found, modal),
    };
  },
  // Brings the best button of a role into view, and says where to press.
  button: () => {
    const best = dialog();
    const ready = (best?.found ?? [])
      .filter((each) => given.roles.includes(each.role) && each.weight >= (given.weight ?? 1))
      .sort((a, b) => given.roles.indexOf(a.role) - given.roles.indexOf(b.role) || b.weight - a.weight);
    return place(ready.map((each) => each.element), ready.map((each) => each.label));
  },
  selected: () => place(trees().flatMap((root) => [...root.querySelectorAll(given.selector)]).filter((each) => seen(each)), []),
  toggle: () => {
    const best = dialog();
    const one = best && switches(best.element)[given.index];
    return one ? place([one.other ? (given.goal ? one.element : one.other) : handle(one.element)], [one.name]) : null;
  },
  toggled: () => {
    const best = dialog();
    const one = best && switches(best.element)[given.index];
    return !one ? null : one.other ? one.settled : one.on;
  },
  // What lets a visitor come back to the dialog: by its words, or by what it is called.
  control: () => {
    const marked = (each) => [each.id, each.className, each.getAttribute("aria-label")].join(" ");
    const ready = pressable(document)
      .map(described)
      .filter(
        (each) => {
          const back = weight(plain(each.label), given.words.withdraw) > (each.away ? 2 : 0);
          return !switchable(each.element) && (each.away ? back : back || /(revoke|revisit|reopen|withdraw|cookie-?(settings|preferences))/i.test(marked(each.element)));
        },
      )
      .map((each) => ({ ...each, sure: weight(plain(each.label), given.words.withdraw) }))
      .sort((a, b) => b.sure - a.sure || b.label.length - a.label.length);
    return place(ready.map((each) => each.element), ready.map((each) => each.label));
  },
};

const place = (elements, labels) => {
  for (const [index, element] of elements.entries()) {
    if (!(within(element.getBoundingClientRect()) && reachable(element)))
      element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    if (!reachable(element)) continue;
    const [x, y] = middle(element);
    return { x, y, label: labels[index] ?? labelled(element) };
  }
  return null;
};

return asks[given.ask]();
