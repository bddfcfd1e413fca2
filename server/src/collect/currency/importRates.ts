import type { Pg } from '../../platform/index.ts';
import { type EcbReading, parseEcbCsv } from './parseEcbCsv.ts';
import { raiseRatesVersion, upsertRates } from './sql/exchangeRates.pg.ts';

export interface RatesImported {
  ok: true;
  /** Quotes that are new or differ from what was kept. Zero when the file was imported before. */
  changed: number;
  quotes: number;
  firstDay: string;
  lastDay: string;
}

/**
 * Keeps the rates of one of the European Central Bank's CSV files for a workspace; they stand above the built-in ones.
 * Safe to repeat. All or nothing: a file with a bad line changes nothing.
 */
export async function importRates(
  pg: Pg,
  workspaceId: number,
  csv: string,
): Promise<RatesImported | Extract<EcbReading, { ok: false }>> {
  const reading = parseEcbCsv(csv);
  if (!reading.ok) return reading;
  const { quotes, firstDay, lastDay } = reading;
  const changed = await saveQuotes(pg, workspaceId, quotes, `European Central Bank, until ${lastDay}`);
  return { ok: true, changed, quotes: quotes.length, firstDay, lastDay };
}

/** Writes quotes and raises the version in one transaction. The later of two statements about one day wins. */
export async function saveQuotes(
  pg: Pg,
  workspaceId: number,
  quotes: Extract<EcbReading, { ok: true }>['quotes'],
  source: string,
): Promise<number> {
  const single = [...new Map(quotes.map((quote) => [`${quote.currency} ${quote.day}`, quote])).values()];
  return pg.transaction(async (tx) => {
    let changed = 0;
    for (let at = 0; at < single.length; at += 20_000) {
      const part = single.slice(at, at + 20_000);
      changed += await tx.run(upsertRates, {
        workspace: workspaceId,
        source,
        currencies: part.map(({ currency }) => currency),
        days: part.map(({ day }) => day),
        rates: part.map(({ perEuro }) => perEuro),
      });
    }
    if (changed > 0) await tx.run(raiseRatesVersion, { workspace: workspaceId });
    return changed;
  });
}
