import type { Json, JsonObject } from '../../platform/index.ts';
import type { Range } from '../assignment/index.ts';

/** Flags as GrowthBook's SDKs read them (its FeatureApiResponse, specification 0.7.1); what our own evaluator reads too. */
export interface FeatureFilter {
  readonly seed: string;
  readonly ranges: readonly Range[];
  readonly attribute?: string;
  readonly hashVersion?: number;
}
export interface FeatureRule {
  readonly id?: string;
  readonly condition?: JsonObject;
  readonly parentConditions?: readonly {
    readonly id: string;
    readonly condition: JsonObject;
    readonly gate?: boolean;
  }[];
  readonly filters?: readonly FeatureFilter[];
  readonly force?: Json;
  readonly coverage?: number;
  readonly range?: Range;
  readonly seed?: string;
  readonly hashAttribute?: string;
  readonly fallbackAttribute?: string;
  readonly hashVersion?: number;
  readonly key?: string;
  readonly variations?: readonly Json[];
  readonly weights?: readonly number[];
  readonly ranges?: readonly Range[];
  readonly namespace?: readonly [string, number, number];
  readonly meta?: readonly { readonly key?: string; readonly name?: string; readonly passthrough?: boolean }[];
  readonly disableStickyBucketing?: boolean;
  readonly bucketVersion?: number;
  readonly minBucketVersion?: number;
}
export interface Feature {
  readonly defaultValue?: Json;
  readonly rules?: readonly FeatureRule[];
}
export type Features = Readonly<Record<string, Feature>>;
