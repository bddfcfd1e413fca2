import type { Person } from '../people/person.ts';
import { exponential } from '../random/distributions.ts';
import { Random, streams } from '../random/random.ts';
import { type Calendar, day } from './calendar.ts';
import type { OrderPlan } from './composeOrder.ts';
import type { Habits } from './habits.ts';
import { momentOf, researchBefore } from './moments.ts';
import { flags } from './occurrences.ts';

export interface VisitPlan {
  readonly at: number;
  readonly kind: 'browse' | 'search' | 'abandon' | 'order' | 'research';
  readonly order: OrderPlan | null;
  readonly device: number;
  readonly flags: number;
}

export interface VisitsInput {
  readonly person: Person;
  readonly habits: Habits;
  readonly calendar: Calendar;
  readonly joinedAt: number;
  readonly stopsAt: number;
  readonly orders: readonly OrderPlan[];
  readonly early: boolean;
  readonly subscribedAt: number | null;
  readonly random: Random;
}

/** The shared tablet in the living room of some households. */
export const sharedDevice = 3;

interface Draft {
  readonly at: number;
  readonly kind: VisitPlan['kind'];
  readonly order: OrderPlan | null;
}

/** When a person comes to the site, on which device, and what the site knows of them by then. */
export function planVisits(input: VisitsInput): { visits: VisitPlan[]; accountAt: number | null } {
  const { habits, orders, random, person } = input;
  const drafts = draftVisits(input);
  const shares = hasSharedDevice(person);
  const loggedIn = new Set<string>();
  let hasAccount = habits.hasAccount && input.early;
  let accountAt: number | null = null;
  let subscribed = input.early;
  const firstOrder = orders.find((order) => order.channel === 'web');
  const visits = drafts.map(({ at, kind, order }): VisitPlan => {
    const device = shares && random.chance(0.16) ? sharedDevice : pickDevice(habits, kind, random);
    const login = `${device} ${cookieEpoch(person.index, device, at)}`;
    let flag = order?.refill === true ? flags.refill : 0;
    if (loggedIn.has(login)) flag |= flags.known;
    const opening = habits.hasAccount && !hasAccount && (order === firstOrder ? kind === 'order' : random.chance(0.06));
    if (opening) {
      flag |= flags.signUp | flags.login;
      hasAccount = true;
      accountAt = at;
    } else if (hasAccount && (flag & flags.known) === 0 && (kind === 'order' || random.chance(0.22))) {
      flag |= flags.login;
    } else if (kind === 'order' && (flag & flags.known) === 0) {
      flag |= flags.guest;
    }
    // On a shared device people log out again; elsewhere the browser remembers them.
    if ((flag & flags.login) !== 0 && device !== sharedDevice) loggedIn.add(login);
    if (!subscribed && input.subscribedAt !== null && at >= input.subscribedAt && kind !== 'order') {
      flag |= flags.newsletter;
      subscribed = true;
    }
    return { at, kind, order, device, flags: flag };
  });
  return { visits, accountAt };
}

function draftVisits({ person, habits, calendar, joinedAt, stopsAt, orders, random }: VisitsInput): Draft[] {
  const drafts: Draft[] = [];
  for (const order of orders) {
    for (const at of researchBefore(order, habits, random)) drafts.push({ at, kind: 'research', order });
    if (order.channel === 'store') continue;
    if (!order.refill && random.chance(0.22)) {
      drafts.push({ at: order.at - (0.1 + exponential(random) * 1.5) * day, kind: 'abandon', order });
    }
    drafts.push({ at: order.at, kind: 'order', order });
  }
  let weight = calendar.weightAt(Math.max(calendar.start, joinedAt - 20 * day));
  for (;;) {
    weight += (exponential(random) * 365) / habits.visitsPerYear;
    const from = calendar.dayOf(weight);
    if (from === null) break;
    // Who has stopped buying looks in only now and then.
    if (from > stopsAt && !random.chance(0.16)) continue;
    const draw = random.next();
    const kind = draw < 0.08 ? 'abandon' : draw < 0.3 ? 'search' : 'browse';
    drafts.push({ at: momentOf(from, 'web', habits, person.site, random), kind, order: null });
  }
  return drafts
    .map((draft) => ({ ...draft, at: Math.round(draft.at / 1000) * 1000 }))
    .filter(({ at }) => at >= calendar.start && at < calendar.end - 2 * 3_600_000)
    .sort((a, b) => a.at - b.at || (a.kind === 'order' ? 1 : -1));
}

/** Phones for looking, bigger screens for buying. */
function pickDevice(habits: Habits, kind: VisitPlan['kind'], random: Random): number {
  if (habits.devices === 1) return 0;
  const draw = random.next();
  if (kind === 'order') return draw < 0.45 ? 0 : 1;
  if (habits.devices === 3 && draw > 0.9) return 2;
  return draw < 0.7 ? 0 : 1;
}

export function hasSharedDevice(person: Person): boolean {
  return person.partner !== null && new Random(person.household, streams.device, sharedDevice).chance(0.4);
}

/** Cookies do not last: some browsers forget after a few months and the visitor is a stranger again. */
export function cookieEpoch(person: number, device: number, at: number): number {
  if (device === sharedDevice) return 0;
  const random = new Random(person, streams.device, device, 1);
  const lasting = random.chance(0.6);
  const months = random.between(5, 11);
  const offset = random.next();
  return lasting ? 0 : Math.floor(at / (months * 30 * day) + offset) % 64;
}
