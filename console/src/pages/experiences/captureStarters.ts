import { type Consent, newQuestion } from './form/capture/captureDraft.ts';
import { panel, type Starter, starter } from './starter.ts';

const email = newQuestion({ label: { fr: 'Votre e-mail', en: 'Your e-mail' } });
const news: Consent = {
  purpose: 'marketing',
  channel: 'email',
  text: {
    fr: 'J’accepte de recevoir par e-mail les nouveautés et les offres de la boutique. Je peux arrêter à tout moment.',
    en: 'I agree to get the shop’s news and offers by e-mail. I can stop at any time.',
  },
  box: true,
  required: true,
};

/** What asks visitors something, to start from. Offers are chosen by the shop. */
export const captureStarters: readonly Starter[] = [
  starter(
    'newsletter',
    { en: 'Newsletter on leaving', fr: 'Newsletter au départ' },
    {
      en: 'A form when the pointer leaves the page, to visitors we cannot write to yet, with a consent that is confirmed by e-mail.',
      fr: 'Un formulaire quand le pointeur quitte la page, aux visiteurs à qui l’on ne peut pas encore écrire, avec un consentement confirmé par e-mail.',
    },
    () => ({
      audience: { segments: [], exclude: [], visitors: 'anonymous' },
      when: [{ field: 'visit.pages', op: 'at_least', value: 2 }],
      trigger: { on: 'exit' },
      caps: { perPeriod: { times: 1, days: 30 }, afterClose: { days: 60 } },
      content: {
        kind: 'form',
        questions: [email],
        ask: 'all',
        askAgainDays: 90,
        consent: news,
        closing: {},
        ...panel({
          fr: {
            title: 'Les nouveautés avant tout le monde',
            body: 'Un e-mail par semaine, et un lien pour arrêter dans chacun.',
            button: 'Je m’inscris',
            close: 'Fermer',
          },
          en: {
            title: 'The new things before everyone else',
            body: 'One e-mail a week, with a link to stop in each.',
            button: 'Sign me up',
            close: 'Close',
          },
        }),
      },
    }),
  ),
  starter(
    'newsletter-code',
    { en: 'Newsletter with a code', fr: 'Newsletter avec un code' },
    {
      en: 'The same with a code for the first order, given once the address is confirmed. Choose the offer.',
      fr: 'La même avec un code pour la première commande, donné une fois l’adresse confirmée. Choisissez l’offre.',
    },
    () => ({
      audience: { segments: [], exclude: [], visitors: 'anonymous' },
      trigger: { on: 'delay', seconds: 20 },
      caps: { perPeriod: { times: 1, days: 30 }, afterClose: { days: 60 } },
      content: {
        kind: 'form',
        questions: [email],
        ask: 'all',
        askAgainDays: 90,
        consent: news,
        coupon: { offer: 'welcome', give: 'confirmed' },
        closing: {
          fr: { title: 'Plus qu’un clic', body: 'Votre code s’affiche dès que votre adresse est confirmée.' },
          en: { title: 'One more click', body: 'Your code is shown as soon as your address is confirmed.' },
        },
        ...panel({
          fr: {
            title: 'Un code pour votre première commande',
            body: 'Inscrivez-vous à la newsletter\u202f: le code est sur la page de confirmation.',
            button: 'Recevoir mon code',
            close: 'Fermer',
          },
          en: {
            title: 'A code for your first order',
            body: 'Sign up for the newsletter: the code is on the page that confirms it.',
            button: 'Get my code',
            close: 'Close',
          },
        }),
      },
    }),
  ),
  starter(
    'wheel',
    { en: 'Wheel of fortune with codes', fr: 'Roue de la fortune avec codes' },
    {
      en: 'Drawn on the server by the chances that are shown, once for each person. Choose the offers.',
      fr: 'Tirée par le serveur selon les chances affichées, une fois par personne. Choisissez les offres.',
    },
    () => ({
      trigger: { on: 'delay', seconds: 10 },
      caps: { perPeriod: { times: 1, days: 7 }, afterClose: { days: 30 } },
      content: {
        kind: 'wheel',
        questions: [email],
        segments: [
          { key: 'large', label: { fr: 'Grand lot', en: 'Large prize' }, chance: 0.05, offer: null },
          { key: 'small', label: { fr: 'Petit lot', en: 'Small prize' }, chance: 0.25, offer: null },
          { key: 'nothing', label: { fr: 'Rien cette fois', en: 'Nothing this time' }, chance: 0.7, offer: null },
        ],
        give: 'at_once',
        againDays: null,
        ...panel({
          fr: {
            title: 'Tentez votre chance',
            body: 'Un tour par personne, les chances sont affichées.',
            button: 'Faire tourner la roue',
            close: 'Fermer',
          },
          en: {
            title: 'Try your luck',
            body: 'One turn for each person; the chances are shown.',
            button: 'Spin the wheel',
            close: 'Close',
          },
        }),
      },
    }),
  ),
  starter(
    'size-quiz',
    { en: 'Quiz for the right size', fr: 'Quiz pour la bonne taille' },
    {
      en: 'Two questions, an end for each answer, and what was chosen kept for mails and recommendations.',
      fr: 'Deux questions, une fin pour chaque réponse, et les choix gardés pour les e-mails et les recommandations.',
    },
    () => ({
      trigger: { on: 'click', selector: '#size-guide' },
      content: {
        kind: 'quiz',
        questions: [
          newQuestion({
            trait: 'fit',
            kind: 'choice',
            label: { fr: 'Comment aimez-vous porter vos vêtements\u202f?', en: 'How do you like your clothes?' },
            choices: ['close', 'loose'],
            shown: {
              close: { label: { fr: 'Près du corps', en: 'Close to the body' } },
              loose: { label: { fr: 'Ample', en: 'Loose' } },
            },
          }),
          newQuestion({
            trait: 'favouriteStyles',
            kind: 'choices',
            label: { fr: 'Qu’est-ce qui vous plaît\u202f?', en: 'What do you like?' },
            choices: ['plain', 'pattern', 'sport'],
            shown: {
              plain: { label: { fr: 'Uni', en: 'Plain' } },
              pattern: { label: { fr: 'Motifs', en: 'Patterns' } },
              sport: { label: { fr: 'Sport', en: 'Sport' } },
            },
          }),
        ],
        outcomes: [
          {
            key: 'close',
            when: [{ trait: 'fit', values: ['close'] }],
            texts: {
              fr: { title: 'Prenez votre taille', body: 'Nos coupes tombent juste.', button: 'Voir les vêtements' },
              en: { title: 'Take your size', body: 'Our cuts are true to size.', button: 'See the clothes' },
            },
            link: '/',
          },
          {
            key: 'loose',
            when: [],
            texts: {
              fr: { title: 'Prenez une taille de plus', body: 'Pour un tombé ample.', button: 'Voir les vêtements' },
              en: { title: 'Take one size up', body: 'For a loose fit.', button: 'See the clothes' },
            },
            link: '/',
          },
        ],
        ...panel({
          fr: { title: 'Trouvez votre taille', button: 'Voir le résultat', close: 'Fermer' },
          en: { title: 'Find your size', button: 'See the result', close: 'Close' },
        }),
      },
    }),
  ),
  starter(
    'one-question',
    { en: 'One question at a time', fr: 'Une question à la fois' },
    {
      en: 'Asks known customers only what is not known of them, one question, never the same twice.',
      fr: 'Ne demande aux clients connus que ce que l’on ne sait pas d’eux, une question, jamais deux fois la même.',
    },
    () => ({
      audience: { segments: [], exclude: [], visitors: 'known' },
      trigger: { on: 'scroll', percent: 50 },
      caps: { perVisit: 1 },
      content: {
        kind: 'form',
        ask: 'unknown',
        askAgainDays: 90,
        questions: [
          newQuestion({
            trait: 'shoeSize',
            kind: 'choice',
            label: { fr: 'Votre pointure\u202f?', en: 'Your shoe size?' },
            choices: ['36', '37', '38', '39', '40', '41', '42', '43', '44', '45'],
          }),
          newQuestion({
            trait: 'shopsFor',
            kind: 'choices',
            label: { fr: 'Pour qui achetez-vous\u202f?', en: 'Whom do you shop for?' },
            choices: ['me', 'children', 'gifts'],
            shown: {
              me: { label: { fr: 'Moi', en: 'Me' } },
              children: { label: { fr: 'Des enfants', en: 'Children' } },
              gifts: { label: { fr: 'Des cadeaux', en: 'Presents' } },
            },
          }),
          newQuestion({
            trait: 'birthday',
            kind: 'date',
            label: { fr: 'Votre anniversaire\u202f?', en: 'Your birthday?' },
            required: false,
          }),
        ],
        closing: {},
        ...panel({
          fr: { title: 'Une question pour mieux vous servir', button: 'Répondre', close: 'Fermer' },
          en: { title: 'One question, to serve you better', button: 'Answer', close: 'Close' },
        }),
      },
    }),
  ),
  starter(
    'exit-survey',
    { en: 'Survey on leaving', fr: 'Sondage au départ' },
    {
      en: 'One question to those who leave with something in the cart.',
      fr: 'Une question à ceux qui partent avec un panier.',
    },
    () => ({
      when: [{ field: 'cart.items', op: 'at_least', value: 1 }],
      trigger: { on: 'exit' },
      caps: { perPerson: 2, afterClose: { days: 90 } },
      content: {
        kind: 'survey',
        questions: [
          newQuestion({
            trait: 'leftBecause',
            kind: 'choice',
            label: { fr: 'Qu’est-ce qui vous arrête\u202f?', en: 'What stops you?' },
            choices: ['price', 'delivery', 'size', 'later'],
            shown: {
              price: { label: { fr: 'Le prix', en: 'The price' } },
              delivery: { label: { fr: 'La livraison', en: 'Delivery' } },
              size: { label: { fr: 'La taille ou le modèle', en: 'Size or model' } },
              later: { label: { fr: 'Je reviendrai', en: 'I will come back' } },
            },
          }),
        ],
        closing: { fr: { title: 'Merci, cela nous aide' }, en: { title: 'Thank you, that helps us' } },
        ...panel({
          fr: { title: 'Avant de partir…', button: 'Envoyer', close: 'Fermer' },
          en: { title: 'Before you go…', button: 'Send', close: 'Close' },
        }),
      },
    }),
  ),
];
