import { setTimeout as pause } from 'node:timers/promises';
import type { DataSubject, PersonalData } from '../../govern/index.ts';
import { type Deps, Fault, type Json } from '../../platform/index.ts';
import { releaseMessageIds } from '../pipeline/sql/batches.pg.ts';
import { mentionsAny } from './mentions.ts';
import {
  countDrops,
  countEvents,
  deleteDrops,
  deleteEvents,
  listPersonDrops,
  listPersonEvents,
} from './sql/rights.ch.ts';
import { countUnshipped, deleteRejects, listPersonRejects, newestBatch } from './sql/rights.pg.ts';

const page = 5_000;
/** Batches under way are shipped within this, or the erasure fails and is taken up again. */
const shipWaitMs = 60_000;
const zeroUuid = '00000000-0000-0000-0000-000000000000';

/** Values too short to search for would take other people's records along. */
const searchable = (person: DataSubject): string[] => [
  ...new Set(person.identifiers.flatMap(({ value, raw }) => [value, raw]).filter((text) => text.length >= 5)),
];
const patternsOf = (values: readonly string[]): string[] =>
  values.map(
    (value) =>
      `%${JSON.stringify(value)
        .slice(1, -1)
        .replaceAll(/[\\%_]/g, String.raw`\$&`)}%`,
  );

/** As they stand in JSON text. ClickHouse searches at most 255 at once. */
function* needlesOf(values: readonly string[]): Generator<string[]> {
  for (let start = 0; start < values.length; start += 200) {
    yield values.slice(start, start + 200).map((value) => JSON.stringify(value).slice(1, -1));
  }
}

/** What the collect room holds about a person: events, dropped records, rejected import rows. */
export function createCollectedData(deps: Pick<Deps, 'pg' | 'ch'>): PersonalData {
  async function* eventPages(person: DataSubject) {
    for (let after = ''; ; ) {
      const rows = await deps.ch.rows(listPersonEvents, {
        workspace: person.workspaceId,
        profiles: person.profileIds,
        after,
        limit: page,
      });
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows;
      after = last.message_id;
    }
  }

  /** Rows resolved before the person went must be in the table before they can be deleted from it. */
  async function waitShipped(workspace: number): Promise<void> {
    const upTo = (await deps.pg.row(newestBatch, { workspace }))?.id ?? 0;
    for (let waited = 0; ; waited += 50) {
      const left = await deps.pg.row(countUnshipped, { workspace, upTo });
      if (left === null || left.batches === 0) return;
      if (waited > shipWaitMs) {
        throw new Fault(
          'unavailable',
          'collect.shipping_lags',
          'Events are still on their way to the analytics store; the erasure goes on by itself.',
        );
      }
      await pause(50);
    }
  }

  return {
    room: 'collect',
    async export(person) {
      const events: Json[] = [];
      for await (const rows of eventPages(person)) {
        for (const row of rows) {
          events.push({
            messageId: row.message_id,
            type: row.type,
            event: row.event,
            timestamp: new Date(row.at).toISOString(),
            receivedAt: new Date(row.received).toISOString(),
            source: row.source_id,
            anonymousId: row.anonymous_id,
            userId: row.user_id,
            properties: JSON.parse(row.properties),
            traits: JSON.parse(row.traits),
            context: JSON.parse(row.context),
            extra: JSON.parse(row.extra),
          });
        }
      }
      const values = searchable(person);
      return {
        events,
        droppedRecords: await exportDrops(person.workspaceId, values),
        rejectedImportRows: await exportRejects(person.workspaceId, values),
      };
    },

    async erase(person) {
      const { workspaceId: workspace, profileIds: profiles } = person;
      await waitShipped(workspace);
      // Their message ids go too, so that the same file imported again is recognised as an erased person's, not as a repeat.
      for await (const rows of eventPages(person)) {
        await deps.pg.run(releaseMessageIds, { workspace, ids: rows.map((row) => row.message_id) });
      }
      const [counted] = await deps.ch.rows(countEvents, { workspace, profiles });
      await deps.ch.run(deleteEvents, { workspace, profiles });
      const values = searchable(person);
      if (values.length === 0) return { events: counted?.events ?? 0 };
      const dropped = await eraseDrops(workspace, values);
      const rejects = await deps.pg.row(deleteRejects, { workspace, patterns: patternsOf(values) });
      return { events: counted?.events ?? 0, drops: dropped, 'import rejects': rejects?.removed ?? 0 };
    },
  };

  /** Records that were accepted and not kept, and that name the person by an identifier. */
  async function exportDrops(workspace: number, values: readonly string[]): Promise<Json[]> {
    const drops = new Map<string, Json>();
    const names = mentionsAny(values);
    for (const some of needlesOf(values)) {
      for (let after = ''; ; ) {
        const rows = await deps.ch.rows(listPersonDrops, { workspace, values: some, after, limit: page });
        const last = rows.at(-1);
        if (last === undefined) break;
        for (const row of rows.filter(({ raw }) => names(raw))) {
          drops.set(row.id, {
            at: new Date(row.at).toISOString(),
            reason: row.reason,
            source: row.source_id,
            replayed: row.replayed,
            ip: row.ip,
            userAgent: row.user_agent,
            record: row.raw,
          });
        }
        after = last.id;
      }
    }
    return [...drops.values()];
  }

  async function exportRejects(workspace: number, values: readonly string[]): Promise<Json[]> {
    const patterns = patternsOf(values);
    const names = mentionsAny(values);
    const rejects: Json[] = [];
    for (let afterImport = zeroUuid, afterRow = 0; patterns.length > 0; ) {
      const rows = await deps.pg.rows(listPersonRejects, { workspace, patterns, afterImport, afterRow, limit: page });
      const last = rows.at(-1);
      if (last === undefined) break;
      for (const { import_id, row, reason, record } of rows) {
        if (names(JSON.stringify(record))) rejects.push({ import: import_id, row, reason, record });
      }
      afterImport = last.import_id;
      afterRow = last.row;
    }
    return rejects;
  }

  async function eraseDrops(workspace: number, values: readonly string[]): Promise<number> {
    let dropped = 0;
    for (const some of needlesOf(values)) {
      const [found] = await deps.ch.rows(countDrops, { workspace, values: some });
      if (found === undefined || found.drops === 0) continue;
      dropped += found.drops;
      await deps.ch.run(deleteDrops, { workspace, values: some });
    }
    return dropped;
  }
}
