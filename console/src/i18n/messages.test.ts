import { describe, expect, it } from 'vitest';
import { catalogue as en } from './en/index.ts';
import { catalogue as fr } from './fr/index.ts';
import { createTranslate } from './messages.ts';

describe('a message', () => {
  it('follows the plural of its language: French counts zero and one as one', () => {
    const english = createTranslate(en, 'en-GB');
    const french = createTranslate(fr, 'fr-FR');
    expect(english('orders.lines', { count: 0 })).toBe('0 lines');
    expect(french('orders.lines', { count: 0 })).toBe('0 ligne');
    expect(french('orders.lines', { count: 1200 })).toBe('1\u202f200 lignes');
  });

  it('chooses and fills in', () => {
    const english = createTranslate(en, 'en-GB');
    expect(english('home.change', { direction: 'up', change: '4%' })).toBe('4% more than the days before');
    expect(english('confirm.type', { text: '<b>Zoé</b>' })).toBe('Type “<b>Zoé</b>” to confirm');
    expect(english('action.save')).toBe('Save');
  });
});
