import {
  type ConsentEntry,
  type ConsentStanding,
  consentProofSchema,
  consentSources,
  consentStates,
  lawfulBases,
  type ProfileConsents,
} from '@vitrail/contracts';
import { z } from 'zod';
import { encodeProfileId } from '../../collect/index.ts';
import { decodeCursor, encodeCursor, type Pg, type PgRow } from '../../platform/index.ts';
import { loadStates } from './loadStates.ts';
import { basesFor, loadPurposes, type Purpose } from './purposes.ts';
import { type listConsents, listConsents as selectConsents } from './sql/ledger.pg.ts';
import { type CustomerStates, standingOf } from './standing.ts';
import { listSuppressedOf } from './suppression/suppressions.ts';

const position = z.tuple([z.number().int().positive()]);
const pageEntries = 50;
/** The channels that people are asked about; others appear once something was said about them. */
const askedChannels = ['email', 'sms', 'webpush', 'mobilepush', 'whatsapp'];

/** What a customer allows, purpose by purpose and channel by channel, and every entry that led there, the newest first. */
export async function readConsents(
  pg: Pg,
  query: { workspace: number; profiles: readonly number[]; now: Date; cursor?: string | undefined },
): Promise<ProfileConsents> {
  const { workspace, profiles, now } = query;
  const [below] = query.cursor === undefined ? [Number.MAX_SAFE_INTEGER] : decodeCursor(query.cursor, position);
  const [purposes, states, rows, suppressed] = await Promise.all([
    loadPurposes(pg, workspace),
    loadStates(pg, workspace, profiles),
    pg.rows(selectConsents, { workspace, profiles, below, limit: pageEntries + 1 }),
    listSuppressedOf(pg, workspace, profiles),
  ]);
  const items = rows.slice(0, pageEntries).map(presentEntry);
  const last = items.at(-1);
  return {
    standing: matrixOf(purposes, states, now),
    suppressed,
    ledger: { items, next: rows.length > pageEntries && last !== undefined ? encodeCursor([last.id]) : null },
  };
}

/** Marketing channel by channel; other purposes as they are asked for. */
export function matrixOf(purposes: readonly Purpose[], states: CustomerStates, now: Date): ConsentStanding[] {
  const names = new Set([...purposes.map(({ name }) => name), ...states.rows.map(({ purpose }) => purpose)]);
  return [...names].flatMap((purpose) => {
    const said = states.rows
      .filter((row) => row.purpose === purpose && row.channel !== '')
      .map(({ channel }) => channel);
    const usual = purpose === 'marketing' ? askedChannels : channelsOf(purposes.find(({ name }) => name === purpose));
    const specific = [...new Set([...usual, ...said])];
    const channels = specific.length > 0 ? specific : [''];
    return channels.map((channel) =>
      standingOf(states, { purpose, channel, bases: basesFor(purposes, { purpose, channel }), now }),
    );
  });
}

/** Those its categories name, when none stands for every channel. */
const channelsOf = (purpose: Purpose | undefined): string[] => {
  const channels = (purpose?.categories ?? []).map(({ channel }) => channel);
  return channels.includes('') ? [] : [...new Set(channels)];
};

const word = <T extends string>(words: readonly T[], text: string, otherwise: T): T =>
  words.find((each) => each === text) ?? otherwise;

export const presentEntry = (row: PgRow<typeof listConsents.row>): ConsentEntry => ({
  id: row.id,
  profile: encodeProfileId(row.profile_id),
  purpose: row.purpose,
  channel: row.channel,
  state: word(consentStates, row.state, 'denied'),
  basis: word(lawfulBases, row.basis, 'legitimate_interest'),
  at: row.at.toISOString(),
  recordedAt: row.recorded_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  source: word(consentSources, row.source, 'event'),
  actor: row.actor,
  proof: consentProofSchema.safeParse(row.proof).data ?? {},
});
