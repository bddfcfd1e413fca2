import { button, couponBox, mail, productCards, said } from '../layout.ts';
import type { ReadyMail } from '../readyTemplate.ts';
import { bonjour, hello, shop } from './words.ts';

/** Moments of getting to know each other. */
export const joining: readonly ReadyMail[] = [
  {
    key: 'welcome',
    names: { en: 'Welcome', fr: 'Bienvenue' },
    about: {
      en: 'Says hello to a new subscriber and shows a few products.',
      fr: 'Accueille un nouvel abonné et montre quelques produits.',
    },
    languages: {
      en: {
        subject: 'Welcome to {{ brand.senderName }}{% if customer.firstName %}, {{ customer.firstName }}{% endif %}',
        preheader: 'Good to have you with us',
        mjml: mail('en', [
          said(
            'Good to have you with us',
            hello,
            'Thank you for joining us. From now on you are among the first to know what is new.',
          ),
          couponBox('Your welcome code'),
          button('Look around', shop),
          productCards('en', 'recommended', 'For you'),
        ]),
      },
      fr: {
        subject:
          'Bienvenue chez {{ brand.senderName }}{% if customer.firstName %}, {{ customer.firstName }}{% endif %}',
        preheader: 'Ravis de vous compter parmi nous',
        mjml: mail('fr', [
          said(
            'Ravis de vous compter parmi nous',
            bonjour,
            'Merci de votre inscription. Vous serez désormais parmi les premiers à découvrir nos nouveautés.',
          ),
          couponBox('Votre code de bienvenue'),
          button('Découvrir la boutique', shop),
          productCards('fr', 'recommended', 'Choisis pour vous'),
        ]),
      },
    },
  },
  {
    key: 'progressive_profile',
    names: { en: 'Tell us more', fr: 'Dites-nous en plus' },
    about: {
      en: 'Asks for one more thing, so that mails fit better.',
      fr: 'Demande une précision pour des messages mieux adaptés.',
    },
    languages: {
      en: {
        subject: 'What would you like to hear about?',
        preheader: 'One minute, better mails',
        mjml: mail('en', [
          said(
            'What would you like to hear about?',
            hello,
            'Tell us what interests you, and we write only about that.',
          ),
          button('Choose', '{{ preferences_url }}'),
        ]),
      },
      fr: {
        subject: 'De quoi aimeriez-vous entendre parler ?',
        preheader: 'Une minute, de meilleurs messages',
        mjml: mail('fr', [
          said(
            'De quoi aimeriez-vous entendre parler ?',
            bonjour,
            'Dites-nous ce qui vous intéresse, et nous n’écrirons que sur cela.',
          ),
          button('Choisir', '{{ preferences_url }}'),
        ]),
      },
    },
  },
  {
    key: 'birthday',
    names: { en: 'Birthday', fr: 'Anniversaire' },
    about: { en: 'Wishes a happy birthday.', fr: 'Souhaite un joyeux anniversaire.' },
    languages: {
      en: {
        subject: 'Happy birthday{% if customer.firstName %}, {{ customer.firstName }}{% endif %}!',
        preheader: 'A little something for you',
        mjml: mail('en', [
          said('Happy birthday!', hello, 'All of us wish you a wonderful day.'),
          couponBox('Our present for you'),
          button('Choose a present', shop),
          productCards('en', 'recommended', 'Perhaps one of these'),
        ]),
      },
      fr: {
        subject: 'Joyeux anniversaire{% if customer.firstName %} {{ customer.firstName }}{% endif %} !',
        preheader: 'Une petite attention pour vous',
        mjml: mail('fr', [
          said('Joyeux anniversaire !', bonjour, 'Toute l’équipe vous souhaite une très belle journée.'),
          couponBox('Notre cadeau pour vous'),
          button('Choisir un cadeau', shop),
          productCards('fr', 'recommended', 'Peut-être l’un de ceux-ci'),
        ]),
      },
    },
  },
];
