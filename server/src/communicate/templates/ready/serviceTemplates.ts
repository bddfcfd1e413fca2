import { button, mail, said } from './layout.ts';
import type { ReadyMail } from './readyTemplate.ts';

const open = 'Hello{% if customer.firstName %} {{ customer.firstName }}{% endif %},';
const bonjour = 'Bonjour{% if customer.firstName %} {{ customer.firstName }}{% endif %},';

/** Mails the platform itself sends: no advertising in them. */
export const serviceTemplates: readonly ReadyMail[] = [
  {
    key: 'double_opt_in',
    names: { en: 'Confirm a subscription', fr: 'Confirmer une inscription' },
    about: {
      en: 'Asks somebody to confirm that they want to be written to.',
      fr: 'Demande de confirmer l’inscription aux messages.',
    },
    languages: {
      en: {
        subject: 'Please confirm your subscription',
        preheader: 'One click and you are on the list',
        mjml: mail(
          'en',
          [
            said(
              'One more click',
              open,
              'Somebody, hopefully you, asked {{ brand.senderName }} to write to this address. Please confirm it.',
            ),
            button('Yes, write to me', '{{ confirm_url }}'),
            said('Was it not you?', 'Then do nothing: without this confirmation you will not hear from us.'),
          ],
          false,
        ),
      },
      fr: {
        subject: 'Merci de confirmer votre inscription',
        preheader: 'Plus qu’un clic',
        mjml: mail(
          'fr',
          [
            said(
              'Plus qu’un clic',
              bonjour,
              'Quelqu’un, sans doute vous, a demandé à {{ brand.senderName }} d’écrire à cette adresse. Merci de le confirmer.',
            ),
            button('Oui, écrivez-moi', '{{ confirm_url }}'),
            said('Ce n’était pas vous ?', 'Alors ne faites rien : sans cette confirmation, nous ne vous écrirons pas.'),
          ],
          false,
        ),
      },
    },
  },
];
