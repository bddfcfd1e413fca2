import type { JourneyTrigger } from '@vitrail/contracts';
import type { Json, Pg } from '../../../platform/index.ts';
import { directKey, type StandingJourney } from '../catalog.ts';
import { groupBy } from '../groupBy.ts';
import { addDuration } from '../localTime.ts';
import { listInterested } from '../sql/interest.ch.ts';
import { listProductNews, lockProductCursor, moveProductCursor, readProductChanges } from '../sql/products.pg.ts';
import { type JourneyNews, takeJourneyEvents } from '../takeEvents.ts';
import type { CalendarDeps } from './followCalendar.ts';

const changesAtOnce = 2_000;
/** A feed that brings everything back at once tells nobody of yesterday's news. */
const freshMs = 24 * 3_600_000;

type Change = Awaited<ReturnType<typeof readChanges>>[number];
const readChanges = (pg: Pg, workspace: number, after: number) =>
  pg.rows(readProductChanges, { workspace, after, limit: changesAtOnce });

/** Products that came back or cost less now: whoever was after them is told. The cursor moves with the news, so once. */
export async function followProducts(deps: CalendarDeps): Promise<void> {
  for (const { workspace_id } of await deps.pg.rows(listProductNews, {})) {
    while ((await tellOf(deps, workspace_id)) === changesAtOnce);
  }
}

async function tellOf(deps: CalendarDeps, workspace: number): Promise<number> {
  return deps.pg.transaction(async (tx) => {
    const cursor = await tx.row(lockProductCursor, { workspace });
    if (cursor === null) return 0;
    const changes = await readChanges(tx, workspace, cursor.change_id);
    const last = changes.at(-1);
    if (last === undefined) return 0;
    const { journeys, zone } = await deps.catalogs.get(workspace, tx);
    const since = new Date(deps.clock.now().getTime() - freshMs);
    const fresh = changes.filter(({ at, availability }) => at >= since && availability === 'in_stock');
    for (const journey of journeys.values()) {
      const { trigger } = journey.definition;
      if (trigger.kind !== 'product') continue;
      const wanted = fresh.filter(({ kind }) => kind === trigger.change);
      await takeJourneyEvents(tx, workspace, await newsOf(deps, { workspace, journey, trigger, wanted, zone }));
    }
    await tx.run(moveProductCursor, { workspace, change: last.id });
    return changes.length;
  });
}

async function newsOf(
  deps: CalendarDeps,
  input: {
    workspace: number;
    journey: StandingJourney;
    trigger: Extract<JourneyTrigger, { kind: 'product' }>;
    wanted: readonly Change[];
    zone: string;
  },
): Promise<JourneyNews[]> {
  const { workspace, journey, trigger, wanted, zone } = input;
  if (wanted.length === 0) return [];
  const now = deps.clock.now();
  // The length of time counted backwards; a change of clocks an hour either way is nothing here.
  const since = now.getTime() - (addDuration(now, trigger.interest.within, zone).getTime() - now.getTime());
  // Somebody looks at a model, and one size of it comes back: by the size's id first, then by the model's.
  const products = [...new Set(wanted.flatMap(({ product_id, group_id }) => [product_id, group_id ?? product_id]))];
  const people = await deps.ch.rows(listInterested, { workspace, events: trigger.interest.events, products, since });
  const byProduct = groupBy(people, ({ product }) => product);
  return wanted.flatMap((change) => {
    const after = new Set(
      [change.product_id, change.group_id ?? change.product_id]
        .flatMap((product) => byProduct.get(product) ?? [])
        .map(({ profile }) => profile),
    );
    return [...after].map(
      (profile): JourneyNews => ({
        profile,
        key: directKey,
        journey: journey.id,
        at: change.at,
        messageId: `product-${journey.id}-${change.id}-${profile}`,
        properties: propertiesOf(change),
      }),
    );
  });
}

const priceOf = (text: string | null): Json => (text !== null && Number.isFinite(Number(text)) ? Number(text) : text);

const propertiesOf = ({ product_id, group_id, title, size, before, after, kind }: Change) => ({
  product_id,
  group_id,
  name: title,
  size,
  change: kind,
  before: priceOf(before),
  after: priceOf(after),
});
