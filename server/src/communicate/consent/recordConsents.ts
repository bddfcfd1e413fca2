import { randomBytes } from 'node:crypto';
import type { Channel, ConsentProof, ConsentSource, consentStates, LawfulBasis } from '@vitrail/contracts';
import { type JsonObject, objectOf, type Pg, storableJson } from '../../platform/index.ts';
import { chainStart, hashContent, hashLink } from './hashLedger.ts';
import { shortenIp } from './shortenIp.ts';
import {
  applyConsents,
  cancelMessages,
  findRecorded,
  insertConsents,
  lockLedger,
  nextConsentIds,
  readLastHash,
} from './sql/ledger.pg.ts';

export type ConsentState = (typeof consentStates)[number];

/** Something a person said, or that was said for them. */
export interface ConsentFact {
  /** The profile row it was said for: it keeps this when a merge is undone. */
  readonly profile: number;
  readonly purpose: string;
  /** '' for every channel. */
  readonly channel: Channel | '';
  readonly state: ConsentState;
  readonly basis: LawfulBasis;
  readonly at: Date;
  readonly expiresAt: Date | null;
  readonly source: ConsentSource;
  /** `user:…`, `key:…`, `person` for themselves, `system`. */
  readonly actor: string;
  readonly proof: ConsentProof;
}

export interface RecordedConsent {
  /** Its entry in the ledger. */
  readonly id: number;
  /** False when the ledger said so before. */
  readonly isNew: boolean;
  /** It is what counts now; false when something newer is known. */
  readonly counts: boolean;
}

/**
 * Appends to the ledger, brings the states of the profile rows up to date and takes back queued marketing messages that a
 * refusal forbids: all or nothing, with the caller's transaction. An older fact that arrives late is kept and changes
 * nothing; a repeat (same statement at the same instant, or the same key) writes nothing. Set-based: seven statements.
 *
 * Segments hear of it through `changeConsents`; call this alone only where the profile's own statement is the origin.
 */
export async function recordConsents(
  tx: Pg,
  input: { readonly workspace: number; readonly now: Date; readonly facts: readonly ConsentFact[] },
): Promise<{ entries: readonly RecordedConsent[]; cancelled: number }> {
  const { workspace, now } = input;
  if (input.facts.length === 0) return { entries: [], cancelled: 0 };
  const facts = input.facts.map((fact) => ({ ...fact, proof: proofOf(fact.proof) }));
  await tx.row(lockLedger, { workspace });
  const known = await findKnown(tx, workspace, facts);
  const fresh = facts.map((_, position) => position).filter((position) => !known.has(position));
  const { ids, applied, cancelled } = await append(
    tx,
    workspace,
    now,
    fresh.flatMap((position) => facts[position] ?? []),
  );
  const idOf = new Map(fresh.map((position, index) => [position, ids[index] ?? 0]));
  const entries = facts.map((_, position) => {
    const own = idOf.get(position);
    if (own !== undefined) return { id: own, isNew: true, counts: applied.has(own) };
    const first = known.get(position);
    const id = typeof first === 'number' ? first : (idOf.get(first?.like ?? -1) ?? 0);
    return { id, isNew: false, counts: applied.has(id) };
  });
  return { entries, cancelled };
}

type ReadyFact = Omit<ConsentFact, 'proof'> & { readonly proof: JsonObject };

/** Only what is said, nothing that cannot be stored, and no more of an address than its network. */
function proofOf({ ip, ...proof }: ConsentProof): JsonObject {
  const shortened = ip === undefined ? undefined : shortenIp(ip);
  const entries = Object.entries({ ...proof, ip: shortened }).filter(([, value]) => value !== undefined);
  return objectOf(storableJson(Object.fromEntries(entries.map(([name, value]) => [name, value ?? null]))));
}

const keyOf = ({ proof }: ReadyFact): string | null => (typeof proof.key === 'string' ? proof.key : null);
const sameText = (fact: ReadyFact): string =>
  keyOf(fact) ?? [fact.profile, fact.purpose, fact.channel, fact.state, fact.at.getTime()].join(' ');

/** By position: the entry that says it already, or the position in this call that does. */
async function findKnown(
  tx: Pg,
  workspace: number,
  facts: readonly ReadyFact[],
): Promise<Map<number, number | { like: number }>> {
  const known = new Map<number, number | { like: number }>();
  const firsts = new Map<string, number>();
  for (const [position, fact] of facts.entries()) {
    const text = sameText(fact);
    const first = firsts.get(text);
    if (first === undefined) firsts.set(text, position);
    else known.set(position, { like: first });
  }
  const recorded = await tx.rows(findRecorded, {
    workspace,
    profiles: facts.map(({ profile }) => profile),
    purposes: facts.map(({ purpose }) => purpose),
    channels: facts.map(({ channel }) => channel),
    states: facts.map(({ state }) => state),
    at: facts.map(({ at }) => at),
    keys: facts.map(keyOf),
  });
  for (const { position, id } of recorded) known.set(position - 1, id);
  return known;
}

async function append(tx: Pg, workspace: number, now: Date, facts: readonly ReadyFact[]) {
  if (facts.length === 0) return { ids: [], applied: new Set<number>(), cancelled: 0 };
  const ids = (await tx.rows(nextConsentIds, { count: facts.length })).map(({ id }) => id);
  let previous = (await tx.row(readLastHash, { workspace }))?.hash ?? chainStart(workspace);
  const random = randomBytes(16 * facts.length);
  const chained = facts.map((fact, index) => {
    const salt = random.subarray(16 * index, 16 * (index + 1));
    const contentHash = hashContent(salt, { ...fact, id: ids[index] ?? 0, recordedAt: now });
    previous = hashLink(previous, contentHash);
    return { salt, contentHash, hash: previous };
  });
  const columns = {
    workspace,
    ids,
    profiles: facts.map(({ profile }) => profile),
    purposes: facts.map(({ purpose }) => purpose),
    channels: facts.map(({ channel }) => channel),
    states: facts.map(({ state }) => state),
    bases: facts.map(({ basis }) => basis),
    at: facts.map(({ at }) => at),
    expires: facts.map(({ expiresAt }) => expiresAt),
  };
  await tx.run(insertConsents, {
    ...columns,
    now,
    sources: facts.map(({ source }) => source),
    actors: facts.map(({ actor }) => actor),
    proofs: facts.map(({ proof }) => proof),
    salts: chained.map(({ salt }) => salt),
    contents: chained.map(({ contentHash }) => contentHash),
    hashes: chained.map(({ hash }) => hash),
  });
  const applied = new Set((await tx.rows(applyConsents, columns)).map(({ consent_id }) => consent_id));
  const withdrawn = facts.filter((fact, index) => fact.state === 'denied' && applied.has(ids[index] ?? 0));
  if (withdrawn.length === 0) return { ids, applied, cancelled: 0 };
  const cancelled = await tx.rows(cancelMessages, {
    workspace,
    now,
    profiles: withdrawn.map(({ profile }) => profile),
    purposes: withdrawn.map(({ purpose }) => purpose),
    channels: withdrawn.map(({ channel }) => channel),
  });
  return { ids, applied, cancelled: cancelled.length };
}
