/** Words that every visit needs: signing in, the frame, what any page may say. */
export const firstRooms: readonly string[] = ['access', 'common', 'shell'];

/**
 * The files of words (`en/<room>.json`) that a page says beyond these, by its address; `/*` stands for the pages below. A page
 * that is not here loads all of them. A test follows the imports of each page and names what is missing.
 */
export const pageRooms: Readonly<Record<string, readonly string[]>> = {
  '/': ['home'],
  '/customers': ['customers'],
  '/customers/*': ['customers', 'segments', 'personas', 'scores', 'forecast', 'products'],
  '/merges': ['customers'],
  '/reviews': ['matching', 'customers'],
  '/matching': ['matching', 'imports'],
  '/matching/runs/*': ['matching', 'imports'],
  '/companies': ['customers'],
  '/products': ['products'],
  '/products/*': ['products', 'forecast'],
  '/predictions': ['predictions', 'forecast', 'imports'],
  '/recommendations': ['recommendations', 'forecast', 'products', 'imports'],
  '/lookalikes': ['lookalikes'],
  '/lookalikes/*': ['lookalikes', 'imports'],
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
  '/settings/keys': ['settings'],
  '/settings/identity': ['settings'],
  '/settings/rates': ['settings'],
  '/settings/profile': ['settings'],
};

/** The rooms of a page; null when they are not known. */
export function roomsOf(path: string): readonly string[] | null {
  const above = `${path.slice(0, path.lastIndexOf('/'))}/*`;
  for (const one of [path, above]) if (Object.hasOwn(pageRooms, one)) return pageRooms[one] ?? null;
  return null;
}
