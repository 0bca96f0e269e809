/* global document */

/** Makes an element. Texts become text nodes, never markup: form values are somebody else's data. */
export function el(name, attributes, children = []) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** Replaces what is in an element; the keyboard stays at the part of the same name (`data-part`). */
export function put(node, children) {
  const focused = node.contains(document.activeElement) ? document.activeElement.dataset.part : undefined;
  node.replaceChildren(...children);
  if (focused !== undefined) node.querySelector(`[data-part="${focused}"]`)?.focus();
}
