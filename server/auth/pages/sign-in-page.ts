import type { Language } from '../../http/language.ts';
import { escapeHtml, page } from '../../http/page.ts';
import { withNext } from './next.ts';
import { WORDS } from './words.ts';
import type { Trouble } from './words.ts';

const alert = (language: Language, trouble: Trouble | undefined): string =>
  trouble === undefined ? '' : `<p role="alert">${escapeHtml(WORDS[language].trouble[trouble])}</p>`;

/**
 * Name and password, and the company account where there is one.
 * @param shown.name what was typed before, to be corrected
 * @param shown.next where to go afterwards
 */
export function signInPage(
  language: Language,
  shown: { hasOidc: boolean; next: string; trouble?: Trouble | undefined; name?: string | undefined },
): string {
  const words = WORDS[language];
  const company = `<p class="or">${words.or}</p>
<a class="button" href="${escapeHtml(withNext('/sign-in/oidc', shown.next))}">${words.companyAccount}</a>`;
  return page({
    lang: words.lang,
    title: words.signIn,
    content: `${alert(language, shown.trouble)}
<form method="post" action="${escapeHtml(withNext('/sign-in', shown.next))}">
<label for="name">${words.name}</label>
<input id="name" name="name" value="${escapeHtml(shown.name ?? '')}" required maxlength="200" autocomplete="username" autofocus>
<label for="password">${words.password}</label>
<input id="password" name="password" type="password" required maxlength="1000" autocomplete="current-password">
<button>${words.signIn}</button>
</form>
${shown.hasOidc ? company : ''}
<p class="hint">${words.noLinkHint}</p>`,
  });
}

/** What a one-time link opens. It is used up by the button alone: mail programs and chat apps open links by themselves. */
export function linkPage(language: Language, shown: { name: string; trouble?: Trouble | undefined }): string {
  const words = WORDS[language];
  return page({
    lang: words.lang,
    title: words.linkTitle,
    content: `${alert(language, shown.trouble)}
<p>${words.linkText}</p>
<form method="post">
<label for="name">${words.name}</label>
<input id="name" value="${escapeHtml(shown.name)}" autocomplete="username" readonly>
<label for="password">${words.newPassword}</label>
<input id="password" name="password" type="password" minlength="10" maxlength="200" autocomplete="new-password" aria-describedby="hint">
<p class="hint" id="hint">${words.newPasswordHint}</p>
<button>${words.signIn}</button>
</form>`,
  });
}

/** Something went wrong on the way, and this is what to do. */
export function troublePage(language: Language, trouble: Trouble): string {
  const words = WORDS[language];
  return page({
    lang: words.lang,
    title: words.signIn,
    content: `${alert(language, trouble)}
<a class="button" href="/sign-in">${words.back}</a>`,
  });
}
