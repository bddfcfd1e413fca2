import {
  type JourneyDetail,
  type JourneySummary,
  journeyStateSchema,
  notEnteredReasonSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { encodeProfileId } from '../../collect/index.ts';
import { type Deps, decodeCursor, encodeCursor, Fault, type Pg } from '../../platform/index.ts';
import { readDefinition } from './catalog.ts';
import { findMissing } from './findMissing.ts';
import { tallies } from './ledger.ts';
import { getJourney } from './saveJourney.ts';
import { countHeld, countRefusals, listJourneys, listVersions, readVersion, readWays } from './sql/journeys.pg.ts';
import { listPeopleAt } from './sql/trace.pg.ts';

type ReadDeps = Pick<Deps, 'pg' | 'clock'>;

/** All journeys with their people. */
export async function listAllJourneys(
  pg: Pg,
  workspace: number,
  ids: readonly number[] | null = null,
): Promise<JourneySummary[]> {
  const rows = await pg.rows(listJourneys, { workspace, ids });
  return rows.map((row) => ({
    id: String(row.id),
    name: row.name,
    description: row.description,
    state: journeyStateSchema.parse(row.state),
    version: row.version,
    trigger: row.trigger,
    people: {
      inside: row.entered - row.ended,
      entered: row.entered,
      finished: row.ended,
      goal: row.goal,
      holdout: row.holdout,
      holdoutGoal: row.holdout_goal,
    },
    startedAt: row.started_at?.toISOString() ?? null,
    updatedAt: row.updated_at.toISOString(),
  }));
}

/** One journey with the numbers of its canvas, as of now. */
export async function readJourney({ pg, clock }: ReadDeps, workspace: number, text: string): Promise<JourneyDetail> {
  const { id, definition } = await getJourney(pg, workspace, text);
  const [summary] = await listAllJourneys(pg, workspace, [id]);
  if (summary === undefined) {
    throw new Fault('not_found', 'communicate.journey_not_found', 'There is no such journey in this workspace.');
  }
  const ways = (await pg.rows(readWays, { workspace, journey: id })).filter(({ to_node }) => !isTally(to_node));
  const held = new Map(
    (await pg.rows(countHeld, { workspace, journey: String(id) })).map(({ step, people }) => [step, people]),
  );
  const refused = await pg.rows(countRefusals, { workspace, journey: id });
  const versions = await pg.rows(listVersions, { workspace, journey: id });
  const sum = (fits: (way: (typeof ways)[number]) => boolean): number =>
    ways.filter(fits).reduce((total, { people }) => total + people, 0);
  const nodes = [...new Set([...Object.keys(definition.nodes), ...ways.map(({ from_node }) => from_node)])];
  return {
    ...summary,
    definition,
    nodes: Object.fromEntries(
      nodes
        .filter((node) => node !== '')
        .map((node) => {
          const passed = sum(({ from_node }) => from_node === node);
          const waiting = Math.max(0, sum(({ to_node }) => to_node === node) - passed);
          return [node, { waiting, passed, held: held.get(node) ?? 0 }];
        }),
    ),
    edges: ways.map(({ from_node, to_node, way, people }) => ({ from: from_node, to: to_node, way, passed: people })),
    notEntered: refused.map(({ reason, people }) => ({ reason: notEnteredReasonSchema.parse(reason), people })),
    versions: versions.map(({ version, at, by_actor, inside }) => ({
      version,
      at: at.toISOString(),
      by: by_actor,
      inside,
    })),
    missing: await findMissing(pg, workspace, definition),
    at: clock.now().toISOString(),
  };
}

const pseudo: readonly string[] = Object.values(tallies);
const isTally = (node: string): boolean => pseudo.includes(node);

/** A version as it was. */
export async function readJourneyVersion(pg: Pg, workspace: number, text: string, version: number) {
  const { id } = await getJourney(pg, workspace, text);
  const row = await pg.row(readVersion, { workspace, journey: id, version });
  if (row === null) throw new Fault('not_found', 'communicate.journey_version_not_found', 'There is no such version.');
  return { version, definition: readDefinition(row.definition) };
}

const pageSize = 100;
const position = z.tuple([z.number().int().min(0)]);

/** Who stands at a step, in pages. */
export async function listPeople(
  pg: Pg,
  input: { workspace: number; id: string; node: string; cursor: string | undefined },
) {
  const { workspace, node } = input;
  const { id } = await getJourney(pg, workspace, input.id);
  const [after] = input.cursor === undefined ? [0] : decodeCursor(input.cursor, position);
  const rows = await pg.rows(listPeopleAt, { workspace, journey: id, node, after, limit: pageSize + 1 });
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      profile: encodeProfileId(row.root),
      run: String(row.id),
      key: row.entry_key,
      since: row.entered_at.toISOString(),
      dueAt: row.due_at?.toISOString() ?? null,
    })),
    next: rows.length > pageSize && last !== undefined ? encodeCursor([last.id]) : null,
  };
}
