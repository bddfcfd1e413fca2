import type { AdCounts, AdKind } from '@vitrail/contracts';
import type { Deps, Pg } from '../../platform/index.ts';
import type { ErasureKey } from '../gate/erasedAddresses.ts';
import { type HandingOn, judgeHandOn } from '../gate/handOn.ts';
import { hashFor } from './hashAddress.ts';
import { dismissMembers, listAdMembers, listSegmentPeople, wantMembers } from './sql/members.pg.ts';

export interface LookDeps extends Pick<Deps, 'pg' | 'clock'> {
  readonly secrets: ErasureKey;
}
/** Also within a transaction. */
type JudgeDeps = Omit<LookDeps, 'pg'> & { readonly pg: Pg };
/** One audience, as far as looking at people goes. */
export interface Looked {
  readonly workspace: number;
  readonly audience: number;
  readonly company: AdKind;
  readonly segment: number;
}
interface Member {
  readonly kind: string;
  readonly hash: Buffer;
  readonly root: number | null;
}

/** Counts before anybody was looked at. */
export const nobody: AdCounts = { matched: 0, allowed: 0, no_consent: 0, no_address: 0, suppressed: 0, holdout: 0 };

/** People judged at once. */
export const peopleAtOnce = 5_000;

/** Puts those of these people on the way in who may be handed on. Repeatable. */
export async function wantPeople(
  deps: LookDeps,
  looked: Looked,
  roots: readonly number[],
): Promise<ReadonlyMap<number, HandingOn>> {
  const { workspace, audience, segment, company } = looked;
  return deps.pg.transaction(async (tx) => {
    const now = deps.clock.now();
    const judged = await judgeHandOn(tx, { workspace, now, roots, segment, secrets: deps.secrets });
    const wanted = [...judged].flatMap(([root, { addresses }]) =>
      addresses.map((address) => ({ root, kind: address.kind, hash: hashFor(company, address) })),
    );
    if (wanted.length > 0)
      await tx.run(wantMembers, {
        workspace,
        audience,
        kinds: wanted.map(({ kind }) => kind),
        hashes: wanted.map(({ hash }) => hash),
        profiles: wanted.map(({ root }) => root),
        now,
      });
    return judged;
  });
}

/** Of these addresses, those whose owner may still be handed on by them: asks the gate. */
export async function findAllowed<M extends Member>(
  deps: JudgeDeps,
  looked: Looked,
  members: readonly M[],
): Promise<ReadonlySet<M>> {
  const { workspace, segment, company } = looked;
  const roots = [...new Set(members.flatMap(({ root }) => root ?? []))];
  const judged = await judgeHandOn(deps.pg, {
    workspace,
    now: deps.clock.now(),
    roots,
    segment,
    secrets: deps.secrets,
  });
  const keyOf = (kind: string, hash: Buffer): string => `${kind}/${hash.toString('hex')}`;
  const allowed = new Map(
    [...judged].map(([root, { addresses }]) => [
      root,
      new Set(addresses.map((address) => keyOf(address.kind, hashFor(company, address)))),
    ]),
  );
  return new Set(
    members.filter(({ root, kind, hash }) => root !== null && allowed.get(root)?.has(keyOf(kind, hash)) === true),
  );
}

/** Puts those of these addresses on the way out whose owner may not be handed on by them any more. Repeatable. */
export async function dismissOthers(deps: LookDeps, looked: Looked, members: readonly Member[]): Promise<void> {
  if (members.length === 0) return;
  const allowed = await findAllowed(deps, looked, members);
  const others = members.filter((each) => !allowed.has(each));
  if (others.length === 0) return;
  await deps.pg.run(dismissMembers, {
    workspace: looked.workspace,
    audience: looked.audience,
    kinds: others.map(({ kind }) => kind),
    hashes: others.map(({ hash }) => hash),
    now: deps.clock.now(),
  });
}

/**
 * Goes through everybody: first those who are in, so that whoever must go is known even if the rest does not come to its end;
 * then the people of the segment. Returns null when it was stopped: the next look begins again, and does nothing twice.
 */
export async function lookThrough(deps: LookDeps, looked: Looked, signal: AbortSignal): Promise<AdCounts | null> {
  const { workspace, audience, segment } = looked;
  for (const kind of ['email', 'phone'] as const)
    for (let after: Buffer = Buffer.alloc(0); ; ) {
      if (signal.aborted) return null;
      const members = await deps.pg.rows(listAdMembers, { workspace, audience, kind, after, limit: peopleAtOnce });
      await dismissOthers(deps, looked, members);
      const last = members.at(-1);
      if (last === undefined || members.length < peopleAtOnce) break;
      after = last.hash;
    }
  const counts = { ...nobody };
  for (let after = 0; ; ) {
    if (signal.aborted) return null;
    const people = await deps.pg.rows(listSegmentPeople, { workspace, segment, after, limit: peopleAtOnce });
    const roots = people.map(({ root }) => root);
    for (const { reason } of (await wantPeople(deps, looked, roots)).values()) {
      // Gone from the segment between the two questions.
      if (reason === 'erased' || reason === 'not_in_segment') continue;
      counts.matched += 1;
      counts[reason ?? 'allowed'] += 1;
    }
    const last = roots.at(-1);
    if (last === undefined || roots.length < peopleAtOnce) return counts;
    after = last;
  }
}
