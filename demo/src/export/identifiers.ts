import { cookieEpoch, sharedDevice } from '../life/planVisits.ts';
import type { Person } from '../people/person.ts';
import { Random, streams } from '../random/random.ts';

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A version 4 UUID from a generator. */
export function uuid(random: Random): string {
  const [a, b, c, d] = [random.uint32(), random.uint32(), random.uint32(), random.uint32()];
  return `${word(a)}-${half(b >>> 16)}-4${half(b).slice(1)}-${half(((c >>> 16) & 0x3fff) | 0x8000)}-${half(c)}${word(d)}`;
}

function half(value: number): string {
  return (hex[(value >>> 8) & 255] ?? '') + (hex[value & 255] ?? '');
}

function word(value: number): string {
  return half(value >>> 16) + half(value);
}

/** The cookie of a person's device at a moment; the living-room tablet has one for the household. */
export function anonymousIdOf(seed: number, person: Person, device: number, at: number): string {
  const owner = device === sharedDevice ? person.household : person.index;
  return uuid(new Random(seed, streams.device, owner, device * 64 + cookieEpoch(person.index, device, at)));
}

/** The cookie of a visitor who never says who they are. */
export function strangerIdOf(seed: number, stranger: number): string {
  return uuid(new Random(seed, streams.visitor, stranger, 1));
}

/** Order numbers look random, as shops make them, and are unique: 512 orders a person, scattered by a prime. */
export function orderIdOf(prefix: string, person: number, number: number): string {
  return `${prefix}${String(((person * 512 + (number % 512)) * 7919 + 271_828) % 999_999_937).padStart(9, '0')}`;
}

export const webOrderPrefix = 'W';

/** CRM contact ids, up to four for one person. */
export function contactIdOf(person: number, record: number): string {
  return `C${String(((person * 4 + record) * 7919 + 31_337) % 9_999_991).padStart(7, '0')}`;
}
