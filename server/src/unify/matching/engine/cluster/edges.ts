/** Pairs above the threshold by weight, and before them those a person joined. Records are numbered by their place in `ids`. */
export interface Edges {
  readonly count: number;
  /** Ids, ascending. */
  readonly ids: Float64Array;
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  readonly weight: Float64Array;
  readonly probability: Float64Array;
  idOf(place: number): number;
  placeOf(id: number): number | null;
}
