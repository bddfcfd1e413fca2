import type { FlagRequest } from '@vitrail/contracts';
import { Fault, isJsonObject, type Json } from '../../platform/index.ts';
import { conditionOperators } from './matchCondition.ts';

const deepest = 6;
const longestPattern = 200;
const groupings = new Set(['$or', '$nor', '$and']);

/** Throws `invalid` for conditions that no evaluator can or should ask. */
export function assertFlag({ rules }: FlagRequest): void {
  for (const [index, rule] of rules.entries()) {
    const problem = problemOf(rule.condition, 0);
    if (problem !== null)
      throw new Fault('invalid', 'experience.flag_condition', `Rule ${index + 1}: ${problem}`, {
        details: { rule: index },
      });
  }
}

function problemOf(value: Json, depth: number): string | null {
  if (depth > deepest) return `conditions are nested more than ${deepest} deep.`;
  if (typeof value === 'string' && isPersonal(value))
    return 'a condition must not hold an address or a phone number: every browser can read it. Ask for a segment instead.';
  if (Array.isArray(value)) {
    for (const each of value) {
      const problem = problemOf(each, depth + 1);
      if (problem !== null) return problem;
    }
    return null;
  }
  if (!isJsonObject(value)) return null;
  for (const [name, argument] of Object.entries(value)) {
    if (name.startsWith('$') && !groupings.has(name) && !conditionOperators.has(name))
      return `there is no operator ${name}.`;
    const problem =
      name === '$regex' || name === '$regexi' ? patternProblem(argument) : problemOf(argument ?? null, depth + 1);
    if (problem !== null) return problem;
  }
  return null;
}

/** Something that looks like an e-mail address or a whole phone number. */
const isPersonal = (text: string): boolean =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim()) || /^\+?\d[\d\s().-]{8,}\d$/.test(text.trim());

/**
 * Patterns run while people wait, over texts that visitors choose: one whose time explodes would stop the server. Refused:
 * repetition of a group that itself repeats or chooses, back references, and more than three repetitions without an end.
 */
function patternProblem(pattern: Json | undefined): string | null {
  if (typeof pattern !== 'string' || pattern.length > longestPattern)
    return `a pattern is a text of at most ${longestPattern} characters.`;
  try {
    new RegExp(pattern);
  } catch {
    return `${pattern} is not a pattern.`;
  }
  const bare = pattern.replace(/\\[^1-9k]/g, '_').replace(/\[(?:\\.|[^\]])*\]/g, '_');
  const isSlow =
    /\\[1-9k]/.test(bare) ||
    /\([^()]*[*+{|?][^()]*\)[*+{]/.test(bare) ||
    /\)[*+?]?\)+[*+{]/.test(bare) ||
    (bare.match(/[*+]|\{\d*,\}/g)?.length ?? 0) > 3;
  return isSlow ? `the pattern ${pattern} could take very long. Write it without repeating groups.` : null;
}
