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

/**
 * Says in Chinese what the hub said; the words of people and of providers in it stay as they are.
 * @param stages the Chinese names of stages, by the script's own word
 */
export const inChinese = (stages: Readonly<Record<string, string>>): ((text: string) => string) =>
  translatorOf(SENTENCES, stages);
