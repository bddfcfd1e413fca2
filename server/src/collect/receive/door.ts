import { type Clock, Fault } from '../../platform/index.ts';
import type { Inbox, Origin, RefusalCounts } from '../inbox/index.ts';
import { type BodyExpectation, parseBody } from './parseBody.ts';
import { faultOf, type Refusal, type RefusalReason } from './refusal.ts';
import { readBearerKey } from './writeKey.ts';

/** Finds whose key it is; null when it is unknown or revoked. Throws when it cannot be known now. */
export type FindWriteKey = (key: string) => Promise<Origin | null>;

export interface DoorDeps {
  readonly inbox: Inbox;
  readonly findWriteKey: FindWriteKey;
  readonly refusals: Pick<RefusalCounts, 'count'>;
  readonly clock: Clock;
  /** Origin that browsers reach this server at, or null to take each request's own. */
  readonly publicUrl: string | null;
  /** `secrets.visitors`: seals links between the domains of a shop. */
  readonly visitorSecret: Buffer;
}

/** A collection request, whatever client sent it. */
export interface Delivery extends BodyExpectation {
  readonly body: Buffer | Refusal;
  /** The write key that headers or query gave. */
  readonly key: string | null;
  readonly authorization: string | undefined;
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** The header `Sec-GPC: 1`. */
  readonly gpc: boolean;
}

const noKey: Refusal = {
  refused: 'no_key',
  detail:
    'The request names no write key. Send it as the user name of Basic authorization, or as writeKey in the body.',
};
const unknownKey: Refusal = {
  refused: 'unknown_key',
  detail: 'The write key is unknown or revoked. Copy it again from the page of the source.',
};
const userAgentLimit = 1_024;

export const isRefusal = (value: object): value is Refusal => 'refused' in value;

/** Whose key it is. "Unknown" is said only when it is known to be so: an engine that is gone answers 503, never 401. */
export async function findOrigin(deps: Pick<DoorDeps, 'findWriteKey'>, key: string | null): Promise<Origin | Refusal> {
  if (key === null) return noKey;
  try {
    return (await deps.findWriteKey(key)) ?? unknownKey;
  } catch (error) {
    if (error instanceof Fault && error.kind === 'unavailable') throw error;
    throw new Fault(
      'unavailable',
      'collect.key_unknown_now',
      'The write key cannot be checked at the moment. Send it again shortly.',
      {
        cause: error,
      },
    );
  }
}

/**
 * Takes one request in: resolves when all of it is committed, throws the fault to answer otherwise. A key outside the
 * body is checked before the body is read.
 */
export async function accept(deps: Omit<DoorDeps, 'publicUrl' | 'visitorSecret'>, delivery: Delivery): Promise<void> {
  const { inbox, refusals } = deps;
  let origin: Origin | null = null;

  const refuse = (refusal: Refusal): Fault => {
    refusals.count(origin, refusal.refused);
    return faultOf(refusal);
  };
  const identify = async (key: string | null): Promise<Origin> => {
    const found = await findOrigin(deps, key);
    if (isRefusal(found)) throw refuse(found);
    return found;
  };

  try {
    inbox.assertOpen();
    if (delivery.key !== null) origin = await identify(delivery.key);
    const parsed = isRefusal(delivery.body) ? delivery.body : parseBody(delivery.body, delivery);
    if (isRefusal(parsed)) throw refuse(parsed);
    origin ??= await identify(parsed.writeKey ?? readBearerKey(delivery.authorization));
    if (parsed.events === 0) return;
    await inbox.append({
      ...origin,
      receivedAt: deps.clock.now(),
      typeHint: delivery.typeHint,
      ip: delivery.ip,
      userAgent: delivery.userAgent?.slice(0, userAgentLimit) ?? null,
      gpc: delivery.gpc,
      events: parsed.events,
      replay: false,
      payload: parsed.payload,
    });
  } catch (error) {
    if (error instanceof Fault && error.kind === 'unavailable') refusals.count(origin, 'busy' satisfies RefusalReason);
    throw error;
  }
}
