import type { ChannelVerdict } from '../../server/contract/channel.ts';

type Step = ChannelVerdict['steps'][number];

const PERMISSION = 'permission ';

/** Which words name a step of `verify`; a step that is not known here goes by its own name. */
export type StepName =
  | { readonly words: 'configuration' | 'token' | 'permissions' | 'originator' | 'clock' | 'callback' }
  | { readonly words: 'permission'; readonly id: string }
  | { readonly words: undefined; readonly name: string };

/** What a step of `verify` is about. @param name as the hub calls it */
export function stepName(name: string): StepName {
  if (name.startsWith(PERMISSION)) return { words: 'permission', id: name.slice(PERMISSION.length) };
  if (name === 'callback URL') return { words: 'callback' };
  if (name === 'default originator') return { words: 'originator' };
  if (name === 'configuration' || name === 'token' || name === 'permissions' || name === 'clock')
    return { words: name };
  return { words: undefined, name };
}

/** The steps that every verification has: shown as waiting until the answer comes. */
export const EXPECTED: readonly string[] = ['configuration', 'token', 'permissions', 'callback URL'];

/** How many steps are to be mended. */
export const wrongOf = ({ steps }: { readonly steps: readonly Step[] }): number =>
  steps.filter(({ ok }) => !ok).length;
