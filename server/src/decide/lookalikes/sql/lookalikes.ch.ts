import { chQuery } from '../../../platform/index.ts';

/** Values of a trait or taste that at least one in two hundred has, most frequent first. One pass over customers. */
export const listTraitValues = chQuery({
  name: 'decide.listTraitValues',
  params: { workspace: 'UInt32', run: 'UInt64' },
  row: { name: 'String', value: 'String', people: 'UInt64' },
  text: `
    select name, value, people from (
      select pair.1 as name, pair.2 as value, count() as people
      from (
        select traits from customers final where workspace_id = {workspace:UInt32} and not removed
      )
      array join [
        ('country', lowerUTF8(if(traits['address.country'] != '', traits['address.country'], traits['country']))),
        ('language', lowerUTF8(traits['language'])), ('gender', lowerUTF8(traits['gender']))
      ] as pair
      where pair.2 != '' and length(pair.2) <= 40
      group by name, value
      union all
      select toString(dimension) as name, toString(appetences.value) as value, count() as people
      from appetences final
      where workspace_id = {workspace:UInt32} and run_id = {run:UInt64}
      group by name, value
    )
    where people >= (select count() from customers final where workspace_id = {workspace:UInt32} and not removed) / 200
    order by name, people desc, value
    limit 20 by name`,
});

/** Former scorings, once nobody reads them. */
export const deleteFormerLookalikes = chQuery({
  name: 'decide.deleteFormerLookalikes',
  params: { workspace: 'UInt32', lookalike: 'UInt32', run: 'UInt64' },
  row: {},
  text: `
    delete from lookalike_people
    where workspace_id = {workspace:UInt32} and lookalike_id = {lookalike:UInt32} and run_id < {run:UInt64}`,
});

/** Rows of an audience that is deleted, and for the right to be forgotten; repeatable. */
export const deleteLookalikeRows = chQuery({
  name: 'decide.deleteLookalikeRows',
  params: { workspace: 'UInt32', lookalike: 'UInt32' },
  row: {},
  text: `delete from lookalike_people where workspace_id = {workspace:UInt32} and lookalike_id = {lookalike:UInt32}`,
});

export const deleteLookalikePeople = chQuery({
  name: 'decide.deleteLookalikePeople',
  params: { workspace: 'UInt32', profiles: 'Array(UInt64)' },
  row: {},
  text: `delete from lookalike_people where workspace_id = {workspace:UInt32} and profile_id in {profiles:Array(UInt64)}`,
});
