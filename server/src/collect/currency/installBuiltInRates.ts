import { readFile } from 'node:fs/promises';
import type { Pg } from '../../platform/index.ts';
import { saveQuotes } from './importRates.ts';
import { parseEcbCsv } from './parseEcbCsv.ts';
import { selectNewestBuiltInDay } from './sql/exchangeRates.pg.ts';

/** Beside `src` and `dist` alike, so the same path holds in both. */
const file = new URL('../../../data/exchangeRates.csv', import.meta.url);

/**
 * Puts the exchange rates that come with Vitrail where every workspace finds them (workspace 0), when they are newer than
 * those already there. Called at every start; safe to repeat, and two starting processes at once do no harm.
 */
export async function installBuiltInRates(pg: Pg): Promise<{ installed: number; until: string }> {
  const reading = parseEcbCsv(await readFile(file, 'utf8'));
  if (!reading.ok) throw new Error(`${file.pathname} is damaged: ${reading.reason} in line ${reading.line}`);
  const kept = await pg.row(selectNewestBuiltInDay, {});
  if (kept?.day && kept.day >= reading.lastDay) return { installed: 0, until: kept.day };
  const installed = await saveQuotes(pg, 0, reading.quotes, 'European Central Bank, built in');
  return { installed, until: reading.lastDay };
}
