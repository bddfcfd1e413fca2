import { type CollectedEvent, isRobot, type Resolver } from '../../collect/index.ts';
import { type JsonObject, type Pg, scalarText } from '../../platform/index.ts';
import { followAnswers } from '../capture/followAnswers.ts';
import { recordSeen } from './sql/decisions.pg.ts';

/** What pages send of an experience. A view by the control group carries no variant: it says that it would have shown. */
export const experienceEvents = {
  viewed: 'Experience Viewed',
  clicked: 'Experience Clicked',
  closed: 'Experience Closed',
  answered: 'Experience Answered',
} as const;

const followed = new Set<string>(Object.values(experienceEvents));
/** Whoever answers has done what it asks for, as one who clicks has. */
const clicks = new Set<string>([experienceEvents.clicked, experienceEvents.answered]);

interface News {
  readonly profile: number;
  readonly key: string;
  variant: string;
  views: number;
  first: Date;
  last: Date;
  recent: Date[];
  visit: string | null;
  visitViews: number;
  clicked: Date | null;
  closed: Date | null;
}

/** Newest views kept for caps over days. */
const keptViews = 100;

const textOf = (properties: JsonObject, name: string, limit: number): string => scalarText(properties[name], limit);

/** Views, clicks and closings are counted in the transaction that resolves their batch: exactly once, and with it. */
export const followViews =
  (resolve: Resolver): Resolver =>
  async (tx, batch) => {
    const resolution = await resolve(tx, batch);
    const news = new Map<string, News>();
    for (const [index, event] of batch.events.entries()) {
      const owner = resolution.owners[index];
      if (typeof owner !== 'number' || owner === 0 || event.type !== 'track' || !followed.has(event.event)) continue;
      if (!isRobot(event.userAgent)) note(news, event, owner);
    }
    await followAnswers(tx, batch.workspace.id, batch.events, (index) => {
      const owner = resolution.owners[index];
      return typeof owner === 'number' && owner > 0 ? owner : null;
    });
    await record(tx, batch.workspace.id, [...news.values()]);
    return resolution;
  };

function note(news: Map<string, News>, event: CollectedEvent, profile: number): void {
  const { properties, timestamp: at } = event;
  const key = textOf(properties, 'experience', 60);
  if (key === '') return;
  const known = news.get(`${profile} ${key}`);
  const one: News = known ?? {
    profile,
    key,
    variant: textOf(properties, 'variant', 60),
    views: 0,
    first: at,
    last: at,
    recent: [],
    visit: null,
    visitViews: 0,
    clicked: null,
    closed: null,
  };
  if (known === undefined) news.set(`${profile} ${key}`, one);
  if (at < one.first) {
    one.first = at;
    one.variant = textOf(properties, 'variant', 60);
  }
  if (at > one.last) one.last = at;
  if (clicks.has(event.event)) one.clicked = at;
  else if (event.event === experienceEvents.closed) one.closed = at;
  else noteView(one, at, scalarText(event.context.sessionId, 100) || null);
}

function noteView(one: News, at: Date, visit: string | null): void {
  one.views += 1;
  one.visitViews = visit === one.visit ? one.visitViews + 1 : 1;
  one.visit = visit;
  one.recent.push(at);
  if (one.recent.length > keptViews) one.recent.shift();
}

async function record(tx: Pg, workspace: number, news: readonly News[]): Promise<void> {
  if (news.length === 0) return;
  await tx.run(recordSeen, {
    workspace,
    profiles: news.map(({ profile }) => profile),
    keys: news.map(({ key }) => key),
    variants: news.map(({ variant }) => variant),
    views: news.map(({ views }) => views),
    first: news.map(({ first }) => first),
    last: news.map(({ last }) => last),
    recents: news.map(({ recent }) => recent.map((at) => at.toISOString())),
    visits: news.map(({ visit }) => visit),
    visitViews: news.map(({ visitViews }) => visitViews),
    clicked: news.map(({ clicked }) => clicked),
    closed: news.map(({ closed }) => closed),
  });
}
