import type { ConsentStanding, LawfulBasis } from '@vitrail/contracts';

/** What a person asked for in the preference centre. */
export interface Wish {
  readonly kind: 'save' | 'none' | 'pause';
  /** Of a pause that has something to pause. */
  readonly until: Date | null;
  readonly changes: readonly {
    readonly purpose: string;
    readonly channel: string;
    readonly granted: boolean;
    readonly basis: LawfulBasis | null;
    /** A refusal that ends by itself. */
    readonly until: Date | null;
  }[];
}

const pauseDays: Readonly<Record<string, number>> = { pause30: 30, pause90: 90 };

/**
 * The form against how things stand. Saving says only what differs; "refuse everything" says it of everything that is
 * asked, a pause of every message that would come.
 */
export function choicesOf(form: URLSearchParams, matrix: readonly ConsentStanding[], now: Date): Wish {
  const action = form.get('do') ?? 'save';
  const days = pauseDays[action];
  if (days !== undefined) {
    const until = new Date(now.getTime() + days * 86_400_000);
    const coming = matrix.filter(({ purpose, allowed }) => purpose === 'marketing' && allowed);
    const changes = coming.map(({ purpose, channel, basis }) => ({ purpose, channel, granted: false, basis, until }));
    return { kind: 'pause', until: changes.length > 0 ? until : null, changes };
  }
  const change = ({ purpose, channel, basis }: ConsentStanding, granted: boolean) => ({
    purpose,
    channel,
    granted,
    basis,
    until: null,
  });
  if (action === 'none')
    return {
      kind: 'none',
      until: null,
      changes: matrix.filter(({ state }) => state !== 'denied').map((standing) => change(standing, false)),
    };
  const shown = new Set(form.getAll('shown'));
  const on = new Set(form.getAll('on'));
  return {
    kind: 'save',
    until: null,
    changes: matrix.flatMap((standing) => {
      const name = `${standing.purpose}/${standing.channel}`;
      if (!shown.has(name)) return [];
      const wanted = on.has(name);
      const is = standing.allowed || standing.state === 'paused';
      if (wanted !== is) return [change(standing, wanted)];
      // Left as it was: a box nobody ever ticked is no refusal, one that waits for a confirmation still waits.
      return [];
    }),
  };
}
