/* global document */

/** Makes an element. Texts become text nodes, never markup: form values are somebody else's data. */
export function el(name, attributes, children = []) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** Replaces what is in an element. */
export function put(node, children) {
  node.replaceChildren(...children);
}
