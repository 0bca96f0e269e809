import { executions } from '../executions.ts';
import { answers } from './answers.ts';
import { approvals } from './approvals.ts';
import { declarations } from './declarations.ts';
import { dingtalk } from './dingtalk.ts';
import { fields } from './fields.ts';
import { runs } from './runs.ts';
import { scripts } from './scripts.ts';
import { translatorOf } from './translate.ts';
import type { Sentences } from './translate.ts';

/** Every sentence of the hub's that people may come to see in the editor, in English and in Chinese. */
export const SENTENCES: Sentences = {
  ...fields,
  ...answers,
  ...approvals,
  ...scripts,
  ...runs,
  ...dingtalk,
  ...declarations,
};

const inChinese = translatorOf(SENTENCES, executions.zh.stages);

/** What the hub said, in the language of the page; the words of people and of providers in it stay as they are. */
export const hubWords = (language: string, text: string): string =>
  language === 'zh' ? inChinese(text) : text;
