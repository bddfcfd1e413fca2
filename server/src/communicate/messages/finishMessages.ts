import type { FailureReason } from '@vitrail/contracts';
import type { Assigner } from '../../decide/index.ts';
import type { Deps, Pg } from '../../platform/index.ts';
import { exposeSent } from '../campaigns/giveVariants.ts';
import type { SendOutcome } from '../channels/index.ts';
import { markCampaigns } from './markCampaigns.ts';
import { appendMessageEvents } from './messageEvents.ts';
import { type News, recordFeedback } from './recordFeedback.ts';
import { finishMessages } from './sql/pump.pg.ts';

/** How a message left our hands. */
export interface Finished {
  readonly id: number;
  readonly state: 'sent' | 'failed' | 'uncertain' | 'queued';
  readonly reason?: FailureReason | 'provider_waits' | 'brake';
  readonly detail?: string;
  readonly provider?: string;
  readonly providerMessageId?: string;
  /** Of `sent`: the experiment that chose how its products are recommended; null: none. */
  readonly recommendedBy?: string | null;
  /** Of `queued`: when it is tried again. */
  readonly dueAt?: Date;
  /** It was not offered to a provider: a long outage uses up nobody's patience. */
  readonly untried?: boolean;
}

/** An answer of a provider about a message that was tried `attempts` times before. */
export interface Concluded {
  readonly id: number;
  readonly attempts: number;
  readonly recommendedBy?: string | null;
  readonly provider: string;
  readonly outcome: SendOutcome;
}

/** A message waits longer each time its provider cannot take it, and is given up after about a day. */
const patience = { firstMs: 5_000, longestMs: 3_600_000, attempts: 30 };

const sentNames: Readonly<Record<string, string>> = {
  email: 'Email Sent',
  sms: 'SMS Sent',
  webpush: 'Push Sent',
  mobilepush: 'Push Sent',
  whatsapp: 'WhatsApp Sent',
  webhook: 'Webhook Sent',
  inbox: 'Inbox Message Stored',
  chat: 'Chat Message Sent',
};

export interface FinishDeps extends Pick<Deps, 'pg' | 'clock'> {
  readonly assigner: Assigner;
  readonly onEvents: () => void;
}

export function createFinisher(deps: FinishDeps) {
  return {
    /** What an answer of a provider makes of a message. */
    conclude({ id, attempts, recommendedBy = null, provider, outcome }: Concluded): Finished {
      if (outcome.kind === 'accepted')
        return { id, provider, state: 'sent', providerMessageId: outcome.providerMessageId, recommendedBy };
      if (outcome.kind === 'rejected')
        return { id, provider, state: 'failed', reason: outcome.reason, detail: outcome.detail };
      if (outcome.kind === 'uncertain')
        return { id, provider, state: 'uncertain', reason: 'answer_lost', detail: outcome.detail };
      if (outcome.kind === 'held') {
        const dueAt = new Date(deps.clock.now().getTime() + outcome.afterMs);
        const reason = outcome.reason === 'braked' ? 'brake' : 'provider_waits';
        return { id, provider, state: 'queued', reason, detail: outcome.detail, dueAt, untried: true };
      }
      if (attempts + 1 >= patience.attempts)
        return { id, provider, state: 'failed', reason: 'gave_up', detail: outcome.detail };
      const wait = Math.min(patience.firstMs * 2 ** attempts, patience.longestMs);
      const dueAt = new Date(deps.clock.now().getTime() + Math.max(outcome.afterMs ?? 0, wait));
      return { id, provider, state: 'queued', reason: 'provider_waits', detail: outcome.detail, dueAt };
    },

    /** Writes it down, with the events of what was sent, in one transaction. */
    async finish(workspace: number, finished: readonly Finished[]): Promise<void> {
      if (finished.length === 0) return;
      const now = deps.clock.now();
      const told = await deps.pg.transaction(async (tx) => {
        const rows = await tx.rows(finishMessages, {
          workspace,
          now,
          ids: finished.map(({ id }) => id),
          states: finished.map(({ state }) => state),
          reasons: finished.map(({ reason }) => reason ?? ''),
          details: finished.map(({ detail }) => (detail ?? '').slice(0, 500)),
          providers: finished.map(({ provider }) => provider ?? ''),
          provider_ids: finished.map(({ providerMessageId }) => providerMessageId ?? ''),
          due: finished.map(({ dueAt }) => dueAt ?? null),
          tries: finished.map(({ untried }) => (untried === true ? 0 : 1)),
        });
        await markCampaigns(tx, workspace, rows);
        const sent = rows.filter(({ state }) => state === 'sent');
        await exposeSent(deps, tx, workspace, sent);
        await exposeRecommended(deps, tx, { workspace, finished, sent });
        await appendMessageEvents(
          tx,
          workspace,
          sent.map(({ id, profile_id, channel }) => ({
            profile: profile_id,
            name: sentNames[channel] ?? 'Message Sent',
            at: now,
            messageId: `message-${id}-sent`,
            properties: { message: String(id), channel },
          })),
        );
        // Refused at the door is as good as a bounce: the address is written to no more.
        const gone = new Map(
          finished.filter(({ reason }) => reason === 'invalid_address').map((each) => [each.id, each]),
        );
        const news = rows.flatMap(({ id, state }): News[] => {
          const refusal = gone.get(id);
          if (refusal === undefined || state !== 'failed') return [];
          const detail = { code: (refusal.detail ?? '').slice(0, 200) };
          return [{ message: id, kind: 'bounced', at: now, dedupeKey: '', machine: false, detail }];
        });
        await recordFeedback(tx, { workspace, now, news });
        return sent.length + news.length > 0;
      });
      if (told) deps.onEvents();
    },
  };
}

/** Tells of those who were handed products that an experiment chose, in the transaction that notes it. */
async function exposeRecommended(
  { assigner }: Pick<FinishDeps, 'assigner'>,
  tx: Pg,
  {
    workspace,
    finished,
    sent,
  }: {
    readonly workspace: number;
    readonly finished: readonly Finished[];
    readonly sent: readonly { readonly id: number; readonly profile_id: number }[];
  },
): Promise<void> {
  const by = new Map(finished.map(({ id, recommendedBy }) => [id, recommendedBy ?? null]));
  const profiles = new Map<string, number[]>();
  for (const { id, profile_id } of sent) {
    const experiment = by.get(id) ?? null;
    if (experiment !== null) profiles.set(experiment, [...(profiles.get(experiment) ?? []), profile_id]);
  }
  for (const [experiment, own] of [...profiles].toSorted())
    await assigner.expose(tx, { workspace, kind: 'recommendation', experiment, profiles: own });
}
