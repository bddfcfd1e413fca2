import { safeDetail } from '../channels/detail.ts';
import { type News, recordFeedback } from '../messages/recordFeedback.ts';
import type { HookNews } from './hook.ts';
import type { From, InboundParts } from './parts.ts';
import { findByProviderIds } from './sql/inbound.pg.ts';
import { withdrawByNews } from './withdrawByNews.ts';

/**
 * Writes down what a provider said. Our own signed name of a message counts before the provider's; news of messages that
 * are not ours, or not of this workspace, is left out. A complaint, or a mail to the address for leaving, is a refusal as
 * well, with its entry in the ledger. Safe to repeat.
 */
export async function takeNews(deps: InboundParts, from: From, items: readonly HookNews[]): Promise<number> {
  const { workspace, provider } = from;
  if (items.length === 0) return 0;
  const ids = [...new Set(items.map((item) => item.providerMessageId).filter((id) => id !== ''))];
  const rows = ids.length === 0 ? [] : await deps.pg.rows(findByProviderIds, { workspace, provider, ids });
  const byProviderId = new Map(rows.map((row) => [row.provider_message_id, row.id]));
  const news = items.flatMap((item): News[] => {
    const own = deps.references.find(item.reference);
    if (own !== null && own.workspace !== workspace) return [];
    const message = own?.id ?? byProviderId.get(item.providerMessageId);
    if (message === undefined) return [];
    const { kind, at, eventId } = item;
    const code = safeDetail(item.reason);
    return [{ message, kind, at, dedupeKey: eventId, machine: false, detail: code === '' ? {} : { code } }];
  });
  // Before the news: when it fails, the provider tells us again, and nothing is known twice.
  await withdrawByNews(deps, from, news);
  const taken = await deps.pg.transaction((tx) => recordFeedback(tx, { workspace, now: deps.clock.now(), news }));
  if (taken > 0) deps.onRecorded();
  return taken;
}
