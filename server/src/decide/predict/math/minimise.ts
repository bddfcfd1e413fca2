export interface Evaluated {
  readonly value: number;
  readonly gradient: readonly number[];
}
export interface Minimum {
  readonly at: number[];
  readonly value: number;
  readonly converged: boolean;
  readonly evaluations: number;
}

const mostSteps = 300;
/** Largest move of a parameter in one step; parameters are logarithms. */
const longestStep = 2;

/**
 * Minimises a smooth function by BFGS with a backtracking line search. Made for few parameters on the scale of logarithms
 * and values around one; `tolerance` is of the largest slope. Points without a finite value are walked around.
 */
export function minimise(
  evaluate: (at: readonly number[]) => Evaluated,
  start: readonly number[],
  { tolerance = 1e-7 } = {},
): Minimum {
  let evaluations = 1;
  let at = [...start];
  let { value, gradient } = evaluate(at);
  let inverse = identity(at.length);
  let reset = true;
  let still = 0;
  for (let step = 0; step < mostSteps; step++) {
    if (largest(gradient) < tolerance) return { at, value, converged: true, evaluations };
    let direction = inverse.map((row) => -dot(row, gradient));
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      inverse = identity(at.length);
      direction = gradient.map((each) => -each);
      slope = -dot(gradient, gradient);
      reset = true;
    }
    let length = Math.min(1, longestStep / largest(direction));
    if (reset) length = Math.min(length, 0.5 / largest(direction));
    let next: { at: number[]; result: Evaluated } | null = null;
    for (let attempt = 0; attempt < 40 && next === null; attempt++, length /= 2) {
      const there = at.map((each, index) => each + length * (direction[index] ?? 0));
      const result = evaluate(there);
      evaluations++;
      if (Number.isFinite(result.value) && result.value <= value + 1e-4 * length * slope) next = { at: there, result };
    }
    if (next === null) {
      // No way down: at the rounding of the function, or a bad memory of its shape.
      if (reset) return { at, value, converged: largest(gradient) < 100 * tolerance, evaluations };
      inverse = identity(at.length);
      reset = true;
      continue;
    }
    const moved = next.at.map((each, index) => each - (at[index] ?? 0));
    const turned = next.result.gradient.map((each, index) => each - (gradient[index] ?? 0));
    inverse = updated(inverse, moved, turned);
    reset = false;
    // A plain that goes on for ever, or the rounding of the function: three steps that gain nothing are enough.
    still = value - next.result.value < 1e-12 * (1 + Math.abs(value)) ? still + 1 : 0;
    ({ at } = next);
    ({ value, gradient } = next.result);
    if (still >= 3) break;
  }
  return { at, value, converged: largest(gradient) < 100 * tolerance, evaluations };
}

const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, each, index) => sum + each * (other[index] ?? 0), 0);
const largest = (values: readonly number[]): number =>
  values.reduce((most, each) => (Number.isFinite(each) ? Math.max(most, Math.abs(each)) : Number.POSITIVE_INFINITY), 0);
const identity = (size: number): number[][] =>
  Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_, column) => (row === column ? 1 : 0)));

/** The inverse Hessian after a step; unchanged when the step curved the wrong way. */
function updated(inverse: number[][], moved: readonly number[], turned: readonly number[]): number[][] {
  const curve = dot(moved, turned);
  if (!(curve > 1e-14)) return inverse;
  const through = inverse.map((row) => dot(row, turned));
  const factor = (1 + dot(through, turned) / curve) / curve;
  return inverse.map((row, i) =>
    row.map(
      (each, j) =>
        each +
        factor * (moved[i] ?? 0) * (moved[j] ?? 0) -
        ((through[i] ?? 0) * (moved[j] ?? 0) + (moved[i] ?? 0) * (through[j] ?? 0)) / curve,
    ),
  );
}

/** Central differences, for likelihoods without a written gradient. */
export function withGradient(value: (at: readonly number[]) => number): (at: readonly number[]) => Evaluated {
  const width = 1e-5;
  return (at) => {
    const shifted = (index: number, by: number): number => value(at.map((each, i) => (i === index ? each + by : each)));
    return {
      value: value(at),
      gradient: at.map((_, index) => (shifted(index, width) - shifted(index, -width)) / (2 * width)),
    };
  };
}
