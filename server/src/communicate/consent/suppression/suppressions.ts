import {
  type Channel,
  channels,
  type ProfileConsents,
  type Suppression,
  type SuppressionReason,
  suppressionReasons,
} from '@vitrail/contracts';
import { z } from 'zod';
import { type Actor, recordAudit, type Secrets } from '../../../govern/index.ts';
import { type Deps, decodeCursor, encodeCursor, Fault, type Pg, type PgRow } from '../../../platform/index.ts';
import { listAddresses } from '../sql/people.pg.ts';
import {
  addSuppressions,
  findSuppressions,
  hashSuppressions,
  type listSuppressions,
  readCountry,
  removeSuppression,
  listSuppressions as selectSuppressions,
} from '../sql/suppressions.pg.ts';
import { addressOf, hashAddress, hashMark, namespaceOf } from './addressOf.ts';
import { type RejectedLine, readSuppressionFile } from './readImport.ts';

const pageRows = 100;
const position = z.tuple([z.number(), z.string(), z.string()]);
export const presentSuppression = (row: PgRow<typeof listSuppressions.row>): Suppression => ({
  channel: channels.find((channel) => channel === row.channel) ?? 'email',
  value: row.value.startsWith(hashMark) ? '' : row.value,
  reason: suppressionReasons.find((reason) => reason === row.reason) ?? 'manual',
  at: row.at.toISOString(),
  by: row.by_actor,
  detail: row.detail,
  erased: row.value.startsWith(hashMark),
});

/** Addresses nothing goes to, the newest first. */
export async function pageSuppressions(
  pg: Pg,
  workspace: number,
  query: { channel?: Channel | undefined; q?: string | undefined; cursor?: string | undefined },
): Promise<{ items: Suppression[]; next: string | null }> {
  const [at, channel, value] = query.cursor === undefined ? [null, '', ''] : decodeCursor(query.cursor, position);
  const rows = await pg.rows(selectSuppressions, {
    workspace,
    channel: query.channel ?? '',
    prefix: `${(query.q ?? '')
      .trim()
      .toLowerCase()
      .replace(/[\\%_]/g, '\\$&')}%`,
    beforeAt: at === null ? null : new Date(at),
    beforeChannel: channel,
    beforeValue: value,
    limit: pageRows + 1,
  });
  const page = rows.slice(0, pageRows);
  const last = page.at(-1);
  return {
    items: page.map(presentSuppression),
    next:
      rows.length > pageRows && last !== undefined ? encodeCursor([last.at.getTime(), last.channel, last.value]) : null,
  };
}

interface Change {
  readonly workspace: number;
  readonly now: Date;
  readonly actor: Actor;
}

const actorText = ({ kind, id }: Actor): string => `${kind}:${id}`;

const countryOf = async (pg: Pg, workspace: number): Promise<string> =>
  (await pg.row(readCountry, { workspace }))?.country ?? '';

async function getAddress(pg: Pg, workspace: number, channel: Channel, raw: string): Promise<string> {
  const value = addressOf(channel, raw, await countryOf(pg, workspace));
  if (value === null)
    throw new Fault('invalid', 'communicate.not_an_address', 'This is no address of that channel. Check its spelling.');
  return value;
}

/** Puts one address on the list. Safe to repeat. */
export async function addSuppression(
  deps: Pick<Deps, 'pg' | 'clock'>,
  { workspace, now, actor }: Change,
  wanted: { channel: Channel; value: string; detail: string; reason?: SuppressionReason },
): Promise<void> {
  const value = await getAddress(deps.pg, workspace, wanted.channel, wanted.value);
  await deps.pg.transaction(async (tx) => {
    const added = await tx.rows(addSuppressions, {
      workspace,
      now,
      channels: [wanted.channel],
      values: [value],
      reason: wanted.reason ?? 'manual',
      actor: actorText(actor),
      detail: wanted.detail,
    });
    if (added.length === 0) return;
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'suppression.added',
      target: `an address of the channel ${wanted.channel}`,
      details: { channel: wanted.channel },
    });
  });
}

/** Takes one address off the list; throws `not_found`. */
export async function dropSuppression(
  deps: Pick<Deps, 'pg' | 'clock'>,
  { workspace, actor }: Change,
  { channel, value: raw }: { channel: Channel; value: string },
): Promise<void> {
  const value = await getAddress(deps.pg, workspace, channel, raw);
  await deps.pg.transaction(async (tx) => {
    const removed = await tx.run(removeSuppression, { workspace, channel, value });
    if (removed === 0)
      throw new Fault('not_found', 'communicate.not_suppressed', 'This address is not on the list of that channel.');
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'suppression.removed',
      target: `an address of the channel ${channel}`,
      details: { channel },
    });
  });
}

/** Puts a file of addresses on the list, as another tool exports it. The same file again adds nothing. */
export async function importSuppressions(
  deps: Pick<Deps, 'pg' | 'clock'>,
  { workspace, now, actor }: Change,
  file: { readonly text: string; readonly channel: Channel },
): Promise<{ added: number; known: number; rejected: readonly RejectedLine[] }> {
  const { lines, rejected } = readSuppressionFile(file.text, {
    channel: file.channel,
    country: await countryOf(deps.pg, workspace),
  });
  const added = await deps.pg.transaction(async (tx) => {
    const rows = await tx.rows(addSuppressions, {
      workspace,
      now,
      channels: lines.map(({ channel }) => channel),
      values: lines.map(({ value }) => value),
      reason: 'imported',
      actor: actorText(actor),
      detail: '',
    });
    if (rows.length > 0)
      await recordAudit(tx, deps, {
        workspaceId: workspace,
        actor,
        action: 'suppression.imported',
        target: `${rows.length} addresses`,
        details: { added: rows.length, rejected: rejected.length },
      });
    return rows.length;
  });
  return { added, known: lines.length - added, rejected: rejected.slice(0, 100) };
}

/** The addresses of a customer that nothing goes to, on every channel that uses them. */
export async function listSuppressedOf(
  pg: Pg,
  workspace: number,
  profiles: readonly number[],
): Promise<ProfileConsents['suppressed']> {
  const addresses = await pg.rows(listAddresses, { workspace, profiles });
  const asked = addresses.flatMap(({ namespace, value }) =>
    channels.filter((channel) => namespaceOf(channel) === namespace).map((channel) => ({ channel, value })),
  );
  if (asked.length === 0) return [];
  const found = await pg.rows(findSuppressions, {
    workspace,
    channels: asked.map(({ channel }) => channel),
    values: asked.map(({ value }) => value),
  });
  return found.map(({ channel, value, reason, at }) => ({ channel, value, reason, at: at.toISOString() }));
}

/**
 * The person was erased: their addresses stay on the list as keyed hashes, so that nobody writes to them by mistake and
 * nobody can read them. Safe to repeat.
 */
export async function hashSuppressionsOf(
  deps: { readonly pg: Pg; readonly secrets: Pick<Secrets, 'erasure'> },
  workspace: number,
  identifiers: readonly { readonly namespace: string; readonly value: string }[],
): Promise<number> {
  const asked = identifiers.flatMap(({ namespace, value }) =>
    channels
      .filter((channel) => namespaceOf(channel) === namespace)
      .map((channel) => ({ channel, value, hash: hashAddress(deps.secrets, workspace, channel, value) ?? '' })),
  );
  if (asked.length === 0) return 0;
  return deps.pg.run(hashSuppressions, {
    workspace,
    channels: asked.map(({ channel }) => channel),
    values: asked.map(({ value }) => value),
    hashes: asked.map(({ hash }) => hash),
  });
}
