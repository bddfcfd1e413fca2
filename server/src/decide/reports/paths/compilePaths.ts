import type { PathsInput } from '@vitrail/contracts';
import { durationMs } from '../../segments/compile/moment.ts';
import { eventFilters, eventMatches } from '../compile/dimensions.ts';
import { allOf, type Draft, draft, finish, inSegment, inSpans, realEvents, rootOf } from '../compile/text.ts';
import type { Scope } from '../scope.ts';

type Counted = Pick<PathsInput, 'start' | 'direction' | 'nodes' | 'depth' | 'gap' | 'filters' | 'segment'>;

const kinds = {
  pages: "type in ('page', 'screen')",
  events: "type = 'track'",
  both: "type in ('page', 'screen', 'track')",
} as const;

/** A step as a reader sees it: a page by its path, an event by its name. */
const nodeOf =
  "if(type in ('page', 'screen'), concat('page:', if(path = '', toString(event), toString(path))), concat('event:', toString(event)))";

/**
 * One row per time the start happened: `person, path`, where `path` starts with 'start' and, when it is shorter than
 * asked, ends with 'end'. Events of one instant stand in the order of their names.
 */
function compileWays({ start, direction, nodes, depth, gap, filters, segment }: Counted, draft: Draft): string {
  const { scope } = draft;
  const starts = eventMatches(start, draft);
  const where = allOf([
    realEvents,
    'profile_id > 0',
    inSpans('timestamp', [scope.current], draft),
    ...eventFilters(filters, draft.params),
  ]);
  const limit = durationMs(gap);
  const sign = direction === 'before' ? '-' : '';
  // Only people who start are gathered: all rows of theirs, whichever of them holds the start.
  const starters = `select distinct workspace_id, profile_id from events where ${where} and ${starts}`;
  const roots = `select ${rootOf} from (${starters})`;
  const rows = `
          select profile_id from (${starters})
          union all select arrayJoin([profile_id, root_id]) from profile_root final
            where workspace_id = {workspace:UInt32} and root_id in (${roots})`;
  const gathered = `
    select ${rootOf} as person, arraySort(groupArrayArray(seen)) as seen
    from (
      select workspace_id, profile_id,
        groupArray((${sign}toUnixTimestamp64Milli(timestamp), ${nodeOf}, toUInt8(${starts}))) as seen
      from events
      where ${where} and (${kinds[nodes]} or ${starts}) and profile_id in (${rows})
      group by workspace_id, profile_id
    )
    group by person
    having ${allOf(['arrayExists(each -> each.3 = 1, seen)', inSegment(segment, draft)])}`;
  // A page loaded again, or an event repeated, is one step.
  const steps = `
    select person, arrayFilter((each, before) -> not (each.2 = before.2 and each.3 = before.3 and each.1 - before.1 <= ${limit}),
        seen, arrayPopBack(arrayPushFront(seen, (toInt64(-9e15), '', toUInt8(0))))) as steps
    from (${gathered})`;
  const ways = `
    select person, place,
      arraySlice(steps, place + 1, ${depth}) as next,
      arrayFirstIndex((each, before) -> each.1 - before.1 > ${limit}, next, arraySlice(steps, place, length(next))) as pause,
      arrayMap(each -> each.2, if(pause = 0, next, arraySlice(next, 1, pause - 1))) as way
    from (${steps})
    array join arrayFilter((index, each) -> each.3 = 1, arrayEnumerate(steps), steps) as place`;
  return `
    select person, arrayConcat(['start'], way, if(length(way) < ${depth}, ['end'], [])) as path
    from (${ways})`;
}

/** The most frequent nodes of each step. */
export function compilePathNodes(input: Counted & Pick<PathsInput, 'groups'>, scope: Scope) {
  const into = draft(scope);
  const text = `
    select step, node, times
    from (
      select toUInt8(place - 1) as step, path[place] as node, count() as times
      from (${compileWays(input, into)})
      array join arrayEnumerate(path) as place
      where node not in ('start', 'end')
      group by step, node
    )
    order by step, times desc, node
    limit ${into.params.bind('UInt32', input.groups)} by step`;
  return finish(into, 'decide.pathNodes', { step: 'UInt8', node: 'String', times: 'UInt64' }, text);
}

/** A node of a step in one text. */
export const stepNode = (step: number, node: string): string => `${step} ${node}`;

const folded = (draft: Draft, known: readonly string[]): string => {
  const names = draft.params.bind('Array(String)', known);
  return `arrayMap((node, place) -> if(node in ('start', 'end') or concat(toString(place - 1), ' ', node) in ${names}, node, 'other'),
        path, arrayEnumerate(path))`;
};

/** How often and by how many people each step is taken from each node of the step before; nodes not `known` are one. */
export function compilePaths(input: Counted, known: readonly string[], scope: Scope) {
  const into = draft(scope);
  const text = `
    select toUInt8(step - 1) as place, grouping(came_from) as node_only, came_from, node, count() as times,
      uniqExact(person) as people
    from (
      select person, step, nodes[step] as node, if(step = 1, '', nodes[step - 1]) as came_from
      from (select person, ${folded(into, known)} as nodes from (${compileWays(input, into)}))
      array join arrayEnumerate(nodes) as step
    )
    group by grouping sets ((step, came_from, node), (step, node))
    order by place, times desc, node, came_from`;
  return finish(
    into,
    'decide.paths',
    { place: 'UInt8', node_only: 'UInt8', came_from: 'String', node: 'String', times: 'UInt64', people: 'UInt64' },
    text,
  );
}

/** The people who took a step. */
export function compilePathPeople(
  input: Counted,
  known: readonly string[],
  point: NonNullable<PathsInput['people']>,
  scope: Scope,
) {
  const into = draft(scope);
  const { params } = into;
  const step = params.bind('UInt8', point.step + 1);
  const text = `
    select person
    from (select person, ${folded(into, known)} as nodes from (${compileWays(input, into)}))
    where ${allOf([
      `length(nodes) >= ${step}`,
      point.node === undefined ? '' : `nodes[${step}] = ${params.text(point.node)}`,
      point.from === undefined || point.step === 0 ? '' : `nodes[${step} - 1] = ${params.text(point.from)}`,
    ])}`;
  return { draft: into, text };
}
