import type { Profile, ProfileEvent, ProfileSummary } from '@vitrail/contracts';

/** What stands where personal data would. Its length says nothing about what it hides. */
export const masked = '•••••';

const maskText = (text: string | null): string | null => (text === null ? null : masked);

/** "Z. M.", so that two people in a list can still be told apart. */
const initials = (name: string | null): string | null =>
  name === null || name.includes('@')
    ? maskText(name)
    : name
        .split(/\s+/)
        .map((word) => `${word.charAt(0)}.`)
        .join(' ');

/** A summary for those who may not see personal data. */
export const maskSummary = <T extends ProfileSummary>(summary: T): T => ({
  ...summary,
  name: initials(summary.name),
  email: maskText(summary.email),
  phone: maskText(summary.phone),
});

/** Everything a person stated about themselves may be personal: every trait's value goes, names and dates of traits stay. */
export const maskProfile = (profile: Profile): Profile => ({
  ...profile,
  name: initials(profile.name),
  email: maskText(profile.email),
  phone: maskText(profile.phone),
  city: maskText(profile.city),
  traits: Object.fromEntries(
    Object.entries(profile.traits).map(([name, { source, at, problem }]) => [
      name,
      { value: masked, source, at, ...(problem !== undefined && { problem }) },
    ]),
  ),
  identifiers: profile.identifiers.map((identifier) => ({ ...identifier, value: masked, raw: masked })),
  companies: profile.companies.map((company) => ({ ...company, name: maskText(company.name) })),
});

/** An event without what its record says; what happened when and where from stays. */
export const maskEvent = (event: ProfileEvent): ProfileEvent => ({
  ...event,
  url: '',
  properties: {},
  traits: {},
  context: {},
});
