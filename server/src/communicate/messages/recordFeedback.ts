import { type FeedbackKind, feedbackKinds } from '@vitrail/contracts';
import { isJsonObject, type Json, type Pg } from '../../platform/index.ts';
import { markCampaigns } from './markCampaigns.ts';
import { appendMessageEvents } from './messageEvents.ts';
import { insertFeedback, readMessagesOfNews, suppressAddresses, tellMessages } from './sql/feedback.pg.ts';

/** What somebody outside says became of a message. */
export interface News {
  readonly message: number;
  readonly kind: FeedbackKind;
  readonly at: Date;
  /** The same news again changes nothing: the provider's event id, the link's number, or '' where once is all there is. */
  readonly dedupeKey: string;
  /** A scanner or a mail proxy: kept apart from what people do. */
  readonly machine: boolean;
  /** Without personal data: the link, the provider's code. */
  readonly detail: { readonly [name: string]: Json };
}

const names: Readonly<Record<string, Readonly<Record<FeedbackKind, string>>>> = {
  email: {
    delivered: 'Email Delivered',
    opened: 'Email Opened',
    clicked: 'Email Link Clicked',
    bounced: 'Email Bounced',
    soft_bounced: 'Email Soft Bounced',
    complained: 'Email Marked as Spam',
    unsubscribed: 'Unsubscribed',
    replied: 'Email Replied',
  },
};
const otherNames: Readonly<Record<FeedbackKind, string>> = {
  delivered: 'Message Delivered',
  opened: 'Message Opened',
  clicked: 'Message Link Clicked',
  bounced: 'Message Bounced',
  soft_bounced: 'Message Soft Bounced',
  complained: 'Message Complained Of',
  unsubscribed: 'Unsubscribed',
  replied: 'Message Replied',
};

/**
 * Writes news of messages in the caller's transaction: once each, onto the timeline, into the message's state; an address that
 * does not exist or complained is written to no more. Unknown messages are left out. Returns how much of it was new; ring
 * the message events after the commit when there is any.
 */
export async function recordFeedback(
  tx: Pg,
  input: { workspace: number; now: Date; news: readonly News[] },
): Promise<number> {
  const { workspace, now, news } = input;
  if (news.length === 0) return 0;
  const fresh = await tx.rows(insertFeedback, {
    workspace,
    messages: news.map(({ message }) => message),
    kinds: news.map(({ kind }) => kind),
    at: news.map(({ at }) => at),
    keys: news.map(({ dedupeKey }) => dedupeKey),
    machines: news.map(({ machine }) => machine),
    details: news.map(({ detail }) => detail),
  });
  if (fresh.length === 0) return 0;
  const ids = [...new Set(fresh.map(({ message_id }) => message_id))];
  const messages = new Map((await tx.rows(readMessagesOfNews, { workspace, ids })).map((row) => [row.id, row]));
  const kindOf = (text: string): FeedbackKind | undefined => news.find(({ kind }) => kind === text)?.kind;

  const told = fates(fresh);
  await tx.run(tellMessages, {
    workspace,
    now,
    ids: told.map(({ id }) => id),
    news: told.map(({ bits }) => bits),
    states: told.map(({ moved }) => moved?.state ?? ''),
    reasons: told.map(({ moved }) => moved?.reason ?? ''),
  });
  await markCampaigns(tx, workspace, [...messages.values()]);

  const suppressed = fresh.flatMap(({ message_id, kind, detail }) => {
    const message = messages.get(message_id);
    if (message === undefined || message.address === null || (kind !== 'bounced' && kind !== 'complained')) return [];
    const code = isJsonObject(detail) && typeof detail.code === 'string' ? detail.code : '';
    return [{ channel: message.channel, value: message.address, reason: reasonOf(kind), code }];
  });
  if (suppressed.length > 0) {
    await tx.run(suppressAddresses, {
      workspace,
      now,
      channels: suppressed.map(({ channel }) => channel),
      values: suppressed.map(({ value }) => value),
      reasons: suppressed.map(({ reason }) => reason),
      details: suppressed.map(({ code }) => code.slice(0, 200)),
      actor: 'feedback',
    });
  }

  await appendMessageEvents(
    tx,
    workspace,
    fresh.flatMap(({ id, message_id, kind: text, at, machine, detail }) => {
      const message = messages.get(message_id);
      const kind = kindOf(text);
      if (message === undefined || kind === undefined) return [];
      return [
        {
          profile: message.profile_id,
          name: (names[message.channel] ?? otherNames)[kind],
          at,
          messageId: `feedback-${id}`,
          properties: {
            message: String(message_id),
            channel: message.channel,
            [message.origin]: message.origin_id,
            step: message.step,
            machine,
            ...(isJsonObject(detail) ? detail : {}),
          },
        },
      ];
    }),
  );
  return fresh.length;
}

/** Bits of `communicate.message.news`. */
const bitOf: Readonly<Record<FeedbackKind, number>> = {
  delivered: 1,
  opened: 2,
  clicked: 4,
  bounced: 8,
  complained: 16,
  unsubscribed: 32,
  replied: 64,
  soft_bounced: 0,
};
/** What a scanner or a mail proxy does as well, and is not counted of it. */
const byPeople: readonly string[] = ['opened', 'clicked'];
const moves: Readonly<Record<string, { readonly state: string; readonly reason: string }>> = {
  delivered: { state: 'delivered', reason: '' },
  // The last word of several: a bounce outranks a delivery.
  bounced: { state: 'failed', reason: 'bounced' },
};

/** What all the news of each message make of it. */
function fates(fresh: readonly { readonly message_id: number; readonly kind: string; readonly machine: boolean }[]) {
  const found = new Map<number, { id: number; bits: number; moved: (typeof moves)[string] | null }>();
  for (const { message_id: id, kind, machine } of fresh) {
    const fate = found.get(id) ?? { id, bits: 0, moved: null };
    const known = feedbackKinds.find((each) => each === kind);
    if (known !== undefined && !(machine && byPeople.includes(known))) fate.bits |= bitOf[known];
    if (fate.moved?.state !== 'failed') fate.moved = moves[kind] ?? fate.moved;
    found.set(id, fate);
  }
  return [...found.values()];
}

const reasonOf = (kind: 'bounced' | 'complained'): string => (kind === 'bounced' ? 'bounce' : 'complaint');
