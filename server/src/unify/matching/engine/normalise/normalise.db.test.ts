import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestClickhouse } from '../../../../../test/clickhouse.ts';
import type { Ch } from '../../../../platform/index.ts';
import { compileClean } from './prepareRecords.ts';

let ch: Ch;
beforeAll(async () => {
  ch = await openTestClickhouse();
});
afterAll(() => ch.close());

/** Normal forms of texts as a field of this method. */
async function normal(
  method: Parameters<typeof compileClean>[1][number]['method'],
  texts: readonly string[],
  column = 'v_x',
) {
  const raw = `select pair.1 as record_id, 0 as source, pair.2 as x from (select arrayJoin(arrayZip(range(1, length({texts:Array(String)}) + 1), {texts:Array(String)})) as pair)`;
  const text = `select ${column} as value from (${compileClean(raw, [{ field: 'x', method, termFrequency: true }])}) order by record_id`;
  const row = { value: 'String' } as const;
  const rows = await ch.rows(
    { name: 'test.normal', text, params: { texts: 'Array(String)' } as const, row },
    { texts },
  );
  return rows.map(({ value }) => value);
}

const check = async (
  method: Parameters<typeof normal>[0],
  cases: readonly (readonly [string, string])[],
  column?: string,
): Promise<void> => {
  const found = await normal(
    method,
    cases.map(([raw]) => raw),
    column,
  );
  expect(Object.fromEntries(cases.map(([raw], index) => [raw, found[index]]))).toEqual(Object.fromEntries(cases));
};

describe('how values are made comparable', () => {
  it('names lose accents, titles, signs and what stands for none', () =>
    check('given_name', [
      ['Mme Éloïse', 'eloise'],
      ['JEAN-PAUL', 'jean paul'],
      ['D’Artagnan', 'dartagnan'],
      ['Łukasz', 'lukasz'],
      ['Иван', 'ivan'],
      ['王小明', '王小明'],
      ['inconnu', ''],
      ['xxx', ''],
      ['123', ''],
    ]));

  it('nicknames share a root', () =>
    check(
      'given_name',
      [
        ['Bob', 'robert'],
        ['Robert', 'robert'],
        ['Kate', 'catherine'],
        ['Catherine', 'catherine'],
      ],
      'a_x_root',
    ));

  it('birth dates however they are written, also by a spreadsheet', () =>
    check('birth_date', [
      ['1990-05-04', '19900504'],
      ['04/05/1990', '19900504'],
      ['4.5.1990', '19900504'],
      ['11/21/1986', '19861121'],
      ['04/05/90', '19900504'],
      ['19900504', '19900504'],
      ['19900504.0', '19900504'],
      ['1.9900504E7', '19900504'],
      ['32995', '19900504'],
      ['1990-05-04T00:00:00Z', '19900504'],
      ['1990', '19900101'],
      ['1900-01-01', ''],
      ['0000-00-00', ''],
      ['soon', ''],
    ]));

  it('e-mails by mailbox, not by spelling', () =>
    check('email', [
      ['Zoé Martin <Zoe.Martin+shop@Googlemail.com>', 'zoemartin@gmail.com'],
      ['zoe.martin@gmial.com', 'zoemartin@gmail.com'],
      ['zoe.martin@orange.fr', 'zoe.martin@orange.fr'],
      ['test@test.com', ''],
      ['no-reply@shop.example', ''],
    ]));

  it('telephones by their last nine digits', () =>
    check('phone', [
      ['06 12 34 56 78', '612345678'],
      ['+33 (0)6.12.34.56.78', '612345678'],
      ['0033612345678', '612345678'],
      ['00 00 00 00 00', ''],
      ['0123456789', ''],
      ['12', ''],
    ]));

  it('web addresses by their domain', () =>
    check('identifier', [
      ['https://www.Dupont.fr/accueil?x=1', 'dupontfr'],
      ['dupont.fr', 'dupontfr'],
      ['www.dupont.fr', 'dupontfr'],
    ]));

  it('companies without their legal form, numbers by the SIREN in them', async () => {
    await check('company_name', [
      ['Boulangerie Dupont S.A.R.L.', 'boulangerie dupont'],
      ['SAS Boulangerie Dupont', 'boulangerie dupont'],
      ['The Corporation', 'the corporation'],
    ]);
    await check(
      'identifier',
      [
        ['552 100 554 00013', '552100554'],
        ['FR 96 552100554', '552100554'],
        ['552100554', '552100554'],
      ],
      'a_x_core',
    );
  });
});
