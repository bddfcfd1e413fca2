import { type AdReason, adReasons, usualRules } from '@vitrail/contracts';
import type { Pg } from '../../platform/index.ts';
import { type ErasureKey, findErasedAddresses } from './erasedAddresses.ts';
import { judgeHandingOn } from './sql/handOn.pg.ts';

/** An address as identifiers are stored: a lower-case e-mail address, a number in E.164. */
export interface HandedAddress {
  readonly kind: 'email' | 'phone';
  readonly value: string;
}

/** Of one person: by which addresses they may be handed on, or why not. */
export interface HandingOn {
  readonly reason: AdReason | null;
  readonly addresses: readonly HandedAddress[];
}

/**
 * The gate before what leaves to advertising companies: consent to advertising, suppression, the control group, membership.
 * An answer for every root asked. Asked when somebody is chosen and again when they are on the point of being handed over.
 */
export async function judgeHandOn(
  pg: Pg,
  input: { workspace: number; now: Date; roots: readonly number[]; segment: number; secrets: ErasureKey },
): Promise<ReadonlyMap<number, HandingOn>> {
  const { workspace, now, roots, segment } = input;
  if (roots.length === 0) return new Map();
  const rows = await pg.rows(judgeHandingOn, {
    workspace,
    roots,
    segment,
    purpose: 'advertising',
    usual: usualRules,
    now,
  });
  const found = new Map<number, { reason: AdReason | null; addresses: HandedAddress[] }>();
  for (const { root, reason } of rows) found.set(root, { reason: readReason(reason), addresses: [] });
  for (const kind of ['email', 'phone'] as const) {
    const asked = rows.flatMap(({ root, namespace, value }) =>
      namespace === kind && value !== null ? [{ root, value }] : [],
    );
    const channel = kind === 'email' ? 'email' : 'sms';
    const erased = await findErasedAddresses(
      pg,
      { ...input, channel },
      asked.map(({ value }) => value),
    );
    for (const [place, { root, value }] of asked.entries())
      if (!erased.has(place)) found.get(root)?.addresses.push({ kind, value });
  }
  for (const judged of found.values())
    if (judged.reason === null && judged.addresses.length === 0) judged.reason = 'suppressed';
  return found;
}

function readReason(text: string | null): AdReason | null {
  if (text === null) return null;
  const reason = adReasons.find((each) => each === text);
  if (reason === undefined) throw new Error(`the gate gave the reason ${text}`);
  return reason;
}
