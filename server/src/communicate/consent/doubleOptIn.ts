import type { Channel, ConsentProof, ConsentSource } from '@vitrail/contracts';
import type { Pg } from '../../platform/index.ts';
import { enqueueMessages } from '../messages/enqueueMessages.ts';
import { findSystemTemplate } from '../templates/index.ts';
import type { Links } from './linkTokens.ts';
import { loadStates } from './loadStates.ts';
import { basesFor, loadPurposes } from './purposes.ts';
import { recordConsents } from './recordConsents.ts';
import { listPartsOf } from './sql/people.pg.ts';
import { standingOf } from './standing.ts';

export interface ConsentQuestion {
  readonly workspace: number;
  readonly now: Date;
  /** The profile row that asks: usually the holder of the address. */
  readonly profile: number;
  readonly purpose: string;
  readonly channel: Channel;
  readonly at: Date;
  readonly source: ConsentSource;
  readonly actor: string;
  readonly proof: ConsentProof;
}

export type AskOutcome =
  | { readonly outcome: 'asked' | 'asked_before'; readonly entry: number; readonly message: number }
  /** They allow it already: asking again could only take it away. */
  | { readonly outcome: 'granted'; readonly entry: number | null }
  /** There is nothing to ask with on this channel. */
  | { readonly outcome: 'no_template' };

/** How long the button in the message works, and a yes by text counts. */
export const questionDays = 14;
/** The template that asks, by the channels on which people can answer. */
export const questions: Partial<Record<Channel, string>> = { email: 'double_opt_in', sms: 'double_opt_in_sms' };
/** Whoever fills in the form twice gets one question. */
const againMs = 10 * 60_000;

/**
 * Asks a person to confirm: a pending entry in the ledger and a message with the link, in the caller's transaction.
 * Nothing is allowed until they press its button, or answer YES by text. Safe to repeat.
 */
export async function requestDoubleOptIn(tx: Pg, links: Links, asked: ConsentQuestion): Promise<AskOutcome> {
  const { workspace, now, profile, purpose, channel } = asked;
  const profiles = (await tx.rows(listPartsOf, { workspace, profile })).map(({ id }) => id);
  const bases = basesFor(await loadPurposes(tx, workspace), { purpose, channel });
  const states = await loadStates(tx, workspace, profiles);
  const standing = standingOf(states, { purpose, channel, bases, now });
  if (standing.allowed && standing.basis === 'consent') return { outcome: 'granted', entry: standing.entry };
  const question = questions[channel];
  if (question === undefined) return { outcome: 'no_template' };
  const template = await findSystemTemplate(tx, workspace, question, now);

  const lately =
    standing.state === 'pending' && standing.at !== null && now.getTime() - Date.parse(standing.at) < againMs;
  const entry = lately ? standing.entry : await recordPending(tx, asked);
  if (entry === null) return { outcome: 'granted', entry: null };
  const expiresAt = new Date(now.getTime() + questionDays * 86_400_000);
  const [message] = await enqueueMessages(tx, {
    workspace,
    now,
    wishes: [
      {
        profile,
        dedupeKey: `consent/${entry}`,
        channel,
        purpose,
        kind: 'transactional',
        priority: 100,
        template,
        origin: { kind: 'consent', id: String(entry) },
        variables: {
          purpose,
          channel,
          confirm_url: links.confirmation({ workspace, profile, consent: entry, channel, purpose, expiresAt }),
        },
        dueAt: now,
      },
    ],
  });
  return { outcome: lately ? 'asked_before' : 'asked', entry, message: message ?? 0 };
}

async function recordPending(tx: Pg, asked: ConsentQuestion): Promise<number | null> {
  const { workspace, now, profile, purpose, channel, at, source, actor, proof } = asked;
  const fact = { profile, purpose, channel, at, source, actor, proof, basis: 'consent', expiresAt: null } as const;
  const { entries } = await recordConsents(tx, { workspace, now, facts: [{ ...fact, state: 'pending' }] });
  return entries[0]?.id ?? null;
}
