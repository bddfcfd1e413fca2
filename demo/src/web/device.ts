import { hour } from '../life/calendar.ts';
import { Random, streams } from '../random/random.ts';
import { type DeviceKind, userAgents } from './userAgents.ts';

/** One browser as the collector sees it. */
export interface Device {
  readonly userAgent: string;
  /** Milliseconds its clock is ahead of the world's. */
  readonly skew: number;
  readonly ip: string;
  readonly consent: Consent;
}

/** What the visitor answered to the banner. */
export interface Consent {
  readonly analytics: boolean;
  readonly advertising: boolean;
  readonly personalisation: boolean;
}

export function drawDevice(owner: number, place: number, kind: DeviceKind): Device {
  const random = new Random(owner, streams.device, place, 2);
  const refusesAll = random.chance(0.06);
  const acceptsAll = random.chance(0.7);
  return {
    userAgent: random.pick(userAgents[kind]),
    skew: drawSkew(random),
    ip: documentationIp(random),
    consent: {
      analytics: !refusesAll,
      advertising: !refusesAll && (acceptsAll || random.chance(0.1)),
      personalisation: !refusesAll && (acceptsAll || random.chance(0.5)),
    },
  };
}

/** Most clocks are right; some are minutes off, some in the wrong zone, a few in the wrong day or year. */
function drawSkew(random: Random): number {
  const draw = random.next();
  if (draw < 0.9) return Math.round(random.between(-900, 900));
  if (draw < 0.96) return Math.round(random.between(-20, 20) * 60_000);
  if (draw < 0.985) return (random.int(2) * 2 - 1) * (1 + random.int(9)) * hour;
  if (draw < 0.996) return Math.round(random.between(-40, 40) * 24 * hour);
  return -Math.round(random.between(3, 9) * 365.25 * 24 * hour);
}

/** From the blocks kept for documentation (RFC 5737, RFC 3849): nobody's address. */
function documentationIp(random: Random): string {
  if (random.chance(0.3))
    return `2001:db8:${random.int(65_536).toString(16)}:${random.int(65_536).toString(16)}::${1 + random.int(9)}`;
  return `${random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${1 + random.int(254)}`;
}

export function consentJson(consent: Consent): string {
  const { analytics, advertising, personalisation } = consent;
  return `{"categoryPreferences":{"analytics":${analytics},"advertising":${advertising},"personalisation":${personalisation}}}`;
}
