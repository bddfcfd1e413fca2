import type { Channel } from '@vitrail/contracts';
import type { Json, Pg } from '../../platform/index.ts';
import { insertMessages, ringMessages } from './sql/messages.pg.ts';

/** A message somebody wants to go out; the gate decides when its moment has come. */
export interface MessageWish {
  /** Any profile row of the customer. */
  readonly profile: number;
  /**
   * Unique in the workspace for ever: asking again returns the first one. Begins with who asks: `campaign/7/1234`,
   * `journey/3/run/88/mail`, `api/<idempotency key>`.
   */
  readonly dedupeKey: string;
  readonly channel: Channel;
  readonly purpose: string;
  /** Marketing rules (consent, caps, quiet hours) do not hold for transactional messages; suppression of addresses does. */
  readonly kind: 'marketing' | 'transactional' | 'test';
  readonly priority?: number;
  readonly template: { readonly id: number; readonly version: number };
  readonly variant?: string;
  readonly origin: {
    readonly kind: 'campaign' | 'journey' | 'api' | 'consent' | 'test';
    readonly id: string;
    readonly step?: string;
  };
  /** What the template may say: `event` (what caused it), `journey`, or the API's variables. */
  readonly variables?: Json;
  /** Fixed by the caller (a test send, a confirmation of a new address); else found in the profile. */
  readonly address?: string;
  readonly dueAt: Date;
}

/**
 * Puts messages into the outbox, in the caller's transaction: with it they go out, without it they do not exist. Safe to
 * repeat. Returns the id of each, new or not, in the order asked.
 */
export async function enqueueMessages(
  tx: Pg,
  input: { workspace: number; now: Date; wishes: readonly MessageWish[] },
): Promise<readonly number[]> {
  const { workspace, now, wishes } = input;
  if (wishes.length === 0) return [];
  const rows = await tx.rows(insertMessages, {
    workspace,
    now,
    profiles: wishes.map(({ profile }) => profile),
    keys: wishes.map(({ dedupeKey }) => dedupeKey),
    channels: wishes.map(({ channel }) => channel),
    purposes: wishes.map(({ purpose }) => purpose),
    kinds: wishes.map(({ kind }) => kind),
    priorities: wishes.map(({ priority }) => priority ?? 0),
    templates: wishes.map(({ template }) => template.id),
    versions: wishes.map(({ template }) => template.version),
    variants: wishes.map(({ variant }) => variant ?? ''),
    origins: wishes.map(({ origin }) => origin.kind),
    originIds: wishes.map(({ origin }) => origin.id),
    steps: wishes.map(({ origin }) => origin.step ?? ''),
    variables: wishes.map(({ variables }) => variables ?? {}),
    addresses: wishes.map(({ address }) => address ?? ''),
    due: wishes.map(({ dueAt }) => dueAt),
  });
  await tx.row(ringMessages, {});
  const ids = new Map(rows.map(({ dedupe_key, id }) => [dedupe_key, id]));
  return wishes.map(({ dedupeKey }) => {
    const id = ids.get(dedupeKey);
    if (id === undefined) throw new Error('a message was neither stored nor found');
    return id;
  });
}
