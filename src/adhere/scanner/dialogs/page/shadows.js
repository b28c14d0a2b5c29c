// Before any script of the page: keeps closed shadow roots within reach, and changes nothing else.
(() => {
  const kept = new WeakMap();
  Object.defineProperty(window, Symbol.for("adhere.shadows"), { value: kept });
  Element.prototype.attachShadow = new Proxy(Element.prototype.attachShadow, {
    apply(target, host, given) {
      const root = Reflect.apply(target, host, given);
      kept.set(host, root);
      return root;
    },
  });
})();
