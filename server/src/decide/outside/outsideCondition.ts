import type { ConditionOf, OutsideUse } from '@vitrail/contracts';
import { Fault } from '../../platform/index.ts';
import type { Features } from '../segments/compile/features.ts';
import type { CompiledCondition } from '../segments/compile/measure.ts';
import { never, now } from '../segments/compile/moment.ts';

/** What a partner allows; by key. */
export type PartnerTerms = ReadonlyMap<string, { readonly id: number; readonly uses: readonly string[] }>;

/**
 * In a partner's segment, while that may be used: the copy says until when, by the end stated and by what the person
 * allows. For what the partner does not allow nobody is in it.
 */
export function compileOutsideCondition(
  { provider, segment }: ConditionOf<'outside'>,
  features: Features,
  partners: PartnerTerms,
  use: OutsideUse,
): CompiledCondition {
  const known = partners.get(provider);
  if (known === undefined)
    throw new Fault('invalid', 'decide.reference_unknown', `There is no partner “${provider}” in this workspace.`);
  if (!known.uses.includes(use)) return { pass: '0', next: never, found: "'outside:use'" };
  const id = features.params.bind('UInt32', known.id);
  const name = features.params.text(segment);
  const { alias } = features.addQuery(`outside ${known.id} ${segment}`, (as) => ({
    alias: as,
    columns: [`${as}_until`, `${as}_said`],
    text: (scope) => `
      select ${scope.person} as person, max(toUnixTimestamp64Milli(until)) as ${as}_until,
        toUInt8(countIf(not removed) > 0) as ${as}_said
      from outside_people final
      where workspace_id = {workspace:UInt32} and provider_id = ${id} and segment = ${name}${scope.rows}
      group by person`,
  }));
  const until = `${alias}_until`;
  const on = `${until} > ${now}`;
  return {
    pass: on,
    next: `if(${on}, ${until}, ${never})`,
    // Until when; else why not, as words that the console has.
    found: `multiIf(${on}, formatDateTime(fromUnixTimestamp64Milli(${until}), '%FT%TZ'), ${alias}_said = 0, 'outside:nothing',
      ${until} = 0, 'outside:refused', 'outside:over')`,
  };
}
