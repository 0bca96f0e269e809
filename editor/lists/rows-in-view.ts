/** Put on an element of each row, so that what is on the screen can be told. */
export const rowMark = (id: string): { 'data-row': string } => ({ 'data-row': id });

/** The ids of the marked rows that are on the screen just now. */
export function rowsInView(): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const element of document.querySelectorAll<HTMLElement>('[data-row]')) {
    const { top, bottom } = element.getBoundingClientRect();
    // Tables and cards may both be there, one of them not shown.
    const isInView = bottom > 0 && top < window.innerHeight && element.checkVisibility();
    if (isInView) ids.add(element.dataset['row'] ?? '');
  }
  return ids;
}
