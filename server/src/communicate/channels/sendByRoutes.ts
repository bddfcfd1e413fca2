import type { Dispatched, OutgoingMessage, SendOutcome } from './provider.ts';
import type { ProviderHealth } from './providerHealth.ts';
import type { Route, Sending } from './routing.ts';
import type { WarmUpPlaces } from './warmUpPlaces.ts';

const warmingUp: SendOutcome = {
  kind: 'held',
  reason: 'warming_up',
  detail: 'The provider is warming up and has taken as many as it may today.',
  afterMs: 1_800_000,
};

const waitOf = (outcome: SendOutcome): number => ('afterMs' in outcome ? (outcome.afterMs ?? 15_000) : 15_000);

/** Sends the messages of one workspace and channel by the providers that are set up for it. */
export function createRouteSender({ places, health }: { places: WarmUpPlaces; health: ProviderHealth }) {
  /** Tries providers in their order; goes on to the next only with what the one before certainly does not have. */
  async function sendAlong(
    message: OutgoingMessage,
    routes: readonly Route[],
    full: ReadonlySet<Route>,
    workspace: number,
  ) {
    let [provider, best]: [string, SendOutcome | null] = ['', null];
    for (const route of routes) {
      if (full.has(route)) continue;
      const outcome = await route.lane.send(message);
      health.note(workspace, route.id, outcome);
      const passOn =
        (outcome.kind === 'retry' && outcome.reason !== 'deferred') ||
        (outcome.kind === 'held' && outcome.reason === 'provider_down');
      if (!passOn) return { provider: route.lane.provider.name, outcome, route };
      // Of several that cannot, the one that can again first says when.
      if (best === null || waitOf(outcome) < waitOf(best)) [provider, best] = [route.lane.provider.name, outcome];
    }
    return { provider, outcome: best ?? warmingUp, route: null };
  }

  async function sendByRoutes(
    group: readonly OutgoingMessage[],
    routes: readonly Route[],
    sending: Sending,
  ): Promise<Dispatched[]> {
    const [{ workspace } = { workspace: 0 }] = group;
    const bulk = group.filter(({ kind }) => kind === 'marketing').length;
    const day = places.dayOf(sending.timeZone);
    const left = new Map<Route, number>();
    for (const route of routes)
      if (route.warmUp !== null) left.set(route, await places.reserve(workspace, route.id, route.warmUp, day, bulk));
    const ends = await Promise.all(
      group.map(async (message) => {
        const full = new Set<Route>();
        for (const [route, count] of left) {
          if (message.kind !== 'marketing') continue;
          if (count <= 0) full.add(route);
          else left.set(route, count - 1);
        }
        const { provider, outcome, route } = await sendAlong(message, routes, full, workspace);
        // Places that were taken for this message and not used are free again.
        for (const taken of left.keys())
          if (message.kind === 'marketing' && !full.has(taken) && (taken !== route || outcome.kind !== 'accepted'))
            left.set(taken, (left.get(taken) ?? 0) + 1);
        return { id: message.id, provider, outcome };
      }),
    );
    for (const [route, count] of left) await places.release(workspace, route.id, day, count);
    return ends;
  }

  return sendByRoutes;
}
