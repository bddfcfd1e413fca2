import { channels } from '@vitrail/contracts';
import { type Assigner, createRecommendMany, type RecommendDeps } from '../decide/index.ts';
import type { Secrets } from '../govern/index.ts';
import type { Deps } from '../platform/index.ts';
import { createCampaignKeeper } from './campaigns/keeper.ts';
import { createDispatcher, createHookLinks, createReferences } from './channels/index.ts';
import { createLinks } from './consent/linkTokens.ts';
import { createMessageEvents } from './messages/messageEvents.ts';
import { createPump } from './messages/pump.ts';
import type { LinkedMessage } from './messages/writeMessages.ts';
import { createReadBenefits } from './offers/index.ts';
import { picturesFrom } from './pictures/fetchPicture.ts';
import { PictureStore } from './pictures/pictureStore.ts';
import { createCountdownLinks, createRenderer, type MessageLinks } from './templates/index.ts';
import { createShortLinks, createTrackingLinks, createVisitRecorder, type ShortLinks } from './tracking/index.ts';

export interface CommunicateOptions {
  /** Where people reach this server, without a final slash. */
  readonly publicUrl: string;
  readonly secrets: Pick<Secrets, 'links' | 'credentials' | 'erasure'>;
  readonly smtpUrl: string | undefined;
  /** Servers of private networks that pictures of products may be fetched from. */
  readonly pictureOrigins: readonly string[];
  readonly privateWebhooks: boolean;
  /** Who is given which variant of a campaign, and which products, where an experiment decides. */
  readonly assigner: Assigner;
  /** What recommendations are answered from; one for each process. */
  readonly recommending: RecommendDeps;
  /** Events of messages can be read in ClickHouse: whoever follows events must hear of it. Repeatable. */
  readonly onMessageEvents: (workspace: number, profiles: readonly number[]) => Promise<void>;
}

/** The communicate room of one process: everything that reaches people. */
export type Communicate = ReturnType<typeof createCommunicate>;

export function createCommunicate(deps: Deps, options: CommunicateOptions) {
  const { publicUrl, secrets, assigner } = options;
  const links = createLinks(secrets.links, publicUrl);
  const references = createReferences(secrets.links);
  const hooks = createHookLinks(links, publicUrl);
  const countdown = createCountdownLinks(links, publicUrl);
  const renderer = createRenderer({
    ...deps,
    countdown: countdown.link,
    recommend: createRecommendMany({ ...options.recommending, assigner }),
    benefits: createReadBenefits(deps),
  });
  const dispatcher = createDispatcher({
    ...deps,
    references,
    hooks,
    credentials: secrets.credentials,
    smtpUrl: options.smtpUrl,
    privateWebhooks: options.privateWebhooks,
  });
  const events = createMessageEvents(deps, options.onMessageEvents);
  const tracking = createTrackingLinks(links, publicUrl);
  const shortLinks = createShortLinks(links, publicUrl);
  const visits = createVisitRecorder({ ...deps, onRecorded: events.ring });
  const pump = createPump({
    ...deps,
    renderer,
    dispatcher,
    secrets,
    assigner,
    links: (message) => linksOf({ links, tracking, shortLinks }, message),
    onEvents: events.ring,
  });
  const pictures = new PictureStore(deps.filesDir, picturesFrom(options.pictureOrigins));
  const campaigns = createCampaignKeeper({ ...deps, secrets, assigner });

  return {
    publicUrl,
    credentials: secrets.credentials,
    secrets,
    assigner,
    links,
    references,
    hooks,
    countdown,
    renderer,
    dispatcher,
    tracking,
    shortLinks,
    visits,
    events,
    pump,
    campaigns,
    pictures,
    /** Begins to send. */
    async start(): Promise<void> {
      await pump.start();
      campaigns.start();
      events.ring();
    },
    /** Something was put into the outbox, or time was moved by hand. */
    ring(): void {
      pump.ring();
      campaigns.ring();
      events.ring();
    },
    async stop(): Promise<void> {
      await visits.close();
      await campaigns.stop();
      await pump.stop();
      await dispatcher.stop();
      await renderer.stop();
      await events.stop();
    },
  };
}

function linksOf(
  made: {
    links: ReturnType<typeof createLinks>;
    tracking: ReturnType<typeof createTrackingLinks>;
    shortLinks: ShortLinks;
  },
  message: LinkedMessage,
): MessageLinks {
  const { links, tracking, shortLinks } = made;
  const { workspace, id } = message;
  const channel = channels.find((each) => each === message.channel);
  if (channel === undefined) throw new Error(`a message goes by the unknown channel ${message.channel}`);
  const subject = {
    workspace,
    profile: message.profile_id,
    message: id,
    channel,
    purpose: message.purpose,
  };
  return {
    unsubscribe: links.unsubscribe(subject),
    preferences: links.preferences(subject),
    track: (url, index) => tracking.click({ workspace, message: id }, url, index),
    shorten: (_, place) => shortLinks.write({ workspace, message: id, place }),
    openPixel: message.open_tracking ? tracking.pixel({ workspace, message: id }) : null,
  };
}
