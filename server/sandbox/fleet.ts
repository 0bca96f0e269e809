import { availableParallelism } from 'node:os';
import { SandboxChild } from './child-process.ts';
import type { Death } from './child-process.ts';
import type { ChildEnd } from './counters.ts';
import type { FromChild, RunOrder } from './protocol.ts';

const MIB = 1024 * 1024;

/** A child's share of the cores. */
const turnsOf = (children: number): number => Math.max(1, Math.floor(availableParallelism() / children));

export interface FleetSettings {
  /** The provider clients for the scope of scripts, by name. */
  readonly clients: Readonly<Record<string, string>>;
  /** Children that run scripts. */
  readonly children: number;
  /** Children kept started so that a killed one is replaced at once. */
  readonly spares: number;
  /** How many scripts one child runs at once; most of them wait for HTTP. */
  readonly runsPerChild: number;
  /** Isolates each child keeps ready. */
  readonly ready: number;
  /** Memory limit of the prepared isolates (MiB): the default, which most runs have. */
  readonly memoryMiB: number;
  /** Cap on a child's resident memory (MiB). */
  readonly residentMiB: number;
  /** An idle child is replaced after this many runs, or above half of its memory cap. */
  readonly recycleAfterRuns: number;
  /** How long a child may take until it can run scripts. */
  readonly startMs: number;
}

/** How often the fleet checks its children. */
const WATCH_MS = 100;
/** A child that answers no ping for this long hangs. */
const SILENT_MS = 5_000;
/** When pings are unanswered for this long, a late run may not be at fault. */
const DEAF_MS = 1_000;
/** A check this much later than planned: this process was stopped, and messages of the children are not read yet. */
const STANDSTILL_MS = 1_000;
/** How far a run may exceed its own time limit before the parent ends it. */
const LATE_MS = 3_000;

/** A run counts as further load for each period of this many ms without a call or an end: it may be an endless loop. */
const HEAVIER_AFTER_MS = 20;
/** The load of a run that waits for HTTP. */
const WAITING_WEIGHT = 0.1;

/** One run as the fleet knows it. */
export interface RunningOrder {
  readonly startedAt: number;
  readonly wallMs: number;
  /** Calls of the script without a reply so far. */
  calls: number;
  /** When it began, or last had a reply. */
  resumedAt: number;
}

/** One child and what it runs, as the parent knows it. */
export interface Member {
  readonly process: SandboxChild;
  /** `alone`: reserved for one run suspected of having killed a child. */
  role: 'active' | 'spare' | 'alone';
  readonly runs: Map<number, RunningOrder>;
  /** How many runs it was given in total. */
  total: number;
  usedAt: number;
  pongAt: number;
  verdict: { readonly why: ChildEnd; readonly guilty: number | undefined } | undefined;
}

export interface FleetListener {
  heard(member: Member, message: FromChild): void;
  /** A child died. `guilty`: the run at fault, where that is known; `runs`: those it was running. */
  died(member: Member, why: ChildEnd, guilty: number | undefined, detail: string): void;
  /** A child became free for work. */
  available(): void;
}

/** Starts, monitors, ends and replaces the children. Knows only the numbers of runs. */
export class Fleet {
  private readonly settings: FleetSettings;
  private readonly listener: FleetListener;
  private readonly members = new Set<Member>();
  private watch: NodeJS.Timeout | undefined;
  private lookedAt = performance.now();
  private replenishing = false;
  private closed = false;
  /** Why no child could be started lately; undefined when the last start succeeded. */
  fault: Error | undefined;

  constructor(settings: FleetSettings, listener: FleetListener) {
    this.settings = settings;
    this.listener = listener;
  }

  /** Resolves as soon as the first child can run scripts; the others follow. @throws ChildStartError */
  async start(): Promise<void> {
    await this.startMember('active');
    this.lookedAt = performance.now();
    this.watch = setInterval(() => this.lookAfter(), WATCH_MS);
    this.watch.unref();
    void this.replenish();
  }

  get all(): readonly Member[] {
    return [...this.members];
  }

  /** How many runs can run at once, over all children. */
  get places(): number {
    return this.settings.children * this.settings.runsPerChild;
  }

  /** The child that should take the next run; undefined when all are full. */
  free(): Member | undefined {
    const now = performance.now();
    let best: { member: Member; load: number } | undefined;
    for (const member of this.members) {
      const { runs, usedAt } = member;
      if (member.role !== 'active' || !canWork(member) || runs.size >= this.settings.runsPerChild) continue;
      const load = loadOf(member, now);
      // Of equals, the least recently used one has had most time to prepare isolates.
      if (best === undefined || load < best.load || (load === best.load && usedAt < best.member.usedAt))
        best = { member, load };
    }
    return best?.member;
  }

  /** A run made a call, or had the reply to one. */
  noteCall(member: Member, id: number, change: 1 | -1): void {
    const run = member.runs.get(id);
    if (run === undefined) return;
    run.calls += change;
    if (change === -1) run.resumedAt = performance.now();
  }

  /** Starts a child for one suspected run alone. @throws ChildStartError */
  startAlone(): Promise<Member> {
    return this.startMember('alone');
  }

  /** Hands a run to a child. */
  give(member: Member, id: number, key: string, order: RunOrder): void {
    const now = performance.now();
    if (member.runs.size === 0) {
      member.pongAt = now;
      member.process.holdsUs = true;
    }
    member.usedAt = now;
    member.total += 1;
    member.runs.set(id, { startedAt: now, wallMs: order.limits.wallMs, calls: 0, resumedAt: now });
    member.process.send({ type: 'run', id, key, order });
  }

  /** The run has ended or was cancelled. */
  takeBack(member: Member, id: number): void {
    member.runs.delete(id);
    if (member.runs.size > 0) return;
    member.process.holdsUs = false;
    if (member.role === 'alone') this.end(member, 'recycled', undefined);
  }

  /** Kills a child; the listener is told of its death with this verdict. */
  end(member: Member, why: ChildEnd, guilty: number | undefined): void {
    member.verdict ??= { why, guilty };
    member.process.kill(why);
  }

  close(): void {
    this.closed = true;
    clearInterval(this.watch);
    for (const member of this.members) this.end(member, 'recycled', undefined);
  }

  private async startMember(role: Member['role']): Promise<Member> {
    const { clients, ready, memoryMiB, residentMiB, startMs } = this.settings;
    const started: { member?: Member } = {};
    const process = await SandboxChild.start(
      {
        clients,
        ready: role === 'alone' ? 1 : ready,
        memoryMiB,
        turns: turnsOf(this.settings.children),
        residentBytes: residentMiB * MIB,
        startMs,
      },
      {
        message: (message) => {
          if (started.member !== undefined) this.heard(started.member, message);
        },
        died: (death) => {
          if (started.member !== undefined) this.died(started.member, death);
        },
      },
    );
    process.holdsUs = false;
    const now = performance.now();
    const member: Member = {
      process,
      role,
      runs: new Map(),
      total: 0,
      usedAt: 0,
      pongAt: now,
      verdict: undefined,
    };
    started.member = member;
    this.members.add(member);
    if (this.closed) this.end(member, 'recycled', undefined);
    return member;
  }

  private heard(member: Member, message: FromChild): void {
    if (message.type === 'pong') member.pongAt = performance.now();
    else if (message.type === 'stuck') this.end(member, 'stuck', message.id);
    else if (message.type === 'lost') this.end(member, 'lost', message.id ?? undefined);
    else this.listener.heard(member, message);
  }

  private died(member: Member, death: Death): void {
    this.members.delete(member);
    const why = member.verdict?.why ?? endOf(death);
    this.listener.died(member, why, member.verdict?.guilty, detailOf(death));
    void this.replenish();
  }

  private lookAfter(): void {
    const now = performance.now();
    const late = now - this.lookedAt - WATCH_MS;
    this.lookedAt = now;
    const cap = this.settings.residentMiB * MIB;
    for (const member of this.members) {
      if (late > STANDSTILL_MS) member.pongAt = Math.min(now, member.pongAt + late);
      const resident = member.process.residentBytes() ?? 0;
      if (resident > cap) this.end(member, 'memory', undefined);
      else if (member.runs.size > 0) this.lookAtRuns(member, now, late > STANDSTILL_MS);
      else if (this.isTired(member, resident > cap / 2)) this.end(member, 'recycled', undefined);
    }
    void this.replenish();
  }

  private lookAtRuns(member: Member, now: number, stoodStill: boolean): void {
    const unheard = now - member.pongAt;
    if (unheard > SILENT_MS) this.end(member, 'silent', undefined);
    else if (unheard < DEAF_MS && !stoodStill) {
      for (const [id, { startedAt, wallMs }] of member.runs) {
        if (now - startedAt > wallMs + LATE_MS) this.end(member, 'stuck', id);
      }
    }
    member.process.send({ type: 'ping', n: Math.round(now) });
  }

  /** Retires a child only when a spare can replace it. */
  private isTired(member: Member, isLarge: boolean): boolean {
    const hasSpare = this.count('spare') > 0;
    return (
      member.role === 'active' && hasSpare && (isLarge || member.total >= this.settings.recycleAfterRuns)
    );
  }

  private count(role: Member['role']): number {
    return [...this.members].filter((member) => member.role === role && canWork(member)).length;
  }

  /** Starts missing children, one at a time: a start keeps a core busy for a fifth of a second. */
  private async replenish(): Promise<void> {
    this.promoteSpares();
    if (this.replenishing) return;
    this.replenishing = true;
    try {
      const wanted = this.settings.children + this.settings.spares;
      while (!this.closed && this.count('active') + this.count('spare') < wanted) {
        await this.startMember('spare');
        this.fault = undefined;
        this.promoteSpares();
      }
    } catch (error) {
      // The next check tries again; until then runs wait in the queue and `/readyz` shows the reason.
      this.fault = error as Error;
    } finally {
      this.replenishing = false;
    }
  }

  private promoteSpares(): void {
    for (const member of this.members) {
      if (this.count('active') >= this.settings.children) return;
      if (member.role !== 'spare' || !canWork(member)) continue;
      member.role = 'active';
      this.listener.available();
    }
  }
}

function canWork(member: Member): boolean {
  return member.verdict === undefined && member.process.alive;
}

function endOf(death: Death): ChildEnd {
  if (death.by === 'memory') return 'memory';
  return death.by === 'us' ? 'protocol' : 'crashed';
}

function detailOf(death: Death): string {
  if (death.by === 'memory') return 'the kernel ended it for its memory';
  return death.by === 'us' ? death.reason : death.detail;
}

/** The load of a child: a run given to a child with an endless loop in it waits until that is ended. */
function loadOf({ runs }: Member, now: number): number {
  let load = 0;
  for (const { calls, resumedAt } of runs.values())
    load += calls > 0 ? WAITING_WEIGHT : 1 + (now - resumedAt) / HEAVIER_AFTER_MS;
  return load;
}
