import { describe, expect, it } from 'vitest';
import { parseEcbCsv } from './parseEcbCsv.ts';

describe("the European Central Bank's files", () => {
  it('reads the daily file with its English date, spaces and trailing comma', () => {
    const csv = 'Date, USD, JPY, IDR, \n30 October 2026, 1.1172, 175.68, 20275.17, \n';
    expect(parseEcbCsv(csv)).toEqual({
      ok: true,
      firstDay: '2026-10-30',
      lastDay: '2026-10-30',
      quotes: [
        { currency: 'USD', day: '2026-10-30', perEuro: '1.1172' },
        { currency: 'JPY', day: '2026-10-30', perEuro: '175.68' },
        { currency: 'IDR', day: '2026-10-30', perEuro: '20275.17' },
      ],
    });
  });

  it('reads the history file, newest day first, without its N/A cells', () => {
    const csv = '\uFEFFDate,USD,BGN,ROL,\r\n2026-10-30,1.1172,N/A,N/A,\r\n1999-01-04,1.1789,N/A,13111,\r\n';
    expect(parseEcbCsv(csv)).toEqual({
      ok: true,
      firstDay: '1999-01-04',
      lastDay: '2026-10-30',
      quotes: [
        { currency: 'USD', day: '2026-10-30', perEuro: '1.1172' },
        { currency: 'USD', day: '1999-01-04', perEuro: '1.1789' },
        { currency: 'ROL', day: '1999-01-04', perEuro: '13111' },
      ],
    });
  });

  it.each([
    ['PK\u0003\u0004…', 'zip', 1],
    ['', 'no_header', 1],
    ['currency;rate\nUSD;1.1', 'no_header', 1],
    ['Date,USD,Dollars\n2026-10-30,1,2', 'unknown_currency', 1],
    ['Date,USD\n2026-10-30,1.1\n30/10/2026,1.1', 'bad_date', 3],
    ['Date,USD\n2026-02-30,1.1', 'bad_date', 2],
    ['Date,USD\n2026-10-30,-1.1', 'bad_rate', 2],
    ['Date,USD\n2026-10-30,0', 'bad_rate', 2],
    ['Date,USD\n2026-10-30,1e308', 'bad_rate', 2],
    ['Date,USD\n2026-10-30,N/A', 'no_quotes', 1],
  ])('refuses %j whole: %s in line %i', (csv, reason, line) => {
    expect(parseEcbCsv(csv)).toEqual({ ok: false, reason, line });
  });
});
