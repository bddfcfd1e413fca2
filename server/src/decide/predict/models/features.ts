/** What the logistic model looks at: the order history alone, as of a day. */
export interface FeatureInput {
  readonly x: number;
  /** Days from the first to the last order, and from the first order until now. */
  readonly tx: number;
  readonly age: number;
  /** Mean value of all orders; 0 when unknown. */
  readonly value: number;
}

export const featureNames = [
  'recency',
  'frequency',
  'age',
  'one_time',
  'recency_frequency',
  'recency_squared',
  'overdue',
  'value',
  'frequency_squared',
] as const;

/** In the order of `featureNames`. `compileFeatures` says the same in SQL: keep them in step. */
export function featuresOf({ x, tx, age, value }: FeatureInput): number[] {
  const recency = Math.log1p(age - tx);
  const frequency = Math.log1p(x);
  return [
    recency,
    frequency,
    Math.log1p(age),
    x === 0 ? 1 : 0,
    recency * frequency,
    recency * recency,
    x > 0 ? Math.log((1 + age - tx) / (1 + tx / x)) : 0,
    Math.log1p(Math.max(0, value)),
    frequency * frequency,
  ];
}

/** The features over columns `x`, `tx`, `age` and `value` of a query, all of type Float64. */
export const compileFeatures = (): string[] => [
  'log1p(age - tx)',
  'log1p(x)',
  'log1p(age)',
  'if(x = 0, 1., 0.)',
  'log1p(age - tx) * log1p(x)',
  'log1p(age - tx) * log1p(age - tx)',
  'if(x > 0, log((1 + age - tx) / (1 + tx / greatest(x, 1.))), 0.)',
  'log1p(greatest(0., value))',
  'log1p(x) * log1p(x)',
];
