/** A spreadsheet takes what begins so for a formula, and would run what a stranger wrote (OWASP, "CSV Injection"). */
const LIKE_A_FORMULA = /^[=+\-@\t\r]/;

function cellText(value: string): string {
  const safe = LIKE_A_FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * A table as a spreadsheet opens it (RFC 4180).
 * @param columns what each is called, and what a row has in it
 */
export function csvOf<T>(
  rows: readonly T[],
  columns: Readonly<Record<string, (row: T) => string | null | undefined>>,
): string {
  const lines = rows.map((row) => Object.values(columns).map((valueOf) => cellText(valueOf(row) ?? '')));
  // Excel takes a text for UTF-8 by its first character only.
  return `\uFEFF${[Object.keys(columns), ...lines].map((cells) => `${cells.join(',')}\r\n`).join('')}`;
}
