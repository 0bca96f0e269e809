const SCHEME = 'data-mantine-color-scheme';

/** Has pages printed in the light theme: browsers leave a dark one's background away, and its pale text would stand on white paper. */
export function printLight(): void {
  const { documentElement } = document;
  let shown: string | null = null;
  window.addEventListener('beforeprint', () => {
    shown = documentElement.getAttribute(SCHEME);
    documentElement.setAttribute(SCHEME, 'light');
  });
  window.addEventListener('afterprint', () => {
    if (shown !== null) documentElement.setAttribute(SCHEME, shown);
  });
}
