import { type ScoreDefinition, type ScoreSignal, scoreDefinitionSchema } from '@vitrail/contracts';

/** What a signal can be made of; the ways a reader looks for them. */
export const signalKinds = ['event', 'order', 'trait', 'consent', 'identifier', 'profile'] as const;
export type SignalKind = (typeof signalKinds)[number];

/** A signal with a key of its own, so that rows keep their fields when others go. */
export interface DraftSignal {
  readonly key: number;
  readonly signal: ScoreSignal;
}

const repeated = { halfLifeDays: null, withinDays: null, cap: null } as const;

/** A signal to begin with. */
export function newSignal(kind: SignalKind, name: string): ScoreSignal {
  switch (kind) {
    case 'event':
      return { kind, name, points: 5, match: { type: 'track', events: [], where: [] }, ...repeated, halfLifeDays: 30 };
    case 'order':
      return { kind, name, points: 10, match: { where: [], lines: [] }, ...repeated, halfLifeDays: 90 };
    case 'trait':
      return { kind: 'fact', name, points: 5, test: { kind, trait: '', test: { type: 'text', op: 'is', value: '' } } };
    case 'consent':
      return { kind: 'fact', name, points: 5, test: { kind, purpose: 'email', is: 'granted' } };
    case 'identifier':
      return { kind: 'fact', name, points: 5, test: { kind, namespace: 'loyalty_card', present: true } };
    case 'profile':
      return {
        kind: 'fact',
        name,
        points: 5,
        test: { kind, field: 'first_seen', test: { op: 'in_last', n: 30, unit: 'day' } },
      };
  }
}

/** What a new score begins with: how much somebody cares at the moment. */
export const startDefinition = (names: {
  visits: string;
  carts: string;
  orders: string;
  cold: string;
  warm: string;
  hot: string;
}): ScoreDefinition =>
  scoreDefinitionSchema.parse({
    signals: [
      { kind: 'event', name: names.visits, match: { type: 'page' }, points: 1, halfLifeDays: 14, cap: 20 },
      { kind: 'event', name: names.carts, match: { events: ['Product Added'] }, points: 5, halfLifeDays: 14, cap: 30 },
      { kind: 'order', name: names.orders, points: 10, halfLifeDays: 90, cap: 50 },
    ],
    min: 0,
    max: 100,
    levels: [
      { name: names.cold, from: 1 },
      { name: names.warm, from: 20 },
      { name: names.hot, from: 50 },
    ],
  });

export const draftOf = ({ signals }: Pick<ScoreDefinition, 'signals'>): DraftSignal[] =>
  signals.map((signal, index) => ({ key: index + 1, signal }));

export const nextKey = (signals: readonly DraftSignal[]): number => Math.max(0, ...signals.map(({ key }) => key)) + 1;

/** The definition when it can be asked, else null: something is still being typed. */
export function definitionOf(draft: {
  readonly signals: readonly DraftSignal[];
  readonly min: number | null;
  readonly max: number | null;
  readonly levels: ScoreDefinition['levels'];
}): ScoreDefinition | null {
  const parsed = scoreDefinitionSchema.safeParse({ ...draft, signals: draft.signals.map(({ signal }) => signal) });
  return parsed.success ? parsed.data : null;
}
