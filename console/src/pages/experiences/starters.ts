import { captureStarters } from './captureStarters.ts';
import { panel, type Starter, starter } from './starter.ts';

const deep = { background: '#16325c', text: '#ffffff', accent: '#ffd166' };
const weekMs = 7 * 86_400_000;

/** The whole hour a week from now, so that the end reads well. */
const inAWeek = (now: Date): string =>
  new Date(Math.ceil((now.getTime() + weekMs) / 3_600_000) * 3_600_000).toISOString();

export const starters: readonly Starter[] = [
  starter(
    'free-delivery',
    { en: 'Free delivery for big carts', fr: 'Livraison offerte aux gros paniers' },
    {
      en: 'A bar that says how much is missing for free delivery, to carts of 30 and more.',
      fr: 'Un bandeau qui dit ce qui manque pour la livraison offerte, aux paniers de 30 et plus.',
    },
    () => ({
      when: [{ field: 'cart.value', op: 'at_least', value: 30 }],
      caps: { afterClose: { days: 1 } },
      content: {
        kind: 'bar',
        place: 'top',
        ...panel(
          {
            fr: { title: 'La livraison est offerte dès 60 €', close: 'Fermer' },
            en: { title: 'Free delivery from €60', close: 'Close' },
          },
          { style: deep, blocks: [{ type: 'remaining', field: 'cart.value', goal: 60 }] },
        ),
      },
    }),
  ),
  starter(
    'welcome',
    { en: 'Welcome for new visitors', fr: 'Bienvenue aux nouveaux visiteurs' },
    {
      en: 'A window with a first-order gift, once, on the first visit.',
      fr: 'Une fenêtre avec un cadeau de première commande, une seule fois, à la première visite.',
    },
    () => ({
      audience: { segments: [], exclude: [], visitors: 'anonymous' },
      when: [{ field: 'visitor.visits', op: 'at_most', value: 1 }],
      trigger: { on: 'delay', seconds: 8 },
      caps: { perPerson: 1 },
      content: {
        kind: 'modal',
        ...panel(
          {
            fr: {
              title: 'Bienvenue',
              body: '10 % sur votre première commande avec le code BIENVENUE.',
              button: 'J’en profite',
              close: 'Fermer',
            },
            en: {
              title: 'Welcome',
              body: '10 % off your first order with the code WELCOME.',
              button: 'Start shopping',
              close: 'Close',
            },
          },
          { link: '/' },
        ),
      },
    }),
  ),
  starter(
    'back-in-size',
    { en: 'Back in your size', fr: 'De retour dans votre taille' },
    {
      en: 'A window for known customers when what they looked at is there again in their size, and only then.',
      fr: 'Une fenêtre pour les clients connus quand ce qu’ils ont regardé est de retour à leur taille, et alors seulement.',
    },
    () => ({
      audience: { segments: [], exclude: [], visitors: 'known' },
      trigger: { on: 'delay', seconds: 3 },
      caps: { perPeriod: { times: 1, days: 7 }, afterClick: { days: 14 } },
      content: {
        kind: 'modal',
        ...panel(
          {
            fr: {
              title: 'De retour dans votre taille',
              body: 'Ce que vous aviez regardé est de nouveau là.',
              button: 'Voir mes produits',
              close: 'Fermer',
            },
            en: {
              title: 'Back in your size',
              body: 'What you looked at is here again.',
              button: 'See my products',
              close: 'Close',
            },
          },
          {
            link: '/',
            blocks: [
              {
                type: 'recommendations',
                heading: {},
                strategy: 'back_in_stock',
                fallback: 'none',
                count: 3,
                reasons: false,
                required: true,
              },
            ],
          },
        ),
      },
    }),
  ),
  starter(
    'sale',
    { en: 'Sale with a countdown', fr: 'Soldes avec compte à rebours' },
    {
      en: 'A banner in the page, a real end, and nothing after it.',
      fr: 'Une bannière dans la page, une fin réelle, et plus rien après.',
    },
    (now) => ({
      schedule: { until: inAWeek(now) },
      content: {
        kind: 'banner',
        selector: 'main',
        place: 'before',
        ...panel(
          {
            fr: { title: 'Les soldes se terminent bientôt', body: 'Jusqu’à −40 %.', button: 'Voir les soldes' },
            en: { title: 'The sale ends soon', body: 'Up to 40 % off.', button: 'See the sale' },
          },
          {
            link: '/sale',
            style: { background: '#7a1220', text: '#ffffff', accent: '#ffffff' },
            blocks: [{ type: 'countdown', until: inAWeek(now), required: false }],
          },
        ),
      },
    }),
  ),
  ...captureStarters,
  starter(
    'home-text',
    { en: 'Another headline on the home page', fr: 'Un autre titre en page d’accueil' },
    {
      en: 'Changes a text that is there; half of the visitors keep the old one, to compare.',
      fr: 'Change un texte déjà présent ; la moitié des visiteurs garde l’ancien, pour comparer.',
    },
    () => ({
      when: [{ field: 'page.path', op: 'is', values: ['/'] }],
      control: 0.5,
      content: { kind: 'change', changes: [{ action: 'text', selector: 'h1', value: 'Nouvelle collection' }] },
    }),
  ),
];
