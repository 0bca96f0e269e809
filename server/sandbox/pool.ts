import { Attempt, neverRan } from './attempt.ts';
import type { SandboxJob, SandboxOutcome } from './attempt.ts';
import { Counters } from './counters.ts';
import type { ChildEnd, SandboxCounters } from './counters.ts';
import type { EgressSession } from './egress.ts';
import { FairQueue } from './fair-queue.ts';
import { Fleet } from './fleet.ts';
import type { Member } from './fleet.ts';
import type { FromChild, RunEnd } from './protocol.ts';
import { resolveSettings } from './settings.ts';
import type { SandboxSettings } from './settings.ts';

export type { SandboxJob, SandboxOutcome } from './attempt.ts';

export { DEFAULT_SANDBOX } from './settings.ts';
export type { SandboxSettings } from './settings.ts';

/** A run that has lost its process this often through others gets a process of its own. */
const MOST_ATTEMPTS_IN_COMPANY = 2;
/** The share of all slots that runs of one mapping may hold. */
const LARGEST_SHARE = 0.75;

interface Pending {
  readonly job: SandboxJob;
  readonly outcome: Promise<SandboxOutcome>;
  readonly settle: (outcome: SandboxOutcome) => void;
  readonly queuedAt: number;
  /** The egress session of the first attempt. */
  readonly egress: EgressSession;
  attempts: number;
  cancelled: boolean;
  place:
    | { readonly member: Member; readonly id: number; readonly attempt: Attempt; readonly queueMs: number }
    | undefined;
}

/** Runs scripts in supervised child processes, never in this one. */
export class Sandbox {
  private readonly queue: FairQueue<Pending>;
  private readonly capacity: number;
  private readonly fleet: Fleet;
  private readonly counters = new Counters();
  private readonly placed = new Map<number, Pending>();
  private readonly suspects: Pending[] = [];
  /** Suspected runs whose own child is being started. */
  private readonly awaitingChild = new Set<Pending>();
  private aloneNow = 0;
  private nextId = 1;
  private closed = false;

  private constructor(settings: SandboxSettings) {
    this.capacity = settings.queue;
    this.queue = new FairQueue(settings.queue);
    this.fleet = new Fleet(settings, {
      heard: (member, message) => this.heard(member, message),
      died: (member, why, guilty, detail) => this.died(member, why, guilty, detail),
      available: () => this.dispatch(),
    });
  }

  /**
   * Starts the children. Resolves as soon as the first one can run scripts; the others follow.
   * @throws LimitSettingError when a setting is invalid
   * @throws ChildStartError when the first child does not start
   */
  static async start(given: Partial<SandboxSettings> & Pick<SandboxSettings, 'clients'>): Promise<Sandbox> {
    const sandbox = new Sandbox(resolveSettings(given));
    await sandbox.fleet.start();
    return sandbox;
  }

  /**
   * Runs one script. Never rejects: a failure is part of the outcome.
   * @throws what `job.openEgress` throws, before anything runs: the caller must learn of a wrong setting
   */
  run(job: SandboxJob): Promise<SandboxOutcome> {
    const { promise, resolve } = Promise.withResolvers<SandboxOutcome>();
    const refusal = this.refusal(job);
    if (refusal !== undefined) {
      this.settled(resolve, refusal);
      return promise;
    }
    const pending: Pending = {
      job,
      outcome: promise,
      settle: resolve,
      queuedAt: performance.now(),
      egress: job.openEgress(),
      attempts: 0,
      cancelled: false,
      place: undefined,
    };
    this.queue.push(job.key, pending);
    const cancel = (): void => this.cancel(pending);
    job.signal?.addEventListener('abort', cancel, { once: true });
    void promise.then(() => job.signal?.removeEventListener('abort', cancel));
    this.dispatch();
    return promise;
  }

  /** Counters since the start, and the present state. */
  stats(): SandboxCounters {
    return {
      ...this.counters.totals(),
      queued: this.queue.size + this.suspects.length + this.awaitingChild.size,
      running: this.placed.size,
      children: this.fleet.all.map(({ process, runs, total }) => ({
        pid: process.pid ?? 0,
        running: runs.size,
        runs: total,
        residentBytes: process.residentBytes() ?? null,
      })),
    };
  }

  /** Why no child could be started lately, for `/readyz`; undefined when the last start succeeded. */
  get fault(): Error | undefined {
    return this.fleet.fault;
  }

  /** Ends all children. Waiting and running runs end as SANDBOX_BUSY and report what they had sent. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    const waiting = [...this.queue.drain(), ...this.suspects.splice(0), ...this.awaitingChild];
    this.awaitingChild.clear();
    for (const pending of waiting) this.dropped(pending, STOPPED);
    for (const pending of [...this.placed.values()])
      this.finish(pending, Attempt.cutShort('SANDBOX_BUSY', STOPPED));
    this.fleet.close();
  }

  private refusal(job: SandboxJob): SandboxOutcome | undefined {
    const bytes = Buffer.byteLength(job.order.source);
    const most = job.order.limits.sourceBytes;
    if (this.closed) return neverRan('SANDBOX_BUSY', STOPPED, 0);
    if (bytes > most)
      return neverRan(
        'LIMIT_EXCEEDED',
        `The script has ${bytes} bytes; its limit is ${most}: make it shorter.`,
        0,
        'source',
      );
    if (job.signal?.aborted === true) return neverRan('SCRIPT_TIMEOUT', CANCELLED, 0);
    if (this.queue.size < this.capacity) return undefined;
    return neverRan('SANDBOX_BUSY', `${this.capacity} runs are waiting already; try again in a moment.`, 0);
  }

  private settled(settle: (outcome: SandboxOutcome) => void, outcome: SandboxOutcome): void {
    this.counters.ended(outcome.failure?.code, outcome.queueMs, outcome.durationMs);
    settle(outcome);
  }

  /** Ends a run that was waiting and will not run. */
  private dropped(pending: Pending, message: string): void {
    const code = pending.cancelled ? 'SCRIPT_TIMEOUT' : 'SANDBOX_BUSY';
    this.settled(pending.settle, neverRan(code, message, performance.now() - pending.queuedAt));
  }

  private dispatch(): void {
    while (!this.closed) {
      const member = this.fleet.free();
      if (member === undefined) break;
      const next = this.queue.take(Math.max(1, Math.ceil(this.fleet.places * LARGEST_SHARE)));
      if (next === undefined) break;
      this.place(next.item, member);
    }
  }

  private place(pending: Pending, member: Member): void {
    const id = this.nextId++;
    const attempt = new Attempt(pending.attempts === 0 ? pending.egress : pending.job.openEgress());
    pending.place = { member, id, attempt, queueMs: performance.now() - pending.queuedAt };
    pending.attempts += 1;
    this.placed.set(id, pending);
    this.fleet.give(member, id, pending.job.key, pending.job.order);
  }

  private heard(member: Member, message: FromChild): void {
    if (message.type !== 'progress' && message.type !== 'end') return;
    const pending = this.placed.get(message.id);
    // Messages of a cancelled run are ignored; a child may only report on its own runs.
    if (pending?.place?.member !== member) return;
    if (message.type === 'end') {
      this.finish(pending, message.end);
      return;
    }
    const { attempt, id } = pending.place;
    attempt.progress(message.logs, message.secrets);
    for (const request of message.calls) {
      this.fleet.noteCall(member, id, 1);
      void attempt.egress.call(request).then((reply) => {
        if (this.placed.get(id) !== pending) return;
        this.fleet.noteCall(member, id, -1);
        member.process.send({ type: 'reply', id, call: request.id, reply });
      });
    }
  }

  private finish(pending: Pending, end: RunEnd): void {
    const place = this.leave(pending);
    if (place === undefined) return;
    this.settled(pending.settle, place.attempt.outcome(end, place.queueMs));
    this.dispatch();
  }

  private leave(pending: Pending): Pending['place'] {
    const { place } = pending;
    if (place === undefined) return undefined;
    pending.place = undefined;
    this.placed.delete(place.id);
    this.fleet.takeBack(place.member, place.id);
    if (place.member.role !== 'alone') this.queue.release(pending.job.key);
    return place;
  }

  private cancel(pending: Pending): void {
    if (pending.cancelled) return;
    pending.cancelled = true;
    const { place } = pending;
    if (place !== undefined) {
      place.member.process.send({ type: 'cancel', id: place.id });
      this.counters.cancel();
      this.finish(pending, Attempt.cutShort('SCRIPT_TIMEOUT', CANCELLED));
    } else if (
      this.queue.remove(pending.job.key, pending) ||
      this.removeSuspect(pending) ||
      this.awaitingChild.delete(pending)
    ) {
      this.counters.cancel();
      this.dropped(pending, CANCELLED);
    }
  }

  private removeSuspect(pending: Pending): boolean {
    const at = this.suspects.indexOf(pending);
    if (at >= 0) this.suspects.splice(at, 1);
    return at >= 0;
  }

  private died(member: Member, why: ChildEnd, guilty: number | undefined, detail: string): void {
    this.counters.childEnded(why);
    for (const id of [...member.runs.keys()]) {
      const pending = this.placed.get(id);
      if (pending === undefined) continue;
      // The only run of a shared child may have arrived when the child was already dying.
      const isGuilty = guilty === id || (guilty === undefined && member.role === 'alone');
      if (isGuilty) this.finish(pending, blame(why, pending, detail));
      else this.again(pending, guilty === undefined);
    }
    this.dispatch();
    this.runSuspects();
  }

  /** Another run killed the child, or it is not known which: repeat this one unnoticed, unless it has changed something outside. */
  private again(pending: Pending, isSuspect: boolean): void {
    const sent = pending.place?.attempt.egress.changingCalls() ?? [];
    if (sent.length > 0) {
      const whose = isSuspect ? 'and nobody knows by whose doing' : "not by this script's doing";
      const message = `The process in which the script ran was ended, ${whose}. It had already sent ${sent.join(', ')}, so it was not run again.`;
      this.finish(pending, Attempt.cutShort('SANDBOX_CRASHED', message));
      return;
    }
    this.leave(pending)?.attempt.egress.close();
    this.counters.rerun();
    if (isSuspect || pending.attempts >= MOST_ATTEMPTS_IN_COMPANY) this.suspects.push(pending);
    else this.queue.pushFirst(pending.job.key, pending);
  }

  /** A run that may have killed a child runs alone in a fresh one: that settles whether it did, without harming others. */
  private runSuspects(): void {
    while (this.aloneNow < MOST_ALONE && !this.closed) {
      const pending = this.suspects.shift();
      if (pending === undefined) return;
      this.aloneNow += 1;
      void this.runAlone(pending)
        .then(() => pending.outcome)
        .finally(() => {
          this.aloneNow -= 1;
          this.runSuspects();
        });
    }
  }

  private async runAlone(pending: Pending): Promise<void> {
    this.awaitingChild.add(pending);
    let member: Member;
    try {
      member = await this.fleet.startAlone();
    } catch (error) {
      const waitedMs = performance.now() - pending.queuedAt;
      if (this.awaitingChild.delete(pending))
        this.settled(pending.settle, neverRan('SANDBOX_CRASHED', (error as Error).message, waitedMs));
      return;
    }
    // A run that was cancelled meanwhile has its outcome already.
    if (this.awaitingChild.delete(pending)) this.place(pending, member);
    else this.fleet.end(member, 'recycled', undefined);
  }
}

/** How many suspected runs may run at once, each in a child of its own. */
const MOST_ALONE = 2;
const STOPPED = 'The sandbox is being stopped; try again when the server runs again.';
const CANCELLED = 'The run was cancelled.';

/** The failure of the run that killed its child. */
function blame(why: ChildEnd, pending: Pending, detail: string): RunEnd {
  const { wallMs, cpuMs, memoryMiB } = pending.job.order.limits;
  if (why === 'memory' || why === 'lost') {
    return Attempt.cutShort(
      'SCRIPT_MEMORY',
      `The script used more than its limit of ${memoryMiB} MiB of memory.`,
    );
  }
  if (why === 'stuck' || why === 'silent') {
    const message = `The script could not be stopped at its limit (${cpuMs} ms between two awaits, ${wallMs} ms in all) and was ended with its process.`;
    return Attempt.cutShort('SCRIPT_TIMEOUT', message);
  }
  return Attempt.cutShort('SANDBOX_CRASHED', `The script made the process it ran in crash (${detail}).`);
}
