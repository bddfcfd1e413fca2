import { type JourneyDefinition, type RunEndReason, runEndReasons } from '@vitrail/contracts';
import type { Json, JsonObject, Pg } from '../../platform/index.ts';
import { appendMessageEvents, type MessageEvent } from '../messages/messageEvents.ts';
import { contextJson, type RunContext, readContext } from './matchFacts.ts';
import { addCounts, cancelMessages, insertRuns, insertSteps, saveRuns } from './sql/runs.pg.ts';
import type { Step } from './walk.ts';

/** A run as a transaction holds it. */
export interface Run {
  readonly id: number;
  readonly journey: number;
  readonly version: number;
  readonly profile: number;
  /** The customer now; null when they were erased. */
  readonly root: number | null;
  readonly key: string;
  readonly enteredAt: Date;
  state: 'active' | 'holdout' | 'done';
  node: string | null;
  waiting: boolean;
  due: Date | null;
  context: RunContext;
  steps: number;
  goalAt: Date | null;
  endedAt: Date | null;
  reason: RunEndReason | null;
}

export interface RunRow {
  readonly id: number;
  readonly journey_id: number;
  readonly version: number;
  readonly profile_id: number;
  readonly root: number | null;
  readonly entry_key: string;
  readonly state: string;
  readonly node: string | null;
  readonly waiting: boolean;
  readonly due_at: Date | null;
  readonly entered_at: Date;
  readonly context: Json;
  readonly steps: number;
  readonly goal_at: Date | null;
  readonly ended_at: Date | null;
  readonly reason: string | null;
}

const endings: readonly string[] = runEndReasons;
const isEnding = (text: string | null): text is RunEndReason => text !== null && endings.includes(text);

export const readRun = (row: RunRow): Run => ({
  id: row.id,
  journey: row.journey_id,
  version: row.version,
  profile: row.profile_id,
  root: row.root,
  key: row.entry_key,
  enteredAt: row.entered_at,
  state: row.state === 'holdout' || row.state === 'done' ? row.state : 'active',
  node: row.node,
  waiting: row.waiting,
  due: row.due_at,
  context: readContext(row.context),
  steps: row.steps,
  goalAt: row.goal_at,
  endedAt: row.ended_at,
  reason: isEnding(row.reason) ? row.reason : null,
});

/** A run's definition; null when its version is gone. */
export const definitionOf = (
  versions: ReadonlyMap<number, JourneyDefinition> | undefined,
  run: Pick<Run, 'version'>,
): JourneyDefinition | null => versions?.get(run.version) ?? null;

/** Pseudo targets of the counts: what is counted beside the ways. */
export const tallies = { goal: '#goal', holdout: '#holdout', holdoutGoal: '#holdout_goal' } as const;

/**
 * What a transaction does to runs, written in sets at its end: how they stand, their steps, and the numbers of the canvas,
 * which so are always those of the runs.
 */
export function createLedger(workspace: number, now: Date) {
  const changed = new Map<number, Run>();
  const fresh = new Map<number, Run>();
  const steps: { run: number; seq: number; step: Step }[] = [];
  const counts = new Map<string, { journey: number; from: string; to: string; way: string; people: number }>();
  const cancelled: number[] = [];
  const told: MessageEvent[] = [];

  /** For the person's timeline, and segments: who came into a journey, and how it ended. */
  const tell = (run: Run, name: string, properties: MessageEvent['properties']): void => {
    const { journey, key } = run;
    const about = { journey_id: String(journey), ...(key !== '' && { key }), ...properties };
    const messageId = `journey-${workspace}-${run.id}-${name}`;
    told.push({ profile: run.profile, name, at: now, messageId, properties: about });
  };

  const count = (journey: number, from: string, to: string, way = '', people = 1): void => {
    const key = JSON.stringify([journey, from, to, way]);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { journey, from, to, way, people });
    else known.people += people;
  };

  const note = (run: Run, step: Step): void => {
    steps.push({ run: run.id, seq: run.steps, step });
    run.steps += 1;
    if (!fresh.has(run.id)) changed.set(run.id, run);
    if (step.to !== null)
      count(run.journey, step.kind === 'run' && step.outcome === 'entered' ? '' : step.node, step.to, step.way);
  };

  return {
    count,
    note,
    /** A run that begins in this transaction. */
    add(run: Run): void {
      fresh.set(run.id, run);
      if (run.state === 'active') tell(run, 'Journey Entered', {});
    },
    save(run: Run): void {
      if (!fresh.has(run.id)) changed.set(run.id, run);
    },
    /** Ends a run; what it wanted to send and has not gone out is taken back unless it came to its end by itself. */
    end(run: Run, reason: RunEndReason, detail: JsonObject = {}): void {
      const holdout = run.state === 'holdout';
      note(run, {
        node: run.node ?? '',
        kind: 'run',
        outcome: 'ended',
        to: holdout ? null : '',
        way: '',
        detail: { reason, ...detail },
      });
      this.close(run, reason);
    },
    /** Takes back what a run wanted to send and has not gone out. */
    cancel(run: Run): void {
      cancelled.push(...Object.values(run.context.messages));
    },
    /** The same without a step of its own: the run's last step said it. */
    close(run: Run, reason: RunEndReason): void {
      if (reason !== 'finished') this.cancel(run);
      if (run.state === 'active' && run.root !== null) tell(run, 'Journey Ended', { reason });
      Object.assign(run, { state: 'done', reason, endedAt: now, node: null, waiting: false, due: null });
      this.save(run);
    },
    /** Steps noted so far, in order. */
    noted: (): readonly Step[] => steps.map(({ step }) => step),
    async write(tx: Pg): Promise<void> {
      const added = [...fresh.values()];
      const saved = [...changed.values()];
      const standing = (runs: readonly Run[]) => ({
        ids: runs.map(({ id }) => id),
        states: runs.map(({ state }) => state),
        nodes: runs.map(({ node }) => node),
        waiting: runs.map(({ waiting }) => waiting),
        due: runs.map(({ due }) => due),
        contexts: runs.map(({ context }): Json => contextJson(context)),
        steps: runs.map((run) => run.steps),
        goals: runs.map(({ goalAt }) => goalAt),
        ended: runs.map(({ endedAt }) => endedAt),
        reasons: runs.map(({ reason }) => reason),
      });
      if (added.length > 0) {
        await tx.run(insertRuns, {
          workspace,
          ...standing(added),
          journeys: added.map(({ journey }) => journey),
          versions: added.map(({ version }) => version),
          profiles: added.map(({ profile }) => profile),
          keys: added.map(({ key }) => key),
          entered: added.map(({ enteredAt }) => enteredAt),
        });
      }
      if (saved.length > 0) await tx.run(saveRuns, { workspace, ...standing(saved) });
      if (steps.length > 0) {
        await tx.run(insertSteps, {
          workspace,
          at: now,
          runs: steps.map(({ run }) => run),
          seqs: steps.map(({ seq }) => seq),
          nodes: steps.map(({ step }) => step.node),
          kinds: steps.map(({ step }) => step.kind),
          outcomes: steps.map(({ step }) => step.outcome),
          targets: steps.map(({ step }) => step.to),
          details: steps.map(({ step }): Json => step.detail),
        });
      }
      await appendMessageEvents(tx, workspace, told);
      if (cancelled.length > 0) await tx.run(cancelMessages, { workspace, messages: cancelled, now });
      if (counts.size === 0) return;
      const ways = [...counts.values()];
      await tx.run(addCounts, {
        workspace,
        hour: new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000),
        journeys: ways.map(({ journey }) => journey),
        sources: ways.map(({ from }) => from),
        targets: ways.map(({ to }) => to),
        ways: ways.map(({ way }) => way),
        people: ways.map(({ people }) => people),
      });
    },
  };
}
export type Ledger = ReturnType<typeof createLedger>;
