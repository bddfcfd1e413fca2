import {
  type Campaign,
  type CampaignRequest,
  type CampaignState,
  campaignRequestSchema,
  campaignSchema,
  campaignStates,
} from '@vitrail/contracts';
import type { z } from 'zod';
import { Fault, type Pg, type PgRow } from '../../platform/index.ts';
import { readAudience } from './audience.ts';
import { findCampaign, pageCampaigns } from './sql/campaigns.pg.ts';
import { countMessages, keepCounts, readServerTime } from './sql/results.pg.ts';

const pageSize = 50;
const largestId = 2 ** 31 - 1;

export const noCampaign = (): Fault =>
  new Fault('not_found', 'communicate.campaign_unknown', 'There is no such campaign in this workspace.');

/** Throws `not_found` for a text that is no id. */
export function campaignIdOf(text: string): number {
  const id = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : 0;
  if (id < 1 || id > largestId) throw noCampaign();
  return id;
}

/** Throws `not_found`. */
export async function getCampaignRow(
  pg: Pg,
  workspace: number,
  id: number,
): Promise<{ readonly definition: CampaignRequest; readonly state: CampaignState }> {
  const row = await pg.row(findCampaign, { workspace, id });
  if (row === null) throw noCampaign();
  return { definition: campaignRequestSchema.parse(row.definition), state: readState(row.state) };
}

/** Throws `not_found`. */
export async function getCampaign(pg: Pg, workspace: number, id: number): Promise<Campaign> {
  const row = await pg.row(findCampaign, { workspace, id });
  if (row === null) throw noCampaign();
  const [campaign] = await withCounts(pg, workspace, [row], { fresh: true });
  if (campaign === undefined) throw noCampaign();
  return campaign;
}

/** Newest first. */
export async function pageOfCampaigns(
  pg: Pg,
  workspace: number,
  cursor: string | undefined,
): Promise<{ items: Campaign[]; next: string | null }> {
  const before = cursor === undefined ? largestId : campaignIdOf(cursor);
  const rows = await pg.rows(pageCampaigns, { workspace, before, limit: pageSize + 1 });
  const items = await withCounts(pg, workspace, rows.slice(0, pageSize), { fresh: false });
  return { items, next: rows.length > pageSize ? (items.at(-1)?.id ?? null) : null };
}

const countsSchema = campaignSchema.pick({
  queued: true,
  sent: true,
  delivered: true,
  opened: true,
  clicked: true,
  bounced: true,
  complained: true,
  unsubscribed: true,
  failed: true,
  uncertain: true,
  skipped: true,
});
type Counts = z.infer<typeof countsSchema>;
const nothing: Counts = {
  queued: 0,
  sent: 0,
  delivered: 0,
  opened: 0,
  clicked: 0,
  bounced: 0,
  complained: 0,
  unsubscribed: 0,
  failed: 0,
  uncertain: 0,
  skipped: 0,
};

async function count(pg: Pg, workspace: number, ids: readonly number[]): Promise<ReadonlyMap<number, Counts>> {
  if (ids.length === 0) return new Map();
  const rows = await pg.rows(countMessages, { workspace, origin: 'campaign', ids: ids.map(String) });
  const found = new Map(rows.map(({ origin_id, ...counts }) => [Number(origin_id), counts]));
  return new Map(ids.map((id) => [id, found.get(id) ?? nothing]));
}

/** Counted anew, and kept for whoever lists campaigns next. */
async function countAndKeep(pg: Pg, workspace: number, ids: readonly number[]): Promise<ReadonlyMap<number, Counts>> {
  if (ids.length === 0) return new Map();
  const at = (await pg.row(readServerTime, {}))?.now ?? new Date(0);
  const counted = await count(pg, workspace, ids);
  await pg.run(keepCounts, { workspace, at, ids: [...counted.keys()], counts: [...counted.values()] });
  return counted;
}

/** `fresh`: counted now; else numbers that are three seconds old at most. */
async function withCounts(
  pg: Pg,
  workspace: number,
  rows: readonly PgRow<typeof findCampaign.row>[],
  { fresh }: { readonly fresh: boolean },
): Promise<Campaign[]> {
  const asked = rows.filter(({ state, stale }) => state !== 'draft' && (fresh || stale)).map(({ id }) => id);
  const counted = await (fresh ? count : countAndKeep)(pg, workspace, asked);
  return rows.map((row) => {
    return {
      id: String(row.id),
      name: row.name,
      state: readState(row.state),
      reason: row.reason,
      definition: campaignRequestSchema.parse(row.definition),
      segmentName: row.segment_name,
      audience: row.audience === null ? null : readAudience(row.audience),
      ...(counted.get(row.id) ?? (row.counts === null ? nothing : countsSchema.parse(row.counts))),
      startsAt: row.starts_at?.toISOString() ?? null,
      startedAt: row.started_at?.toISOString() ?? null,
      finishedAt: row.finished_at?.toISOString() ?? null,
      createdAt: row.created_at.toISOString(),
      updatedAt: row.updated_at.toISOString(),
    };
  });
}

function readState(text: string): CampaignState {
  const state = campaignStates.find((each) => each === text);
  if (state === undefined) throw new Error(`a campaign is in the unknown state ${text}`);
  return state;
}
