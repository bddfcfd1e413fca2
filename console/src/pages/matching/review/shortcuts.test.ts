import { describe, expect, it } from 'vitest';
import { actionOf, type Letters } from './shortcuts.ts';

const letters: Letters = {
  merge: 'F',
  distinct: 'D',
  unsure: 'P',
  undo: 'Z',
  next: 'J',
  previous: 'K',
  assign: 'A',
  comment: 'C',
  help: '?',
};
const press = (key: string, code: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

describe('keys of the queue', () => {
  it('are the letters of the language, large or small', () => {
    expect(actionOf(press('f', 'KeyF'), letters)).toBe('merge');
    expect(actionOf(press('P', 'KeyP'), letters)).toBe('unsure');
    expect(actionOf(press('?', 'Slash'), letters)).toBe('help');
    expect(actionOf(press('m', 'KeyM'), letters)).toBeNull();
  });

  it('are also the first three digits by place, which write other signs on a French keyboard', () => {
    expect(actionOf(press('&', 'Digit1'), letters)).toBe('merge');
    expect(actionOf(press('é', 'Digit2'), letters)).toBe('distinct');
    expect(actionOf(press('3', 'Numpad3'), letters)).toBe('unsure');
  });

  it('leave the keys of the browser alone', () => {
    expect(actionOf(press('f', 'KeyF', { ctrlKey: true }), letters)).toBeNull();
    expect(actionOf(press('d', 'KeyD', { metaKey: true }), letters)).toBeNull();
    expect(actionOf(press('ArrowLeft', 'ArrowLeft', { altKey: true }), letters)).toBeNull();
  });
});
