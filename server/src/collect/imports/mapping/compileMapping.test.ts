import type { ImportKind, ImportNotice, ImportSettings } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../read/rows.ts';
import { zoneOf } from '../values/timeZone.ts';
import { compileMapping } from './compileMapping.ts';

const now = Date.UTC(2026, 10, 21);

function mapRow(
  cells: Record<string, Cell>,
  settings: Partial<Pick<ImportSettings, 'mapping' | 'formats'>>,
  { kind = 'people', nested = false }: { kind?: ImportKind; nested?: boolean } = {},
) {
  const notices: ImportNotice[] = [];
  const context = { zone: zoneOf('Europe/Paris'), now, notice: (notice: ImportNotice) => void notices.push(notice) };
  const full = { mapping: {}, formats: {}, ...settings };
  const row = compileMapping(Object.keys(cells), full, kind, nested, context)({ row: 2, cells: Object.values(cells) });
  return { ...row, notices };
}

describe('compileMapping', () => {
  it('repairs identifiers that went through a spreadsheet, and rejects those it spoiled', () => {
    const mapping = { id: 'user_id' };
    expect(mapRow({ id: '17850.0' }, { mapping })).toMatchObject({ fields: { user_id: '17850' } });
    expect(mapRow({ id: "'0612" }, { mapping })).toMatchObject({ fields: { user_id: '0612' } });
    expect(mapRow({ id: 17850 }, { mapping })).toMatchObject({ fields: { user_id: '17850' } });
    expect(mapRow({ id: '2,50012E+12' }, { mapping })).toMatchObject({ reason: 'id_in_scientific_notation' });
    expect(mapRow({ id: 2 ** 60 }, { mapping })).toMatchObject({ reason: 'id_in_scientific_notation' });
    expect(mapRow({ id: 'n/a' }, { mapping })).toMatchObject({ fields: {} });
  });

  it('names the column of a value it cannot read', () => {
    const settings = { mapping: { Montant: 'total' }, formats: { Montant: { decimal: ',' as const } } };
    expect(mapRow({ Montant: 'douze' }, settings, { kind: 'orders' })).toMatchObject({
      reason: 'number_unreadable',
      detail: 'Montant: “douze” is not a number',
    });
  });

  it('leaves out a birthday or a consent that makes no sense, and keeps the person', () => {
    const mapping = { b: 'birthday', c: 'consent.sms', e: 'email' };
    expect(mapRow({ b: '31/12/9999', c: 'peut-être', e: 'a@b.fr' }, { mapping })).toMatchObject({
      fields: { email: 'a@b.fr' },
      notices: ['birthday_left_out', 'consent_unclear'],
    });
  });

  it('keeps unmapped columns under their own names, typed, and forgets ignored ones', () => {
    const settings = {
      mapping: { x: 'ignore', y: 'trait.size' },
      formats: { points: { type: 'number', decimal: ',' } },
    } as const;
    expect(mapRow({ points: '1 250,5', x: 'secret', y: 'M', z: ' hé ', w: '' }, settings)).toMatchObject({
      fields: {},
      extras: { points: 1250.5, size: 'M', z: 'hé' },
    });
  });

  it('makes one value of several columns mapped to the same order number or street', () => {
    const mapping = { ticket: 'order_id', store: 'order_id', day: 'ordered_at' };
    expect(mapRow({ store: 'Lyon', day: '2024-01-02', ticket: '17' }, { mapping }, { kind: 'orders' })).toMatchObject({
      fields: { order_id: 'Lyon-17' },
    });
  });

  it('puts nested objects together again, and never touches a prototype', () => {
    const cells = { 'pets.cat': 'Félix', 'pets.dog': 'Rex', __proto__x: 1, 'a.__proto__.b': 1, ['__proto__']: 2 };
    expect(mapRow(cells, {}, { nested: true })).toMatchObject({ extras: { pets: { cat: 'Félix', dog: 'Rex' } } });
    expect(Reflect.get({}, 'b')).toBeUndefined();
  });

  it('gives the same record whatever the order of the columns', () => {
    const one = mapRow({ a: '1', b: '2', email: 'x@y.fr' }, { mapping: { email: 'email' } });
    const other = mapRow({ email: 'x@y.fr', b: '2', a: '1' }, { mapping: { email: 'email' } });
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  it('reads dates of cells as wall-clock times of the workspace', () => {
    const mapping = { d: 'ordered_at' };
    expect(mapRow({ d: new Date('2024-07-01T10:00:00Z') }, { mapping }, { kind: 'orders' })).toMatchObject({
      fields: { ordered_at: '2024-07-01T08:00:00.000Z' },
    });
  });
});
