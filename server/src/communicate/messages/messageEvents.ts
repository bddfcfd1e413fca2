import { setTimeout as pause } from 'node:timers/promises';
import { toPayload } from '../../collect/index.ts';
import type { Deps, Json, Pg, PgRow } from '../../platform/index.ts';
import { takeJourneyEvents } from '../journeys/takeEvents.ts';
import { appendOutbox, gatherOutbox, readOutbox, removeOutbox } from './sql/events.pg.ts';

/** Something that happened to a person by way of a message or a journey, for their timeline. */
export interface MessageEvent {
  /** Any profile row of the customer. */
  readonly profile: number;
  /** As in Segment's e-mail specification: "Email Delivered", "Email Link Clicked"… */
  readonly name: string;
  readonly at: Date;
  /** Unique: the same event again is one event. */
  readonly messageId: string;
  readonly properties: { readonly [name: string]: Json };
}

const entryRows = 5_000;
const retry = { firstMs: 200, longestMs: 10_000 };

/** Stores events in the caller's transaction; `createMessageEvents` brings them to ClickHouse. */
export async function appendMessageEvents(tx: Pg, workspace: number, events: readonly MessageEvent[]): Promise<void> {
  const news = events.map(({ name, ...event }) => ({ ...event, key: `message:${name}` }));
  await takeJourneyEvents(tx, workspace, news);
  for (let from = 0; from < events.length; from += entryRows) {
    const entry = events.slice(from, from + entryRows);
    await tx.run(appendOutbox, {
      workspace,
      profiles: [...new Set(entry.map(({ profile }) => profile))],
      rows: entry.length,
      payload: toPayload(
        entry.map(({ profile, name, at, messageId, properties }) =>
          JSON.stringify({
            workspace_id: workspace,
            profile_id: profile,
            timestamp: at.getTime(),
            message_id: messageId,
            type: 'message',
            event: name,
            source_id: 0,
            received_at: at.getTime(),
            properties,
            batch_id: 0,
          }),
        ),
      ),
    });
  }
}

/**
 * Brings stored events to ClickHouse, oldest first, then tells whoever follows events. Entries are gathered
 * under a number that is their deduplication token: sent twice, after a crash or by two processes, they are there once. `tell` must be repeatable.
 */
export function createMessageEvents(
  deps: Pick<Deps, 'pg' | 'ch' | 'log'>,
  tell: (workspace: number, profiles: readonly number[]) => Promise<void>,
) {
  let sending: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  const sendAll = async (): Promise<void> => {
    for (;;) {
      await deps.pg.run(gatherOutbox, { limit: 200 });
      const entries = await deps.pg.rows(readOutbox, {});
      if (entries.length === 0) return;
      for (const { workspace, shipment, ids, payloads, profiles } of byShipment(entries)) {
        await deps.ch.insert('events', joinLines(payloads), { token: `communicate-${workspace}-${shipment}` });
        await tell(workspace, [...profiles]);
        await deps.pg.run(removeOutbox, { ids });
      }
    }
  };

  const work = async (): Promise<void> => {
    for (let wait = retry.firstMs; again && !stopped; ) {
      again = false;
      try {
        await sendAll();
        wait = retry.firstMs;
      } catch (error) {
        deps.log.error({ err: error }, 'events of messages could not be sent to the analytics store; trying again');
        again = true;
        await pause(wait);
        wait = Math.min(wait * 2, retry.longestMs);
      }
    }
    sending = null;
  };

  return {
    /** Brings over what is stored, in the background. */
    ring(): void {
      again = true;
      if (!stopped) sending ??= work();
    },
    async stop(): Promise<void> {
      await sending;
      stopped = true;
    },
  };
}

interface Shipment {
  readonly workspace: number;
  readonly shipment: number;
  readonly ids: number[];
  readonly payloads: Buffer[];
  readonly profiles: Set<number>;
}

function byShipment(entries: readonly PgRow<typeof readOutbox.row>[]): Shipment[] {
  const shipments = new Map<string, Shipment>();
  for (const { id, workspace_id: workspace, shipment, payload, profiles } of entries) {
    const key = `${workspace}/${shipment}`;
    const known = shipments.get(key) ?? { workspace, shipment, ids: [], payloads: [], profiles: new Set<number>() };
    known.ids.push(id);
    known.payloads.push(payload);
    for (const profile of profiles) known.profiles.add(profile);
    shipments.set(key, known);
  }
  return [...shipments.values()];
}

const newline = Buffer.from('\n');
const joinLines = (payloads: readonly Buffer[]): Buffer =>
  Buffer.concat(payloads.flatMap((payload, index) => (index === 0 ? [payload] : [newline, payload])));
