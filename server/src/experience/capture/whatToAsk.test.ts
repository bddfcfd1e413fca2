import { experienceContentSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { unknownTraits, whatToAsk } from './whatToAsk.ts';

const now = new Date('2026-05-20T12:00:00Z');
const daysAgo = (days: number): number => now.getTime() - days * 86_400_000;
const question = (trait: string) => ({ trait, kind: 'text', label: { en: trait } });
const content = (fields: object) => experienceContentSchema.parse({ texts: { en: { title: 'Hello' } }, ...fields });
const questions = ['size', 'colour', 'city'].map(question);
const profiling = content({ kind: 'form', ask: 'unknown', askAgainDays: 30, questions });
const asks = (answered: [string, { known: boolean; closedAt: number | null }][]): string[] | string => {
  const asked = whatToAsk(profiling, null, new Map(answered), now);
  if ('reason' in asked) return asked.reason;
  return 'questions' in asked.content ? asked.content.questions.map(({ trait }) => trait) : [];
};

describe('a form that asks what is unknown', () => {
  it('asks one question, the first whose answer is not known', () => {
    expect(asks([])).toEqual(['size']);
    expect(asks([['size', { known: true, closedAt: null }]])).toEqual(['colour']);
  });

  it('passes over what was closed until its days are over', () => {
    expect(asks([['size', { known: false, closedAt: daysAgo(29) }]])).toEqual(['colour']);
    expect(asks([['size', { known: false, closedAt: daysAgo(30) }]])).toEqual(['size']);
  });

  it('has nothing to ask when all is known or was closed', () => {
    const known = ['size', 'colour'].map((trait): [string, { known: boolean; closedAt: null }] => [
      trait,
      { known: true, closedAt: null },
    ]);
    expect(asks([...known, ['city', { known: false, closedAt: daysAgo(1) }]])).toBe('nothing_to_ask');
  });

  it('names the traits it must know of', () => {
    expect(unknownTraits([profiling, content({ kind: 'survey', questions: [question('why')] })])).toEqual([
      'size',
      'colour',
      'city',
    ]);
  });
});

describe('what was answered', () => {
  const survey = content({ kind: 'survey', questions: [question('why')] });
  const wheel = (againDays: number | null) =>
    content({
      kind: 'wheel',
      againDays,
      segments: [
        { key: 'won', label: { en: 'Won' }, chance: 0.5, offer: 'ten' },
        { key: 'lost', label: { en: 'Lost' }, chance: 0.5 },
      ],
    });

  it('is not asked again', () => {
    expect(whatToAsk(survey, null, new Map(), now)).toEqual({ content: survey });
    expect(whatToAsk(survey, daysAgo(400), new Map(), now)).toMatchObject({ reason: 'answered' });
  });

  it('a wheel turns again after its days, or never', () => {
    expect(whatToAsk(wheel(7), daysAgo(6), new Map(), now)).toMatchObject({ reason: 'answered' });
    expect(whatToAsk(wheel(7), daysAgo(7), new Map(), now)).toMatchObject({ content: { kind: 'wheel' } });
    expect(whatToAsk(wheel(null), daysAgo(300), new Map(), now)).toMatchObject({ reason: 'answered' });
  });
});
