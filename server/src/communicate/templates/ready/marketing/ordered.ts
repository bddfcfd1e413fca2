import { button, mail, productCards, productRows, said } from '../layout.ts';
import type { ReadyMail } from '../readyTemplate.ts';
import { bonjour, hello } from './words.ts';

/** Moments after an order. */
export const ordered: readonly ReadyMail[] = [
  {
    key: 'post_purchase',
    names: { en: 'After a purchase', fr: 'Après un achat' },
    about: {
      en: 'Says thank you and shows what goes with the order.',
      fr: 'Remercie et montre ce qui va avec la commande.',
    },
    languages: {
      en: {
        subject: 'Thank you for your order',
        preheader: 'And a few ideas that go with it',
        mjml: mail('en', [
          said('Thank you!', hello, 'Thank you for your order. We hope you will enjoy it for a long time.'),
          productRows('en', 'products'),
          productCards('en', 'recommended', 'Goes well with it'),
        ]),
      },
      fr: {
        subject: 'Merci pour votre commande',
        preheader: 'Et quelques idées pour l’accompagner',
        mjml: mail('fr', [
          said('Merci !', bonjour, 'Merci pour votre commande. Nous espérons qu’elle vous plaira longtemps.'),
          productRows('fr', 'products'),
          productCards('fr', 'recommended', 'Pour aller avec'),
        ]),
      },
    },
  },
  {
    key: 'review_request',
    names: { en: 'Review request', fr: 'Demande d’avis' },
    about: {
      en: 'Asks what a customer thinks of what they bought.',
      fr: 'Demande au client ce qu’il pense de son achat.',
    },
    languages: {
      en: {
        subject: 'What do you think of {{ products[0].title | truncate: 60 | default: "your purchase" }}?',
        preheader: 'Your word helps others to choose',
        mjml: mail('en', [
          said(
            'What do you think?',
            hello,
            'You have had it for a while now. A few words of yours help others to choose.',
          ),
          productRows('en', 'products', 3),
          button('Write a review', '{{ products[0].url | default: brand.shopUrl }}'),
        ]),
      },
      fr: {
        subject: 'Que pensez-vous de {{ products[0].title | truncate: 60 | default: "votre achat" }} ?',
        preheader: 'Votre avis aide les autres à choisir',
        mjml: mail('fr', [
          said(
            'Qu’en pensez-vous ?',
            bonjour,
            'Vous l’avez depuis quelque temps. Quelques mots de votre part aident les autres à choisir.',
          ),
          productRows('fr', 'products', 3),
          button('Donner mon avis', '{{ products[0].url | default: brand.shopUrl }}'),
        ]),
      },
    },
  },
  {
    key: 'replenishment',
    names: { en: 'Replenishment', fr: 'Réapprovisionnement' },
    about: { en: 'Reminds in time of what will soon be used up.', fr: 'Rappelle à temps ce qui sera bientôt épuisé.' },
    languages: {
      en: {
        subject: 'Time for more?',
        preheader: 'What you bought may soon be used up',
        mjml: mail('en', [
          said('Time for more?', hello, 'What you bought may soon be used up. One click and it comes again.'),
          productRows('en', 'products', 3),
          button('Order again', '{{ products[0].url | default: brand.shopUrl }}'),
        ]),
      },
      fr: {
        subject: 'Bientôt à court ?',
        preheader: 'Ce que vous avez acheté sera bientôt épuisé',
        mjml: mail('fr', [
          said(
            'Bientôt à court ?',
            bonjour,
            'Ce que vous avez acheté sera peut-être bientôt épuisé. Un clic suffit pour en commander.',
          ),
          productRows('fr', 'products', 3),
          button('Commander à nouveau', '{{ products[0].url | default: brand.shopUrl }}'),
        ]),
      },
    },
  },
];
