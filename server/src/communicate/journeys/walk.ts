import { type Channel, type JourneyDefinition, type JourneyNode, type RunEndReason, waysOf } from '@vitrail/contracts';
import type { Json, JsonObject } from '../../platform/index.ts';
import { contextJson, failingFact, type RunContext, valueAt } from './matchFacts.ts';
import { pickWeighted, stableShare } from './stableShare.ts';
import { type Waiter, waitUntil } from './waits.ts';

/** A run as it is about to go on. */
export interface Walker {
  readonly journey: number;
  readonly definition: JourneyDefinition;
  /** The row that entered: chance falls the same way for it every time. */
  readonly profile: number;
  readonly node: string;
  /** Its time is over: the wait it stands in has ended. */
  readonly waiting: boolean;
  readonly context: RunContext;
  /** Steps recorded so far. */
  readonly steps: number;
  readonly zone: string;
  readonly traits: JsonObject;
}

/** What only the stores know, by step: the way of a split, a code, the branch that won. */
export interface Answers {
  /** Index of the branch of a split by condition; -1: otherwise. */
  readonly branches?: { readonly [node: string]: number };
  /** Whether the message was what the split asks. */
  readonly fates?: { readonly [node: string]: boolean };
  /** The branch everybody takes by now; null: none yet. */
  readonly winners?: { readonly [node: string]: number | null };
  /** The variation that an experiment gives; null: not in it. */
  readonly variations?: { readonly [node: string]: string | null };
  /** The code of a coupon step; null: there is none left. */
  readonly coupons?: { readonly [node: string]: string | null };
}

export interface Step {
  readonly node: string;
  readonly kind: JourneyNode['kind'] | 'run';
  readonly outcome: string;
  /** Where to; '' leaves; null stays. */
  readonly to: string | null;
  /** Which of several ways. */
  readonly way: string;
  readonly detail: JsonObject;
}

export type Effect =
  | {
      readonly kind: 'message';
      readonly node: string;
      /** Number of the step in its run: tells two visits of one message apart. */
      readonly seq: number;
      readonly channel: Channel;
      readonly template: string;
      readonly purpose: string;
      readonly transactional: boolean;
      readonly priority: number;
      readonly address: string | null;
    }
  | { readonly kind: 'traits'; readonly seq: number; readonly traits: JsonObject }
  | { readonly kind: 'list'; readonly list: string; readonly change: 'add' | 'remove' }
  | { readonly kind: 'enter'; readonly seq: number; readonly journey: string };

export interface Walk {
  readonly steps: readonly Step[];
  readonly effects: readonly Effect[];
  readonly context: RunContext;
  readonly end:
    | { readonly kind: 'waits'; readonly node: string; readonly due: Date }
    | { readonly kind: 'ended'; readonly reason: RunEndReason }
    /** Goes on as soon as this step is answered. */
    | { readonly kind: 'asks'; readonly node: string };
}

/** More steps at once than any journey has: whatever goes round is stopped. */
const mostSteps = 500;

/** Goes on from where a run stands until it waits, ends or has to ask. Pure: the same every time. */
export function walk(walker: Walker, answers: Answers, now: Date): Walk {
  const { definition } = walker;
  const steps: Step[] = [];
  const effects: Effect[] = [];
  let { context, node: id, waiting } = walker;
  let traits = walker.traits;
  const done = (end: Walk['end']): Walk => ({ steps, effects, context, end });
  const take = (node: JourneyNode, outcome: string, to: string, way = '', detail: JsonObject = {}): void => {
    steps.push({ node: id, kind: node.kind, outcome, to, way, detail });
    id = to;
    waiting = false;
  };

  while (steps.length < mostSteps) {
    const node = definition.nodes[id];
    const seq = walker.steps + steps.length;
    if (node === undefined) {
      steps.push({ node: id, kind: 'run', outcome: 'ended', to: '', way: '', detail: { reason: 'step_gone' } });
      return done({ kind: 'ended', reason: 'step_gone' });
    }
    switch (node.kind) {
      case 'exit':
        steps.push({ node: id, kind: 'exit', outcome: 'ended', to: '', way: '', detail: {} });
        return done({ kind: 'ended', reason: 'finished' });
      case 'message':
        effects.push({ ...node, kind: 'message', node: id, seq, address: null });
        take(node, 'queued', node.next, '', { channel: node.channel, template: node.template });
        break;
      case 'webhook':
        effects.push({ ...hook, kind: 'message', node: id, seq, template: node.template, address: node.url });
        take(node, 'queued', node.next, '', { channel: 'webhook' });
        break;
      case 'wait': {
        const waiter: Waiter = { zone: walker.zone, traits, run: contextJson(context) };
        if (waiting) {
          const event = node.until.kind === 'event' ? node.until : null;
          if (event === null) take(node, 'waited', node.next);
          else take(node, 'timed_out', event.otherwise, 'timeout');
          break;
        }
        const due = waitUntil(node.until, waiter, now);
        if (due === null) {
          take(node, 'sent_on', node.next, '', { because: 'no_date' });
          break;
        }
        steps.push({
          node: id,
          kind: 'wait',
          outcome: 'waits',
          to: null,
          way: '',
          detail: { until: due.toISOString() },
        });
        return done({ kind: 'waits', node: id, due });
      }
      case 'split': {
        const way = chooseWay(walker, id, node, context, answers);
        if (way === null) return done({ kind: 'asks', node: id });
        const chosen = waysOf(node)[way];
        take(node, 'branch', chosen?.to ?? '', chosen?.name ?? '', { way: chosen?.name ?? '' });
        break;
      }
      case 'update': {
        const run = contextJson(context);
        const set = Object.fromEntries(
          node.traits.flatMap(({ trait, op, value }): [string, Json][] => {
            const given = typeof value === 'object' ? valueAt(run, value.run) : value;
            if (given === undefined) return [];
            return [[trait, op === 'add' ? (Number(traits[trait]) || 0) + (Number(given) || 0) : given]];
          }),
        );
        traits = { ...traits, ...set };
        effects.push({ kind: 'traits', seq, traits: set });
        take(node, 'updated', node.next, '', { traits: Object.keys(set) });
        break;
      }
      case 'list':
        effects.push({ kind: 'list', list: node.list, change: node.change });
        take(node, 'listed', node.next, '', { list: node.list, change: node.change });
        break;
      case 'coupon': {
        const code = answers.coupons?.[id];
        if (code === undefined) return done({ kind: 'asks', node: id });
        if (code !== null) context = { ...context, coupons: { ...context.coupons, [id]: code } };
        take(node, code === null ? 'no_coupon' : 'coupon', node.next, '', { offer: node.offer });
        break;
      }
      case 'journey':
        effects.push({ kind: 'enter', seq, journey: node.journey });
        take(node, 'sent_on', node.next, '', { journey: node.journey });
        break;
    }
  }
  steps.push({ node: id, kind: 'run', outcome: 'ended', to: '', way: '', detail: { reason: 'step_gone' } });
  return done({ kind: 'ended', reason: 'step_gone' });
}

const hook = { channel: 'webhook', purpose: 'marketing', transactional: true, priority: 0 } as const;

/** Index among the ways of a split; null when the stores have to be asked. */
function chooseWay(
  { journey, profile }: Walker,
  id: string,
  { split }: Extract<JourneyNode, { kind: 'split' }>,
  context: RunContext,
  answers: Answers,
): number | null {
  switch (split.by) {
    case 'condition': {
      const branch = answers.branches?.[id];
      return branch === undefined ? null : branch < 0 ? split.branches.length : branch;
    }
    case 'run': {
      const run = contextJson(context);
      const branch = split.branches.findIndex(({ where }) => failingFact(where, run, run) === null);
      return branch < 0 ? split.branches.length : branch;
    }
    case 'experiment': {
      const given = answers.variations?.[id];
      if (given === undefined) return null;
      const branch = split.branches.findIndex(({ variation }) => variation === given);
      return branch < 0 ? split.branches.length : branch;
    }
    case 'message': {
      const was = answers.fates?.[id];
      return was === undefined ? null : was ? 0 : 1;
    }
    case 'random': {
      if (split.winner !== undefined) {
        const winner = answers.winners?.[id];
        if (winner === undefined) return null;
        if (winner !== null) return winner;
      }
      const weights = split.branches.map(({ weight }) => weight);
      return pickWeighted(weights, stableShare(`${journey}/${id}/${profile}`));
    }
  }
}
