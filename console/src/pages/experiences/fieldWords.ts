import { type LiveField, liveFields } from '@vitrail/contracts';
import type { Key } from '../../i18n/messages.ts';

/** What a condition can look at, in words. */
export const fieldWords = {
  'page.path': 'decision.field.pagePath',
  'page.url': 'decision.field.pageUrl',
  'page.title': 'decision.field.pageTitle',
  'page.referrer': 'decision.field.pageReferrer',
  'campaign.source': 'decision.field.campaignSource',
  'campaign.medium': 'decision.field.campaignMedium',
  'campaign.name': 'decision.field.campaignName',
  'cart.value': 'decision.field.cartValue',
  'cart.items': 'decision.field.cartItems',
  'product.id': 'decision.field.productId',
  'product.category': 'decision.field.productCategory',
  'product.views': 'decision.field.productViews',
  'search.query': 'decision.field.searchQuery',
  'visit.pages': 'decision.field.visitPages',
  'visit.seconds': 'decision.field.visitSeconds',
  'visitor.visits': 'decision.field.visitorVisits',
  device: 'decision.field.device',
  language: 'decision.field.language',
  'local.hour': 'decision.field.localHour',
  'local.weekday': 'decision.field.localWeekday',
} as const satisfies Record<LiveField, Key>;

export const isField = (name: string): name is LiveField => Object.hasOwn(liveFields, name);

/** In the order in which they are offered. */
export const fields: readonly LiveField[] = Object.keys(fieldWords).filter(isField);
