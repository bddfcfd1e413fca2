import { isJsonObject, type Json, type JsonObject } from '../../platform/index.ts';

/**
 * Conditions on attributes, in the language that GrowthBook took from MongoDB. What it does where types differ is part of the
 * language ("5" equals 5 by text, a missing attribute is null), since other SDKs answer the same question elsewhere.
 */
type Seen = Json | undefined;
export type Groups = Readonly<Record<string, readonly Json[]>>;

export function matchesCondition(attributes: Seen, condition: JsonObject, groups: Groups = {}): boolean {
  return Object.entries(condition).every(([name, wanted]) => {
    if (name === '$or') return anyOf(attributes, wanted, groups);
    if (name === '$nor') return !anyOf(attributes, wanted, groups);
    if (name === '$and')
      return listOf(wanted).every((each) => isJsonObject(each) && matchesCondition(attributes, each, groups));
    if (name === '$not') return !(isJsonObject(wanted) && matchesCondition(attributes, wanted, groups));
    return matchesValue(attributeAt(attributes, name), wanted, groups);
  });
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

function anyOf(attributes: Seen, wanted: Json | undefined, groups: Groups): boolean {
  const conditions = listOf(wanted);
  return (
    conditions.length === 0 ||
    conditions.some((each) => isJsonObject(each) && matchesCondition(attributes, each, groups))
  );
}

/** The value at a dotted path; null when there is none. Own fields only: `constructor` is nobody's attribute. */
export function attributeAt(attributes: Seen, path: string): Seen {
  let current: Seen = attributes;
  for (const part of path.split('.')) {
    if (Array.isArray(current) && /^\d+$/.test(part) && Number(part) < current.length) current = current[Number(part)];
    else if (isJsonObject(current) && Object.hasOwn(current, part)) current = current[part];
    else return null;
  }
  return current;
}

const isOperators = (value: Json): value is JsonObject => {
  if (!isJsonObject(value)) return false;
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => name.startsWith('$'));
};

function matchesValue(actual: Seen, wanted: Json | undefined, groups: Groups, fold = false): boolean {
  if (typeof wanted === 'string')
    return fold ? String(actual).toLowerCase() === wanted.toLowerCase() : String(actual) === wanted;
  if (typeof wanted === 'number') return Number(actual) === wanted;
  if (typeof wanted === 'boolean') return actual !== null && Boolean(actual) === wanted;
  if (wanted === null) return actual === null;
  if (wanted === undefined) return false;
  if (!isOperators(wanted)) return JSON.stringify(actual) === JSON.stringify(wanted);
  return Object.entries(wanted).every(([operator, argument]) => matchesOperator(operator, actual, argument, groups));
}

type Operator = (actual: Seen, argument: Json, groups: Groups) => boolean;

const compareWith =
  (holds: (order: number) => boolean): Operator =>
  (actual, argument) => {
    const order = orderOf(actual, argument);
    return order !== null && holds(order);
  };

/** As JavaScript compares: texts by their letters, anything else as numbers; null when they cannot be compared. */
function orderOf(actual: Seen, argument: Json): number | null {
  const [left, right] = [primitiveOf(actual), primitiveOf(argument)];
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  const [a, b] = [Number(left), Number(right)];
  return Number.isNaN(a) || Number.isNaN(b) ? null : a - b;
}
const primitiveOf = (value: Seen): string | number | boolean | null | undefined =>
  typeof value === 'object' && value !== null ? String(value) : value;

const compareVersions =
  (holds: (left: string, right: string) => boolean): Operator =>
  (actual, argument) =>
    holds(versionText(actual), versionText(argument));

const isIn: Operator = (actual, argument) => {
  const among = listOf(argument);
  return Array.isArray(actual)
    ? actual.some((each: Json) => among.includes(each))
    : actual !== undefined && among.includes(actual);
};
const folded = (value: Json): Json => (typeof value === 'string' ? value.toLowerCase() : value);
const isInFolded: Operator = (actual, argument, groups) =>
  isIn(
    Array.isArray(actual) ? actual.map((each: Json) => folded(each)) : actual === undefined ? actual : folded(actual),
    listOf(argument).map(folded),
    groups,
  );
const isInGroup: Operator = (actual, argument, groups) =>
  isIn(
    actual,
    typeof argument === 'string' && Object.hasOwn(groups, argument) ? [...(groups[argument] ?? [])] : [],
    groups,
  );

const hasAll =
  (fold: boolean): Operator =>
  (actual, argument, groups) =>
    Array.isArray(actual) &&
    Array.isArray(argument) &&
    argument.every((wanted: Json) => actual.some((each: Json) => matchesValue(each, wanted, groups, fold)));

const someElement: Operator = (actual, argument, groups) =>
  Array.isArray(actual) &&
  actual.some((each: Json) => {
    if (!each || !isJsonObject(argument)) return false;
    return isOperators(argument) ? matchesValue(each, argument, groups) : matchesCondition(each, argument, groups);
  });

/** Longer texts are no match: a pattern over them could take long. Patterns are checked when a flag is written. */
const longestMatched = 256;
const fitsPattern =
  (flags: string): Operator =>
  (actual, argument) => {
    const text = String(actual);
    if (typeof argument !== 'string' || text.length > longestMatched) return false;
    const pattern = patternOf(argument, flags);
    return pattern?.test(text) ?? false;
  };

const patterns = new Map<string, RegExp | null>();
const mostPatterns = 1_000;
function patternOf(text: string, flags: string): RegExp | null {
  const key = `${flags}/${text}`;
  const known = patterns.get(key);
  if (known !== undefined) return known;
  let pattern: RegExp | null;
  try {
    pattern = new RegExp(text, flags);
  } catch {
    // Not a pattern: matches nothing, in every SDK.
    pattern = null;
  }
  if (patterns.size >= mostPatterns) patterns.clear();
  patterns.set(key, pattern);
  return pattern;
}

const typeOf = (value: Seen): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const operators: Readonly<Record<string, Operator>> = {
  $eq: (actual, argument) => actual === argument,
  $ne: (actual, argument) => actual !== argument,
  $lt: compareWith((order) => order < 0),
  $lte: compareWith((order) => order <= 0),
  $gt: compareWith((order) => order > 0),
  $gte: compareWith((order) => order >= 0),
  $veq: compareVersions((left, right) => left === right),
  $vne: compareVersions((left, right) => left !== right),
  $vlt: compareVersions((left, right) => left < right),
  $vlte: compareVersions((left, right) => left <= right),
  $vgt: compareVersions((left, right) => left > right),
  $vgte: compareVersions((left, right) => left >= right),
  $exists: (actual, argument) => (argument ? actual != null : actual == null),
  $in: isIn,
  $nin: (actual, argument, groups) => Array.isArray(argument) && !isIn(actual, argument, groups),
  $ini: isInFolded,
  $nini: (actual, argument, groups) => Array.isArray(argument) && !isInFolded(actual, argument, groups),
  $inGroup: isInGroup,
  $notInGroup: (actual, argument, groups) => !isInGroup(actual, argument, groups),
  $not: (actual, argument, groups) => !matchesValue(actual, argument, groups),
  $size: (actual, argument, groups) => Array.isArray(actual) && matchesValue(actual.length, argument, groups),
  $elemMatch: someElement,
  $all: hasAll(false),
  $alli: hasAll(true),
  $regex: fitsPattern(''),
  $regexi: fitsPattern('i'),
  $type: (actual, argument) => typeOf(actual) === argument,
};

export const conditionOperators: ReadonlySet<string> = new Set(Object.keys(operators));

function matchesOperator(name: string, actual: Seen, argument: Json | undefined, groups: Groups): boolean {
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  return operator !== undefined && argument !== undefined && operator(actual, argument, groups);
}

/** A version as text that sorts as versions do: numbers padded, a release after its pre-releases. */
function versionText(value: Seen): string {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' && value !== '' ? value : '0';
  const parts = text.replace(/(^v|\+.*$)/g, '').split(/[-.]/);
  if (parts.length === 3) parts.push('~');
  return parts.map((part) => (/^\d+$/.test(part) ? part.padStart(5, ' ') : part)).join('-');
}
