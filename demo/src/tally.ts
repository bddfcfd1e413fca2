import type { TrueOrder } from './export/truth.ts';
import type { Plan } from './life/planRetailer.ts';
import type { Totals } from './manifest.ts';
import type { Currency } from './market.ts';

/** Adds up while files are written; money in cents, so that sums are exact. */
export class Tally {
  private eventLines = 0;
  private repeats = 0;
  private web = 0;
  private store = 0;
  private attributable = 0;
  private readonly revenue = new Map<Currency, { total: number; refunded: number }>();

  countOrders(orders: readonly TrueOrder[]): void {
    for (const { channel, attributable, currency, total, refunded } of orders) {
      if (channel === 'web') this.web++;
      else this.store++;
      if (attributable) this.attributable++;
      const sum = this.revenue.get(currency) ?? { total: 0, refunded: 0 };
      this.revenue.set(currency, {
        total: sum.total + Math.round(total * 100),
        refunded: sum.refunded + Math.round(refunded * 100),
      });
    }
  }

  /** A repeated call stands right after the first. */
  countLines(lines: readonly string[]): void {
    this.eventLines += lines.length;
    for (let place = 1; place < lines.length; place++) if (lines[place] === lines[place - 1]) this.repeats++;
  }

  totals(people: number, plan: Plan): Totals {
    const revenue: Partial<Record<Currency, { total: number; refunded: number }>> = {};
    for (const [currency, { total, refunded }] of [...this.revenue].sort()) {
      revenue[currency] = { total: total / 100, refunded: refunded / 100 };
    }
    return {
      people,
      strangers: plan.strangers,
      visits: plan.web.size,
      eventLines: this.eventLines,
      events: this.eventLines - this.repeats,
      orders: { web: this.web, store: this.store, attributable: this.attributable },
      revenue,
    };
  }
}
