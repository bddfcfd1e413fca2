import type { ProfileEvent } from '@vitrail/contracts';

const causes = ['event', 'time', 'merge', 'definition', 'list', 'recompute'] as const;

/** An entry into a segment or an exit, as Vitrail itself writes them on the timeline. */
export interface MembershipChange {
  readonly direction: 'entered' | 'exited';
  readonly name: string;
  readonly cause: (typeof causes)[number] | null;
}

/** Null for every other event. A segment without a name is called by its number. */
export function membershipOf({ type, event, properties }: Pick<ProfileEvent, 'type' | 'event' | 'properties'>) {
  if (type !== 'segment') return null;
  const { segment_id: id, segment_name: name } = properties;
  const change: MembershipChange = {
    direction: event === 'Segment Exited' ? 'exited' : 'entered',
    name: typeof name === 'string' && name !== '' ? name : typeof id === 'string' ? `#${id}` : '',
    cause: causes.find((one) => one === properties.cause) ?? null,
  };
  return change;
}
