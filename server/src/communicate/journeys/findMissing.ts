import type { JourneyDefinition, JourneyDetail } from '@vitrail/contracts';
import { listSegmentsBeyond } from '../../decide/index.ts';
import type { Pg } from '../../platform/index.ts';
import { findJourney, findOffers, findSegments, findTemplates } from './sql/journeys.pg.ts';

type Missing = JourneyDetail['missing'][number];

const idOf = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);

/** What has to be chosen before a journey can start: templates, lists, segments, journeys that are not there. */
export async function findMissing(pg: Pg, workspace: number, definition: JourneyDefinition): Promise<Missing[]> {
  const wanted = wantedBy(definition);
  const ids = (what: Missing['what']): number[] => [
    ...new Set(wanted.filter((each) => each.what === what).map(({ id }) => idOf(id))),
  ];
  const templates = await pg.rows(findTemplates, { workspace, ids: ids('template') });
  // What a data partner does not allow for messages is as good as not there.
  const beyond = await listSegmentsBeyond(pg, workspace, 'messages');
  const segments = await pg.rows(findSegments, { workspace, ids: [...ids('segment'), ...ids('list')] });
  const journeys = new Set<number>();
  for (const id of ids('journey')) if ((await pg.row(findJourney, { workspace, id })) !== null) journeys.add(id);
  const offers = new Set((await pg.rows(findOffers, { workspace, ids: ids('offer') })).map(({ id }) => id));
  const channels = new Map(templates.map(({ id, channel }) => [id, channel]));
  const kinds = new Map(segments.map(({ id, kind }) => [id, kind]));
  return wanted
    .filter(({ what, id, channel }) => {
      const number = idOf(id);
      if (what === 'template') return channels.get(number) !== channel;
      if (what === 'segment') return !kinds.has(number) || beyond.has(number);
      if (what === 'list') return kinds.get(number) !== 'list';
      if (what === 'journey') return !journeys.has(number);
      return !offers.has(number);
    })
    .map(({ node, what }) => ({ node, what }));
}

function wantedBy({ nodes, trigger, exits, goal }: JourneyDefinition): (Missing & { id: string; channel?: string })[] {
  const happenings = [
    ...(trigger.kind === 'segment' ? [{ node: 'trigger', when: trigger }] : []),
    ...exits.map((when) => ({ node: 'exits', when })),
    ...(goal === undefined ? [] : [{ node: 'goal', when: goal.when }]),
  ];
  return [
    ...happenings.flatMap(({ node, when }): (Missing & { id: string })[] =>
      when.kind === 'segment' ? [{ node, what: 'segment', id: when.segment }] : [],
    ),
    ...Object.entries(nodes).flatMap(([id, node]): (Missing & { id: string; channel?: string })[] => {
      if (node.kind === 'message') return [{ node: id, what: 'template', id: node.template, channel: node.channel }];
      if (node.kind === 'webhook') return [{ node: id, what: 'template', id: node.template, channel: 'webhook' }];
      if (node.kind === 'list') return [{ node: id, what: 'list', id: node.list }];
      if (node.kind === 'coupon') return [{ node: id, what: 'offer', id: node.offer }];
      return node.kind === 'journey' ? [{ node: id, what: 'journey', id: node.journey }] : [];
    }),
  ];
}
