import { button, couponBox, mail, productCards, productRows, said } from '../layout.ts';
import type { ReadyMail } from '../readyTemplate.ts';
import { bonjour, hello } from './words.ts';

/** Moments before an order: something was looked at, left behind, or has become available. */
export const browsing: readonly ReadyMail[] = [
  {
    key: 'abandoned_cart',
    names: { en: 'Abandoned cart', fr: 'Panier abandonné' },
    about: { en: 'Reminds of what was left in the cart.', fr: 'Rappelle ce qui est resté dans le panier.' },
    languages: {
      en: {
        subject:
          '{% if products.size > 0 %}{{ products[0].title | truncate: 60 }} is still in your cart{% else %}Your cart is waiting{% endif %}',
        preheader: 'We kept everything for you',
        mjml: mail('en', [
          said('Still interested?', hello, 'You left something in your cart. We kept it for you.'),
          productRows('en', 'products'),
          couponBox('With this code it costs less'),
          button('Back to my cart', '{{ event.properties.cart_url | default: brand.shopUrl }}'),
          productCards('en', 'recommended', 'You may also like'),
        ]),
      },
      fr: {
        subject:
          '{% if products.size > 0 %}{{ products[0].title | truncate: 60 }} est encore dans votre panier{% else %}Votre panier vous attend{% endif %}',
        preheader: 'Nous avons tout gardé pour vous',
        mjml: mail('fr', [
          said(
            'Toujours intéressé·e ?',
            bonjour,
            'Vous avez laissé un article dans votre panier. Nous l’avons gardé pour vous.',
          ),
          productRows('fr', 'products'),
          couponBox('Avec ce code, il coûte moins cher'),
          button('Revenir à mon panier', '{{ event.properties.cart_url | default: brand.shopUrl }}'),
          productCards('fr', 'recommended', 'Vous aimerez aussi'),
        ]),
      },
    },
  },
  {
    key: 'abandoned_browse',
    names: { en: 'Abandoned browse', fr: 'Navigation abandonnée' },
    about: {
      en: 'Shows again what somebody looked at without buying.',
      fr: 'Montre à nouveau ce qui a été regardé sans achat.',
    },
    languages: {
      en: {
        subject:
          '{% if products.size > 0 %}Another look at {{ products[0].title | truncate: 60 }}?{% else %}Another look?{% endif %}',
        preheader: 'What you looked at, and what goes with it',
        mjml: mail('en', [
          said('Another look?', hello, 'Here is what you looked at not long ago.'),
          productRows('en', 'products', 3),
          button('See it again', '{{ products[0].url | default: brand.shopUrl }}'),
          productCards('en', 'recommended', 'In the same spirit'),
        ]),
      },
      fr: {
        subject:
          '{% if products.size > 0 %}Un autre regard sur {{ products[0].title | truncate: 60 }} ?{% else %}Un autre regard ?{% endif %}',
        preheader: 'Ce que vous avez regardé, et ce qui va avec',
        mjml: mail('fr', [
          said('Un autre regard ?', bonjour, 'Voici ce que vous avez regardé récemment.'),
          productRows('fr', 'products', 3),
          button('Le revoir', '{{ products[0].url | default: brand.shopUrl }}'),
          productCards('fr', 'recommended', 'Dans le même esprit'),
        ]),
      },
    },
  },
  {
    key: 'back_in_stock',
    names: { en: 'Back in stock', fr: 'De retour en stock' },
    about: {
      en: 'Tells that a product one waited for is there again.',
      fr: 'Prévient qu’un produit attendu est de nouveau disponible.',
    },
    languages: {
      en: {
        subject: '{{ products[0].title | truncate: 60 | default: "It" }} is back',
        preheader: 'As long as it lasts',
        mjml: mail('en', [
          said(
            'It is back',
            hello,
            'What you were waiting for is in stock again{% if products[0].size %}, in size {{ products[0].size }}{% endif %}.',
          ),
          productRows('en', 'products', 3),
          button('Get it now', '{{ products[0].url | default: brand.shopUrl }}'),
        ]),
      },
      fr: {
        subject: '{{ products[0].title | truncate: 60 | default: "Votre article" }} est de retour',
        preheader: 'Dans la limite des stocks disponibles',
        mjml: mail('fr', [
          said(
            'Il est de retour',
            bonjour,
            'L’article que vous attendiez est de nouveau en stock{% if products[0].size %}, en taille {{ products[0].size }}{% endif %}.',
          ),
          productRows('fr', 'products', 3),
          button('En profiter', '{{ products[0].url | default: brand.shopUrl }}'),
        ]),
      },
    },
  },
  {
    key: 'price_drop',
    names: { en: 'Price drop', fr: 'Baisse de prix' },
    about: {
      en: 'Tells that a product one looked at costs less now.',
      fr: 'Prévient qu’un produit regardé coûte moins cher.',
    },
    languages: {
      en: {
        subject: '{{ products[0].title | truncate: 60 | default: "Something you like" }} costs less now',
        preheader: 'Now {{ products[0].price | money: products[0].currency }}',
        mjml: mail('en', [
          said('A better price', hello, 'Something you looked at costs less now.'),
          productRows('en', 'products', 3),
          button('See the price', '{{ products[0].url | default: brand.shopUrl }}'),
          productCards('en', 'recommended', 'You may also like'),
        ]),
      },
      fr: {
        subject: '{{ products[0].title | truncate: 60 | default: "Un article que vous aimez" }} a baissé de prix',
        preheader: 'Maintenant {{ products[0].price | money: products[0].currency }}',
        mjml: mail('fr', [
          said('Un meilleur prix', bonjour, 'Un article que vous avez regardé coûte maintenant moins cher.'),
          productRows('fr', 'products', 3),
          button('Voir le prix', '{{ products[0].url | default: brand.shopUrl }}'),
          productCards('fr', 'recommended', 'Vous aimerez aussi'),
        ]),
      },
    },
  },
];
