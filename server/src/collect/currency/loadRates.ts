import type { Pg } from '../../platform/index.ts';
import { buildRates, type Rates } from './rates.ts';
import { selectRates, selectRatesVersion } from './sql/exchangeRates.pg.ts';

/** What was read last, per connection pool. It lives and dies with the pool it was read through. */
const kept = new WeakMap<Pg, Map<number, { readonly version: string; readonly rates: Rates }>>();

/**
 * The exchange rates one workspace converts with: its own and the built-in ones. The first call reads some 20,000 quotes
 * (30 ms); later ones ask one small question and answer from memory, until an import in any process raised the version.
 */
export async function loadRates(pg: Pg, workspaceId: number): Promise<Rates> {
  // The version is asked first: rates that change in between are read once too often, never missed.
  const version = (await pg.row(selectRatesVersion, { workspace: workspaceId }))?.version ?? 'none';
  const known = kept.get(pg)?.get(workspaceId);
  if (known?.version === version) return known.rates;
  const rows = await pg.rows(selectRates, { workspace: workspaceId });
  const rates = buildRates(
    rows.map(({ workspaceId: owner, ...quote }) => ({ ...quote, origin: owner === 0 ? 'built-in' : 'workspace' })),
  );
  const workspaces = kept.get(pg) ?? new Map<number, { version: string; rates: Rates }>();
  kept.set(pg, workspaces.set(workspaceId, { version, rates }));
  return rates;
}
