import type { MessageFigures, MessageReport, MessageReportGroup, MessageReportQuery } from '@vitrail/contracts';
import { about, readScope } from '../../decide/index.ts';
import type { Deps, Pg, PgRow } from '../../platform/index.ts';
import { countReport, nameReportRows, nameReportSteps } from './sql/reports.pg.ts';

/** Rows of their own; the others are one. */
const listed = 100;
/** A domain of so few recipients says who they are. */
const fewRecipients = 5;
export const otherKey = '#other';

const never = new Date(0);

/** What part of the messages a request means: those of a campaign, of a journey, or all. */
export function partOf({ by, campaign, journey, channel, creditDays }: Pick<MessageReportQuery, PartKey>) {
  const origin =
    campaign !== undefined || by === 'campaign' || by === 'variant'
      ? 'campaign'
      : journey !== undefined || by === 'journey' || by === 'step'
        ? 'journey'
        : '';
  const originId = (origin === 'campaign' ? campaign : origin === 'journey' ? journey : undefined) ?? '';
  return { by, origin, originId, channel: channel ?? '', days: creditDays };
}
type PartKey = 'by' | 'campaign' | 'journey' | 'channel' | 'creditDays';

/** What became of the messages of a period, told apart by one fact of theirs. */
export async function readMessageReport(
  deps: Pick<Deps, 'pg' | 'clock'>,
  workspace: number,
  query: Omit<MessageReportQuery, 'format' | 'locale'>,
): Promise<MessageReport> {
  const scope = await readScope(deps, workspace, query);
  const { current, before } = scope;
  const counted = await deps.pg.rows(countReport, {
    workspace,
    ...partOf(query),
    from: new Date(current.fromMs),
    to: new Date(current.toMs),
    beforeFrom: before === null ? never : new Date(before.fromMs),
    beforeTo: before === null ? never : new Date(before.toMs),
  });
  const lines = new Map<string, Line>();
  const total = newLine();
  for (const row of counted) {
    const line = lines.get(row.key) ?? newLine();
    lines.set(row.key, line);
    for (const each of [line, total]) addTo(row.current ? each.current : each.previous, row);
  }
  const compared = before !== null;
  const show = ({ current: now, previous }: Line) => ({ current: now, previous: compared ? previous : null });
  const { own, rest } = fold(query.by, lines);
  const names = await nameRows(
    deps.pg,
    workspace,
    query.by,
    own.map(([key]) => key),
  );
  return {
    ...about(scope, `messages.${query.by}`),
    creditDays: query.creditDays,
    total: show(total),
    rows: [
      ...own.map(([key, line]) => ({ key, name: names(key), ...show(line) })),
      ...(rest === null ? [] : [{ key: otherKey, name: null, ...show(rest) }]),
    ],
  };
}

interface Line {
  readonly current: MessageFigures;
  readonly previous: MessageFigures;
}

const noFigures = (): MessageFigures => ({
  sent: 0,
  delivered: 0,
  clicked: 0,
  converted: 0,
  orders: 0,
  revenue: 0,
  bounced: 0,
  unsubscribed: 0,
  complained: 0,
  opened: 0,
});
const newLine = (): Line => ({ current: noFigures(), previous: noFigures() });

type Counted = Readonly<Record<keyof MessageFigures, number | string>>;

const figureNames = [
  'sent',
  'delivered',
  'clicked',
  'converted',
  'orders',
  'bounced',
  'unsubscribed',
  'complained',
  'opened',
] as const;

function addTo(sum: MessageFigures, more: Counted): void {
  for (const name of figureNames) sum[name] += Number(more[name]);
  // Cents add up; the rest is how computers write them.
  sum.revenue = Math.round((sum.revenue + Number(more.revenue)) * 10_000) / 10_000;
}

/** The largest, and all others as one; domains of a few recipients are always among the others. */
function fold(
  by: MessageReportGroup,
  lines: ReadonlyMap<string, Line>,
): { readonly own: readonly (readonly [string, Line])[]; readonly rest: Line | null } {
  const sizeOf = ({ current, previous }: Line): number => current.sent || previous.sent / 1e12;
  const sorted = [...lines].toSorted(([a, one], [b, other]) => sizeOf(other) - sizeOf(one) || a.localeCompare(b));
  const isShown = ([, line]: readonly [string, Line]): boolean =>
    by !== 'domain' || line.current.sent + line.previous.sent >= fewRecipients;
  const own = sorted.filter(isShown).slice(0, listed);
  const kept = new Set(own.map(([key]) => key));
  const others = sorted.filter(([key]) => !kept.has(key));
  if (others.length === 0) return { own, rest: null };
  const rest = newLine();
  for (const [, line] of others) {
    addTo(rest.current, line.current);
    addTo(rest.previous, line.previous);
  }
  return { own, rest };
}

/** What the rows are called, where they stand for something that has a name. */
async function nameRows(
  pg: Pg,
  workspace: number,
  by: MessageReportGroup,
  keys: readonly string[],
): Promise<(key: string) => string | null> {
  if (by === 'channel' || by === 'provider' || by === 'domain') return () => null;
  const of = by === 'variant' ? 'campaign' : by === 'step' ? 'journey' : by;
  const idOf = (key: string): number => Number.parseInt(key, 10) || 0;
  const ids = [...new Set(keys.map(idOf))];
  const [things, steps] = await Promise.all([
    pg.rows(nameReportRows, { workspace, of, ids }),
    by === 'step' ? pg.rows(nameReportSteps, { workspace, ids }) : NO_STEPS,
  ]);
  const nameOf = new Map(things.map(({ id, name }) => [id, name]));
  const labelOf = new Map(steps.map(({ id, step, label }) => [`${id}/${step}`, label]));
  return (key) => {
    const name = nameOf.get(idOf(key)) ?? null;
    const part = key.slice(key.indexOf('/') + 1);
    if (name === null || of === by || part === '') return name;
    return `${name} · ${labelOf.get(key) ?? part}`;
  };
}
const NO_STEPS: readonly PgRow<typeof nameReportSteps.row>[] = [];
