import type { SocialProofAct } from '@vitrail/contracts';
import { LRUCache } from 'lru-cache';
import type { Deps } from '../../../platform/index.ts';
import { countBuyers, countByEvent } from '../sql/proof.ch.ts';
import { PeopleCounter } from './peopleCounter.ts';

const events = { viewed: 'Product Viewed', carted: 'Product Added' } as const;
const hourMs = 3_600_000;
/** Workspaces times windows times acts. */
const mostCounters = 200;

/** How many people did something with a product in the last hours, from real events without robots; at most a minute old. */
export function createCountPeople({ ch, clock }: Pick<Deps, 'ch' | 'clock'>) {
  const counters = new LRUCache<string, PeopleCounter>({ max: mostCounters });

  const count = async (
    workspace: number,
    act: SocialProofAct,
    hours: number,
    products: readonly (readonly string[])[],
  ): Promise<number[]> => {
    const until = clock.now().getTime();
    const asked = {
      workspace,
      products: products.flat(),
      places: products.flatMap((variants, at) => variants.map(() => at + 1)),
      since: until - hours * hourMs,
      until,
    };
    const rows =
      act === 'bought'
        ? await ch.rows(countBuyers, asked)
        : await ch.rows(countByEvent, { ...asked, event: events[act] });
    const byPlace = new Map(rows.map(({ place, people }) => [place, people]));
    return products.map((_, at) => byPlace.get(at + 1) ?? 0);
  };

  return (workspace: number, act: SocialProofAct, hours: number, variants: readonly string[]): Promise<number> => {
    const key = `${workspace} ${act} ${hours}`;
    const counter = counters.get(key) ?? new PeopleCounter((products) => count(workspace, act, hours, products));
    counters.set(key, counter);
    return counter.people(variants);
  };
}
