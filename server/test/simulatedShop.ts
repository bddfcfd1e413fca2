import { simulateShop } from '../src/decide/predict/models/simulate.ts';
import { createWorkspace } from './builders.ts';
import { day, insertRows } from './buyers.ts';
import type { TestDeps } from './stores.ts';

/** Where the clock stands once a shop is open. */
export const simulatedUntil = Date.parse('2026-05-01T09:30:00Z');

/** A shop of two sites, simulated for 700 days. Its buyers are the profiles `base * 100,000 + 1` and on. */
export async function openSimulated(deps: TestDeps, customers: number, base: number): Promise<number> {
  const { id: workspace } = await createWorkspace(deps, { timeZone: 'Europe/Paris' });
  const shop = simulateShop(
    customers,
    { purchases: { r: 0.8, alpha: 45, a: 0.7, b: 3 }, spend: { p: 6, q: 4, g: 60 } },
    { days: 700, arrivalDays: 500, seed: base },
  );
  const rows: object[] = [];
  for (let buyer = 0; buyer + 1 < shop.starts.length; buyer++) {
    for (let at = shop.starts[buyer] ?? 0; at < (shop.starts[buyer + 1] ?? 0); at++) {
      const total = Math.round((shop.values[at] ?? 0) * 100) / 100;
      rows.push({
        workspace_id: workspace,
        profile_id: base * 100_000 + buyer + 1,
        order_id: `${base}-${at}`,
        ordered_at: new Date(simulatedUntil - (700 - (shop.days[at] ?? 0)) * day).toISOString(),
        site: buyer % 3 === 0 ? 'de' : 'fr',
        status: 'completed',
        currency: 'EUR',
        total,
        base_total: total,
        version: 1,
      });
    }
  }
  if (rows.length > 0) await insertRows(deps, 'customer_orders', rows);
  deps.clock.set(new Date(simulatedUntil).toISOString());
  return workspace;
}
