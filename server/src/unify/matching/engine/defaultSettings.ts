import type { MatchBlocking, MatchComparison, MatchKind, MatchSettings } from '@vitrail/contracts';

const rule = (cap: number, ...parts: string[]): MatchBlocking => ({ name: parts.join(' + '), parts, cap });

const peopleRules: readonly MatchBlocking[] = [
  rule(60, 'national_id'),
  rule(60, 'email'),
  rule(60, 'phone'),
  rule(200, 'first_name', 'last_name'),
  rule(200, 'first_name.swapped', 'last_name'),
  rule(120, 'last_name', 'birth_date'),
  rule(120, 'first_name.root', 'birth_date'),
  rule(120, 'birth_date', 'postal_code'),
  rule(120, 'birth_date', 'city'),
  rule(80, 'street', 'postal_code'),
  rule(80, 'street', 'city'),
  rule(80, 'street', 'first_name.initial'),
  rule(120, 'first_name.root', 'postal_code'),
  rule(120, 'last_name', 'postal_code'),
  rule(80, 'first_name.root', 'last_name.sound', 'city'),
  rule(80, 'first_name.root', 'last_name.start'),
  rule(80, 'first_name.initial', 'last_name'),
  rule(80, 'email.user'),
  rule(60, 'birth_date'),
  rule(60, 'last_name'),
  rule(60, 'first_name', 'city'),
  rule(60, 'last_name.sound', 'birth_date.year'),
];

const companyRules: readonly MatchBlocking[] = [
  rule(60, 'registration.core'),
  rule(60, 'domain'),
  rule(60, 'phone'),
  rule(60, 'email'),
  rule(120, 'name'),
  rule(120, 'name.start', 'postal_code'),
  rule(80, 'street', 'postal_code'),
  rule(80, 'name.core', 'city'),
  rule(80, 'name.start', 'city'),
  rule(60, 'name.core'),
  rule(60, 'name.sound', 'postal_code'),
];

const compare = (field: string, method: MatchComparison['method'], termFrequency = true): MatchComparison => ({
  field,
  method,
  termFrequency,
});

const people: readonly MatchComparison[] = [
  compare('first_name', 'given_name'),
  compare('last_name', 'family_name'),
  compare('birth_date', 'birth_date'),
  compare('address', 'address'),
  compare('email', 'email'),
  compare('phone', 'phone'),
];

const company: readonly MatchComparison[] = [
  compare('name', 'company_name'),
  compare('address', 'address'),
  compare('domain', 'identifier'),
  compare('registration', 'identifier'),
  compare('phone', 'phone'),
  compare('email', 'email'),
];

/** Sound for retail people in Europe, and for companies. Every part may be edited; the same defaults serve all data. */
export function defaultMatchSettings(kind: MatchKind): MatchSettings {
  return {
    kind,
    comparisons: [...(kind === 'people' ? people : company)],
    blocking: [...(kind === 'people' ? peopleRules : companyRules)],
    exclusive: kind === 'people' ? [] : ['registration'],
    thresholds: { auto: 0.96, review: 0.9 },
    largestCluster: 100,
    seed: 1,
  };
}
