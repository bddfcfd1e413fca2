import { exposureEvent } from '@vitrail/contracts';
import { ensureOwnSource, writeGroup } from '../../collect/index.ts';
import type { AssignAsk, AssignedKind, Assigner } from '../../decide/index.ts';
import type { Deps, Pg } from '../../platform/index.ts';
import { type Assignable, assign } from '../assignment/index.ts';
import { createRunningExperiments, type RunningExperiment } from '../experiments/assignables.ts';
import { exposeAssigned, insertAssigned, readAssigned } from './sql/assigned.pg.ts';

/** Calls of one request to ourselves. */
const callsAtOnce = 500;

/** What is hashed of a customer wherever the server decides: pages, messages, journeys and lists put them in one place. */
export const customerUnit = (root: number): string => `customer ${root}`;

/** Assigns customers to experiments on messages, journeys and recommendations, with the code that assigns everywhere. */
export function createAssigner(deps: Pick<Deps, 'pg' | 'clock'>): Assigner {
  const running = createRunningExperiments(deps);
  const find = async (workspace: number, kind: AssignedKind, key: string): Promise<RunningExperiment | null> =>
    (await running.get(workspace)).find((each) => each.kind === kind && each.assignable.key === key) ?? null;

  const readKnown = async (pg: Pg, { workspace, roots }: AssignAsk, { id, assignable }: RunningExperiment) =>
    new Map(
      (
        await pg.rows(readAssigned, { workspace, experiment: id, version: assignable.bucketVersion, roots: [...roots] })
      ).map(({ root, variation }) => [root, variation]),
    );

  return {
    async variations(workspace, kind, key) {
      return (await find(workspace, kind, key))?.variations ?? null;
    },

    async decides(workspace, kind, targets) {
      const open = (await running.get(workspace)).filter((each) => each.kind === kind);
      for (const target of targets) {
        const found = open.find((each) => each.target === target);
        if (found !== undefined) return found.assignable.key;
      }
      return null;
    },

    async assign(tx, ask) {
      const experiment = await find(ask.workspace, ask.kind, ask.experiment);
      if (experiment === null || ask.roots.length === 0) return new Map();
      const known = await readKnown(tx, ask, experiment);
      const news = placesOf(experiment, ask.roots, known);
      if (news.size === 0) return known;
      const kept = await tx.rows(insertAssigned, {
        workspace: ask.workspace,
        experiment: experiment.id,
        version: experiment.assignable.bucketVersion,
        roots: [...news.keys()],
        variations: [...news.values()],
        at: deps.clock.now(),
      });
      return new Map([...known, ...kept.map(({ root, variation }): [number, string] => [root, variation])]);
    },

    async foresee(ask) {
      const experiment = await find(ask.workspace, ask.kind, ask.experiment);
      if (experiment === null || ask.roots.length === 0) return new Map();
      const known = await readKnown(deps.pg, ask, experiment);
      return new Map([...known, ...placesOf(experiment, ask.roots, known)]);
    },

    async expose(tx, { workspace, kind, experiment: key, profiles }) {
      const experiment = await find(workspace, kind, key);
      if (experiment === null || profiles.length === 0) return;
      const at = deps.clock.now();
      const { id, assignable } = experiment;
      const rows = await tx.rows(exposeAssigned, {
        workspace,
        experiment: id,
        version: assignable.bucketVersion,
        profiles: [...new Set(profiles)],
        at,
      });
      // A customer whose every identifier was taken away can no longer be told of.
      const calls = rows.flatMap(({ profile_id, variation, namespace, value }) =>
        namespace === null || value === null
          ? []
          : [callFor({ assignable, id, profile: profile_id, variation, namespace, value, at })],
      );
      await accept(tx, workspace, calls, at);
    },
  };
}

/** Where those land who were given nothing before. */
function placesOf(
  { assignable, variations }: RunningExperiment,
  roots: readonly number[],
  known: ReadonlyMap<number, string>,
): Map<number, string> {
  const places = new Map<number, string>();
  for (const root of roots) {
    if (known.has(root)) continue;
    const unit = customerUnit(root);
    // An experiment by device has no device here: the customer stands for it.
    const { variation } = assign(assignable, { device: unit, person: unit });
    const key = variation === null ? undefined : variations[variation];
    if (key !== undefined) places.set(root, key);
  }
  return places;
}

/** The call any client would send; its id makes a repeat one event. */
const callFor = (exposure: {
  assignable: Assignable;
  id: number;
  profile: number;
  variation: string;
  namespace: string;
  value: string;
  at: Date;
}) => {
  const { assignable, id, profile, variation, namespace, value, at } = exposure;
  return {
    type: 'track',
    event: exposureEvent,
    messageId: `experiment-${id}-${assignable.bucketVersion}-${profile}`,
    timestamp: at.toISOString(),
    ...(namespace === 'user_id' && { userId: value }),
    ...(namespace === 'anonymous_id' && { anonymousId: value }),
    context: { externalIds: [{ id: value, type: namespace, collection: 'users', encoding: 'none' }] },
    properties: { experiment_id: assignable.key, variation_id: variation },
  };
};

async function accept(tx: Pg, workspace: number, calls: readonly object[], at: Date): Promise<void> {
  if (calls.length === 0) return;
  const source = await ensureOwnSource(tx, workspace, 'Experiments');
  const groups: (readonly object[])[] = [];
  for (let from = 0; from < calls.length; from += callsAtOnce) groups.push(calls.slice(from, from + callsAtOnce));
  await writeGroup(
    tx,
    groups.map((batch) => ({
      workspaceId: workspace,
      sourceId: source,
      receivedAt: at,
      typeHint: null,
      ip: null,
      userAgent: null,
      events: batch.length,
      replay: false,
      payload: Buffer.from(JSON.stringify({ batch })),
    })),
  );
}
