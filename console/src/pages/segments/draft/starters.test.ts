import type { SegmentVocabulary } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { isComplete } from './complete.ts';
import { event, exactly, lastDays, product, sequence, step, textIs } from './defaults.ts';
import { findStarters, startersOf } from './starters.ts';

const vocabulary: SegmentVocabulary = {
  traits: [
    { name: 'interests', people: 10, type: 'list', values: ['course', 'vélo'] },
    { name: 'city', people: 10, type: 'text', values: ['Lyon'] },
    { name: 'birthday', people: 5, type: 'date', values: [] },
    { name: 'shoe_size', people: 5, type: 'number', values: [] },
  ],
  events: [
    { type: 'track', name: 'Email Opened', count: 9 },
    { type: 'track', name: 'Quiz Done', count: 3 },
    { type: 'page', name: 'Accueil', count: 3 },
  ],
  consents: ['newsletter'],
  namespaces: ['email', 'loyalty_card'],
  sites: ['fr'],
  categories: ['Chaussures', 'Sacs'],
  brands: ['Acme'],
};
const starters = startersOf({
  language: 'fr',
  names: { segments: { '7': 'VIP' } },
  vocabulary,
  segments: [{ id: '7', name: 'VIP' }],
  scores: [],
});
const found = (typed: string) =>
  findStarters(starters, typed).map(({ label }) => label.replaceAll(/[\u202f\u00a0]/g, ' '));

describe('what one can say', () => {
  it.each([
    ['acheté chaussures', 'a acheté un produit de la catégorie « Chaussures » dans les 90 derniers jours'],
    ['pas ouvert', 'n’a pas ouvert d’e-mail dans les 30 derniers jours'],
    ['course', 'la liste des centres d’intérêt comprend « course »'],
    ['aime', 'liste des centres d’intérêt…'],
    ['interet', 'liste des centres d’intérêt…'],
    ['consentement', 'a accepté les e-mails'],
    ['anniversaire', 'la date de naissance revient (jour et mois) entre aujourd’hui et dans 7 jours'],
    ['quiz', 'a fait « Quiz Done » dans les 30 derniers jours'],
    ['vip', 'fait partie du segment « VIP »'],
    [
      'panier abandonné',
      'a ajouté un produit au panier, puis n’a pas passé de commande pendant 1 heure, le tout dans les 7 derniers jours',
    ],
  ])('is found by "%s"', (typed, label) => {
    expect(found(typed)).toContain(label);
  });

  it('is the usual while nothing is typed, and nothing for words that mean nothing', () => {
    expect(found('').length).toBeGreaterThan(10);
    expect(found('xyzzy')).toEqual([]);
  });

  it('has an id of its own each', () => {
    expect(new Set(starters.map(({ id }) => id)).size).toBe(starters.length);
  });
});

describe('a condition can be asked', () => {
  it('when nothing is missing', () => {
    expect(isComplete(product('bought', exactly(0), lastDays(30)))).toBe(true);
    expect(isComplete({ kind: 'trait', trait: 'city', test: textIs('') })).toBe(false);
    expect(isComplete({ kind: 'trait', trait: 'x', test: { type: 'number', op: 'gt', value: Number.NaN } })).toBe(
      false,
    );
    expect(isComplete({ kind: 'trait', trait: 'x', test: { type: 'list', op: 'has_any', values: [] } })).toBe(false);
    expect(isComplete(event({ where: [{ property: 'x', test: textIs('') }] }, exactly(0), lastDays(3)))).toBe(false);
    expect(isComplete(sequence([step({}), step({}, { not: true })], lastDays(3)))).toBe(false);
  });
});
