import type { ImportSettings } from '@vitrail/contracts';
import type { JsonObject } from '../../../platform/index.ts';
import { compileMapping, type MappedRow } from '../mapping/compileMapping.ts';
import { type RowSource, recordOf } from '../read/rows.ts';
import { Problem } from '../values/problem.ts';
import { zoneOf } from '../values/timeZone.ts';
import { breather } from './breathe.ts';
import { isBad, type Reject, rejectedRow } from './unit.ts';

export type PartnerKind = 'outside-segments' | 'id-mappings';

/** What a row of a data partner says: somebody, and a segment or the partner's own id. */
export interface PartnerRow {
  readonly id: { readonly kind: string; readonly value: string };
  /** The segment, or the partner's id. */
  readonly name: string;
  readonly expiresAt: Date | null;
}

export interface PartnerUnit {
  readonly row: number;
  /** Null when it could not be read: then `rejects` says why. */
  readonly given: PartnerRow | null;
  readonly record: JsonObject;
  readonly rejects: readonly Reject[];
}

/** Fields that say whose row it is, the surest first, and the kind of id each is. */
const idFields = [
  ['their_id', 'theirs'],
  ['our_id', 'ours'],
  ['user_id', 'user_id'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['loyalty_card', 'loyalty_card'],
  ['anonymous_id', 'anonymous_id'],
] as const;
const longest = { id: 512, segment: 120 };

/** Rows of a table or of JSON as a partner's. */
export async function* readPartnerRows(
  source: RowSource,
  settings: ImportSettings,
  kind: PartnerKind,
  at: Date,
): AsyncIterable<{ units: readonly PartnerUnit[]; bytesRead: number }> {
  const values = { zone: zoneOf(settings.timeZone), now: at.getTime(), notice: () => {} };
  const map = compileMapping(source.columns, settings, kind, false, values);
  const breathe = breather();
  for await (const { rows, bytesRead } of source.batches()) {
    const units: PartnerUnit[] = [];
    for (const row of rows) {
      await breathe();
      if (isBad(row)) {
        const { record, problem } = row;
        units.push({ row: row.row, given: null, record, rejects: [rejectedRow(row.row, problem, record)] });
        continue;
      }
      const record = recordOf(source.columns, row.cells);
      const mapped = map(row);
      const given = mapped instanceof Problem ? mapped : partnerRow(mapped, kind);
      units.push(
        given instanceof Problem
          ? { row: row.row, given: null, record, rejects: [rejectedRow(row.row, given, record)] }
          : { row: row.row, given, record, rejects: [] },
      );
    }
    yield { units, bytesRead };
  }
}

function partnerRow({ fields }: MappedRow, kind: PartnerKind): PartnerRow | Problem {
  const textOf = (field: string): string => {
    const value = fields[field];
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  };
  const name = textOf(kind === 'id-mappings' ? 'their_id' : 'segment');
  if (name === '')
    return new Problem('required_missing', `${kind === 'id-mappings' ? 'their_id' : 'segment'} is empty`);
  const id = idOf(textOf, kind);
  if (id === null) return new Problem('no_identifier', 'No column says whose row this is');
  if (name.length > (kind === 'id-mappings' ? longest.id : longest.segment) || id.value.length > longest.id)
    return new Problem('too_large', 'An id has 512 characters at most, a segment 120');
  if (/\p{Cc}/u.test(name + id.value)) return new Problem('encoding', 'An id or a segment holds control characters');
  const end = textOf('expires_at');
  return { id, name, expiresAt: end === '' ? null : new Date(end) };
}

function idOf(textOf: (field: string) => string, kind: PartnerKind): PartnerRow['id'] | null {
  const stated = textOf('id');
  if (stated !== '') {
    const given = textOf('id_kind').toLowerCase();
    return { kind: /^[a-z][a-z\d_]{0,59}$/.test(given) ? given : 'user_id', value: stated };
  }
  for (const [field, is] of idFields) {
    const value = is === 'theirs' && kind === 'id-mappings' ? '' : textOf(field);
    if (value !== '') return { kind: is, value };
  }
  return null;
}
