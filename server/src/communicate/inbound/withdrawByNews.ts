import { channels } from '@vitrail/contracts';
import { changeConsents } from '../consent/changeConsents.ts';
import type { ConsentFact } from '../consent/recordConsents.ts';
import type { News } from '../messages/recordFeedback.ts';
import type { From, InboundParts } from './parts.ts';
import { findSpokenTo } from './sql/inbound.pg.ts';

const sources: Partial<Record<News['kind'], ConsentFact['source']>> = {
  complained: 'complaint',
  unsubscribed: 'unsubscribe',
};

/**
 * Whoever reports a message as unwanted, or writes to the address for leaving, takes back what the message was sent by: in
 * the ledger stands who told us, and when. Messages that were no marketing count as a refusal of marketing on their channel.
 * Safe to repeat: one entry for each message.
 */
export async function withdrawByNews(
  deps: InboundParts,
  { workspace, provider }: From,
  news: readonly News[],
): Promise<void> {
  const told = new Map(
    news.flatMap((each) => {
      const source = sources[each.kind];
      return source === undefined ? [] : [[each.message, { at: each.at, source }] as const];
    }),
  );
  if (told.size === 0) return;
  const spoken = await deps.pg.rows(findSpokenTo, { workspace, messages: [...told.keys()] });
  const facts = spoken.flatMap((row): ConsentFact[] => {
    const word = told.get(row.id);
    const channel = channels.find((each) => each === row.channel);
    if (word === undefined || channel === undefined) return [];
    const { at, source } = word;
    const what = source === 'complaint' ? 'complaint' : 'mail to the address for leaving';
    return [
      {
        profile: row.profile_id,
        purpose: row.kind === 'marketing' ? row.purpose : 'marketing',
        channel,
        state: 'denied',
        basis: 'consent',
        at,
        expiresAt: null,
        source,
        actor: source === 'complaint' ? `provider:${provider}` : 'person',
        proof: {
          text: `${what}, told by ${provider} at ${at.toISOString()}`,
          messageId: String(row.id),
          key: `${source}/${row.id}`,
        },
      },
    ];
  });
  if (facts.length > 0) await changeConsents(deps, workspace, facts);
}
