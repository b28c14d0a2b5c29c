// What a label means. `given.words` holds, for each role, the phrases of all languages.
const plain = (text) =>
  ` ${text.normalize("NFC").toLowerCase().replace(/[’`´]/g, "'").replace(/[^\p{L}\p{N}'+-]+/gu, " ").trim()} `;

const ORDER = ["refuse", "accept-all", "save", "withdraw", "settings", "accept", "ok", "close"];
const SHORT = 4;

// How sure: 3 the very phrase, 2 begins with it, 1 holds it; 0 not this role.
const weight = (label, phrases, exact) => {
  let best = 0;
  for (const phrase of phrases) {
    if (label === ` ${phrase} `) return 3;
    if (exact || phrase.length < SHORT) continue;
    if (label.startsWith(` ${phrase}`)) best = Math.max(best, 2);
    else if (label.includes(` ${phrase}`)) best = Math.max(best, 1);
  }
  return best;
};

const meaning = (text) => {
  const label = plain(text);
  if (label.trim() === "") return { role: /[×✕✖✗⨯xX]/.test(text) ? "close" : "other", weight: 1 };
  if (label.length > 70) return { role: "other", weight: 0 };
  for (const role of ORDER) {
    const found =
      role === "accept-all"
        ? weight(label, given.words.accept.filter((phrase) => phrase.includes(" ")))
        : weight(label, given.words[role], role === "ok" || role === "withdraw");
    if (!found) continue;
    if (role === "settings" && weight(label, given.words.close)) return { role: "close", weight: found };
    // Whoever accepts what is necessary refuses the rest.
    if (/^accept/.test(role) && weight(label, given.words.necessary)) return { role: "refuse", weight: 2 };
    return role === "accept-all" ? { role: "accept", weight: found === 1 ? 1 : 4 } : { role, weight: found };
  }
  return { role: "other", weight: 0 };
};

const mentions = (text, role) => {
  const lower = text.toLowerCase();
  return given.words[role].some((phrase) => lower.includes(phrase));
};
