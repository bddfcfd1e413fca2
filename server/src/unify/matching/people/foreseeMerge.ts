import type { ReviewDetail } from '@vitrail/contracts';
import { loadRules } from '../../identity/loadKnown.ts';
import type { Customer } from '../../profiles/customer.ts';
import { readTotals } from '../../profiles/readProfile.ts';
import { listEvents } from '../../profiles/readTimeline.ts';
import { listFamilies } from '../../profiles/sql/readProfiles.pg.ts';
import { normalisePhone } from '../../values/phone.ts';
import { foldText } from '../../values/searchText.ts';
import { personRecord, type RecordFields } from '../records/personRecord.ts';
import type { AskedSide, MatchDeps, MatchSubject } from '../subject.ts';
import { loadSides } from './loadSides.ts';

/** Newest events shown of each side. */
const latest = 5;

/** What a merge of two customers would change: read before somebody decides. */
export async function foreseeMerge(
  deps: MatchDeps,
  workspace: number,
  pair: readonly [AskedSide, AskedSide],
): ReturnType<MatchSubject['consequences']> {
  const customers = await loadSides(deps.pg, workspace, pair);
  const [left, right] = [customers.get(pair[0].id), customers.get(pair[1].id)];
  if (left === undefined || right === undefined)
    return { events: { left: [], right: [] }, totals: null, consents: [], segments: [], household: false };
  const [families, { namespaces }] = await Promise.all([
    deps.pg.rows(listFamilies, { workspace }),
    loadRules(deps.pg, workspace),
  ]);
  const familyOf = new Map(families.map((row) => [row.id, row.family]));
  const eventsOf = async (customer: Customer) =>
    (
      await listEvents(
        deps,
        workspace,
        customer.rowIds,
        { limit: latest, before: undefined, event: undefined, types: [], sources: [] },
        familyOf,
      )
    ).items;
  const totalsOf = (rows: readonly number[]) => readTotals(deps.pg, workspace, rows);
  const [leftEvents, rightEvents, leftTotals, rightTotals, merged, segments] = await Promise.all([
    eventsOf(left),
    eventsOf(right),
    totalsOf(left.rowIds),
    totalsOf(right.rowIds),
    totalsOf([...left.rowIds, ...right.rowIds]),
    deps.segments.listOf(workspace, [left.rootId, right.rootId]),
  ]);
  return {
    events: { left: leftEvents, right: rightEvents },
    totals: { left: leftTotals, right: rightTotals, merged },
    consents: compareConsents(left, right),
    segments: compareSegments(segments, left.rootId, right.rootId),
    household: liveTogether(personRecord(left, namespaces) ?? {}, personRecord(right, namespaces) ?? {}),
  };
}

function compareConsents(left: Customer, right: Customer): ReviewDetail['consents'] {
  const purposes = [...new Set([...left.consents.keys(), ...right.consents.keys()])].toSorted();
  return purposes.map((purpose) => {
    const sides = [left, right].map((side) => side.consents.get(purpose)?.granted ?? null);
    return {
      purpose,
      left: sides[0] ?? null,
      right: sides[1] ?? null,
      // The stricter value counts (see joinConsents).
      merged: sides.every((granted) => granted !== false),
    };
  });
}

function compareSegments(
  rows: readonly { profile: number; id: string; name: string }[],
  left: number,
  right: number,
): ReviewDetail['segments'] {
  const segments = new Map<string, { id: string; name: string; left: boolean; right: boolean }>();
  for (const { profile, id, name } of rows) {
    const segment = segments.get(id) ?? { id, name, left: false, right: false };
    segments.set(id, { ...segment, left: segment.left || profile === left, right: segment.right || profile === right });
  }
  return [...segments.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether two records share an address or a line that stands in a home. */
export function liveTogether(left: RecordFields, right: RecordFields): boolean {
  const same = (field: string): boolean => {
    const value = foldText(left[field] ?? '');
    return value !== '' && value === foldText(right[field] ?? '');
  };
  if (same('street') && (same('postal_code') || same('city'))) return true;
  if (!same('phone')) return false;
  const phone = normalisePhone(left.phone ?? '', (left.country ?? '').toUpperCase());
  return phone.ok && phone.landline;
}
