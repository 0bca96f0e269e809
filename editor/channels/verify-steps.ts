import type { ChannelVerdict, ShownChannel } from '../../server/contract/channel.ts';

type Step = ChannelVerdict['steps'][number];

const PERMISSION = 'permission ';

/** Which words name a step of `verify`; a step that is not known here goes by its own name. */
export type StepName =
  | {
      readonly words:
        'configuration' | 'token' | 'permissions' | 'originator' | 'clock' | 'callback' | 'connection';
    }
  | { readonly words: 'permission'; readonly id: string }
  | { readonly words: undefined; readonly name: string };

/** What a step of `verify` is about. @param name as the hub calls it */
export function stepName(name: string): StepName {
  if (name.startsWith(PERMISSION)) return { words: 'permission', id: name.slice(PERMISSION.length) };
  if (name === 'callback URL') return { words: 'callback' };
  if (name === 'default originator') return { words: 'originator' };
  if (name === 'configuration' || name === 'token' || name === 'permissions' || name === 'clock')
    return { words: name };
  if (name === 'connection') return { words: name };
  return { words: undefined, name };
}

/** The steps that every verification of such a channel has: shown as waiting until the answer comes. */
export const expectedSteps = ({ callbackType }: Pick<ShownChannel, 'callbackType'>): readonly string[] => [
  ...['configuration', 'token', 'permissions'],
  callbackType === 'persistent' ? 'connection' : 'callback URL',
];

/** How many steps are to be mended. */
export const wrongOf = ({ steps }: { readonly steps: readonly Step[] }): number =>
  steps.filter(({ ok }) => !ok).length;
