import type {
  MatchBand,
  MatchDiagnosis,
  MatchExplanation,
  MatchModel,
  MatchSettings,
  MatchThresholds,
} from '@vitrail/contracts';
import type { Ch, ChType } from '../../../platform/index.ts';

/**
 * Where a matcher works: ClickHouse tables whose names begin with `prefix` (letters, digits, underscores; one for each
 * workspace and kind). `prepareRecords` makes them, `dropMatchTables` removes them.
 */
export interface MatchSpace {
  readonly ch: Pick<Ch, 'rows' | 'run'>;
  readonly prefix: string;
}

export type MatchStage = 'prepare' | 'block' | 'compare' | 'fit' | 'score' | 'cluster';

/** How a long call is watched and stopped. Aborting rejects with the signal's reason; what was written is replaced by a repeat. */
export interface MatchWork {
  readonly signal?: AbortSignal | undefined;
  /** `done` of `total` steps of the stage. */
  readonly progress?: ((stage: MatchStage, done: number, total: number) => void) | undefined;
  /** Threads of ClickHouse (default 2) and memory of one query in bytes (default 1.2 GB). */
  readonly threads?: number | undefined;
  readonly memory?: number | undefined;
  /** Records whose values are counted at once (default a million): what that takes in memory does not grow with the file. */
  readonly recordsAtOnce?: number | undefined;
}

/**
 * The raw records: a query whose rows have `record_id` (UInt64 below 2^53, not 0), `source` (UInt8; 0 unless records of
 * several files are linked) and every field of the settings as text, '' when blank. People: first_name, last_name,
 * birth_date, email, phone, street, postal_code, city, country and identifiers. Companies: name, street, postal_code,
 * city, country, domain, registration, phone, email. Values come as they are written: the engine normalises.
 */
export interface RecordQuery {
  readonly text: string;
  readonly types: Readonly<Record<string, ChType>>;
  readonly values: Readonly<Record<string, string | number | boolean | readonly number[] | readonly string[]>>;
}

export interface PreparedSummary {
  readonly records: number;
}

export interface BlockSummary {
  /** Pairs proposed by at least one rule, after caps. All are compared. */
  readonly pairs: number;
}

/** A pair as scored: `left` < `right`. Weights in bits; the probability is 1 / (1 + 2^-weight + 2^-householdWeight). */
export interface ScoredPair {
  readonly left: number;
  readonly right: number;
  readonly weight: number;
  readonly householdWeight: number;
  readonly probability: number;
  readonly band: MatchBand;
  /** Level of each comparison of the model, in its order. */
  readonly levels: readonly number[];
}

export interface ScoreSummary {
  readonly pairs: number;
  readonly auto: number;
  readonly review: number;
}

export interface ClusterRules {
  /** Pairs a person said are not the same: no cluster holds both. */
  readonly cannotLink: readonly (readonly [number, number])[];
  /** Pairs a person said are the same: joined before any other. */
  readonly mustLink: readonly (readonly [number, number])[];
  readonly thresholds: MatchThresholds;
  readonly largestCluster: number;
}

/** Why a pair of the automatic band was not joined. */
export type Veto = 'cannot_link' | 'exclusive_differs' | 'birth_dates_apart' | 'too_large' | 'weak_chain';

export interface ClusterResult {
  /** Clusters of two records and more; members ascending, clusters by first member. */
  readonly clusters: readonly (readonly number[])[];
  /** The pairs that joined them, strongest first: as many as members less clusters. */
  readonly joins: readonly { readonly left: number; readonly right: number; readonly weight: number }[];
  /** Pairs above the automatic threshold that were left apart, for a person to look at. */
  readonly refused: readonly { readonly left: number; readonly right: number; readonly veto: Veto }[];
}

export interface Household {
  /** People of the household: each is a record, or the records of one cluster. Members ascending. */
  readonly members: readonly number[];
}

/** The functions of the engine, as `engine/index.ts` exports them. */
export interface MatchEngine {
  dropMatchTables(space: MatchSpace): Promise<void>;
  /** Replaces all records. A repeat gives the same. */
  prepareRecords(
    space: MatchSpace,
    settings: MatchSettings,
    records: RecordQuery,
    work?: MatchWork,
  ): Promise<PreparedSummary>;
  /** Adds or replaces only the records of the query; those in `removed` are taken out. Milliseconds for a few. */
  updateRecords(
    space: MatchSpace,
    settings: MatchSettings,
    records: RecordQuery,
    removed: readonly number[],
    work?: MatchWork,
  ): Promise<void>;
  /** Proposes pairs and compares them field by field (no model needed). `linkOnly`: only pairs of different sources. */
  blockPairs(
    space: MatchSpace,
    settings: MatchSettings,
    options: { readonly linkOnly?: boolean },
    work?: MatchWork,
  ): Promise<BlockSummary>;
  /** Estimates a model from the compared pairs. The same records give the same model. */
  fitModel(
    space: MatchSpace,
    settings: MatchSettings,
    work?: MatchWork,
    options?: { readonly linkOnly?: boolean },
  ): Promise<MatchModel>;
  /**
   * Writes the table `<prefix>_pairs` (left, right, weight, household_weight, probability, housemates, band, pattern):
   * pairs from probability 0.0001, and those that are probably housemates.
   */
  scorePairs(
    space: MatchSpace,
    model: MatchModel,
    thresholds: MatchThresholds,
    work?: MatchWork,
  ): Promise<ScoreSummary>;
  /** The pairs of a few records with everyone, from probability `least` upwards (default 0.01), strongest first. */
  scoreRecords(
    space: MatchSpace,
    model: MatchModel,
    ids: readonly number[],
    options?: { readonly least?: number; readonly signal?: AbortSignal },
  ): Promise<readonly ScoredPair[]>;
  clusterPairs(space: MatchSpace, model: MatchModel, rules: ClusterRules, work?: MatchWork): Promise<ClusterResult>;
  /** Null when one of the records is not there. */
  explainPair(space: MatchSpace, model: MatchModel, left: number, right: number): Promise<MatchExplanation | null>;
  /** Who lives together: records joined by household links, `clusters` counting as one member each. */
  householdsOf(
    space: MatchSpace,
    model: MatchModel,
    clusters: readonly (readonly number[])[],
    work?: MatchWork,
  ): Promise<readonly Household[]>;
  /** What to know of the prepared records. With a model also who has too little to ever reach its automatic threshold. */
  diagnose(space: MatchSpace, settings: MatchSettings, work?: MatchWork, model?: MatchModel): Promise<MatchDiagnosis>;
}
