import type { Language } from '../../http/language.ts';
import type { OidcTrouble } from '../oidc.ts';

/** What may have gone wrong, by what to do about it. */
export type Trouble =
  | OidcTrouble
  | 'wrongPassword'
  | 'tooMany'
  | 'disabled'
  | 'linkSpent'
  | 'passwordLength'
  | 'foreign'
  | 'badForm';

interface Words {
  /** For the `lang` attribute. */
  readonly lang: string;
  readonly signIn: string;
  readonly name: string;
  readonly password: string;
  readonly companyAccount: string;
  readonly or: string;
  readonly linkTitle: string;
  readonly linkText: string;
  readonly newPassword: string;
  readonly newPasswordHint: string;
  readonly back: string;
  readonly noLinkHint: string;
  readonly trouble: Readonly<Record<Trouble, string>>;
}

export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    lang: 'en',
    signIn: 'Sign in',
    name: 'Name',
    password: 'Password',
    companyAccount: 'Sign in with the company account',
    or: 'or',
    linkTitle: 'Your sign-in link',
    linkText:
      'This link works once. You can choose a password now, so that you can sign in without a link later.',
    newPassword: 'New password (optional)',
    newPasswordHint: '10 to 200 characters. Leave it empty to keep what there is.',
    back: 'To the sign-in page',
    noLinkHint: 'No password yet? An admin can give you a sign-in link.',
    trouble: {
      wrongPassword: 'The name or the password is wrong.',
      tooMany: 'Too many wrong passwords. Wait a quarter of an hour, or ask an admin for a sign-in link.',
      disabled: 'This account may not sign in now. Ask an admin.',
      linkSpent:
        'This link was used already, was replaced by a newer one, or is older than 24 hours. Ask an admin for a new one.',
      passwordLength: 'The new password must be 10 to 200 characters long. The link still works: try again.',
      foreign:
        'This form was sent from another site. Open the sign-in page yourself. If this is its right address, an admin should set PUBLIC_URL to it.',
      badForm: 'The form did not arrive whole. Try again.',
      unreachable:
        'The company’s sign-in service does not answer. Try again in a minute; if it stays so, an admin should check OIDC_ISSUER and the log.',
      denied:
        'The company’s sign-in service did not let you in, or you cancelled. Try again if you want to sign in.',
      stale: 'This sign-in took too long, or was started in another tab. Start it again.',
      refused:
        'The company’s sign-in service refused the sign-in. An admin should check OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and the redirect URI; the log says more.',
    },
  },
  zh: {
    lang: 'zh-CN',
    signIn: '登录',
    name: '用户名',
    password: '密码',
    companyAccount: '使用企业账号登录',
    or: '或',
    linkTitle: '您的登录链接',
    linkText: '此链接只能使用一次。您可以现在设置密码，以后无需链接即可登录。',
    newPassword: '新密码（可选）',
    newPasswordHint: '10 至 200 个字符。留空则不更改。',
    back: '前往登录页面',
    noLinkHint: '还没有密码？管理员可以给您一个登录链接。',
    trouble: {
      wrongPassword: '用户名或密码错误。',
      tooMany: '密码错误次数过多。请等待一刻钟，或向管理员索取登录链接。',
      disabled: '此账号当前无法登录。请联系管理员。',
      linkSpent: '此链接已被使用、已被新链接取代，或已超过 24 小时。请向管理员索取新链接。',
      passwordLength: '新密码须为 10 至 200 个字符。链接仍然有效，请重试。',
      foreign: '此表单来自其他网站。请自行打开登录页面。如果当前地址正确，请管理员将 PUBLIC_URL 设为该地址。',
      badForm: '表单未完整送达。请重试。',
      unreachable: '企业登录服务没有响应。请稍后重试；若问题持续，请管理员检查 OIDC_ISSUER 和日志。',
      denied: '企业登录服务未允许您登录，或您已取消。如需登录，请重试。',
      stale: '此次登录耗时过长，或已在其他标签页中开始。请重新登录。',
      refused:
        '企业登录服务拒绝了此次登录。请管理员检查 OIDC_CLIENT_ID、OIDC_CLIENT_SECRET 和回调地址；详情见日志。',
    },
  },
};
