import { type Channel, channels } from '@vitrail/contracts';
import Papa from 'papaparse';
import { addressOf } from './addressOf.ts';

export interface ImportedLine {
  readonly line: number;
  readonly channel: Channel;
  readonly value: string;
}

export interface RejectedLine {
  readonly line: number;
  readonly problem: 'not_an_address' | 'unknown_channel';
}

const headers = new Set([
  'email',
  'e-mail',
  'address',
  'adresse',
  'value',
  'phone',
  'telephone',
  'téléphone',
  'channel',
  'canal',
]);

/**
 * A list of addresses: one a line, or a table with a column of them and perhaps one for the channel, as other tools export
 * it. With or without a header; comma, semicolon or tab.
 */
export function readSuppressionFile(
  text: string,
  settings: { readonly channel: Channel; readonly country: string },
): { readonly lines: readonly ImportedLine[]; readonly rejected: readonly RejectedLine[] } {
  const rows = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), {
    skipEmptyLines: false,
    delimitersToGuess: [',', ';', '\t'],
  }).data;
  const names = (rows[0] ?? []).map((name) => name.trim().toLowerCase());
  const hasHeader = names.some((name) => headers.has(name));
  const columnOf = (...wanted: string[]): number => names.findIndex((name) => wanted.includes(name));
  const channelColumn = hasHeader ? columnOf('channel', 'canal') : -1;
  const found = columnOf('email', 'e-mail', 'address', 'adresse', 'value', 'phone', 'telephone', 'téléphone');
  const valueColumn = hasHeader && found >= 0 ? found : 0;
  const lines: ImportedLine[] = [];
  const rejected: RejectedLine[] = [];
  for (const [index, row] of rows.entries()) {
    const raw = (row[valueColumn] ?? '').trim();
    if ((hasHeader && index === 0) || raw === '') continue;
    const line = index + 1;
    const named = channelColumn < 0 ? '' : (row[channelColumn] ?? '').trim().toLowerCase();
    const channel = named === '' ? settings.channel : channels.find((each) => each === named);
    if (channel === undefined) {
      rejected.push({ line, problem: 'unknown_channel' });
      continue;
    }
    const value = addressOf(channel, raw, settings.country);
    if (value === null) rejected.push({ line, problem: 'not_an_address' });
    else lines.push({ line, channel, value });
  }
  return { lines, rejected };
}
