import { acceptQuestions } from '../consent/acceptQuestions.ts';
import { questionDays } from '../consent/doubleOptIn.ts';
import type { HookText } from './hook.ts';
import type { From, InboundParts } from './parts.ts';
import { findPending } from './sql/inbound.pg.ts';
import { isYes } from './stopWords.ts';

/**
 * YES or OUI to a question that waits (double opt-in by text): who holds the number has shown that it is theirs. False when
 * the text is no yes, or nobody was asked.
 */
export async function answerByText(
  deps: InboundParts,
  { workspace, channel }: From,
  { text, id, at, profiles }: HookText & { readonly profiles: readonly number[] },
): Promise<boolean> {
  if (profiles.length === 0 || !isYes(text)) return false;
  const since = new Date(deps.clock.now().getTime() - questionDays * 86_400_000);
  const pending = await deps.pg.rows(findPending, { workspace, profiles, channel, since });
  if (pending.length === 0) return false;
  await acceptQuestions(
    deps,
    workspace,
    at,
    pending.map(({ profile_id: profile, purpose, consent_id: consent }) => ({
      profile,
      purpose,
      channel,
      consent,
      proof: { text: text.slice(0, 160), key: `sms_yes/${id}/${consent}` },
    })),
  );
  deps.onRecorded();
  return true;
}
