import { uuid } from '../export/identifiers.ts';
import type { OrderPlan } from '../life/composeOrder.ts';
import type { Habits } from '../life/habits.ts';
import type { Order } from '../life/order.ts';
import { accountIdOf } from '../people/accountId.ts';
import type { Person } from '../people/person.ts';
import { Random, streams } from '../random/random.ts';
import { consentJson, type Device } from './device.ts';
import { linesJson } from './productJson.ts';
import { orderJson } from './visits.ts';

export interface ServerInput {
  readonly person: Person;
  readonly habits: Habits;
  readonly plan: OrderPlan;
  readonly order: Order;
  readonly orderId: string;
  readonly random: Random;
}

/** The id under which the shop's server reports somebody who has neither an account nor agreed to cookies. */
export function serverIdOf(person: Person): string {
  return uuid(new Random(person.index, streams.device, 9, 9));
}

/** The shop's server reports an order that the browser may not: the visitor refused to be measured. */
export function serverOrderLine(input: ServerInput & { readonly device: Device }): string[] {
  const { order, orderId, plan, device } = input;
  const properties = orderJson(order, orderId, orderId, plan);
  return [serverLine(input, plan.at, 'Order Completed', properties, `,"consent":${consentJson(device.consent)}`)];
}

/** The back office gives money back. */
export function serverRefundLine(input: ServerInput): string[] {
  const { order, orderId, plan } = input;
  if (order.refund === null) return [];
  const { lines, amount, at } = order.refund;
  const properties = `"order_id":"${orderId}","total":${amount / 100},"currency":"${plan.site.currency}","products":${linesJson(lines, plan.site)}`;
  return [serverLine(input, at, 'Order Refunded', properties, '')];
}

function serverLine(input: ServerInput, at: number, event: string, properties: string, consent: string): string {
  const { person, habits, random } = input;
  const userId = habits.hasAccount
    ? `"userId":"${accountIdOf(person.email)}"`
    : `"anonymousId":"${serverIdOf(person)}"`;
  const time = new Date(at).toISOString();
  const received = new Date(at + 40 + random.int(300)).toISOString();
  const context = `{"traits":{"email":"${person.email}"}${consent},"library":{"name":"@segment/analytics-node","version":"3.1.0"}}`;
  return `{"type":"track","event":"${event}","properties":{${properties}},"messageId":"node-next-${at}-${uuid(random)}",${userId},"timestamp":"${time}","originalTimestamp":"${time}","sentAt":"${received}","receivedAt":"${received}","context":${context},"integrations":{}}\n`;
}
