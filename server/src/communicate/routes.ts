import type { Pipeline } from '../collect/index.ts';
import type { Keys } from '../govern/index.ts';
import type { Deps, HttpApp } from '../platform/index.ts';
import { registerAudienceRoutes } from './audiences/index.ts';
import { registerCampaignRoutes } from './campaigns/routes.ts';
import { registerChannelRoutes, registerSandboxRoutes } from './channels/index.ts';
import { type CodeFor, registerConsentPages, registerConsentRoutes } from './consent/index.ts';
import type { Communicate } from './createCommunicate.ts';
import { registerDeliverabilityRoutes, systemResolver } from './deliverability/index.ts';
import { registerInboundRoutes, registerPushRoutes } from './inbound/index.ts';
import { registerLinkMarkRoutes } from './linkMarks/routes.ts';
import { registerMessageRoutes } from './messages/routes.ts';
import { registerOfferRoutes } from './offers/index.ts';
import { registerPictureRoutes } from './pictures/routes.ts';
import { registerMessageReportRoutes } from './reports/routes.ts';
import { registerTemplateRoutes } from './templates/index.ts';
import { registerTrackingRoutes } from './tracking/index.ts';

/** Every route of the communicate room. */
export function registerCommunicateRoutes(
  app: HttpApp,
  deps: Deps & {
    readonly pipeline: Pick<Pipeline, 'change'>;
    readonly codeFor?: CodeFor;
    readonly keys: Pick<Keys, 'findWriteKey'>;
  },
  communicate: Communicate,
): void {
  registerConsentRoutes(app, { ...deps, links: communicate.links });
  registerConsentPages(app, { ...deps, links: communicate.links, ring: communicate.events.ring });
  registerOfferRoutes(app, deps);
  registerPictureRoutes(app, deps, communicate.pictures);
  registerTemplateRoutes(app, {
    ...deps,
    renderer: communicate.renderer,
    countdowns: communicate.countdown,
    publicUrl: communicate.publicUrl,
  });
  registerMessageRoutes(app, deps);
  registerMessageReportRoutes(app, deps);
  registerLinkMarkRoutes(app, deps);
  const { secrets, assigner } = communicate;
  registerCampaignRoutes(app, { ...deps, secrets, assigner, onChange: communicate.campaigns.ring });
  registerSendingRoutes(app, deps, communicate);
}

/** How messages leave and what comes back of them. */
function registerSendingRoutes(
  app: HttpApp,
  deps: Deps & { readonly pipeline: Pick<Pipeline, 'change'>; readonly keys: Pick<Keys, 'findWriteKey'> },
  communicate: Communicate,
): void {
  const { dispatcher, hooks, references, credentials, publicUrl } = communicate;
  registerChannelRoutes(app, { ...deps, credentials, dispatcher, hooks, build: dispatcher.build });
  registerSandboxRoutes(app, deps);
  registerAudienceRoutes(app, { ...deps, credentials });
  registerTrackingRoutes(app, {
    ...deps,
    links: communicate.tracking,
    shortLinks: communicate.shortLinks,
    visits: communicate.visits,
  });
  const onRecorded = communicate.events.ring;
  registerPushRoutes(app, { ...deps, references, onRecorded });
  registerInboundRoutes(app, { ...deps, references, hooks, credentials, publicUrl, onRecorded });
  const { forget } = dispatcher;
  registerDeliverabilityRoutes(app, { ...deps, credentials, resolver: systemResolver, forget });
}
