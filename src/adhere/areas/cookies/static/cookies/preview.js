"use strict";
// Shows the banner in the frame with the settings as they stand in the form.
(() => {
  const frame = document.getElementById("preview-frame");
  const form = document.getElementById("site-settings");
  const language = document.getElementById("preview-language");
  if (!frame || !language) return;
  let waiting = 0;
  const show = () => {
    const given = form ? new URLSearchParams(new FormData(form)) : new URLSearchParams();
    given.delete("csrfmiddlewaretoken");
    given.set("l", language.value);
    frame.src = `${frame.dataset.preview}?${given}`;
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 400);
  };
  language.addEventListener("change", show);
  if (form) {
    form.addEventListener("input", later);
    form.addEventListener("change", later);
  }
})();
