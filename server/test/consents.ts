import { afterEach } from 'vitest';
import type { Reactor } from '../src/collect/index.ts';
import { changeConsents } from '../src/communicate/consent/changeConsents.ts';
import { followConsents } from '../src/communicate/consent/deriveConsents.ts';
import { readConsents } from '../src/communicate/consent/readConsents.ts';
import { type ConsentFact, recordConsents } from '../src/communicate/consent/recordConsents.ts';
import type { JsonObject } from '../src/platform/index.ts';
import { findHolder, findRoots } from '../src/unify/index.ts';
import { openShop, type Shop } from './shop.ts';
import { useStores } from './stores.ts';

/** A statement of somebody. */
export const fact = (profile: number, at: Date, overrides: Partial<ConsentFact> = {}): ConsentFact => ({
  profile,
  purpose: 'marketing',
  channel: 'email',
  state: 'granted',
  basis: 'consent',
  at,
  expiresAt: null,
  source: 'api',
  actor: 'key:1',
  proof: {},
  ...overrides,
});
/** A device that says what its owner allows. */
export const said = (traits: JsonObject, categoryPreferences: JsonObject): JsonObject => ({
  type: 'identify',
  anonymousId: `device ${JSON.stringify(traits)}`,
  traits,
  context: { consent: { categoryPreferences } },
});
export const zoe = { email: 'zoe@example.fr' };
export const byMail = 'email:zoe@example.fr';

/** A shop that follows consents, opened by each test with `open`. */
export function useConsents() {
  const stores = useStores();
  const current: { shop: Shop | null } = { shop: null };
  afterEach(async () => {
    await current.shop?.pipeline.stop();
    current.shop = null;
  });
  const opened = (): Shop => {
    if (current.shop === null) throw new Error('the test has opened no shop');
    return current.shop;
  };
  /** The shop of the test. */
  const shop = {
    get id(): number {
      return opened().id;
    },
    get sourceId(): number {
      return opened().sourceId;
    },
    get pipeline(): Shop['pipeline'] {
      return opened().pipeline;
    },
    send: (...calls: JsonObject[]): Promise<void> => opened().send(...calls),
    settle: (): Promise<void> => opened().settle(),
  };
  const open = async (...others: readonly Reactor[]): Promise<void> => {
    current.shop = await openShop(stores, { reactors: [followConsents(stores), ...others] });
  };
  const deps = () => ({ pg: stores.pg, clock: stores.clock, pipeline: shop.pipeline });
  const later = (minutes: number): Date => {
    stores.clock.advance(minutes * 60_000);
    return stores.clock.now();
  };

  const holder = async (identifier: string): Promise<number> => {
    const [profile] = await findHolder(stores.pg, shop.id, [identifier]);
    if (profile === null || profile === undefined) throw new Error(`nobody holds ${identifier}`);
    return profile;
  };
  const partsOf = async (identifier: string): Promise<number[]> => {
    const profile = await holder(identifier);
    const [{ root_id: root } = { root_id: profile }] = await stores.pg.rows(findRoots, {
      workspace: shop.id,
      profiles: [profile],
    });
    const parts = await stores.pg.pool.query<{ id: string }>(
      'select id from unify.profile where workspace_id = $1 and root_id = $2',
      [shop.id, root],
    );
    return parts.rows.map(({ id }) => Number(id));
  };
  const standing = async (identifier: string, purpose = 'marketing', channel = 'email') => {
    const answer = await readConsents(stores.pg, {
      workspace: shop.id,
      profiles: await partsOf(identifier),
      now: stores.clock.now(),
    });
    return answer.standing.find((each) => each.purpose === purpose && each.channel === channel);
  };
  const why = async (identifier: string, purpose?: string, channel?: string) =>
    (await standing(identifier, purpose, channel))?.why;
  const ledgerOf = async (identifier: string) => {
    const profiles = await partsOf(identifier);
    const { ledger } = await readConsents(stores.pg, { workspace: shop.id, profiles, now: stores.clock.now() });
    return ledger.items.map(({ purpose, channel, state, source }) => `${purpose}/${channel} ${state} ${source}`);
  };
  const record = (...facts: ConsentFact[]) =>
    stores.pg.transaction((tx) => recordConsents(tx, { workspace: shop.id, now: stores.clock.now(), facts }));
  const change = (...facts: ConsentFact[]) => changeConsents(deps(), shop.id, facts);
  /** Another shop as that of the test, such as one that follows nothing yet. */
  const adopt = (other: Shop): void => {
    current.shop = other;
  };
  return { stores, shop, open, adopt, deps, later, holder, partsOf, standing, why, ledgerOf, record, change };
}
