import type { ConditionOf } from '@vitrail/contracts';
import type { Features } from './features.ts';
import type { CompiledCondition } from './measure.ts';
import { compileMoment, never } from './moment.ts';
import { compileValueTest, numberIn } from './valueTest.ts';

const fixed = (pass: string, found: string): CompiledCondition => ({ pass, next: never, found });

export function compileTrait(
  { trait, test }: ConditionOf<'trait'>,
  features: Features,
  zone: string,
): CompiledCondition {
  const { params } = features;
  const text = `traits[${params.text(trait)}]`;
  const name = (expression: string): string => features.person(expression);
  const subject = { text, number: numberIn(text) };
  return { ...compileValueTest(subject, test, { params, zone, name }), found: name(text) };
}

export function compileConsent({ purpose, is }: ConditionOf<'consent'>, features: Features): CompiledCondition {
  const key = features.params.text(purpose);
  const state = features.person(
    `multiIf(not mapContains(consents, ${key}), 'unknown', consents[${key}], 'granted', 'denied')`,
  );
  return fixed(`${state} = '${is}'`, state);
}

export function compileIdentifier(
  { namespace, present }: ConditionOf<'identifier'>,
  features: Features,
): CompiledCondition {
  const has = features.person(`has(namespaces, ${features.params.text(namespace)})`);
  return fixed(present ? has : `not ${has}`, `if(${has}, 'present', 'absent')`);
}

export function compileProfile({ test }: ConditionOf<'profile'>, features: Features, zone: string): CompiledCondition {
  const moment = features.person('toUnixTimestamp64Milli(first_seen)');
  return { ...compileMoment(moment, test, zone), found: `concat(formatDateTime(first_seen, '%FT%T'), 'Z')` };
}

/** The first eight bytes of MD5: the same people in every engine, every version, and in a check written elsewhere. */
export function compileSample({ percent, seed }: ConditionOf<'sample'>, { params }: Features): CompiledCondition {
  const place = `(halfMD5(concat(${params.text(seed)}, ':', toString(person))) % 1000000)`;
  return fixed(`${place} < ${params.number(Math.round(percent * 10_000))}`, `toString(${place} / 10000)`);
}

/** On a list: its members are put there by hand or by a file. */
export function compileList(list: number, member: boolean, features: Features): CompiledCondition {
  const id = features.params.bind('UInt32', list);
  const query = features.addQuery(`list ${list}`, (alias) => ({
    alias,
    columns: [`${alias}_on`],
    text: (scope) => `
      select profile_id as person, toUInt8(1) as ${alias}_on from memberships final
      where workspace_id = {workspace:UInt32} and segment_id = ${id}${scope.people} and member`,
  }));
  const on = `${query.alias}_on = 1`;
  return fixed(member ? on : `not (${on})`, `if(${on}, 'member', 'no member')`);
}
