import { type Channel, channels } from '@vitrail/contracts';
import { createSigner, type Signer } from './signTokens.ts';

/** What a link in a message is about. The person is named as well as the message: links outlive the outbox. */
export interface LinkSubject {
  readonly workspace: number;
  /** Any profile row of the customer; merges are followed when the link is used. */
  readonly profile: number;
  /** The message that carries the link; 0 when there is none. */
  readonly message: number;
  readonly channel: Channel;
  readonly purpose: string;
}

/** What a confirmation link stands for: one request for consent, until a moment. */
export interface ConfirmationSubject {
  readonly workspace: number;
  readonly profile: number;
  /** The 'pending' entry of the ledger that it answers. */
  readonly consent: number;
  readonly channel: Channel;
  readonly purpose: string;
  readonly expiresAt: Date;
}

/** Absolute links that go into messages, and what stands behind them when they come back. */
export interface Links extends Signer {
  /** `/m/u/…`: GET shows a page, POST unsubscribes (also RFC 8058's, without a page). */
  unsubscribe(subject: LinkSubject): string;
  /** `/m/p/…`: the preference centre. */
  preferences(subject: LinkSubject): string;
  /** `/m/d/…`: the button that confirms a consent. */
  confirmation(subject: ConfirmationSubject): string;
  /** Null for a token that is not ours, or not one of this kind. */
  readUnsubscribe(token: string): LinkSubject | null;
  readPreferences(token: string): LinkSubject | null;
  readConfirmation(token: string): ConfirmationSubject | null;
}

const numberOf = (text: string | undefined): number => {
  const value = text === undefined ? Number.NaN : Number.parseInt(text, 36);
  return Number.isSafeInteger(value) && value >= 0 ? value : Number.NaN;
};
const channelOf = (text: string | undefined): Channel | undefined => channels.find((channel) => channel === text);

/** Payload → `[workspace, profile, third, channel, purpose, fourth]` when it is of this kind and whole. */
function readParts(kind: string, payload: string | null) {
  const [found, workspaceText, profileText, thirdText, channelText, purpose, fourthText] = payload?.split('.') ?? [];
  const [workspace, profile, third] = [numberOf(workspaceText), numberOf(profileText), numberOf(thirdText)];
  const channel = channelOf(channelText);
  if (found !== kind || Number.isNaN(workspace + profile + third) || channel === undefined || purpose === undefined)
    return null;
  return { workspace, profile, third, channel, purpose, fourth: numberOf(fourthText) };
}

/**
 * @param secret `secrets.links`
 * @param publicUrl where people reach this server, without a slash at the end
 */
export function createLinks(secret: Buffer, publicUrl: string): Links {
  const signer = createSigner(secret);
  const origin = publicUrl.replace(/\/+$/, '');
  const subjectLink = (kind: 'u' | 'p', { workspace, profile, message, channel, purpose }: LinkSubject): string => {
    const numbers = [workspace, profile, message].map((number) => number.toString(36));
    return `${origin}/m/${kind}/${signer.sign([kind, ...numbers, channel, purpose].join('.'))}`;
  };
  const readSubject = (kind: 'u' | 'p', token: string): LinkSubject | null => {
    const parts = readParts(kind, signer.open(token));
    if (parts === null) return null;
    const { workspace, profile, third, channel, purpose } = parts;
    return { workspace, profile, message: third, channel, purpose };
  };
  return {
    ...signer,
    unsubscribe: (subject) => subjectLink('u', subject),
    preferences: (subject) => subjectLink('p', subject),
    confirmation({ workspace, profile, consent, channel, purpose, expiresAt }) {
      const numbers = [workspace, profile, consent].map((number) => number.toString(36));
      const until = Math.floor(expiresAt.getTime() / 1_000).toString(36);
      return `${origin}/m/d/${signer.sign(['d', ...numbers, channel, purpose, until].join('.'))}`;
    },
    readUnsubscribe: (token) => readSubject('u', token),
    readPreferences: (token) => readSubject('p', token),
    readConfirmation(token) {
      const parts = readParts('d', signer.open(token));
      if (parts === null || Number.isNaN(parts.fourth)) return null;
      const { workspace, profile, third, channel, purpose, fourth } = parts;
      return { workspace, profile, consent: third, channel, purpose, expiresAt: new Date(fourth * 1_000) };
    },
  };
}
