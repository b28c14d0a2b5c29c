// The page as a reader finds it: title, links, whether it is only a place to log in.
(() => {
  const links = new Map();
  for (const one of document.querySelectorAll("a[href], area[href]")) {
    if (!/^https?:/.test(one.href) || links.size >= 2000) continue;
    const url = one.href.split("#")[0];
    const words = `${one.textContent} ${one.title} ${one.getAttribute("aria-label") || ""}`;
    links.set(url, `${links.get(url) || ""} ${words}`.replace(/\s+/g, " ").trim().slice(0, 200));
  }
  const shape = new Set();
  for (const one of document.querySelectorAll("body *")) {
    if (shape.size >= 400) break;
    const parent = one.parentElement;
    shape.add(`${parent ? parent.localName : ""}>${one.localName}.${[...one.classList].sort().join(".")}`);
  }
  return {
    title: document.title,
    links: [...links],
    password: !!document.querySelector("input[type=password]"),
    words: (document.body ? document.body.innerText : "").length,
    shape: [...shape].sort().join(" "),
  };
})()
