import type { ConditionOf } from '@vitrail/contracts';
import { compileEventMatch, compileMatchTurns, propertySubject } from './eventCondition.ts';
import type { Features, PersonQuery, ScopeSql } from './features.ts';
import type { CompiledCondition } from './measure.ts';
import { boundsOf, durationMs, earliest, never, now } from './moment.ts';

type SequenceCondition = ConditionOf<'sequence'>;

/**
 * A person's events that match any step go by once, in order of time. For each step the newest time is kept at which the
 * sequence got that far: later is never worse, since a gap to the next step can only be shorter. So one number per step
 * is exact, whatever the number of events. A last "not" step also keeps the oldest end still waiting: if any end passes
 * its time undisturbed, the oldest does first.
 */
export function compileSequence(condition: SequenceCondition, features: Features, zone: string): CompiledCondition {
  const query = features.addQuery(JSON.stringify(condition), (alias) => {
    const [pass, next] = [`${alias}_pass`, `${alias}_next`];
    return { alias, columns: [pass, next], text: writeSequence(condition, features, zone, { pass, next }) };
  });
  const [pass, next] = query.columns;
  const turns = condition.steps.map(({ match }) =>
    compileMatchTurns(compileEventMatch(match, features.params, zone), condition.window, features, zone),
  );
  return {
    pass: `${pass} = 1`,
    // People without any of the events have no row: the joined column is then 0.
    next: earliest([`if(${next} = 0, ${never}, ${next})`, ...turns]),
    found: `if(${pass} = 1, 'done', 'not done')`,
  };
}

function writeSequence(
  { steps, sameProperty, window }: SequenceCondition,
  { params }: Features,
  zone: string,
  columns: { pass: string; next: string },
): PersonQuery['text'] {
  const bounds = boundsOf(window, zone);
  const matches = steps.map(({ match }) => {
    const { cheap, dear } = compileEventMatch(match, params, zone);
    const all = [...cheap, ...dear].map((each) => `(${each})`);
    return all.length === 0 ? '1' : all.join(' and ');
  });
  const fits = matches.map((match, index) => `if(${match}, ${2 ** index}, 0)`).join(' + ');
  // Within a millisecond events stand in the order of the steps: by the first step they fit, then by the others.
  const placed = '(at, toUInt32(bitXor(fits, bitAnd(fits, fits - 1)) * 65536 + fits))';
  const key = sameProperty === undefined ? "''" : propertySubject(sameProperty, params).text;
  const standing = [
    "workspace_id = {workspace:UInt32} and profile_id > 0 and not bot and type != 'segment'",
    ...bounds.conditions,
    `(${matches.map((match) => `(${match})`).join(' or ')})`,
    ...(sameProperty === undefined ? [] : [`${key} != ''`]),
  ].join(' and ');
  const { state, initial, pass, next } = writeFold(steps);
  // The first event of a rolling window leaves it at this moment, and with it what it began.
  const leaves = bounds.lasts === null ? next : `least(${next}, line[1].1 + ${bounds.lasts})`;
  const rows = (scope: ScopeSql): string => `
            select workspace_id, profile_id, ${key} as thread, toUnixTimestamp64Milli(timestamp) as at,
              toUInt16(${fits}) as fits
            from events where ${standing}${scope.rows}`;
  return (scope) => `
      select person, max(passes) as ${columns.pass}, min(turns) as ${columns.next}
      from (
        select person, arrayFold((got, event) -> ${state}, line, ${initial}) as got,
          toUInt8(${pass}) as passes, toInt64(${leaves}) as turns
        from (
          ${
            scope.few
              ? `select ${scope.person} as person, thread, arraySort(groupArray(${placed})) as line
          from (${rows(scope)})`
              : `select ${scope.person} as person, thread, arraySort(groupArrayArray(events)) as line
          from (
            select workspace_id, profile_id, thread, groupArray(${placed}) as events from (${rows(scope)})
            group by workspace_id, profile_id, thread
          )`
          }
          group by person, thread
        )
      )
      group by person`;
}

/** One fold over (time, steps matched as bits). `got` is (time per positive step …, done, oldest end waiting). */
function writeFold(steps: SequenceCondition['steps']): { state: string; initial: string; pass: string; next: string } {
  const matched = (index: number): string => `bitTest(event.2, ${index})`;
  const positive = steps.map((step, index) => ({ ...step, index })).filter(({ not }) => !not);
  const last = steps.at(-1);
  const absent = last?.not === true && last.within !== undefined ? durationMs(last.within) : null;
  const times = positive.map(({ index, within }, place) => {
    const own = `got.${place + 1}`;
    const before = `got.${place}`;
    const reached = [
      matched(index),
      ...(place === 0 ? [] : [`${before} > 0`]),
      ...(place === 0 || within === undefined ? [] : [`event.1 - ${before} <= ${durationMs(within)}`]),
    ].join(' and ');
    // A forbidden event between this step and the next takes back what was reached.
    const between = steps[index + 1];
    const forbidden = between?.not === true && index + 2 < steps.length;
    return `if(${reached}, event.1, ${forbidden ? `if(${matched(index + 1)}, toInt64(0), ${own})` : own})`;
  });
  const size = positive.length;
  if (absent === null) {
    return {
      state: `(${times.join(', ')}, toInt64(0))`,
      initial: `(${'toInt64(0), '.repeat(size)}toInt64(0))`,
      pass: `got.${size} > 0`,
      next: never,
    };
  }
  const [done, waiting] = [`got.${size + 1}`, `got.${size + 2}`];
  const stop = matched(steps.length - 1);
  const ends = times[size - 1] ?? '0';
  // Reached anew by this very event: the last positive step's time is then the event's.
  const last1 = positive[size - 1];
  const reachedNow = last1 === undefined ? '0' : `(${ends}) = event.1 and ${matched(last1.index)}`;
  const kept = `if(${stop}, toInt64(0), ${waiting})`;
  return {
    state: `(${times.join(', ')}, if(${stop} and ${waiting} > 0 and ${waiting} + ${absent} < event.1, toInt64(1), ${done}), if(${reachedNow} and (${kept}) = 0, event.1, ${kept}))`,
    initial: `(${'toInt64(0), '.repeat(size)}toInt64(0), toInt64(0))`,
    pass: `${done} = 1 or (${waiting} > 0 and ${waiting} + ${absent} <= ${now})`,
    next: `if(${done} = 0 and ${waiting} > 0 and ${waiting} + ${absent} > ${now}, ${waiting} + ${absent}, ${never})`,
  };
}
