import type { App } from './apps.ts';
import type { Clock } from './clock.ts';
import { REVOKE_LOCK_MS, type FaultSet } from './faults.ts';
import { createWays } from './events/deliver.ts';
import { createPushes, type Pushes } from './events/pushes.ts';
import { contactEvent, eventOf } from './events/payload.ts';
import { draftInstance } from './instances/draft.ts';
import type { Instance } from './instances/instance.ts';
import { open, type NextTaskId, type Step } from './instances/steps.ts';
import { createPeople, type People, type User } from './people.ts';
import { createStreams, type Streams } from './stream/streams.ts';
import { START_APPS, START_TEMPLATES, START_USERS } from './start-state.ts';
import type { Template } from './templates.ts';
import { createTokens, type Tokens } from './tokens.ts';

/** corpId of the one company the simulator knows: `ding` and hex, as real ones look. */
export const CORP_ID = 'ding5d1a7c0de0a11ce50';

/** Everything the simulated DingTalk remembers, in memory, by noun; and the two ways it changes: opening and stepping. */
export interface Company {
  readonly clock: Clock;
  readonly publicUrl: string | null;
  /** Takes one line for what a person at a terminal would want to know; nothing secret. */
  readonly log: (line: string) => void;
  readonly apps: Map<string, App>;
  readonly tokens: Tokens;
  readonly people: People;
  readonly templates: Map<string, Template>;
  readonly instances: Map<string, Instance>;
  readonly streams: Streams;
  readonly pushes: Pushes;
  readonly nextTaskId: NextTaskId;
  faults: FaultSet;
  /** Opens an instance from a create request's body; its events follow. Throws ApiRefusal. */
  open(body: Readonly<Record<string, unknown>>): Instance;
  /** Makes a step of the state machine real: stores the next instance and lets its events follow. */
  take(step: Step): Instance;
  /** Adds an employee, or changes the one of that userId; apps hear of it. */
  employ(user: User): void;
  /** The instance a task belongs to. */
  ofTask(taskId: number): Instance | undefined;
  /** How long after its creation an instance cannot be revoked, milliseconds. */
  revokeLockMs(): number;
  /** Whether this create's answer is to be lost; each yes uses one up. */
  losesCreateResponse(): boolean;
  /** Back to the start state. */
  reset(): void;
}

const FIRST_TASK_ID = 100_468_167_000;

/** A company in the start state (docs/simulator.md). `log` takes one line a registered app, a check of its URL, a failed push. */
export function createCompany(clock: Clock, publicUrl: string | null, log: (line: string) => void): Company {
  let lastTaskId = FIRST_TASK_ID;
  const taskOwners = new Map<number, string>();
  const apps = new Map<string, App>();
  const faults = (): FaultSet => company.faults;
  const streams = createStreams({ clock, faults, log });

  const company: Company = {
    clock,
    publicUrl,
    log,
    apps,
    tokens: createTokens(clock),
    people: createPeople(),
    templates: new Map(),
    instances: new Map(),
    faults: {},
    nextTaskId: () => (lastTaskId += 1),
    streams,
    pushes: createPushes({
      ...{ clock, faults, log },
      apps: () => apps.values(),
      ways: createWays({ clock, streams, app: (appKey) => apps.get(appKey) }),
    }),

    open: (body) => company.take(open(draftInstance(body, company, clock.now()), company.nextTaskId)),

    take({ instance, happenings }) {
      company.instances.set(instance.instanceId, instance);
      for (const task of instance.tasks) taskOwners.set(task.taskId, instance.instanceId);
      const at = clock.now();
      const events = happenings.map((happening) => eventOf(instance, happening, CORP_ID, at));
      company.pushes.announce(instance.instanceId, events);
      return instance;
    },

    employ(user) {
      const event = contactEvent(user, company.people.byId(user.userId), CORP_ID, clock.now());
      company.people.add(user);
      company.pushes.announce(user.userId, [event]);
    },

    ofTask: (taskId) => company.instances.get(taskOwners.get(taskId) ?? ''),

    revokeLockMs: () => company.faults.revokeLockMs ?? REVOKE_LOCK_MS,

    losesCreateResponse() {
      const left = company.faults.dropCreateResponses ?? 0;
      if (left > 0) company.faults = { ...company.faults, dropCreateResponses: left - 1 };
      return left > 0;
    },

    reset() {
      company.pushes.clear();
      streams.clear();
      company.tokens.clear();
      company.people.clear();
      for (const store of [company.apps, company.templates, company.instances, taskOwners]) store.clear();
      company.faults = {};
      const at = clock.now();
      for (const app of START_APPS) company.apps.set(app.appKey, app);
      for (const user of START_USERS) company.people.add(user);
      for (const template of START_TEMPLATES)
        company.templates.set(template.processCode, { ...template, createdAt: at, modifiedAt: at });
    },
  };
  company.reset();
  return company;
}
