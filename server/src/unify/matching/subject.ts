import type { MatchKind, MatchSettings, MatchSide, ReviewDetail } from '@vitrail/contracts';
import type { Pipeline } from '../../collect/index.ts';
import type { Deps, Pg } from '../../platform/index.ts';
import type { MergeOutcome, WantedMerge } from '../merges/joinCustomers.ts';
import type { MatchEngine } from './engine/index.ts';
import type { RecordFields } from './records/personRecord.ts';
import type { RecordSource } from './records/subject.ts';

/** What the rooms after this one know of people and this one must not import; handed in by `app/`. */
export interface SegmentsOfPeople {
  /** Sizes of live segments now, and with each group of customers counted as one. */
  countAfter(
    workspace: number,
    groups: readonly (readonly number[])[],
  ): Promise<{ id: string; name: string; before: number; after: number }[]>;
  /** The segments that these customers are in. */
  listOf(workspace: number, profiles: readonly number[]): Promise<{ profile: number; id: string; name: string }[]>;
}

export interface MatchDeps extends Pick<Deps, 'pg' | 'ch' | 'clock' | 'log'> {
  readonly pipeline: Pick<Pipeline, 'change'>;
  readonly engine: MatchEngine;
  /** The built-in comparisons and blocking rules. */
  readonly defaults: (kind: MatchKind) => MatchSettings;
  readonly segments: SegmentsOfPeople;
  /** Names of the people who work here, by user id; those who left are absent. */
  readonly namesOf: (users: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** A record as it is now, or (with `before`) as it was before a merge. */
export interface AskedSide {
  readonly id: number;
  readonly before: number | null;
}

/** Runs in the transaction that joins or takes apart, so that neither stands without the other. */
type Also<T> = (tx: Pg, result: T) => Promise<void>;

/** People or companies: everything about them that matching does not do the same way for both. */
export interface MatchSubject extends RecordSource {
  /** Pairs of records, as they stand now, that somebody said are not the same: all of them, or those within `among`. */
  apart(pg: Pg, workspace: number, among?: readonly number[]): Promise<(readonly [number, number])[]>;
  /** Where these records stand now; those that are gone are left out. */
  roots(pg: Pg, workspace: number, ids: readonly number[]): Promise<Map<number, number>>;
  /** What joining these pairs in this order would come to. */
  foresee(
    pg: Pg,
    workspace: number,
    pairs: readonly { readonly left: number; readonly right: number }[],
  ): Promise<readonly MergeOutcome['outcome'][]>;
  join(
    deps: MatchDeps,
    workspace: number,
    wanted: readonly WantedMerge[],
    also: Also<readonly MergeOutcome[]>,
  ): Promise<void>;
  /** Undoes merges, exactly. Says which ones there are inside the transaction; returns how many that were. */
  cut(
    deps: MatchDeps,
    workspace: number,
    actor: string,
    choose: (tx: Pg) => Promise<readonly { id: number; loser_id: number }[]>,
    also: Also<void>,
  ): Promise<number>;
  /** Merges of a run that stand, newest first. */
  standingMerges(
    tx: Pg,
    workspace: number,
    run: number,
    limit: number,
  ): Promise<{ id: number; winner_id: number; loser_id: number }[]>;
  keepApart(tx: Pg, workspace: number, pair: readonly [number, number], at: Date, actor: string): Promise<void>;
  /** Takes such a mark back, if this actor's decision at this moment made it. */
  allowAgain(tx: Pg, workspace: number, pair: readonly [number, number], at: Date): Promise<void>;
  /** How lists show these records, with all that hangs below each. Those that are gone are left out. */
  sides(pg: Pg, workspace: number, asked: readonly AskedSide[]): Promise<Map<number, MatchSide>>;
  /** The fields of two records, as they are compared. */
  recordsOf(
    pg: Pg,
    workspace: number,
    pair: readonly [AskedSide, AskedSide],
  ): Promise<readonly [RecordFields, RecordFields]>;
  /** Net revenue in the base currency; 0 where there is none. */
  values(pg: Pg, workspace: number, ids: readonly number[]): Promise<Map<number, number>>;
  /** What a merge of the two would change, for the review page. */
  consequences(
    deps: MatchDeps,
    workspace: number,
    pair: readonly [AskedSide, AskedSide],
  ): Promise<Pick<ReviewDetail, 'events' | 'totals' | 'consents' | 'segments' | 'household'>>;
}

export const pairOf = (a: number, b: number): readonly [number, number] => (a < b ? [a, b] : [b, a]);
