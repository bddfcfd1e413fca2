import type { Channel, ConsentProof } from '@vitrail/contracts';
import { appendMessageEvents } from '../messages/messageEvents.ts';
import { type ConsentDeps, changeConsents } from './changeConsents.ts';
import { expiryOf, loadPurposes } from './purposes.ts';

/** A yes to one question of ours. */
export interface AcceptedQuestion {
  /** The profile row that was asked. */
  readonly profile: number;
  readonly purpose: string;
  readonly channel: Channel;
  /** The 'pending' entry of the ledger that it answers. */
  readonly consent: number;
  readonly proof: ConsentProof;
}

/**
 * Writes down that people confirmed what they were asked: their consents, and an event for the timeline and the journeys of
 * welcome, together. Safe to repeat.
 */
export async function acceptQuestions(
  deps: ConsentDeps,
  workspace: number,
  at: Date,
  accepted: readonly AcceptedQuestion[],
): Promise<void> {
  const purposes = await loadPurposes(deps.pg, workspace);
  await changeConsents(
    deps,
    workspace,
    accepted.map(({ profile, purpose, channel, consent, proof }) => ({
      profile,
      purpose,
      channel,
      state: 'granted',
      basis: 'consent',
      at,
      expiresAt: expiryOf(purposes, purpose, at),
      source: 'double_opt_in',
      actor: 'person',
      proof: { ...proof, reason: `answers entry ${consent}` },
    })),
    (tx) =>
      appendMessageEvents(
        tx,
        workspace,
        accepted.map(({ profile, purpose, channel, consent }) => ({
          profile,
          name: 'Subscription Confirmed',
          at,
          messageId: `confirmed-${workspace}-${consent}`,
          properties: { purpose, channel },
        })),
      ),
  );
}
