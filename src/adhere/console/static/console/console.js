// The little that HTML cannot do: one key for the search, and what follows a swap.
"use strict";

const typing = (target) =>
  target.closest("input, textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
    return;
  }
  const search = document.getElementById("search");
  if (search) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

// An answer that is not a part of this page (signed out, no longer allowed) shows as a page.
document.addEventListener("htmx:responseError", (event) => {
  window.location.assign(event.detail.pathInfo.requestPath);
});

// What lies behind a verdict opens beside the text.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "sheet-body") {
    document.getElementById("sheet").showPopover();
    event.detail.target.scrollTop = 0;
    event.detail.target.focus();
  }
});

// Pages that ask to be printed or copied say so with an attribute.
document.addEventListener("click", (event) => {
  const print = event.target.closest("[data-print]");
  if (print) {
    window.print();
  }
});

// A passkey that was cancelled or refused: the page says so.
document.addEventListener("allauth.error", (event) => {
  const told = document.getElementById("passkey-error");
  if (told) {
    event.preventDefault();
    told.hidden = false;
  }
});
