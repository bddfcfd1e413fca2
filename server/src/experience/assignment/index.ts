export { type Assignable, assign, type Gate } from './assign.ts';
export { bucketOf, bucketRanges, fnv32a, isInNamespace, isWithin, type Range, variationAt } from './bucketOf.ts';
export { exclusiveGate, findFreePart, globalHoldoutGate, holdoutGate } from './gates.ts';
