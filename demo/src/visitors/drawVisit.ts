import type { Catalogue } from '../catalogue/catalogue.ts';
import { anonymousIdOf, uuid } from '../export/identifiers.ts';
import { composeOrder } from '../life/composeOrder.ts';
import { habitsOf } from '../life/habits.ts';
import { flags, type Kind, kinds, type Occurrence } from '../life/occurrences.ts';
import { accountIdOf } from '../people/accountId.ts';
import type { Population } from '../people/population.ts';
import type { Random } from '../random/random.ts';
import { drawArrival } from '../web/arrivals.ts';
import { drawDevice } from '../web/device.ts';
import { Session } from '../web/session.ts';
import { browse, openHome, search } from '../web/visits.ts';
import { deviceOf, tell } from '../web/writeWebEvents.ts';

/** The calls of one live visit, ready to be sent one by one; times and ids are put in when they are. */
export interface Visit {
  readonly userAgent: string;
  /** How far the device's clock is ahead, in milliseconds. */
  readonly skew: number;
  readonly calls: readonly Readonly<Record<string, unknown>>[];
}

export interface Crowd {
  readonly population: Population;
  /** People below this index have a history; the others are new. */
  readonly known: number;
  readonly catalogue: Catalogue;
}

/** Somebody comes to the shop: half of the time a stranger, else a customer, now and then somebody about to become one. */
export function drawVisit(crowd: Crowd, now: number, random: Random): Visit {
  const draw = random.next();
  if (draw < 0.45) return visitOfStranger(crowd, now, random);
  const { population, known } = crowd;
  const isNew = draw > 0.92;
  const index = isNew ? known + random.int(population.size - known) : random.int(known);
  return visitOfPerson(crowd, index, isNew, now, random);
}

function visitOfPerson(
  { population, catalogue }: Crowd,
  index: number,
  isNew: boolean,
  now: number,
  random: Random,
): Visit {
  const { seed } = population;
  const person = population.person(index);
  const habits = habitsOf(seed, person);
  const kind = drawKind(isNew, random);
  const number = 60_000 + random.int(5_000);
  const plan = { number, at: now, channel: 'web', refill: false, site: person.site } as const;
  const shopper = { index, habits };
  const device = random.int(Math.min(2, habits.devices));
  const browser = deviceOf(person, device);
  // Whoever refuses to be measured cannot be watched live either: another visitor takes the place.
  if (!browser.consent.analytics) return visitOfStranger({ population, known: 0, catalogue }, now, random);
  const buys = kind === kinds.order;
  const flag =
    habits.hasAccount && (buys || random.chance(0.5))
      ? flags.login | (isNew ? flags.signUp : 0)
      : buys
        ? flags.guest
        : 0;
  const remembered = habits.hasAccount && !isNew && flag === 0 && random.chance(0.4);
  const one: Occurrence = {
    at: now,
    person: index,
    kind,
    flags: flag,
    device,
    ordinal: 0,
    order: number,
    orderAt: now,
  };
  const session = new Session({
    at: now,
    site: person.site,
    anonymousId: anonymousIdOf(seed, person, device, now),
    userId: remembered ? accountIdOf(person.email) : null,
    device: browser,
    arrival: drawArrival(now, habits.newsletter, random),
    random,
  });
  const order = kind === kinds.browse || kind === kinds.search ? null : composeOrder(seed, catalogue, shopper, plan);
  tell({ session, catalogue, shopper }, one, person, order, `L${uuid(random).slice(0, 8)}`);
  return finish(session, browser.userAgent, browser.skew);
}

function drawKind(isNew: boolean, random: Random): Kind {
  const draw = random.next();
  if (draw < (isNew ? 0.5 : 0.14)) return kinds.order;
  if (draw < 0.62) return kinds.browse;
  return draw < 0.84 ? kinds.search : kinds.abandon;
}

function visitOfStranger({ population, catalogue }: Crowd, now: number, random: Random): Visit {
  const like = population.person(random.int(population.size));
  const owner = 0x70000000 + random.int(0x0fffffff);
  const device = { ...drawDevice(owner, 0, random.chance(0.7) ? 'phone' : 'computer') };
  const consent = { ...device.consent, analytics: true };
  const session = new Session({
    at: now,
    site: like.site,
    anonymousId: uuid(random),
    userId: null,
    device: { ...device, consent },
    arrival: drawArrival(now, false, random),
    random,
  });
  const scene = { session, catalogue, shopper: { index: owner, habits: habitsOf(population.seed, like) } };
  if (random.chance(0.5)) openHome(scene);
  if (random.chance(0.25)) search(scene);
  else browse(scene, 1 + random.int(4));
  return finish(session, device.userAgent, device.skew);
}

function finish(session: Session, userAgent: string, skew: number): Visit {
  const calls = session.lines.map((line): Record<string, unknown> => JSON.parse(line));
  return { userAgent, skew, calls };
}
