import type { JourneyDefinition, JourneyHappening } from '@vitrail/contracts';
import { keyOfHappening } from './catalog.ts';
import { type Ledger, type Run, tallies } from './ledger.ts';
import { addDuration } from './localTime.ts';
import { contextJson, failingFact, type HappenedEvent } from './matchFacts.ts';

/** Something that happened, with the key under which it was told. */
export interface Heard {
  readonly key: string;
  readonly event: HappenedEvent;
}

/** Whether it is this, of this run: its facts may compare with what the run knows. */
function isIt(when: JourneyHappening, { key, event }: Heard, run: Pick<Run, 'context'>): boolean {
  if (keyOfHappening(when) !== key) return false;
  return when.kind === 'segment' || failingFact(when.where, { ...event }, contextJson(run.context)) === null;
}

/**
 * A run hears of an event: its goal, what ends it, what it waits for, in this order. What happened before the run began is
 * none of it, however late it arrives.
 */
export function hearEvent(ledger: Ledger, run: Run, definition: JourneyDefinition, heard: Heard, now: Date): void {
  const at = new Date(heard.event.at);
  const began = new Date(run.context.event?.at ?? run.enteredAt);
  if (at < began) return;
  const { goal, exits } = definition;
  if (goal !== undefined && run.goalAt === null && isIt(goal.when, heard, run)) {
    if (at <= addDuration(began, goal.within, 'UTC')) {
      run.goalAt = at;
      const holdout = run.state === 'holdout';
      ledger.note(run, {
        node: run.node ?? '',
        kind: 'run',
        outcome: 'goal',
        to: null,
        way: '',
        detail: { event: heard.event.name },
      });
      ledger.count(run.journey, '', holdout ? tallies.holdoutGoal : tallies.goal);
      if (goal.exit && run.state !== 'done') {
        ledger.end(run, 'goal', { event: heard.event.name });
        return;
      }
    }
  }
  const index = exits.findIndex((exit) => isIt(exit, heard, run));
  if (index >= 0 && run.state === 'active') {
    ledger.end(run, 'exit_rule', { rule: index, event: heard.event.name });
    return;
  }
  // It came to its end, and its last message may wait for the morning: that one does not go out any more either.
  if (run.state === 'done' && (index >= 0 || run.goalAt !== null)) ledger.cancel(run);
  if (run.state !== 'active') return;
  const node = run.node === null ? undefined : definition.nodes[run.node];
  if (run.node === null || !run.waiting || node?.kind !== 'wait' || node.until.kind !== 'event') return;
  const { type, event, where } = node.until;
  if (!isIt({ kind: 'event', type, event, where }, heard, run)) return;
  ledger.note(run, {
    node: run.node,
    kind: 'wait',
    outcome: 'happened',
    to: node.next,
    way: 'yes',
    detail: { event: heard.event.name },
  });
  run.context = { ...run.context, events: { ...run.context.events, [run.node]: heard.event } };
  Object.assign(run, { node: node.next, waiting: false, due: now });
}
