/** Words that every visit needs: signing in, the frame, what any page may say. */
export const firstRooms: readonly string[] = ['access', 'common', 'shell'];

/**
 * The files of words (`en/<room>.json`) that a page says beyond these, by its address; `/*` stands for the pages below. A page
 * that is not here loads all of them. What comes by `lazyWords` brings its own. A test follows the imports of each page and names
 * what is missing.
 */
export const pageRooms: Readonly<Record<string, readonly string[]>> = {
  '/': ['home'],
  '/customers': ['customers'],
  '/customers/*': ['customers', 'consent', 'forecast', 'offers', 'outside', 'personas', 'scores', 'segments'],
  '/merges': ['customers'],
  '/reviews': ['matching', 'customers'],
  '/matching': ['matching', 'imports'],
  '/matching/runs/*': ['matching', 'imports'],
  '/households': ['customers'],
  '/companies': ['customers'],
  '/products': ['products'],
  '/products/*': ['products', 'forecast'],
  '/predictions': ['predictions', 'forecast', 'imports'],
  '/recommendations': ['recommendations', 'forecast', 'products', 'imports'],
  '/segments/outside': ['outside'],
  '/segments/outside/*': ['outside'],
  '/segments/ads': ['ads'],
  '/lookalikes': ['lookalikes'],
  '/lookalikes/*': ['lookalikes', 'imports'],
  '/messages/campaigns': ['campaigns'],
  '/messages/campaigns/*': ['campaigns', 'messages', 'links'],
  '/messages/templates': ['templates'],
  '/messages/templates/*': ['templates', 'recommendations', 'segments'],
  '/messages/journeys': ['journeys'],
  '/messages/journeys/*': ['journeys', 'messages', 'segments'],
  '/messages/sent': ['messages'],
  '/messages/reports': ['messages', 'analytics', 'home', 'segments', 'customers'],
  '/messages/offers': ['offers'],
  '/messages/offers/*': ['offers'],
  '/messages/suppressions': ['consent'],
  '/messages/sandbox': ['channels', 'messages', 'templates'],
  '/messages/deliverability': ['channels', 'messages'],
  '/website/experiences': ['experiences', 'decision'],
  '/website/experiences/*': ['experiences', 'decision', 'segments', 'customers'],
  '/website/page-editor/*': ['pageEditor', 'experiences', 'decision', 'segments', 'customers'],
  '/website/experiments': ['experiments'],
  '/website/experiments/*': ['experiments'],
  '/website/flags': ['flags'],
  '/website/flags/*': ['flags'],
  '/data/live': ['data', 'customers'],
  '/data/imports': ['imports'],
  '/data/imports/*': ['imports'],
  '/data/plan': ['data'],
  '/data/plan/*': ['data'],
  '/data/export': ['data'],
  '/analytics/dashboard': ['analytics', 'home', 'segments', 'customers'],
  '/analytics/trends': ['analytics', 'home', 'segments', 'customers'],
  '/analytics/funnels': ['analytics', 'home', 'segments', 'customers'],
  '/analytics/retention': ['analytics', 'home', 'segments', 'customers'],
  '/analytics/attribution': ['analytics', 'home', 'segments', 'customers'],
  '/analytics/paths': ['analytics', 'home', 'segments', 'customers'],
  '/analytics/values': ['analytics', 'home', 'segments', 'customers'],
  '/analytics/saved': ['analytics'],
  '/analytics/sql': ['sql'],
  '/segments/personas': ['personas', 'segments'],
  '/segments/scores': ['scores', 'segments'],
  '/settings/workspace': ['settings'],
  '/settings/sites': ['settings'],
  '/settings/users': ['settings'],
  '/settings/channels': ['channels', 'messages'],
  '/settings/sending': ['sendingRules', 'messages', 'links'],
  '/settings/keys': ['settings'],
  '/settings/identity': ['settings'],
  '/settings/consent': ['consent'],
  '/settings/rates': ['settings'],
  '/settings/profile': ['settings'],
};

/** The rooms of a page; null when they are not known. */
export function roomsOf(path: string): readonly string[] | null {
  const above = `${path.slice(0, path.lastIndexOf('/'))}/*`;
  for (const one of [path, above]) if (Object.hasOwn(pageRooms, one)) return pageRooms[one] ?? null;
  return null;
}
