import type { Deps } from '../../platform/index.ts';
import type { SendOutcome } from './provider.ts';
import { recordHealth } from './sql/providers.pg.ts';

/** What an outcome says of the provider; null when it says nothing. */
export function healthOf(
  outcome: SendOutcome,
): 'ok' | 'unavailable' | 'credentials' | 'rate_limited' | 'uncertain' | null {
  switch (outcome.kind) {
    case 'accepted':
    case 'rejected':
      return 'ok';
    case 'uncertain':
      return 'uncertain';
    case 'retry':
      return outcome.reason === 'deferred' ? 'ok' : outcome.reason;
    case 'held':
      return null;
  }
}

/** Writes down how providers do, when it changes, for the page that shows them. */
export function createProviderHealth(deps: Pick<Deps, 'pg' | 'clock' | 'log'>) {
  const last = new Map<string, string>();
  const writing = new Set<Promise<unknown>>();
  return {
    note(workspace: number, provider: number, outcome: SendOutcome): void {
      const health = healthOf(outcome);
      const key = `${workspace}/${provider}`;
      if (health === null || last.get(key) === health) return;
      last.set(key, health);
      const detail = health === 'ok' || !('detail' in outcome) ? '' : outcome.detail;
      const write = deps.pg
        .run(recordHealth, { workspace, id: provider, health, detail, now: deps.clock.now() })
        .catch((error: unknown) => {
          last.delete(key);
          deps.log.warn({ err: error, workspace, provider }, 'the state of a provider could not be written down');
        })
        .finally(() => writing.delete(write));
      writing.add(write);
    },
    settled: async (): Promise<void> => {
      await Promise.all(writing);
    },
  };
}
export type ProviderHealth = ReturnType<typeof createProviderHealth>;
