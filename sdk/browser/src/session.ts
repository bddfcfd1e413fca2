/** A visit: it ends after half an hour without a call, or when another campaign brings the visitor. */
export interface Session {
  readonly id: string;
  readonly last: number;
  /** What brought the visitor, as one text to compare; '' for nothing. */
  readonly origin: string;
  /** True for the call that begins it. */
  readonly fresh: boolean;
}

export const sessionSeconds = 1_800;

/** `id.last.origin` with times in base 36 seconds, short enough for a cookie. */
export const writeSession = ({ id, last, origin }: Session): string => `${id}.${last.toString(36)}.${origin}`;

export function readSession(text: string | null): Session | null {
  const [id = '', lastText = '', origin = ''] = text?.split('.') ?? [];
  const last = Number.parseInt(lastText, 36);
  return id === '' || Number.isNaN(last) ? null : { id, last, origin, fresh: false };
}

/** A short text, fit for a cookie, that differs when the campaign does. */
export const nameOrigin = (parts: readonly string[]): string => parts.join('').replace(/\W/g, '').slice(-40);

/** The session of a call at `now` (seconds). A clock that was put back does not make a session last for ever. */
export function continueSession(
  before: Session | null,
  call: { readonly now: number; readonly origin: string; readonly newId: string },
): Session {
  const { now, origin, newId } = call;
  const idle = before === null ? 0 : Math.abs(now - before.last);
  if (before === null || idle > sessionSeconds || (origin !== '' && origin !== before.origin))
    return { id: newId, last: now, origin, fresh: true };
  return { ...before, last: now, fresh: false };
}
