import { Fault, type FaultKind } from '../../platform/index.ts';

/** Why the door refused a request. Closed: each is counted per source and explained in the console. */
export const refusalReasons = [
  /** The request names no write key. */
  'no_key',
  /** The write key is unknown or revoked. */
  'unknown_key',
  /** There is no body. */
  'empty',
  /** The body starts like gzip and cannot be unpacked. */
  'broken_gzip',
  /** The body is larger than a batch may be. */
  'too_large',
  /** Objects and arrays are nested too deep. */
  'too_deep',
  /** The body is not JSON. */
  'broken_json',
  /** The body is JSON of another shape: not an object, or a batch without the list `batch`. */
  'wrong_shape',
  /** A call is larger than one may be. */
  'event_too_large',
  /** The batch holds too many calls. */
  'too_many_events',
  /** A call lacks what its type needs, or a part of it has the wrong type. */
  'invalid_event',
  /** We cannot store it now: too much is waiting, or PostgreSQL does not answer. Nothing is wrong with the request. */
  'busy',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** One wrong value: where it is, as a JSON pointer into the body, and what to do about it. */
export interface Flaw {
  readonly field: string;
  readonly problem: string;
}

/** The whole request is refused; nothing of it is kept. */
export interface Refusal {
  readonly refused: Exclude<RefusalReason, 'busy'>;
  readonly detail: string;
  /** Positions in `batch` of the calls that are wrong, and what is wrong with the first hundred. */
  readonly indexes?: readonly number[];
  readonly flaws?: readonly Flaw[];
}

const kinds: Readonly<Record<Refusal['refused'], FaultKind>> = {
  no_key: 'unauthenticated',
  unknown_key: 'unauthenticated',
  empty: 'invalid',
  broken_gzip: 'invalid',
  too_large: 'too_large',
  too_deep: 'invalid',
  broken_json: 'invalid',
  wrong_shape: 'invalid',
  event_too_large: 'invalid',
  too_many_events: 'too_large',
  invalid_event: 'invalid',
};

/** The refusal as the error the edge turns into problem+json. Holds positions and field names, never values. */
export function faultOf(refusal: Refusal): Fault {
  const { refused, detail, indexes, flaws } = refusal;
  return new Fault(kinds[refused], `collect.${refused}`, detail, {
    details: {
      ...(indexes === undefined ? {} : { indexes }),
      ...(flaws === undefined ? {} : { errors: flaws.map((flaw) => ({ in: 'body', ...flaw })) }),
    },
  });
}
