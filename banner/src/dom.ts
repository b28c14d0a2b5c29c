/** Elements without markup: nothing here needs a trusted type or an inline style. */
type Child = Node | string | false | 0 | null | undefined;

export const h = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties?: Record<string, unknown> | 0,
  ...children: Child[]
): HTMLElementTagNameMap[K] => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child): child is Node | string => !!child));
  return made;
};
