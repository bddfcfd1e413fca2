import {
  type JourneyRun,
  type JourneyTrace,
  notEnteredReasonSchema,
  type RunEndReason,
  runEndReasonSchema,
  type TraceStep,
} from '@vitrail/contracts';
import { decodeProfileId } from '../../collect/index.ts';
import { type Deps, Fault, objectOf, type Pg } from '../../platform/index.ts';
import { groupBy } from './groupBy.ts';
import { getJourney } from './saveJourney.ts';
import { findLastEvent } from './sql/interest.ch.ts';
import { findRefusal, listMembers, listMessagesOfRuns, listRunsOfPerson, listStepsOf } from './sql/trace.pg.ts';

type ReadDeps = Pick<Deps, 'pg' | 'ch'>;

/** The rows of a customer. Throws `not_found` for a profile that is not there. */
export async function getMembers(pg: Pg, workspace: number, text: string): Promise<{ root: number; rows: number[] }> {
  const profile = decodeProfileId(text);
  const rows = profile === null ? [] : await pg.rows(listMembers, { workspace, profile });
  const [first] = rows;
  if (first === undefined) {
    throw new Fault('not_found', 'communicate.profile_not_found', 'There is no such profile in this workspace.');
  }
  return { root: first.root_id, rows: rows.map(({ id }) => id) };
}

/** What happened to a person in a journey, step by step; or why they are not in it. */
export async function readTrace(
  deps: ReadDeps,
  input: { workspace: number; id: string; profile: string },
): Promise<JourneyTrace> {
  const { workspace } = input;
  const { id, definition, started_at } = await getJourney(deps.pg, workspace, input.id);
  const { root, rows } = await getMembers(deps.pg, workspace, input.profile);
  const runs = await readRuns(deps.pg, workspace, root, id);
  const refusal = await deps.pg.row(findRefusal, { workspace, profile: root, journey: id });
  const newest = runs[0]?.enteredAt;
  if (refusal !== null && (newest === undefined || refusal.at.toISOString() > newest)) {
    const reason = notEnteredReasonSchema.parse(refusal.reason);
    return { runs, notEntered: { reason, at: refusal.at.toISOString(), detail: { ...objectOf(refusal.detail) } } };
  }
  if (runs.length > 0) return { runs, notEntered: null };
  const { trigger } = definition;
  if (trigger.kind !== 'event') return { runs, notEntered: { reason: 'no_trigger', at: null, detail: {} } };
  const [last] =
    trigger.type === 'message' || rows.length > 0
      ? await deps.ch.rows(findLastEvent, { workspace, profiles: rows, type: trigger.type, event: trigger.event })
      : [];
  if (last === undefined || last.n === 0) {
    return { runs, notEntered: { reason: 'no_trigger', at: null, detail: { event: trigger.event } } };
  }
  const at = new Date(last.at).toISOString();
  const before = started_at === null || new Date(at) < started_at;
  return { runs, notEntered: { reason: before ? 'before_start' : 'not_live', at, detail: { event: trigger.event } } };
}

/** All journeys a customer went through, newest first. */
export async function readProfileJourneys(deps: ReadDeps, workspace: number, profile: string): Promise<JourneyRun[]> {
  const { root } = await getMembers(deps.pg, workspace, profile);
  return readRuns(deps.pg, workspace, root, null);
}

async function readRuns(pg: Pg, workspace: number, profile: number, journey: number | null): Promise<JourneyRun[]> {
  const rows = await pg.rows(listRunsOfPerson, { workspace, profile, journey });
  if (rows.length === 0) return [];
  const steps = await pg.rows(listStepsOf, { workspace, runs: rows.map(({ id }) => id) });
  const journeys = new Map(rows.map(({ id, journey_id }) => [id, journey_id]));
  const keyOf = (step: (typeof steps)[number]): string =>
    `journey/${journeys.get(step.run_id)}/run/${step.run_id}/${step.node}/${step.seq}`;
  const keys = steps.filter(({ outcome }) => outcome === 'queued').map(keyOf);
  const messages = new Map(
    (await pg.rows(listMessagesOfRuns, { workspace, keys })).map((message) => [message.dedupe_key, message]),
  );
  const byRun = groupBy(steps, ({ run_id }) => run_id);
  return rows.map((row) => ({
    id: String(row.id),
    journey: { id: String(row.journey_id), name: row.name },
    version: row.version,
    key: row.entry_key,
    state: row.state === 'done' || row.state === 'holdout' ? row.state : 'active',
    node: row.node,
    dueAt: row.due_at?.toISOString() ?? null,
    enteredAt: row.entered_at.toISOString(),
    goalAt: row.goal_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    reason: endingOf(row.reason),
    steps: (byRun.get(row.id) ?? []).map((step): TraceStep => {
      const message = step.outcome === 'queued' ? messages.get(keyOf(step)) : undefined;
      return {
        at: step.at.toISOString(),
        node: step.node,
        kind: step.kind,
        outcome: step.outcome,
        to: step.to_node,
        detail: { ...objectOf(step.detail) },
        message:
          message === undefined
            ? null
            : { id: String(message.id), state: message.state, reason: message.reason, detail: message.detail },
      };
    }),
  }));
}

const endingOf = (reason: string | null): RunEndReason | null =>
  reason === null ? null : runEndReasonSchema.parse(reason);
