import { createHash } from 'node:crypto';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML, between tags or in a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

const STYLE = `
:root { color-scheme: light dark; --accent: light-dark(#1456c4, #8ab4ff); --line: light-dark(#c8ccd4, #474c57); --alert: light-dark(#b3261e, #ffb4ab); }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f5f6f8, #15171b); color: light-dark(#1b1e24, #e6e8ec); }
main { box-sizing: border-box; width: min(24rem, 100%); padding: 2rem; }
h1 { font-size: 1.25rem; margin: 0 0 1rem; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input, button, .button { box-sizing: border-box; width: 100%; padding: .6rem .75rem; font: inherit; border-radius: .5rem; border: 1px solid var(--line); background: light-dark(#fff, #1e2127); color: inherit; }
button, .button { display: block; margin-top: 1.5rem; text-align: center; text-decoration: none; cursor: pointer; font-weight: 600; }
button { background: light-dark(#1456c4, #8ab4ff); border-color: transparent; color: light-dark(#fff, #0b1a33); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
.hint { font-size: .875rem; opacity: .8; }
.or { text-align: center; margin: 1rem 0 -.5rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: .8125rem/1.5 ui-monospace, monospace; }
[role=alert] { border-left: 4px solid var(--alert); padding: .25rem .75rem; }
`;

/** The one style sheet, by its hash: nothing else may style or script a page. */
export const PAGE_DIRECTIVES = {
  'style-src': [`'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`],
  'form-action': ["'self'"],
} as const;

/** One of the pages that need no script: sign-in, and what stands in for the editor. */
export interface PlainPage {
  /** For the `lang` attribute. */
  readonly lang: string;
  readonly title: string;
  /** HTML: whoever makes it escapes what is not theirs. */
  readonly content: string;
  /** The browser asks for the page again after so long. */
  readonly reloadSeconds?: number;
}

/** A whole page. */
export const page = ({ lang, title, content, reloadSeconds }: PlainPage): string => `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${reloadSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${reloadSeconds}">\n`}<title>${escapeHtml(title)} · Countersign</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Countersign</h1>
${content}
</main>
</body>
</html>
`;
