import { describe, expect, it } from 'vitest';
import { begin, redo, step, undo } from './past.ts';

describe('the way back', () => {
  it('goes back and forth, and a new step ends what lay ahead', () => {
    let past = step(step(begin('a'), 'b', null), 'c', null);
    past = undo(undo(past));
    expect(past.now).toBe('a');
    expect(undo(past)).toBe(past);
    past = redo(past);
    expect(past.now).toBe('b');
    past = step(past, 'd', null);
    expect(redo(past)).toBe(past);
    expect(undo(past).now).toBe('b');
  });

  it('takes typing into one field as one step', () => {
    const typed = ['H', 'He', 'Hel'].reduce((past, text) => step(past, text, 'title'), begin(''));
    expect(undo(typed).now).toBe('');
    expect(undo(step(typed, 'Hel!', 'body')).now).toBe('Hel');
  });
});
