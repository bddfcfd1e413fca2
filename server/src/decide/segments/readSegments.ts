import {
  type Segment,
  type SegmentSummary,
  type segmentDefinitionSchema,
  segmentKindSchema,
  segmentStateSchema,
} from '@vitrail/contracts';
import { z } from 'zod';
import { encodeProfileId } from '../../collect/index.ts';
import { type Deps, decodeCursor, encodeCursor, type PgRow } from '../../platform/index.ts';
import { addDays, listDays, localDay, startOfDay } from '../analytics/days.ts';
import { readSettings } from '../analytics/sql/stats.pg.ts';
import { type Catalogs, readDefinition } from './catalog.ts';
import { namesOf, sayWhole } from './describe.ts';
import { getSegment, usersOf } from './saveSegment.ts';
import { countChanges, countCombinations, countReach, listMembers, listTraits } from './sql/memberships.ch.ts';
import { type findSegment, listSegments, listVersions } from './sql/segments.pg.ts';
import { traitsOf } from './vocabulary.ts';

type ReadDeps = Pick<Deps, 'pg' | 'ch' | 'clock'> & { readonly catalogs: Catalogs };

const summarise = (row: PgRow<typeof findSegment.row>): SegmentSummary => ({
  id: String(row.id),
  name: row.name,
  description: row.description,
  kind: segmentKindSchema.parse(row.kind),
  state: segmentStateSchema.parse(row.state),
  size: row.size,
  version: row.newest ?? row.version,
  evaluatedAt: row.evaluated_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  createdBy: row.created_by,
});

const largestId = 2_147_483_647;

export async function listSegmentPage(
  deps: Pick<Deps, 'pg'>,
  workspace: number,
  query: { q: string; archived: boolean; limit: number; after?: string | undefined },
): Promise<{ items: SegmentSummary[]; next: string | null }> {
  const [below] = query.after === undefined ? [largestId] : decodeCursor(query.after, z.tuple([z.number().int()]));
  const { archived, limit, q: search } = query;
  const rows = await deps.pg.rows(listSegments, { workspace, below, archived, search, limit });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return { items: rows.map(summarise), next: last === undefined ? null : encodeCursor([last.id]) };
}

export async function readSegment(deps: ReadDeps, workspace: number, id: string): Promise<Segment> {
  const row = await getSegment(deps.pg, workspace, id);
  const catalog = await deps.catalogs.get(workspace);
  const currency = (await deps.pg.row(readSettings, { workspace }))?.base_currency ?? 'EUR';
  const definition = row.definition === null ? null : readDefinition(row.definition);
  return {
    ...summarise(row),
    definition,
    sentence:
      definition === null
        ? { en: `Everyone on the list “${row.name}”.`, fr: `Toutes les personnes de la liste « ${row.name} ».` }
        : sayWhole(definition, namesOf(catalog, currency)),
    usedBy: usersOf(catalog.segments, row.id).map((user) => ({
      kind: 'segment',
      id: String(user.id),
      name: user.name,
    })),
    warnings: definition === null ? [] : await findWarnings(deps, workspace, definition),
  };
}

/** Traits of a definition that nobody has: misspelt, or gone. */
async function findWarnings(
  deps: Pick<Deps, 'ch'>,
  workspace: number,
  definition: z.infer<typeof segmentDefinitionSchema>,
): Promise<string[]> {
  const asked = traitsOf(definition);
  if (asked.length === 0) return [];
  const known = new Set((await deps.ch.rows(listTraits, { workspace })).map(({ name }) => name));
  return asked.filter((name) => !known.has(name)).map((name) => `unknown_trait:${name}`);
}

export async function listMemberPage(
  deps: ReadDeps,
  workspace: number,
  id: string,
  query: { after?: string | undefined; limit: number },
): Promise<{ items: { id: string; since: string }[]; next: string | null }> {
  const segment = await getSegment(deps.pg, workspace, id);
  const [after] = query.after === undefined ? [0] : decodeCursor(query.after, z.tuple([z.number().int()]));
  const rows = await deps.ch.rows(listMembers, { workspace, segment: segment.id, after, limit: query.limit });
  const last = rows.length === query.limit ? rows.at(-1) : undefined;
  return {
    items: rows.map((row) => ({ id: encodeProfileId(row.profile_id), since: new Date(row.since).toISOString() })),
    next: last === undefined ? null : encodeCursor([last.profile_id]),
  };
}

/** Size at the end of each day, counted back from now by entries and exits. */
export async function readTrend(deps: ReadDeps, workspace: number, id: string, days: number) {
  const segment = await getSegment(deps.pg, workspace, id);
  const { zone } = await deps.catalogs.get(workspace);
  const today = localDay(deps.clock.now(), zone);
  const first = addDays(today, 1 - days);
  const from = startOfDay(first, zone).getTime();
  const rows = await deps.ch.rows(countChanges, { workspace, segment: segment.id, from, zone });
  const changes = new Map(rows.map((row) => [row.day, row]));
  let size = segment.size;
  const trend = listDays(first, today)
    .toReversed()
    .map((day) => {
      const { entered = 0, exited = 0, growth = 0 } = changes.get(day) ?? {};
      const at = { day, size: Math.max(0, size), entered, exited };
      size -= growth;
      return at;
    });
  return { days: trend.toReversed() };
}

export async function readOverlap(deps: ReadDeps, workspace: number, ids: readonly string[]) {
  const segments = await Promise.all(ids.map((id) => getSegment(deps.pg, workspace, id)));
  const rows = await deps.ch.rows(countCombinations, { workspace, segments: segments.map(({ id }) => id) });
  return {
    sizes: segments.map(({ id, name, size }) => ({ id: String(id), name, size })),
    combinations: rows.map((row) => ({ in: row.segments.map(String), count: row.people })),
  };
}

/** Purposes that stand for a channel, beside its own name, until consent has purposes of our own. */
const consentPurposes = {
  email: ['email', 'email_marketing', 'newsletter', 'marketing', 'Marketing', 'advertising', 'Advertising'],
  sms: ['sms', 'sms_marketing', 'marketing', 'Marketing', 'advertising', 'Advertising'],
  web: ['web', 'personalization', 'personalisation', 'Personalization', 'marketing', 'Marketing', 'Advertising'],
} as const;

export async function readReach(deps: ReadDeps, workspace: number, id: string) {
  const segment = await getSegment(deps.pg, workspace, id);
  const [row] = await deps.ch.rows(countReach, { workspace, segment: segment.id, ...consentPurposes });
  const channels = (['email', 'sms', 'web'] as const).map((channel) => ({
    channel,
    address: row?.[channel] ?? 0,
    consented: row?.[`${channel}_granted`] ?? 0,
    denied: row?.[`${channel}_denied`] ?? 0,
  }));
  return { size: row?.size ?? 0, channels };
}

export async function readVersions(deps: ReadDeps, workspace: number, id: string) {
  const segment = await getSegment(deps.pg, workspace, id);
  const catalog = await deps.catalogs.get(workspace);
  const currency = (await deps.pg.row(readSettings, { workspace }))?.base_currency ?? 'EUR';
  const names = namesOf(catalog, currency);
  const rows = await deps.pg.rows(listVersions, { workspace, id: segment.id });
  return {
    items: rows.map((row) => {
      const definition = readDefinition(row.definition);
      return {
        version: row.version,
        definition,
        sentence: sayWhole(definition, names),
        at: row.at.toISOString(),
        by: row.by_actor,
      };
    }),
  };
}
