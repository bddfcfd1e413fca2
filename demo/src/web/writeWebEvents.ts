import type { Catalogue } from '../catalogue/catalogue.ts';
import { anonymousIdOf, orderIdOf, strangerIdOf, uuid, webOrderPrefix } from '../export/identifiers.ts';
import { composeOrder } from '../life/composeOrder.ts';
import { habitsOf } from '../life/habits.ts';
import { flags, kinds, type Occurrence, type Occurrences } from '../life/occurrences.ts';
import { orderPlanOf } from '../life/planRetailer.ts';
import { sharedDevice } from '../life/planVisits.ts';
import { accountIdOf } from '../people/accountId.ts';
import type { Person } from '../people/person.ts';
import type { Population } from '../people/population.ts';
import { Random, streams } from '../random/random.ts';
import { drawArrival } from './arrivals.ts';
import { asciiJson } from './asciiJson.ts';
import { type Device, drawDevice } from './device.ts';
import { serverOrderLine, serverRefundLine } from './serverEvents.ts';
import { Session } from './session.ts';
import type { DeviceKind } from './userAgents.ts';
import {
  addToCart,
  browse,
  estimateDelivery,
  openAccount,
  openCart,
  openHome,
  pay,
  type Scene,
  search,
  startCheckout,
  view,
} from './visits.ts';

const deviceKinds: readonly DeviceKind[] = ['phone', 'computer', 'computer', 'tablet'];

export interface WebInput {
  readonly population: Population;
  readonly catalogue: Catalogue;
  readonly web: Occurrences;
}

/** The collector's log of every site, one array of lines per visit, visits in order of time. */
export function* writeWebEvents({ population, catalogue, web }: WebInput): Generator<readonly string[]> {
  for (const one of web.inOrder()) {
    if (one.kind === kinds.stranger) yield visitOfStranger(population, catalogue, one);
    else yield visitOfPerson(population, catalogue, one);
  }
}

function visitOfPerson(population: Population, catalogue: Catalogue, one: Occurrence): readonly string[] {
  const { seed } = population;
  const person = population.person(one.person);
  const habits = habitsOf(seed, person);
  const shopper = { index: one.person, habits };
  const random = new Random(seed, streams.visit, one.person, one.ordinal);
  const plan = orderPlanOf(seed, person, one);
  const hasOrder = one.kind !== kinds.browse && one.kind !== kinds.search;
  const order = hasOrder ? composeOrder(seed, catalogue, shopper, plan) : null;
  const orderId = orderIdOf(webOrderPrefix, one.person, one.order);
  if (one.kind === kinds.refund)
    return order === null ? [] : serverRefundLine({ person, habits, plan, order, orderId, random });
  const device = deviceOf(person, one.device);
  if (!device.consent.analytics) {
    if (one.kind !== kinds.order || order === null) return [];
    return serverOrderLine({ person, habits, plan, order, orderId, random, device });
  }
  const site = plan.site;
  const known = (one.flags & flags.known) !== 0;
  const session = new Session({
    at: one.at,
    site,
    anonymousId: anonymousIdOf(seed, person, one.device, one.at),
    userId: known ? accountIdOf(person.email) : null,
    device,
    arrival: drawArrival(one.at, habits.newsletter, random),
    random,
  });
  tell({ session, catalogue, shopper }, one, person, order, orderId);
  return session.lines;
}

/** What a visit of one kind consists of, page by page. */
export function tell(
  scene: Scene,
  one: Occurrence,
  person: Person,
  order: ReturnType<typeof composeOrder> | null,
  orderId: string,
): void {
  const { session } = scene;
  const { random } = session;
  const cart = uuid(random).slice(0, 13);
  if (one.kind !== kinds.search && random.chance(0.6)) openHome(scene);
  const buys = one.kind === kinds.order || one.kind === kinds.abandon;
  if (!buys && (one.flags & (flags.login | flags.newsletter)) !== 0) {
    openAccount(scene);
    signIn(scene, one, person);
  }
  if (one.kind === kinds.search) search(scene);
  if (one.kind === kinds.browse) browse(scene, 1 + random.int(4));
  if (one.kind === kinds.research && order !== null) {
    for (const line of order.lines) if (random.chance(0.7)) view(scene, line.variant);
    browse(scene, 1 + random.int(2));
  }
  if (!buys || order === null) return;
  browse(scene, random.int(2));
  for (const line of order.lines) {
    view(scene, line.variant);
    addToCart(scene, line, cart);
  }
  openCart(scene, order.lines, cart);
  if (one.kind === kinds.abandon) {
    if (random.chance(0.2)) estimateDelivery(scene, order.lines);
    if (random.chance(0.35)) startCheckout(scene, order, cart);
    return;
  }
  startCheckout(scene, order, cart);
  signIn(scene, one, person);
  pay(scene, order, orderId, cart);
}

/** What the person tells the site about themselves on this visit. */
function signIn({ session, shopper }: Scene, one: Occurrence, person: Person): void {
  const email = `"email":"${person.email}"`;
  const name = `"firstName":${asciiJson(person.firstName)},"lastName":${asciiJson(person.lastName)}`;
  if ((one.flags & flags.newsletter) !== 0) {
    session.identify(null, email);
    session.track('Newsletter Subscribed', '"place":"footer"');
  }
  if ((one.flags & flags.guest) !== 0) {
    const phone = person.mobile === null ? '' : `,"phone":"${person.mobile}"`;
    session.identify(null, `${email},${name}${phone},${addressJson(person)}`);
  }
  if ((one.flags & flags.login) === 0) return;
  const opening = (one.flags & flags.signUp) !== 0;
  const card = shopper.habits.linksCard && person.loyaltyCard !== null ? `,"loyaltyCard":"${person.loyaltyCard}"` : '';
  session.identify(accountIdOf(person.email), `${email},${name},"language":"${session.site.language}"${card}`);
  session.track(opening ? 'Signed Up' : 'Signed In', `"method":"password"`);
}

function addressJson({ address, site }: Person): string {
  const { street, postalCode, city } = address;
  return `"address":${asciiJson({ street, postalCode, city, country: site.country })}`;
}

export function deviceOf(person: Person, device: number): Device {
  const owner = device === sharedDevice ? person.household : person.index;
  return drawDevice(owner, device, deviceKinds[device] ?? 'phone');
}

function visitOfStranger(population: Population, catalogue: Catalogue, one: Occurrence): readonly string[] {
  const stranger = one.person - population.size;
  const random = new Random(population.seed, streams.visitor, stranger, one.ordinal + 10);
  // Someone who could be anyone: another person's place and leaning, without the person.
  const like = population.person(stranger % population.size);
  const robot = stranger % 61 === 0;
  const device = drawDevice(one.person, 0, robot ? 'robot' : random.chance(0.7) ? 'phone' : 'computer');
  if (!device.consent.analytics && !robot) return [];
  const session = new Session({
    at: one.at,
    site: like.site,
    anonymousId: strangerIdOf(population.seed, stranger),
    userId: null,
    device,
    arrival: drawArrival(one.at, false, random),
    random,
  });
  const scene = { session, catalogue, shopper: { index: one.person, habits: habitsOf(population.seed, like) } };
  if (random.chance(0.45)) openHome(scene);
  if (random.chance(0.2)) search(scene);
  else browse(scene, random.int(3) + (session.lines.length === 0 ? 1 : 0));
  return session.lines;
}
