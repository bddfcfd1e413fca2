import type { JourneyDefinitionInput } from '@vitrail/contracts';

type Nodes = JourneyDefinitionInput['nodes'];
export type NodeInput = Nodes[string];

/** A message by e-mail; the template is chosen when the journey is taken. */
export const mail = (next: string, purpose = 'marketing'): NodeInput => ({
  kind: 'message',
  channel: 'email',
  template: '',
  purpose,
  next,
});

export const wait = (n: number, unit: 'minute' | 'hour' | 'day' | 'week' | 'month', next: string): NodeInput => ({
  kind: 'wait',
  until: { kind: 'duration', n, unit },
  next,
});

export const end: NodeInput = { kind: 'exit' };

/** Whoever buys has what the journey was for. */
export const boughtGoal: JourneyDefinitionInput['goal'] = {
  when: { kind: 'event', event: 'Order Completed' },
  within: { n: 7, unit: 'day' },
  exit: true,
};
