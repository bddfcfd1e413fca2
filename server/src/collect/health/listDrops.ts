import type { DroppedRecord } from '@vitrail/contracts';
import { z } from 'zod';
import { type Ch, type ChValues, decodeCursor, encodeCursor } from '../../platform/index.ts';
import { pageDrops } from './sql/drops.ch.ts';

export interface DropFilter {
  readonly reason?: string | undefined;
  readonly sourceId?: number | undefined;
  readonly event?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Instants beyond any record, within what the engine can say. */
const latest = '2299-12-31T00:00:00.000Z';
const earliest = '1900-01-01T00:00:00.000Z';

export const toFilterParams = (workspace: number, filter: DropFilter) => ({
  workspace,
  reason: filter.reason ?? '',
  source: filter.sourceId ?? 0,
  event: filter.event ?? '',
  from: filter.from ?? earliest,
  to: filter.to ?? latest,
});

function toDropped(row: ChValues<(typeof pageDrops)['row']>, masked: boolean): DroppedRecord {
  const { source_id, message_id, raw, ...rest } = row;
  return {
    ...rest,
    sourceId: source_id,
    messageId: masked ? null : message_id,
    raw: masked ? null : raw,
  };
}

/** A page of dropped records, newest first. `masked` leaves out the record itself and its message id. */
export async function listDrops(
  ch: Ch,
  workspaceId: number,
  search: DropFilter & { replayed?: boolean | undefined; cursor?: string | undefined; limit: number; masked: boolean },
) {
  const { cursor, limit, masked, replayed } = search;
  const [beforeAt, beforeId] =
    cursor === undefined ? [latest, ''] : decodeCursor(cursor, z.tuple([z.iso.datetime(), z.string()]));
  const rows = await ch.rows(pageDrops, {
    ...toFilterParams(workspaceId, search),
    replayed: replayed === undefined ? 2 : Number(replayed),
    beforeAt,
    beforeId,
    limit,
  });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    items: rows.map((row) => toDropped(row, masked)),
    next: last === undefined ? null : encodeCursor([last.at, last.id]),
  };
}
