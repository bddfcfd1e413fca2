import { type JourneyDefinition, waysOf } from '@vitrail/contracts';
import { orderOf } from '../draft.ts';

export interface Spot {
  readonly x: number;
  readonly y: number;
}

export const stepSize = { width: 248, height: 84 } as const;
const gap = { x: 48, y: 76 } as const;

/**
 * Where each step stands: below everything that leads to it, beside the other branches. A branch keeps a column of its own as
 * far as no other comes to it; where branches meet, the step stands under the first of them.
 */
export function layOut(definition: JourneyDefinition): ReadonlyMap<string, Spot> {
  const order = orderOf(definition);
  const rank = new Map(order.map((id, index) => [id, index]));
  const rows = new Map<string, number>();
  for (const id of order) {
    const row = rows.get(id) ?? 0;
    rows.set(id, row);
    const node = definition.nodes[id];
    if (node === undefined) continue;
    for (const { to } of waysOf(node)) {
      // A way back to an earlier step does not push it down.
      if ((rank.get(to) ?? 0) > (rank.get(id) ?? 0)) rows.set(to, Math.max(rows.get(to) ?? 0, row + 1));
    }
  }
  const columns = new Map<string, number>();
  const taken = new Set<string>();
  const place = (id: string, wish: number): void => {
    const row = rows.get(id) ?? 0;
    let column = wish;
    while (taken.has(`${row}/${column}`)) column += 1;
    taken.add(`${row}/${column}`);
    columns.set(id, column);
  };
  for (const id of order) {
    if (!columns.has(id)) place(id, 0);
    const node = definition.nodes[id];
    if (node === undefined) continue;
    const own = columns.get(id) ?? 0;
    const children = [...new Set(waysOf(node).map(({ to }) => to))].filter(
      (to) => !columns.has(to) && (rank.get(to) ?? 0) > (rank.get(id) ?? 0),
    );
    children.forEach((child, index) => {
      place(child, own + index);
    });
  }
  return new Map(
    order.map((id) => [
      id,
      {
        x: (columns.get(id) ?? 0) * (stepSize.width + gap.x),
        y: ((rows.get(id) ?? 0) + 1) * (stepSize.height + gap.y),
      },
    ]),
  );
}
