import type { ConsentStanding, LawfulBasis } from '@vitrail/contracts';

/** How one profile row stands on a purpose and a channel ('' for every channel). */
export interface ConsentStateRow {
  readonly purpose: string;
  readonly channel: string;
  readonly consent_id: number;
  readonly state: string;
  readonly basis: LawfulBasis;
  readonly at: Date;
  readonly expires_at: Date | null;
  readonly source: ConsentStanding['source'];
}

/** What the profile rows of one customer say. */
export interface CustomerStates {
  readonly rows: readonly ConsentStateRow[];
  /** When rows were last joined because they look alike, not by an identifier: it may be two people. */
  readonly doubtedAt: Date | null;
}

/**
 * Whether a customer allows a purpose on a channel, from all their profile rows, and why: the newest statement counts,
 * about this channel or about all of them; at the same instant a refusal. Where it may be two people, a refusal of either
 * counts until a yes is newer than their merge (docs/adr/0057). Whoever never said anything allows nothing. The gate asks
 * the same in SQL (`decideMessages`).
 */
export function standingOf(
  states: CustomerStates,
  asked: {
    readonly purpose: string;
    readonly channel: string;
    readonly bases: readonly LawfulBasis[];
    readonly now: Date;
  },
): ConsentStanding {
  const { purpose, channel, bases, now } = asked;
  const said = states.rows.filter((row) => row.purpose === purpose && (row.channel === channel || row.channel === ''));
  const newest = whatCounts(said, states.doubtedAt);
  if (newest === null) {
    const nothing = { basis: null, at: null, expiresAt: null, source: null, entry: null };
    return { purpose, channel, state: 'unknown', allowed: false, why: 'never_asked', ...nothing };
  }
  const { basis } = newest;
  return {
    purpose,
    channel,
    ...judge(newest, bases, now),
    basis,
    at: newest.at.toISOString(),
    expiresAt: newest.expires_at?.toISOString() ?? null,
    source: newest.source,
    entry: newest.consent_id,
  };
}

function whatCounts(said: readonly ConsentStateRow[], doubtedAt: Date | null): ConsentStateRow | null {
  const newest = newestOf(said);
  if (newest === null || newest.state === 'denied' || doubtedAt === null || newest.at > doubtedAt) return newest;
  return newestOf(said.filter(({ state }) => state === 'denied')) ?? newest;
}

const newestOf = (rows: readonly ConsentStateRow[]): ConsentStateRow | null =>
  rows.reduce<ConsentStateRow | null>((best, row) => (best === null || outweighs(row, best) ? row : best), null);

function outweighs(row: ConsentStateRow, best: ConsentStateRow): boolean {
  const difference = row.at.getTime() - best.at.getTime();
  if (difference !== 0) return difference > 0;
  if ((row.state === 'denied') !== (best.state === 'denied')) return row.state === 'denied';
  return row.consent_id > best.consent_id;
}

function judge(
  { state, basis, expires_at }: ConsentStateRow,
  bases: readonly LawfulBasis[],
  now: Date,
): Pick<ConsentStanding, 'state' | 'allowed' | 'why'> {
  if (state === 'pending') return { state: 'pending', allowed: false, why: 'not_confirmed' };
  if (state !== 'granted')
    return expires_at === null
      ? { state: 'denied', allowed: false, why: 'refused' }
      : { state: 'paused', allowed: false, why: 'paused' };
  if (expires_at !== null && expires_at <= now) return { state: 'expired', allowed: false, why: 'expired' };
  if (!bases.includes(basis)) return { state: 'granted', allowed: false, why: 'basis_not_accepted' };
  return { state: 'granted', allowed: true, why: basis === 'consent' ? 'granted' : basis };
}
