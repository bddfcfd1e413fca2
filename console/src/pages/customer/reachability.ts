import type { Profile } from '@vitrail/contracts';

export const channels = ['email', 'sms', 'phone', 'post'] as const;
export type Channel = (typeof channels)[number];

/** Whether a person can be reached on a channel and, when not, why: no address comes before no consent. */
export type Reach = 'agreed' | 'refused' | 'unasked' | 'noAddress';

// Category names as senders write them; the newest answer among them counts.
const consentNames: Readonly<Record<Channel, RegExp>> = {
  email: /^(e[-_ ]?mail|newsletter|mailing)/i,
  sms: /^(sms|text)/i,
  phone: /^(phone|call|tel)/i,
  post: /^(post|direct[-_ ]?mail|letter)/i,
};

const hasAddress = (profile: Profile, channel: Channel): boolean => {
  if (channel === 'email') return profile.email !== null;
  if (channel === 'post') return profile.traits.postalCode !== undefined || profile.traits.address !== undefined;
  return profile.phone !== null;
};

export function reachOf(profile: Profile, channel: Channel): Reach {
  if (!hasAddress(profile, channel)) return 'noAddress';
  const [newest] = Object.entries(profile.consents)
    .filter(([category]) => consentNames[channel].test(category))
    .map(([, consent]) => consent)
    .sort((one, other) => other.at.localeCompare(one.at));
  if (newest === undefined) return 'unasked';
  return newest.granted ? 'agreed' : 'refused';
}
