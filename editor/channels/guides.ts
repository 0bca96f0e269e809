import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import type { channelGuides } from '../words/channel-guides.ts';

type Guides = (typeof channelGuides)['en'];
/** The providers that have a guide of their own. */
type Guided = Exclude<keyof Guides, 'generic'>;
type StepKey = { [P in keyof Guides]: `${P}.steps.${keyof Guides[P]['steps'] & string}` }[keyof Guides];
type IdKey = { [P in Guided]: `${P}.ids.${keyof Guides[P]['ids'] & string}` }[Guided];

/** Something to apply for or to turn on, as the provider's console lists it, and where its meaning in words is. */
export interface NamedId {
  readonly id: string;
  readonly words: IdKey;
}

/** One step of setting up a channel: what is done at the provider, and the settings here that come out of it. */
export interface GuideStep {
  /** Where its words are, below `guides` of the channels' texts. */
  readonly words: StepKey;
  /** The same where the channel holds a connection itself. */
  readonly heldWords?: StepKey;
  /** What to apply for or to turn on. */
  readonly ids: readonly NamedId[];
  /** The settings that are filled in beside it. */
  readonly fields: readonly string[];
  /** What stands beside it, further than fields. */
  readonly shows?: 'events' | 'definition' | 'permissions';
  /** Which of the provider's links leads there. */
  readonly link?: number;
  /** Beginnings of the names of `verify`'s steps that are about this one. */
  readonly verified: readonly string[];
  /** The catalogue's own account of the steps stands here: there are no words of ours for this provider. */
  readonly listsSteps?: boolean;
}

const GUIDES: { readonly [P in Guided]: readonly GuideStep[] } = {
  dingtalk: [
    { words: 'dingtalk.steps.app', ids: [], fields: ['name'], link: 0, verified: [] },
    {
      words: 'dingtalk.steps.credentials',
      ids: [],
      fields: ['appId', 'appSecret', 'agentId', 'corpId'],
      verified: ['configuration', 'token'],
    },
    {
      words: 'dingtalk.steps.permissions',
      ids: [
        { id: 'Workflow.Instance.Write', words: 'dingtalk.ids.instanceWrite' },
        { id: 'Workflow.Instance.Read', words: 'dingtalk.ids.instanceRead' },
        { id: 'Workflow.Form.Read', words: 'dingtalk.ids.formRead' },
        { id: 'fieldMobile', words: 'dingtalk.ids.mobile' },
        { id: 'qyapi_get_member', words: 'dingtalk.ids.member' },
        { id: 'qyapi_get_member_by_mobile', words: 'dingtalk.ids.memberByMobile' },
      ],
      fields: [],
      shows: 'permissions',
      verified: ['permission'],
    },
    {
      words: 'dingtalk.steps.form',
      ids: [],
      fields: ['defaultOriginator'],
      shows: 'definition',
      link: 1,
      verified: ['default originator'],
    },
    {
      words: 'dingtalk.steps.events',
      ids: [
        { id: 'bpms_task_change', words: 'dingtalk.ids.taskChange' },
        { id: 'bpms_instance_change', words: 'dingtalk.ids.instanceChange' },
      ],
      heldWords: 'dingtalk.steps.eventsHeld',
      fields: ['callbackType', 'aesKey', 'token'],
      shows: 'events',
      verified: ['callback URL', 'connection'],
    },
  ],
};

const isGuided = (name: string): name is Guided => Object.hasOwn(GUIDES, name);

/**
 * The steps of setting up a channel of a provider. A provider without a guide of its own is walked through by what the catalogue
 * says of it, and settings that a guide does not place come last: every setting has its place, once.
 */
export function guideOf(provider: ProviderEntry): readonly GuideStep[] {
  const steps = isGuided(provider.name) ? GUIDES[provider.name] : genericSteps(provider);
  const known = new Set(['name', 'callbackType', ...provider.fields.map(({ key }) => key)]);
  const placed = steps.map((step) => ({ ...step, fields: step.fields.filter((key) => known.delete(key)) }));
  if (known.size === 0) return placed;
  return [...placed, { words: 'generic.steps.more', ids: [], fields: [...known], verified: [] }];
}

function genericSteps({ fields }: ProviderEntry): GuideStep[] {
  const keysWhere = (wanted: boolean): string[] =>
    fields.filter(({ required }) => required === wanted).map(({ key }) => key);
  const later = new Set(fields.filter(({ secret, required }) => secret && !required).map(({ key }) => key));
  return [
    {
      words: 'generic.steps.app',
      ids: [],
      fields: ['name', ...keysWhere(true)],
      link: 0,
      verified: ['configuration', 'token', 'permission'],
      listsSteps: true,
    },
    {
      words: 'generic.steps.form',
      ids: [],
      fields: keysWhere(false).filter((key) => !later.has(key)),
      shows: 'definition',
      verified: ['default originator'],
    },
    {
      words: 'generic.steps.events',
      heldWords: 'generic.steps.eventsHeld',
      ids: [],
      fields: ['callbackType', ...later],
      shows: 'events',
      verified: ['callback URL', 'connection'],
    },
  ];
}

/** The place in a guide of the step that one of `verify`'s steps is about; undefined when none is. */
export function stepOf(steps: readonly GuideStep[], verified: string): number | undefined {
  const found = steps.findIndex((step) => step.verified.some((start) => verified.startsWith(start)));
  return found === -1 ? undefined : found;
}

/**
 * The step as it is for a channel that holds a connection itself: other words, and no keys, for nothing is pushed that they would verify.
 */
export function heldStep(step: GuideStep, { fields }: Pick<ProviderEntry, 'fields'>): GuideStep {
  if (step.shows !== 'events') return step;
  const keys = new Set(fields.filter(({ secret, required }) => secret && !required).map(({ key }) => key));
  const { heldWords: words = step.words } = step;
  return { ...step, words, fields: step.fields.filter((key) => !keys.has(key)) };
}
