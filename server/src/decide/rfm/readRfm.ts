import { personaKeys, type Rfm, type rfmPeopleQuerySchema, type rfmPeopleSchema } from '@vitrail/contracts';
import { z } from 'zod';
import { encodeProfileId } from '../../collect/index.ts';
import { type Deps, decodeCursor, encodeCursor, Fault } from '../../platform/index.ts';
import { readSettings as readWorkspace } from '../analytics/sql/stats.pg.ts';
import { compilePeople, compileSummary } from './compileRfm.ts';
import { readEdges, readSettings } from './edges.ts';
import { countCustomers } from './sql/personaDays.ch.ts';

type RfmDeps = Pick<Deps, 'pg' | 'ch' | 'clock'>;

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000);
const mean = (sum: number, count: number): number => (count === 0 ? 0 : Math.round((sum / count) * 100) / 100);
const money = (sum: number): number => Math.round(sum * 100) / 100;
const scores = [5, 4, 3, 2, 1] as const;

export async function getWorkspace(
  deps: Pick<Deps, 'pg'>,
  workspace: number,
): Promise<{ zone: string; currency: string }> {
  const row = await deps.pg.row(readWorkspace, { workspace });
  if (row === null) throw new Fault('not_found', 'decide.workspace_gone', 'This workspace does not exist.');
  return { zone: row.time_zone, currency: row.base_currency };
}

/** Personas and the grid, counted now: of the whole workspace, or scored on the orders of one site alone. */
export async function readRfm(deps: RfmDeps, workspace: number, site = ''): Promise<Rfm> {
  const now = deps.clock.now();
  const { zone, currency } = await getWorkspace(deps, workspace);
  const settings = await readSettings(deps.pg, workspace);
  const { edges, version, at } = await readEdges(deps.pg, workspace, site);
  const { query, values } = compileSummary(site, edges);
  const [rows, [customers]] = await Promise.all([
    deps.ch.rows(query, { ...values, workspace, now: now.getTime() }),
    deps.ch.rows(countCustomers, { workspace }),
  ]);
  const total = (of: typeof rows, pick: (row: (typeof rows)[number]) => number): number =>
    of.reduce((sum, row) => sum + pick(row), 0);
  const buyers = total(rows, (row) => row.profiles);
  const revenue = total(rows, (row) => row.money);
  return {
    at: now.toISOString(),
    site: site === '' ? null : site,
    currency,
    timeZone: zone,
    settings,
    edges,
    edgesAt: at?.toISOString() ?? null,
    version,
    buyers,
    revenue: money(revenue),
    prospects: Math.max(0, (customers?.people ?? 0) - buyers),
    personas: personaKeys.map((key) => {
      const own = rows.filter(({ persona }) => persona === key);
      const profiles = total(own, (row) => row.profiles);
      const earned = total(own, (row) => row.money);
      return {
        key,
        name: settings.names[key] ?? null,
        profiles,
        share: share(profiles, buyers),
        revenue: money(earned),
        revenueShare: share(earned, revenue),
        orders: total(own, (row) => row.sales),
        averageRevenue: mean(earned, profiles),
        averageDays: mean(
          total(own, (row) => row.days),
          profiles,
        ),
        averageEngagement: mean(
          total(own, (row) => row.engagements),
          profiles,
        ),
      };
    }),
    grid: scores.flatMap((r) =>
      scores.map((f) => {
        const cell = rows.filter((row) => row.recency === r && row.frequency === f);
        return { r, f, profiles: total(cell, (row) => row.profiles), revenue: money(total(cell, (row) => row.money)) };
      }),
    ),
  };
}

const positionSchema = z.tuple([z.int().nonnegative()]);
const isPersona = z.enum(personaKeys);

/** The people behind a persona or a cell of the grid. */
export async function listRfmPeople(
  deps: RfmDeps,
  workspace: number,
  { site = '', cursor, limit, persona, r, f }: z.output<typeof rfmPeopleQuerySchema>,
): Promise<z.input<typeof rfmPeopleSchema>> {
  const after = cursor === undefined ? 0 : decodeCursor(cursor, positionSchema)[0];
  const { edges } = await readEdges(deps.pg, workspace, site);
  const { query, values } = compilePeople({ site, persona, r, f, after, limit: limit + 1 }, edges);
  const rows = await deps.ch.rows(query, { ...values, workspace, now: deps.clock.now().getTime() });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => ({
      id: encodeProfileId(row.person),
      persona: isPersona.parse(row.persona),
      orders: row.orders,
      revenue: row.money,
    })),
    next: rows.length > limit && last !== undefined ? encodeCursor([last.person]) : null,
  };
}
