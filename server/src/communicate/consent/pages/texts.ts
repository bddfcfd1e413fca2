export const pageLanguages = ['fr', 'en'] as const;
export type PageLanguage = (typeof pageLanguages)[number];

/** What each page says. A narrow no-break space stands before ; : ! ? in French. */
export interface PageTexts {
  readonly otherName: string;
  readonly channel: Readonly<Record<string, string>>;
  readonly purpose: Readonly<Record<string, string>>;
  readonly purposeHint: Readonly<Record<string, string>>;
  readonly unsubscribe: {
    readonly title: string;
    readonly ask: (channel: string, address: string) => string;
    readonly button: string;
    readonly doneTitle: string;
    readonly done: (channel: string, shop: string) => string;
    readonly already: string;
    readonly preferences: string;
  };
  readonly preferences: {
    readonly title: string;
    readonly lead: (address: string) => string;
    readonly messages: string;
    readonly messageLabel: (channel: string) => string;
    readonly uses: string;
    readonly save: string;
    readonly none: string;
    readonly saved: string;
    readonly unsubscribedAll: string;
    readonly pause: string;
    readonly pauseHint: string;
    readonly pause30: string;
    readonly pause90: string;
    readonly paused: (day: string) => string;
    readonly pausedNote: (day: string) => string;
    readonly nothingToPause: string;
    readonly waiting: string;
  };
  readonly confirm: {
    readonly title: string;
    readonly ask: (channel: string, shop: string, address: string) => string;
    readonly button: string;
    readonly doneTitle: string;
    readonly done: (channel: string, shop: string) => string;
    readonly code: string;
    readonly lateTitle: string;
    readonly late: string;
    readonly overTitle: string;
    readonly over: string;
  };
  readonly unknown: { readonly title: string; readonly text: string };
}

const en: PageTexts = {
  otherName: 'Français',
  channel: {
    email: 'e-mails',
    sms: 'text messages',
    webpush: 'browser notifications',
    mobilepush: 'app notifications',
    whatsapp: 'WhatsApp messages',
    webhook: 'messages',
    inbox: 'messages on our site',
    chat: 'messages',
  },
  purpose: {
    marketing: 'News and offers',
    personalisation: 'Personal suggestions',
    analytics: 'Audience measurement',
    advertising: 'Advertising on other sites',
    email_open_tracking: 'Knowing which e-mails I open',
  },
  purposeHint: {
    personalisation: 'What you look at and buy chooses what we show you.',
    analytics: 'Your visits help us to understand what works.',
    advertising: 'We may share that you are a customer with advertising partners.',
    email_open_tracking: 'A picture in our e-mails tells us that you opened them.',
  },
  unsubscribe: {
    title: 'Unsubscribe',
    ask: (channel, address) => `Do you want to stop receiving our ${channel}${address === '' ? '' : ` at ${address}`}?`,
    button: 'Unsubscribe',
    doneTitle: 'You are unsubscribed',
    done: (channel, shop) => `${shop} will not send you ${channel} any more, except about your orders.`,
    already: 'You are unsubscribed already: there is nothing more to do.',
    preferences: 'Choose what I receive instead',
  },
  preferences: {
    title: 'My preferences',
    lead: (address) =>
      address === ''
        ? 'Choose what we may send you and do with your data.'
        : `Choose what we may send to ${address} and do with your data.`,
    messages: 'News and offers',
    messageLabel: (channel) => `Receive ${channel}`,
    uses: 'My data',
    save: 'Save my choices',
    none: 'Refuse everything',
    saved: 'Your choices are saved. They hold from now on.',
    unsubscribedAll: 'You refused everything. We only write about your orders now.',
    pause: 'Take a break',
    pauseHint: 'You receive nothing for a while; then your choices hold again.',
    pause30: 'Pause for 30 days',
    pause90: 'Pause for 90 days',
    paused: (day) => `We leave you in peace until ${day}.`,
    pausedNote: (day) => `paused until ${day}`,
    nothingToPause: 'You receive no news from us: there is nothing to pause.',
    waiting: 'to be confirmed by the link we sent you',
  },
  confirm: {
    title: 'Confirm your subscription',
    ask: (channel, shop, address) =>
      `Do you want to receive ${channel} with news and offers from ${shop}${address === '' ? '' : ` at ${address}`}? You can stop at any time.`,
    button: 'Yes, subscribe me',
    doneTitle: 'You are subscribed',
    done: (channel, shop) =>
      `Thank you. ${shop} may now send you ${channel} with news and offers. You can stop at any time.`,
    code: 'Your code:',
    lateTitle: 'This link has expired',
    late: 'Please subscribe again: we will send you a new link.',
    overTitle: 'This question has been answered',
    over: 'You have chosen otherwise since we asked. Your latest choice holds.',
  },
  unknown: {
    title: 'This link does not work',
    text: 'It may be incomplete, or we no longer hold anything about you. Try again with the whole link from the message.',
  },
};

const fr: PageTexts = {
  otherName: 'English',
  channel: {
    email: 'e-mails',
    sms: 'SMS',
    webpush: 'notifications du navigateur',
    mobilepush: 'notifications de l’application',
    whatsapp: 'messages WhatsApp',
    webhook: 'messages',
    inbox: 'messages sur notre site',
    chat: 'messages',
  },
  purpose: {
    marketing: 'Actualités et offres',
    personalisation: 'Suggestions personnelles',
    analytics: 'Mesure d’audience',
    advertising: 'Publicité sur d’autres sites',
    email_open_tracking: 'Savoir quels e-mails j’ouvre',
  },
  purposeHint: {
    personalisation: 'Ce que vous regardez et achetez guide ce que nous vous montrons.',
    analytics: 'Vos visites nous aident à comprendre ce qui fonctionne.',
    advertising: 'Nous pouvons indiquer à des partenaires publicitaires que vous achetez chez nous.',
    email_open_tracking: 'Une image dans nos e-mails nous indique que vous les avez ouverts.',
  },
  unsubscribe: {
    title: 'Désinscription',
    ask: (channel, address) =>
      `Voulez-vous ne plus recevoir nos ${channel}${address === '' ? '' : ` à l’adresse ${address}`}\u202f?`,
    button: 'Me désinscrire',
    doneTitle: 'Désinscription enregistrée',
    done: (channel, shop) => `Vous ne recevrez plus les ${channel} de ${shop}, hormis pour vos commandes.`,
    already: 'Votre désinscription est déjà enregistrée\u202f: il n’y a rien d’autre à faire.',
    preferences: 'Choisir plutôt ce que je reçois',
  },
  preferences: {
    title: 'Mes préférences',
    lead: (address) =>
      address === ''
        ? 'Choisissez ce que nous pouvons vous envoyer et faire de vos données.'
        : `Choisissez ce que nous pouvons envoyer à ${address} et faire de vos données.`,
    messages: 'Actualités et offres',
    messageLabel: (channel) => `Recevoir des ${channel}`,
    uses: 'Mes données',
    save: 'Enregistrer mes choix',
    none: 'Tout refuser',
    saved: 'Vos choix sont enregistrés. Ils s’appliquent dès maintenant.',
    unsubscribedAll: 'Vous avez tout refusé. Nous ne vous écrivons plus que pour vos commandes.',
    pause: 'Faire une pause',
    pauseHint: 'Vous ne recevez rien pendant un temps\u202f; ensuite vos choix s’appliquent à nouveau.',
    pause30: 'Pause de 30 jours',
    pause90: 'Pause de 90 jours',
    paused: (day) => `Nous vous laissons tranquille jusqu’au ${day}.`,
    pausedNote: (day) => `en pause jusqu’au ${day}`,
    nothingToPause: 'Vous ne recevez pas nos actualités\u202f: il n’y a rien à mettre en pause.',
    waiting: 'à confirmer par le lien que nous vous avons envoyé',
  },
  confirm: {
    title: 'Confirmez votre inscription',
    ask: (channel, shop, address) =>
      `Voulez-vous recevoir des ${channel} avec les actualités et offres de ${shop}${address === '' ? '' : ` à l’adresse ${address}`}\u202f? Vous pourrez arrêter à tout moment.`,
    button: 'Oui, je m’inscris',
    doneTitle: 'Inscription confirmée',
    done: (channel, shop) =>
      `Merci. ${shop} peut maintenant vous envoyer des ${channel} avec ses actualités et offres. Vous pouvez arrêter à tout moment.`,
    code: 'Votre code\u202f:',
    lateTitle: 'Ce lien a expiré',
    late: 'Inscrivez-vous de nouveau\u202f: nous vous enverrons un nouveau lien.',
    overTitle: 'Cette question a déjà sa réponse',
    over: 'Vous avez choisi autrement depuis. C’est votre dernier choix qui vaut.',
  },
  unknown: {
    title: 'Ce lien ne fonctionne pas',
    text: 'Il est peut-être incomplet, ou nous ne savons plus rien de vous. Réessayez avec le lien entier du message.',
  },
};

export const pageTexts: Readonly<Record<PageLanguage, PageTexts>> = { fr, en };

/** The language of a page: the one chosen, else the person's, the browser's, the shop's. */
export function pageLanguage(...wishes: readonly (string | null | undefined)[]): PageLanguage {
  for (const wish of wishes)
    for (const tag of (wish ?? '').split(','))
      for (const language of pageLanguages)
        if (tag.trim().toLowerCase().split(/[-_;]/)[0] === language) return language;
  return 'fr';
}

/** An address that its owner recognises and nobody else can use: `z•••@example.fr`, `••• 78`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at > 0) return `${address.slice(0, 1)}•••${address.slice(at)}`;
  return /^\+\d{6,}$/.test(address) ? `••• ${address.slice(-2)}` : '';
}
