import { type Channel, gateReasons, usualRules } from '@vitrail/contracts';
import type { Pg, PgRow } from '../../platform/index.ts';
import { type Decision, originReasons, type Verdict, verdicts } from './decision.ts';
import { type ErasureKey, findErasedAddresses, takeOutErased } from './erasedAddresses.ts';
import { decideMany, decideMessages, foreseeMessages, lockGate } from './sql/decideMessages.pg.ts';

/** At which point of a message's way it is asked. */
export type Passage =
  /** A campaign is frozen: who is left out, before anything is sent. */
  | { readonly kind: 'freeze' }
  /** Taken from the queue by a worker: nobody renders what will not leave. */
  | { readonly kind: 'claim'; readonly worker: number }
  /** On the point of being handed over: the decision that counts. */
  | { readonly kind: 'send'; readonly worker: number };

/**
 * From so many messages on the gate's statement is planned for them. The plan kept for any number compares each message with
 * each: best for forty (5 ms against 11), as good for 120, and 300 ms against 70 for 500 (ADR 0143).
 */
const plannedFor = 200;

const states = {
  freeze: { from: 'queued', to: 'queued' },
  claim: { from: 'queued', to: 'claimed' },
  send: { from: 'claimed', to: 'sending' },
} as const;

/**
 * The one gate before every output: consent, suppression, caps, quiet hours, control groups, repeats. Decides and writes the
 * decision into the messages, in the caller's transaction; everything that must be true together with it belongs there.
 * Messages that are not where the passage expects them are left alone and missing from the answer.
 */
export async function decide(
  tx: Pg,
  input: { workspace: number; now: Date; ids: readonly number[]; passage: Passage; secrets: ErasureKey },
): Promise<readonly Decision[]> {
  const { workspace, now, ids, passage, secrets } = input;
  if (ids.length === 0) return [];
  await tx.row(lockGate, { workspace });
  const worker = passage.kind === 'freeze' ? 0 : passage.worker;
  const { from, to } = states[passage.kind];
  const holder = passage.kind === 'send' ? worker : 0;
  const query = passage.kind === 'freeze' || ids.length >= plannedFor ? decideMany : decideMessages;
  const rows = await tx.rows(query, { workspace, now, ids, from, to, holder, worker, usual: usualRules });
  return takeOutErased(tx, { workspace, now, secrets }, rows.map(toDecision));
}

/** What `decide` would say to a campaign's message to each of these customers now, by root. Writes nothing. */
export async function foresee(
  pg: Pg,
  input: {
    workspace: number;
    now: Date;
    roots: readonly number[];
    channel: Channel;
    purpose: string;
    priority: number;
    campaign: string;
    segment: number;
    secrets: ErasureKey;
  },
): Promise<ReadonlyMap<number, Pick<Decision, 'verdict' | 'reason'>>> {
  const { secrets, ...asked } = input;
  const rows = await pg.rows(foreseeMessages, { ...asked, usual: usualRules });
  const erased = await findErasedAddresses(
    pg,
    input,
    rows.map(({ verdict, address }) => (verdict === 'skip' ? null : address)),
  );
  return new Map(
    rows.map(({ root_id, verdict, reason }, position) => [
      root_id,
      erased.has(position)
        ? { verdict: 'skip', reason: 'suppressed' }
        : { verdict: readVerdict(verdict), reason: readReason(reason) },
    ]),
  );
}

type DecidedRow = PgRow<typeof decideMessages.row>;

const toDecision = ({ id, root_id, channel, verdict, reason, until, address }: DecidedRow) => ({
  id,
  root: root_id,
  channel,
  verdict: readVerdict(verdict),
  reason: readReason(reason),
  until,
  address,
});

function readVerdict(text: string): Verdict {
  const verdict = verdicts.find((each) => each === text);
  if (verdict === undefined) throw new Error(`the gate answered ${text}`);
  return verdict;
}

function readReason(text: string | null): Decision['reason'] {
  if (text === null) return null;
  const reason = [...gateReasons, ...originReasons].find((each) => each === text);
  if (reason === undefined) throw new Error(`the gate gave the reason ${text}`);
  return reason;
}
