import { type Deps, isJsonObject, type Json, type JsonObject, type Pg } from '../../platform/index.ts';
import { findRoots } from '../../unify/index.ts';
import { drawNumber, segmentAt, trueChances } from './chances.ts';
import type { CaptureDesk } from './desk.ts';
import type { Capture } from './readAnswers.ts';
import { findDraw, insertDraw, lockPerson, nextDraw } from './sql/draws.pg.ts';

interface Wish {
  readonly workspace: number;
  readonly experience: number;
  readonly variant: string;
  readonly profile: number;
}
type Wheel = Extract<Capture, { kind: 'wheel' }>;

export interface Given {
  readonly segment: string;
  readonly won: boolean;
  readonly code: string | null;
  readonly chances: Readonly<Record<string, number>>;
}

interface GiveDeps extends Pick<Deps, 'pg' | 'clock'> {
  readonly desk: CaptureDesk;
}

/**
 * In one transaction, one after the other for a person: what they got before, or something new. A page that sends twice, two
 * tabs, another device of the same person and a server that was killed all find the first one.
 */
async function once(
  { pg, clock }: GiveDeps,
  { workspace, experience, variant, profile }: Wish,
  againDays: number | null,
  make: (
    tx: Pg,
    key: string,
    now: Date,
  ) => Promise<{ segment: string; offer: string; code: string | null; chances: JsonObject } | null>,
): Promise<Given | null> {
  return pg.transaction(async (tx) => {
    const [standing] = await tx.rows(findRoots, { workspace, profiles: [profile] });
    if (standing === undefined) return null;
    await tx.row(lockPerson, { experience, person: standing.root_id });
    const now = clock.now();
    const since = againDays === null ? new Date(0) : new Date(now.getTime() - againDays * 86_400_000);
    const known = await tx.row(findDraw, { workspace, experience, root: standing.root_id, since });
    if (known !== null) return givenOf(known);
    const number = await tx.row(nextDraw, {});
    const id = number?.id ?? 0;
    const made = await make(tx, `experience/${experience}/draw/${id}`, now);
    if (made === null) return null;
    await tx.run(insertDraw, { workspace, id, experience, variant, profile, ...made, at: now });
    return givenOf(made);
  });
}

const givenOf = (row: { segment: string; offer: string; code: string | null; chances: Json }): Given => ({
  segment: row.segment,
  won: row.offer !== '',
  code: row.code,
  chances: Object.fromEntries(
    Object.entries(isJsonObject(row.chances) ? row.chances : {}).map(([key, chance]) => [key, Number(chance)]),
  ),
});

/**
 * Draws a segment by the chances as they are now and takes the code of what is won; null for a person who is gone. Where the
 * last code went to somebody else meanwhile, or the offer does not allow this person another one, nothing is won.
 */
export const drawWheel = (deps: GiveDeps, wish: Wish, wheel: Wheel): Promise<Given | null> =>
  once(deps, wish, wheel.againDays, async (tx, key, now) => {
    const { workspace, profile } = wish;
    const offers = [...new Set(wheel.segments.flatMap(({ offer }) => offer ?? []))];
    const segments = trueChances(wheel.segments, await deps.desk.stock(tx, workspace, offers, now));
    const number = drawNumber();
    const drawn = segmentAt(segments, number);
    const code =
      drawn.offer === null ? null : await deps.desk.claim(tx, { workspace, offer: drawn.offer, profile, key, now });
    if (drawn.offer === null || code !== null)
      return { segment: drawn.key, offer: drawn.offer ?? '', code, chances: chancesOf(segments) };
    const others = trueChances(segments, new Map([[drawn.offer, 0]]));
    const instead = others.find(({ offer }) => offer === null);
    return { segment: instead?.key ?? '', offer: '', code: null, chances: chancesOf(others) };
  });

const chancesOf = (segments: Wheel['segments']): JsonObject =>
  Object.fromEntries(segments.map(({ key, chance }) => [key, chance]));

/** The code of a form: one for each person, whatever they do. Null: there is none to be had. */
export async function giveCoupon(deps: GiveDeps, wish: Wish, offer: string): Promise<string | null> {
  const given = await once(deps, wish, null, async (tx, key, now) => {
    const { workspace, profile } = wish;
    const code = await deps.desk.claim(tx, { workspace, offer, profile, key, now });
    return code === null ? null : { segment: '', offer, code, chances: {} };
  });
  return given?.code ?? null;
}
