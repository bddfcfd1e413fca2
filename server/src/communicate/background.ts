import type { Reactor } from '../collect/index.ts';
import type { Deps } from '../platform/index.ts';
import { defineAudienceJobs } from './audiences/index.ts';
import { type ConsentDeps, defineConsentJobs, followConsents } from './consent/index.ts';
import type { Communicate } from './createCommunicate.ts';
import { defineDeliverabilityJobs } from './deliverability/index.ts';
import { defineInboundJobs } from './inbound/index.ts';
import { defineOfferJobs, followOrders } from './offers/index.ts';
import { followCredits } from './reports/creditOrders.ts';

/** Follows what batches say about consents, and the orders in them: codes, points, messages they are owed to. Before segments are asked. */
export const followStatements = (deps: Pick<Deps, 'pg' | 'clock'>): Reactor => {
  const [consents, orders, credits] = [followConsents(deps), followOrders(deps), followCredits(deps)];
  return async (batch) => {
    await consents(batch);
    await orders(batch);
    await credits(batch);
  };
};

/** Consents, pauses, points, returned mail, advertising audiences and the brake in the background. */
export function defineCommunicateJobs(
  deps: ConsentDeps & Pick<Deps, 'jobs' | 'log'>,
  {
    dispatcher,
    references,
    credentials,
    events,
    secrets,
  }: Pick<Communicate, 'dispatcher' | 'references' | 'credentials' | 'events' | 'secrets'>,
): void {
  defineConsentJobs(deps);
  defineOfferJobs(deps);
  defineInboundJobs({ ...deps, references, credentials, onRecorded: events.ring });
  defineAudienceJobs({ ...deps, credentials, secrets });
  defineDeliverabilityJobs({ ...deps, forget: dispatcher.forget });
}
