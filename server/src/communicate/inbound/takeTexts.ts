import { changeConsents } from '../consent/changeConsents.ts';
import type { ConsentFact } from '../consent/recordConsents.ts';
import { recordFeedback } from '../messages/recordFeedback.ts';
import { answerByText } from './answerByText.ts';
import type { HookText } from './hook.ts';
import type { From, InboundParts } from './parts.ts';
import { findLatestTo, findPhoneHolders, suppressNumber } from './sql/inbound.pg.ts';
import { isStop } from './stopWords.ts';

/**
 * Texts of people: STOP, the yes to a question of ours, and everything else, which is an answer to the latest message.
 * Safe to repeat.
 */
export async function takeTexts(deps: InboundParts, from: From, texts: readonly HookText[]): Promise<void> {
  for (const text of texts) {
    const phone = text.from.replace(/[^\d+]/g, '');
    const holders = await deps.pg.rows(findPhoneHolders, { workspace: from.workspace, phone });
    const profiles = holders.map(({ profile_id }) => profile_id);
    if (isStop(text.text)) await takeStop(deps, from, { ...text, phone, profiles });
    else if (!(await answerByText(deps, from, { ...text, profiles })))
      await takeReply(deps, from, { ...text, phone, profiles });
  }
}

type Heard = HookText & { readonly phone: string; readonly profiles: readonly number[] };

/**
 * A refusal of marketing on the channel, of everybody who holds the number, since nobody can say which of them wrote; a
 * number of nobody is put on the list.
 */
async function takeStop(deps: InboundParts, { workspace, channel }: From, heard: Heard): Promise<void> {
  const { phone, profiles, text, id, at } = heard;
  const now = deps.clock.now();
  if (profiles.length === 0) await deps.pg.run(suppressNumber, { workspace, channel, phone, now, actor: 'person' });
  await changeConsents(
    deps,
    workspace,
    profiles.map(
      (profile): ConsentFact => ({
        profile,
        purpose: 'marketing',
        channel,
        state: 'denied',
        basis: 'consent',
        at,
        expiresAt: null,
        source: 'sms_stop',
        actor: 'person',
        proof: { text: text.slice(0, 160), key: `sms_stop/${id}/${profile}` },
      }),
    ),
  );
}

async function takeReply(deps: InboundParts, { workspace, channel }: From, heard: Heard): Promise<void> {
  const { phone, profiles, id, at } = heard;
  if (profiles.length === 0) return;
  const latest = await deps.pg.row(findLatestTo, { workspace, profiles, channel, address: phone });
  if (latest === null) return;
  const recorded = await deps.pg.transaction((tx) =>
    recordFeedback(tx, {
      workspace,
      now: deps.clock.now(),
      news: [{ message: latest.id, kind: 'replied', at, dedupeKey: id, machine: false, detail: {} }],
    }),
  );
  if (recorded > 0) deps.onRecorded();
}
