import 'i18next';
import type { Texts } from './index.ts';

// Makes `t` know its keys. Apart from the texts, which tests read without i18next.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'parts';
    resources: Texts;
  }
}
