import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tempFile } from '../../../../test/tempFile.ts';
import type { JsonObject } from '../../../platform/index.ts';
import { isBad } from '../units/unit.ts';
import { detectSettings, openRows } from './openRows.ts';

async function read(content: string, kind: 'people' | 'events' = 'people') {
  const path = await tempFile(content);
  const settings = await detectSettings(path, {});
  const source = await openRows(path, settings, kind);
  const rows = [];
  for await (const batch of source.batches()) rows.push(...batch.rows);
  return { format: settings.format, columns: source.columns, rows };
}
const reasons = async (content: string) =>
  (await read(content)).rows.map((row) => (isBad(row) ? row.problem.reason : 'read'));

describe('JSON lines', () => {
  it('give columns as they appear, nested objects by a dotted name', async () => {
    const { columns, rows } = await read('{"id":1,"address":{"city":"Lyon"}}\n\n{"id":2,"tags":["a"]}\n');
    expect(columns).toEqual(['id', 'address.city', 'tags']);
    expect(rows).toMatchObject([
      { row: 1, cells: [1, 'Lyon'] },
      { row: 3, cells: [2, undefined, ['a']] },
    ]);
  });

  it('keep the nested properties of events', async () => {
    const { columns } = await read('{"type":"track","properties":{"price":1}}\n', 'events');
    expect(columns).toEqual(['type', 'properties']);
  });

  it('that are broken, no objects, too long or nested without end are rejected one by one', async () => {
    const deep = `{"a":${'['.repeat(200)}${']'.repeat(200)}}`;
    const content = `{"a":1}\n{"a":\n[1]\n"x"\n${deep}\n{"a":"${'x'.repeat(1_000_001)}"}\n{"a":2}`;
    expect(await reasons(content)).toEqual([
      'read',
      'not_json',
      'not_json',
      'not_json',
      'nested_too_deep',
      'too_large',
      'read',
    ]);
  });

  it('lose escaped NULs and halves of surrogate pairs, which no store holds', async () => {
    const { rows } = await read('{"a":"x\\u0000y","b":"\\ud83d","c":"\\ud83d\\ude00","d":"\\\\u0000"}\n');
    expect(rows[0]).toMatchObject({ cells: ['xy', '\ufffd', '😀', '\\u0000'] });
  });

  it('cannot reach the prototype of anything', async () => {
    const { rows } = await read('{"__proto__":{"admin":true},"a":1}\n');
    expect(Reflect.get({}, 'admin')).toBeUndefined();
    expect(rows).toHaveLength(1);
  });
});

describe('a JSON array', () => {
  it('is read element by element', async () => {
    const { format, rows } = await read('[\n  {"a": "x, ]}\\"", "b": [1, {"c": 2}]},\n  {"a": 2}\n]\n');
    expect(format).toBe('json');
    expect(rows).toMatchObject([{ whole: { a: 'x, ]}"', b: [1, { c: 2 }] } }, { whole: { a: 2 } }]);
  });

  it('may be empty, but not cut short', async () => {
    expect((await read('[]')).rows).toEqual([]);
    await expect(read('[{"a":1},{"a":2}')).rejects.toMatchObject({ code: 'imports.json_cut' });
  });

  it('gives back whatever was written, also when it lies across many chunks', async () => {
    const record = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
    const clean = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('\\u0000', ''));
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 8 }), fc.boolean(), async (records, pretty) => {
        const padding: JsonObject = { padding: '"\\'.repeat(25_000) };
        const { rows } = await read(JSON.stringify([padding, ...records, padding], null, pretty ? 2 : 0));
        expect(rows.slice(1, -1).map((row) => (isBad(row) ? row.problem : row.whole))).toEqual(records.map(clean));
      }),
      { numRuns: 25 },
    );
  }, 30_000);
});
