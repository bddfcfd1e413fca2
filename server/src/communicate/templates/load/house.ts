import { type BrandKit, brandKitSchema } from '@vitrail/contracts';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { type Deps, Fault } from '../../../platform/index.ts';
import type { Parts } from '../engine/compiled.ts';
import { readHouse } from '../sql/brand.pg.ts';

export interface HouseSite {
  readonly id: number;
  readonly name: string;
  readonly domain: string | null;
  readonly currency: string;
}

/** What every message of a workspace is written with. */
export interface House {
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly language: string;
  readonly sites: readonly HouseSite[];
  /** By site; 0: of the workspace. Only those that were set. */
  readonly kits: ReadonlyMap<number, BrandKit>;
  readonly parts: Parts;
  /** Changes with anything a page is laid out from. */
  readonly mark: string;
}

const sites = z.array(
  z.object({ id: z.number(), name: z.string(), domain: z.string().nullable(), currency: z.string() }),
);
const kits = z.array(z.object({ site: z.number().nullable(), kit: brandKitSchema }));
const parts = z.record(z.string(), z.string());

/** Throws `not_found` for a workspace that is none. */
export async function loadHouse({ pg }: Pick<Deps, 'pg'>, workspace: number): Promise<House> {
  const row = await pg.row(readHouse, { workspace });
  if (row === null) throw new Fault('not_found', 'communicate.no_such_workspace', 'There is no such workspace.');
  return {
    name: row.name,
    currency: row.base_currency,
    timeZone: row.time_zone,
    language: row.language,
    sites: sites.parse(row.sites),
    kits: new Map(kits.parse(row.kits).map(({ site, kit }) => [site ?? 0, kit])),
    parts: new Map(Object.entries(parts.parse(row.parts))),
    mark: row.mark,
  };
}

/** A change of a brand kit shows in messages after so long, at most. */
const freshMs = 2_000;

/** Remembers houses for a moment: a campaign asks several times a second. */
export function rememberHouses(deps: Pick<Deps, 'pg'>): (workspace: number) => Promise<House> {
  const known = new LRUCache<number, House>({ max: 100, ttl: freshMs });
  return async (workspace) => {
    const house = known.get(workspace) ?? (await loadHouse(deps, workspace));
    known.set(workspace, house);
    return house;
  };
}

/** A site by its id, its name or its domain, as events and callers name it. */
export const findSite = (house: House, named: unknown): HouseSite | null =>
  house.sites.find(
    ({ id, name, domain }) => String(id) === String(named) || name === named || (domain !== null && domain === named),
  ) ?? null;

/** How messages of a site look: as it was set, else as for the workspace, else what can be told from its name. */
export function kitFor(house: House, site: HouseSite | null): BrandKit {
  const set = house.kits.get(site?.id ?? 0) ?? house.kits.get(0);
  if (set !== undefined && (set.senderName !== '' || site === null)) return set;
  const shop = site ?? house.sites[0] ?? null;
  const base = set ?? brandKitSchema.parse({});
  return {
    ...base,
    senderName: base.senderName || shop?.name || house.name,
    shopUrl: base.shopUrl || (shop?.domain == null ? '' : `https://${shop.domain}`),
  };
}
