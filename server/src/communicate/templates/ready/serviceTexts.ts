import type { ReadyText } from './readyTemplate.ts';

/** Text messages the platform itself sends: no advertising in them. */
export const serviceTexts: readonly ReadyText[] = [
  {
    key: 'double_opt_in_sms',
    names: { en: 'Confirm a subscription by text', fr: 'Confirmer une inscription par SMS' },
    about: {
      en: 'Asks somebody to confirm, by answering YES or by a link, that they want text messages.',
      fr: 'Demande de confirmer l’inscription aux SMS, en répondant OUI ou par un lien.',
    },
    languages: {
      en: {
        body: '{{ brand.senderName }}: answer YES to get our text messages, or confirm here: {{ confirm_url }} Was it not you? Do nothing.',
      },
      fr: {
        body: '{{ brand.senderName }} : répondez OUI pour recevoir nos SMS, ou confirmez ici : {{ confirm_url }} Ce n’était pas vous ? Ne faites rien.',
      },
    },
  },
];
