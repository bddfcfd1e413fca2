import type { ExperienceContent } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { findProblems, type Looked, selectorsOf } from './checks.ts';

const texts = { fr: { title: 'Soldes', button: 'Voir' }, en: { title: 'Sale', button: 'See' } };
const bar: ExperienceContent = {
  kind: 'bar',
  place: 'top',
  texts,
  link: '/sale',
  style: {},
  blocks: [],
  closable: true,
};
const look = (content: ExperienceContent, more: Partial<Looked> = {}) =>
  findProblems({ content, trigger: { on: 'load' }, when: [], counts: {}, crowd: [], ...more });
const problems = (content: ExperienceContent, more: Partial<Looked> = {}) =>
  look(content, more).map(({ problem, about }) => `${problem} ${about}`.trim());

describe('a look at an experience', () => {
  it('finds nothing where there is nothing', () => {
    expect(look(bar, { crowd: ['a', 'b', 'c'] })).toEqual([]);
  });

  it('finds elements that are gone, that are many, and that are counted', () => {
    const change: ExperienceContent = {
      kind: 'change',
      changes: [
        { action: 'text', selector: 'h1', value: 'x' },
        { action: 'hide', selector: 'li:nth-of-type(2)' },
        { action: 'move', selector: '.card', before: '#gone' },
      ],
    };
    expect(selectorsOf(change)).toEqual(['h1', 'li:nth-of-type(2)', '.card', '#gone']);
    expect(problems(change)).toEqual(['place li:nth-of-type(2)']);
    const counts = { h1: 1, 'li:nth-of-type(2)': 1, '.card': 8, '#gone': 0 };
    expect(problems(change, { counts })).toEqual(['place li:nth-of-type(2)', 'many .card', 'gone #gone']);
  });

  it('measures contrast', () => {
    expect(problems({ ...bar, style: { background: '#777777', text: '#888888' } })).toEqual(['contrast 1.3']);
    expect(problems({ ...bar, style: { background: '#000000', text: '#ffffff' } })).toEqual([]);
  });

  it('finds words that do not fit a small phone', () => {
    const long = { ...texts, fr: { title: 'mot '.repeat(29), button: 'Je veux vraiment en profiter maintenant' } };
    expect(problems({ ...bar, texts: long })).toEqual(['longTitle fr', 'longButton fr']);
  });

  it('finds a language that says less than another', () => {
    expect(problems({ ...bar, texts: { fr: { title: 'Soldes' }, de: {} } })).toEqual(['language en', 'language de']);
    expect(problems({ ...bar, texts: { ...texts, en: { title: 'Sale' } } })).toEqual(['language en']);
  });

  it('finds what leads nowhere', () => {
    expect(problems({ ...bar, link: '' })).toEqual(['nowhere']);
    expect(problems({ kind: 'redirect', to: '#' })).toEqual(['nowhere']);
    const link: ExperienceContent = { kind: 'change', changes: [{ action: 'link', selector: 'a', value: '' }] };
    expect(problems(link)).toEqual(['nowhere a']);
  });

  it('finds a window that covers a phone at once', () => {
    const { place: _, ...rest } = bar;
    const modal: ExperienceContent = { ...rest, kind: 'modal' };
    expect(problems(modal)).toEqual(['atOnce']);
    expect(problems(modal, { trigger: { on: 'exit' } })).toEqual([]);
    expect(problems(modal, { when: [{ field: 'device', op: 'is_not', values: ['mobile'] }] })).toEqual([]);
  });

  it('finds a crowd', () => {
    expect(problems(bar, { crowd: ['a', 'b', 'c', 'd'] })).toEqual(['crowd a, b, c, d']);
  });
});
