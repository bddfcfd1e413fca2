import type { SegmentNode } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { changeDraft, draftOf, emptyDraft } from '../../segments/draft/draft.ts';
import { definitionOfFilters, draftOfWhere, readWhere, segmentOfFilters, writeWhere } from './where.ts';

const hasEmail: SegmentNode = { kind: 'identifier', namespace: 'email', present: true };
const filters: SegmentNode = {
  kind: 'all',
  of: [hasEmail, { kind: 'not', of: { kind: 'persona', in: ['champions'] } }],
};

describe('filters of customers in an address', () => {
  it('come back as they were written', () => {
    const text = writeWhere(draftOf(filters));
    expect(readWhere(text)).toEqual(filters);
    expect(writeWhere(draftOfWhere(text))).toBe(text);
  });

  it('are none where the address says nothing that can be read', () => {
    for (const text of ['', '{', '{"kind":"guess"}', '7']) {
      expect(readWhere(text)).toBeNull();
      expect(draftOfWhere(text)).toEqual(emptyDraft);
    }
  });

  it('leave out what still waits for its value', () => {
    const waiting = changeDraft(draftOf(filters), {
      do: 'add',
      group: 1,
      condition: { kind: 'trait', trait: 'city', test: { type: 'text', op: 'is', value: '' } },
    });
    expect(waiting.of).toHaveLength(3);
    expect(definitionOfFilters(waiting)).toEqual(filters);
    expect(writeWhere(emptyDraft)).toBe('');
    expect(writeWhere({ ...emptyDraft, negated: true })).toBe('');
  });
});

describe('a segment of the people listed', () => {
  const namespaces = ['anonymous_id', 'email', 'user_id'];
  it('asks that somebody is known where visitors are hidden', () => {
    expect(segmentOfFilters(filters, { visitors: false, namespaces })).toEqual({
      kind: 'all',
      of: [
        ...('of' in filters && Array.isArray(filters.of) ? filters.of : []),
        {
          kind: 'any',
          of: [hasEmail, { kind: 'identifier', namespace: 'user_id', present: true }],
        },
      ],
    });
  });

  it('is the filters alone where everybody is listed', () => {
    expect(segmentOfFilters(filters, { visitors: true, namespaces })).toEqual(filters);
    expect(segmentOfFilters(hasEmail, { visitors: false, namespaces: ['anonymous_id'] })).toEqual(hasEmail);
  });
});
