import { type Offer, type OfferRequest, offerRequestSchema } from '@vitrail/contracts';
import { type Actor, recordAudit } from '../../govern/index.ts';
import { type Deps, Fault, objectOf, type Pg, type PgRow, storableJson } from '../../platform/index.ts';
import { findPool } from './sql/coupons.pg.ts';
import { findOffer, findOfferTwins, insertOffer, updateOffer } from './sql/offers.pg.ts';

interface Edit {
  readonly workspace: number;
  readonly actor: Actor;
}

/** The columns and the definition of an offer. */
function columnsOf(request: OfferRequest) {
  const { key, name, state, startsAt, endsAt, texts, creative, segments, limits, code } = request;
  return {
    key,
    name,
    state,
    starts: startsAt === null ? null : new Date(startsAt),
    ends: endsAt === null ? null : new Date(endsAt),
    definition: storableJson(JSON.parse(JSON.stringify({ texts, creative, segments, limits }))),
    pool: code.kind === 'unique' ? code.pool : null,
    shared: code.kind === 'shared' ? code.code : null,
  };
}

/** A stored offer as it was asked for. */
export function readStored(
  row: Omit<PgRow<typeof findOffer.row>, 'claimed' | 'redeemed' | 'revenue' | 'discount' | 'problems'>,
): OfferRequest {
  return offerRequestSchema.parse({
    ...objectOf(row.definition),
    key: row.key,
    name: row.name,
    state: row.state,
    startsAt: row.starts_at?.toISOString() ?? null,
    endsAt: row.ends_at?.toISOString() ?? null,
    code:
      row.pool_id !== null
        ? { kind: 'unique', pool: row.pool_id }
        : row.shared_code !== null
          ? { kind: 'shared', code: row.shared_code }
          : { kind: 'none' },
  });
}

export const presentOffer = (row: PgRow<typeof findOffer.row>): Offer => ({
  id: row.id,
  ...readStored(row),
  claimed: row.claimed,
  redeemed: row.redeemed,
  revenue: Number(row.revenue),
  discount: Number(row.discount),
  problems: row.problems,
  updatedAt: row.updated_at.toISOString(),
});

/** Throws `not_found`, also for another workspace's. */
export async function getOffer(pg: Pg, workspace: number, id: number): Promise<Offer> {
  const row = await pg.row(findOffer, { workspace, id });
  if (row === null)
    throw new Fault('not_found', 'communicate.offer_not_found', 'There is no such offer in this workspace.');
  return presentOffer(row);
}

async function check(tx: Pg, workspace: number, id: number, columns: ReturnType<typeof columnsOf>): Promise<void> {
  const { key, pool, shared } = columns;
  if (pool !== null && (await tx.row(findPool, { workspace, id: pool })) === null)
    throw new Fault('invalid', 'communicate.no_such_pool', 'There is no such pool of codes in this workspace.');
  const twin = await tx.row(findOfferTwins, { workspace, id, key, shared });
  if (twin === null) return;
  throw twin.same_key
    ? new Fault('conflict', 'communicate.offer_key_taken', `Another offer has the key ${key}. Choose another one.`)
    : new Fault('conflict', 'communicate.offer_code_taken', 'Another offer has this code. Choose another one.');
}

export async function createOffer(
  deps: Pick<Deps, 'pg' | 'clock'>,
  { workspace, actor }: Edit,
  request: OfferRequest,
): Promise<Offer> {
  const columns = columnsOf(request);
  const now = deps.clock.now();
  const id = await deps.pg.transaction(async (tx) => {
    await check(tx, workspace, 0, columns);
    const row = await tx.row(insertOffer, { workspace, ...columns, actor: `${actor.kind}:${actor.id}`, now });
    if (row === null)
      throw new Fault('conflict', 'communicate.offer_key_taken', 'Another offer was just made with this key or code.');
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'offer.created',
      target: `offer ${row.id}`,
      details: { state: columns.state },
    });
    return row.id;
  });
  return getOffer(deps.pg, workspace, id);
}

export async function changeOffer(
  deps: Pick<Deps, 'pg' | 'clock'>,
  { workspace, actor }: Edit,
  id: number,
  request: OfferRequest,
): Promise<Offer> {
  const columns = columnsOf(request);
  await deps.pg.transaction(async (tx) => {
    await check(tx, workspace, id, columns);
    const row = await tx.row(updateOffer, { workspace, id, ...columns, now: deps.clock.now() });
    if (row === null)
      throw new Fault('not_found', 'communicate.offer_not_found', 'There is no such offer in this workspace.');
    await recordAudit(tx, deps, {
      workspaceId: workspace,
      actor,
      action: 'offer.changed',
      target: `offer ${id}`,
      details: { state: columns.state },
    });
  });
  return getOffer(deps.pg, workspace, id);
}
