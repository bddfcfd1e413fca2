import type { Life } from '../life/planLife.ts';
import type { PlacedOrder } from '../life/planRetailer.ts';
import { accountIdOf } from '../people/accountId.ts';
import { Random, streams } from '../random/random.ts';
import { orderIdOf, uuid, webOrderPrefix } from './identifiers.ts';

const topics = ['delivery', 'return', 'size', 'defect', 'invoice', 'loyalty'] as const;

/** The help desk's export: a ticket is opened and closed around some web orders, by account or by e-mail address. */
export function supportLines(seed: number, life: Life, placed: readonly PlacedOrder[], end: number): string[] {
  const { person, habits } = life;
  const lines: string[] = [];
  for (const { plan } of placed) {
    if (plan.channel === 'store') continue;
    const random = new Random(seed, streams.support, person.index, plan.number);
    if (!random.chance(0.06)) continue;
    const opened = plan.at + random.between(0.5, 12) * 86_400_000;
    const closed = opened + random.between(0.05, 4) * 86_400_000;
    const ticket = `T${orderIdOf('', person.index, plan.number)}`;
    const who = habits.hasAccount ? { userId: accountIdOf(person.email) } : { anonymousId: ticket };
    const properties = {
      ticket_id: ticket,
      topic: random.pick(topics),
      channel: random.pick(['email', 'email', 'phone', 'chat']),
      order_id: orderIdOf(webOrderPrefix, person.index, plan.number),
    };
    for (const [event, at, more] of [
      ['Support Ticket Opened', opened, {}],
      ['Support Ticket Closed', closed, { satisfaction: 1 + Math.floor(5 * random.next() ** 0.5) }],
    ] as const) {
      if (at >= end) continue;
      const timestamp = new Date(Math.floor(at)).toISOString();
      const context = {
        traits: { email: person.email },
        externalIds: [{ type: 'helpdesk_id', id: `HD${person.index + 1000}`, collection: 'users', encoding: 'none' }],
      };
      lines.push(
        `${JSON.stringify({ type: 'track', event, messageId: `hd-${uuid(random)}`, ...who, timestamp, properties: { ...properties, ...more }, context })}\n`,
      );
    }
  }
  return lines;
}
