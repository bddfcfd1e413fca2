import { button, couponBox, mail, productCards, said } from '../layout.ts';
import type { ReadyMail } from '../readyTemplate.ts';
import { bonjour, hello, shop } from './words.ts';

/** Moments of where somebody stands with the shop. */
export const standing: readonly ReadyMail[] = [
  {
    key: 'win_back',
    names: { en: 'Win back', fr: 'Reconquête' },
    about: {
      en: 'Asks customers back who have not bought for a long time.',
      fr: 'Invite à revenir les clients qui n’ont pas acheté depuis longtemps.',
    },
    languages: {
      en: {
        subject: '{% if customer.firstName %}{{ customer.firstName }}, it{% else %}It{% endif %} has been a while',
        preheader: 'See what is new since your last visit',
        mjml: mail('en', [
          said(
            'It has been a while',
            hello,
            '{% if customer.orders.last_at %}Your last order was on {{ customer.orders.last_at | day }}. {% endif %}A lot has come in since then.',
          ),
          couponBox('For your return'),
          button('See what is new', shop),
          productCards('en', 'recommended', 'Chosen for you'),
        ]),
      },
      fr: {
        subject: '{% if customer.firstName %}{{ customer.firstName }}, cela{% else %}Cela{% endif %} fait longtemps',
        preheader: 'Les nouveautés depuis votre dernière visite',
        mjml: mail('fr', [
          said(
            'Cela fait longtemps',
            bonjour,
            '{% if customer.orders.last_at %}Votre dernière commande date du {{ customer.orders.last_at | day }}. {% endif %}Beaucoup de nouveautés sont arrivées depuis.',
          ),
          couponBox('Pour votre retour'),
          button('Voir les nouveautés', shop),
          productCards('fr', 'recommended', 'Choisis pour vous'),
        ]),
      },
    },
  },
  {
    key: 'vip',
    names: { en: 'Best customers', fr: 'Meilleurs clients' },
    about: {
      en: 'Thanks the best customers with something of their own.',
      fr: 'Remercie les meilleurs clients avec une attention particulière.',
    },
    languages: {
      en: {
        subject: 'Something for our best customers',
        preheader: 'Thank you for your loyalty',
        mjml: mail('en', [
          said(
            'Thank you for your loyalty',
            hello,
            '{% if points.balance %}You have {{ points.balance | number }} points. {% endif %}You are among our best customers, so you see this first.',
          ),
          couponBox('For you alone'),
          button('See it first', shop),
          productCards('en', 'recommended', 'Chosen for you'),
        ]),
      },
      fr: {
        subject: 'Une attention pour nos meilleurs clients',
        preheader: 'Merci de votre fidélité',
        mjml: mail('fr', [
          said(
            'Merci de votre fidélité',
            bonjour,
            '{% if points.balance %}Vous avez {{ points.balance | number }} points. {% endif %}Vous faites partie de nos meilleurs clients : voici en avant-première.',
          ),
          couponBox('Rien que pour vous'),
          button('Voir en avant-première', shop),
          productCards('fr', 'recommended', 'Choisis pour vous'),
        ]),
      },
    },
  },
];
