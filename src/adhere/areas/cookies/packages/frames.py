"""Wrappers for React and Vue: they load the banner once and follow the answer."""

from __future__ import annotations

from adhere.areas.cookies.packages.snippets import banner_address, literal

_LOAD = """\
// Better still: put the script tag into the HTML itself, then nothing has to start before it.
const BANNER = {address};

function load() {{
  if (document.querySelector(`script[src="${{BANNER}}"]`)) return;
  const script = document.createElement("script");
  document.head.append(Object.assign(script, {{ src: BANNER, async: true }}));
}}

/** Whether a purpose was consented to; nothing is before the banner has started. */
const given = (purpose) => (window.adhere ? window.adhere.choices()[purpose] === true : false);
"""
_REACT = """\
// <ConsentBanner /> once, near the root. const yes = useConsent("analytics"); in any component.
import { useEffect, useState } from "react";

%s
export function ConsentBanner() {
  useEffect(load, []);
  return null;
}

export function useConsent(purpose) {
  const [yes, set] = useState(false);
  useEffect(() => {
    const look = () => set(given(purpose));
    look();
    document.addEventListener("adhere:change", look);
    window.addEventListener("load", look);
    return () => {
      document.removeEventListener("adhere:change", look);
      window.removeEventListener("load", look);
    };
  }, [purpose]);
  return yes;
}

/** Opens the choice again: <button onClick={askAgain}>Cookies</button> */
export const askAgain = () => window.adhere && window.adhere.show();
"""
_VUE = """\
// app.use(consent) once. const yes = useConsent("analytics"); in any component's setup.
import { onMounted, onUnmounted, ref } from "vue";

%s
export const consent = { install: load };

export function useConsent(purpose) {
  const yes = ref(false);
  const look = () => {
    yes.value = given(purpose);
  };
  onMounted(() => {
    look();
    document.addEventListener("adhere:change", look);
    window.addEventListener("load", look);
  });
  onUnmounted(() => {
    document.removeEventListener("adhere:change", look);
    window.removeEventListener("load", look);
  });
  return yes;
}

/** Opens the choice again: <button @click="askAgain">Cookies</button> */
export const askAgain = () => window.adhere && window.adhere.show();
"""


def react(edge: str, slug: str) -> str:
    """``adhere.jsx`` for React 16.8 and newer."""
    return _REACT % _LOAD.format(address=literal(banner_address(edge, slug)))


def vue(edge: str, slug: str) -> str:
    """``adhere.js`` for Vue 3."""
    return _VUE % _LOAD.format(address=literal(banner_address(edge, slug)))
