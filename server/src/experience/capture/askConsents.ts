import type { ConsentProof } from '@vitrail/contracts';
import { isJsonObject, type Json, objectOf, type Pg, type PgRow, scalarText } from '../../platform/index.ts';
import { findHolder } from '../../unify/index.ts';
import { allowMessage, dropUnclaimed, settleConsent, takeDue } from './sql/answers.pg.ts';
import { readWaiting } from './sql/waiting.pg.ts';
import type { CaptureDeps } from './takeAnswer.ts';

/** One message to an address in so long, however often and by whomever it is typed in. */
const quietMs = 86_400_000;
/** Answers that became nobody's are forgotten. */
const unclaimedMs = 2 * 86_400_000;
const atOnce = 50;

type Due = PgRow<typeof takeDue.row>;
interface Settled {
  readonly state: 'asked' | 'granted' | 'limited' | 'no_address';
  readonly entry: number | null;
  readonly profile: number | null;
}

/**
 * Asks those whose answers agreed to something to confirm it: a pending entry in the ledger with the words they saw, and a
 * message. What is asked and what is noted of it commit together, so a repeat asks nobody twice.
 */
export async function askConsents(deps: Omit<CaptureDeps, 'inbox'>, workspace: number): Promise<void> {
  const before = new Date(deps.clock.now().getTime() - unclaimedMs);
  const waiting = await deps.pg.row(readWaiting, { workspace, before });
  if (waiting?.unclaimed === true) await deps.pg.run(dropUnclaimed, { workspace, before });
  if (waiting?.due !== true) return;
  for (let taken = atOnce; taken === atOnce; )
    taken = await deps.pg.transaction(async (tx) => {
      const due = await tx.rows(takeDue, { workspace, limit: atOnce });
      for (const answer of due) {
        const settled = await ask(deps, tx, workspace, answer);
        await tx.run(settleConsent, { workspace, message: answer.message_id, ...settled });
      }
      return due.length;
    });
}

async function ask({ desk, clock }: Omit<CaptureDeps, 'inbox'>, tx: Pg, workspace: number, due: Due): Promise<Settled> {
  const now = clock.now();
  const consent = objectOf(due.consent);
  const channel = consent.channel === 'sms' ? 'sms' : 'email';
  const profile = await holderOf(tx, workspace, channel, due.answers);
  if (profile === null) return { state: 'no_address', entry: null, profile };
  const since = new Date(now.getTime() - quietMs);
  if ((await tx.row(allowMessage, { workspace, profile, channel, now, since })) === null)
    return { state: 'limited', entry: null, profile };
  const purpose = scalarText(consent.purpose, 40);
  const asked = await desk.ask(tx, { workspace, now, profile, purpose, channel, at: due.at, proof: proofOf(due) });
  return { ...asked, profile };
}

/** The profile row that holds the address they typed in; null where it is none, or is shared by many. */
async function holderOf(tx: Pg, workspace: number, channel: 'email' | 'sms', answers: Json): Promise<number | null> {
  const trait = channel === 'email' ? 'email' : 'phone';
  const address = isJsonObject(answers) ? scalarText(answers[trait], 500) : '';
  if (address === '') return null;
  const [holder] = await findHolder(tx, workspace, [`${trait}:${address}`]);
  return holder ?? null;
}

function proofOf({ key, version, message_id: messageId, consent, proof }: Due): ConsentProof {
  const [said, seen] = [objectOf(consent), objectOf(proof)];
  return {
    text: scalarText(said.text, 2_000),
    version: `${key} v${version}`,
    language: scalarText(said.language, 20),
    page: scalarText(seen.page, 2_000),
    ip: scalarText(seen.ip, 64),
    userAgent: scalarText(seen.userAgent, 500),
    messageId: messageId.slice(0, 100),
    key: `answer/${messageId}`,
  };
}
