import { type SegmentNode, segmentDefinitionSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { changeDraft, definitionOf, draftOf, emptyDraft, leavesOf } from './draft.ts';
import { changeHistory, startHistory } from './history.ts';

const consent = { kind: 'consent', purpose: 'email', is: 'granted' } as const;
const member = { kind: 'segment', segment: '7', member: true } as const;
const read = (given: unknown): SegmentNode => segmentDefinitionSchema.parse(given);

describe('a draft', () => {
  it('is written back as the definition it was read from', () => {
    const definition = read({
      kind: 'any',
      of: [
        { kind: 'not', of: { kind: 'all', of: [consent, { kind: 'not', of: member }] } },
        { kind: 'sample', percent: 10 },
      ],
    });
    expect(definitionOf(draftOf(definition)).definition).toEqual(definition);
  });

  it('makes a group of a single condition and drops a double "not"', () => {
    const draft = draftOf(read({ kind: 'not', of: { kind: 'not', of: consent } }));
    expect(definitionOf(draft).definition).toEqual({ kind: 'all', of: [consent] });
  });

  it('finds the part at a path, behind its "not" too', () => {
    const draft = draftOf(read({ kind: 'all', of: [consent, { kind: 'not', of: { kind: 'any', of: [member] } }] }));
    const { keys } = definitionOf(draft);
    const [first, group] = draft.of;
    const inner = group?.kind === 'group' ? group.of[0]?.key : undefined;
    expect([keys.get(''), keys.get('of.0'), keys.get('of.1'), keys.get('of.1.of'), keys.get('of.1.of.of.0')]).toEqual([
      draft.key,
      first?.key,
      group?.key,
      group?.key,
      inner,
    ]);
  });

  it('leaves out what is not finished, with the groups left empty', () => {
    const draft = draftOf(read({ kind: 'all', of: [{ kind: 'any', of: [member] }, consent] }));
    const written = definitionOf(draft, (leaf) => leaf.condition.kind === 'segment');
    expect(written.definition).toEqual({ kind: 'all', of: [consent] });
    expect(written.keys.get('of.0')).toBe(draft.of[1]?.key);
    expect(definitionOf(draft, () => true).definition).toEqual({ kind: 'all', of: [] });
  });

  it('adds, negates, joins, wraps, copies, moves and removes', () => {
    let draft = changeDraft(emptyDraft, { do: 'add', group: emptyDraft.key, condition: consent });
    draft = changeDraft(draft, { do: 'add', group: draft.key, condition: member, negated: true });
    const [first, second] = leavesOf(draft).map(({ key }) => key);
    if (first === undefined || second === undefined) throw new Error('two conditions were added');
    draft = changeDraft(draft, { do: 'wrap', key: first });
    draft = changeDraft(draft, { do: 'duplicate', key: first });
    draft = changeDraft(draft, { do: 'move', key: second, by: -1 });
    draft = changeDraft(draft, { do: 'join', key: draft.key, join: 'any' });
    draft = changeDraft(draft, { do: 'negate', key: second });
    expect(definitionOf(draft).definition).toEqual({
      kind: 'any',
      of: [member, { kind: 'any', of: [consent, consent] }],
    });
    expect(new Set(leavesOf(draft).map(({ key }) => key)).size).toBe(3);
    draft = changeDraft(draft, { do: 'remove', key: second });
    expect(leavesOf(draft)).toHaveLength(2);
    expect(changeDraft(draft, { do: 'move', key: first, by: -1 })).toEqual(draft);
  });
});

describe('the way back', () => {
  const edit = (percent: number, at: number) => ({
    do: 'edit' as const,
    key: 2,
    at,
    condition: { kind: 'sample', percent, seed: '' } as const,
  });
  const percentOf = (history: ReturnType<typeof startHistory>) =>
    leavesOf(history.present).map(({ condition }) => (condition.kind === 'sample' ? condition.percent : null));

  it('takes typing back in one step, and forward again', () => {
    let history = startHistory(emptyDraft);
    history = changeHistory(history, {
      do: 'add',
      group: 1,
      at: 0,
      condition: { kind: 'sample', percent: 5, seed: '' },
    });
    for (const [percent, at] of [
      [1, 100],
      [12, 300],
      [12.5, 900],
    ] as const)
      history = changeHistory(history, edit(percent, at));
    history = changeHistory(history, edit(20, 5_000));
    history = changeHistory(history, { do: 'undo' });
    expect(percentOf(history)).toEqual([12.5]);
    history = changeHistory(history, { do: 'undo' });
    expect(percentOf(history)).toEqual([5]);
    history = changeHistory(history, { do: 'redo' });
    expect(percentOf(history)).toEqual([12.5]);
    history = changeHistory(changeHistory(changeHistory(history, { do: 'undo' }), { do: 'undo' }), { do: 'undo' });
    expect(percentOf(history)).toEqual([]);
  });
});
