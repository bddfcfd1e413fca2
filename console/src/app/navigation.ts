import {
  IconBrowser,
  IconChartLine,
  IconDatabase,
  IconHome,
  IconPackage,
  IconSend,
  IconSettings,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { Permission } from '@vitrail/contracts';

/** Every place of the console: the rail, the palette and the router agree on it. */
const places = [
  { to: '/', key: 'home', group: 'home', needs: 'analytics.read' },
  { to: '/customers', key: 'customers', group: 'customers', needs: 'profiles.read' },
  { to: '/reviews', key: 'reviews', group: 'customers', needs: 'profiles.read' },
  { to: '/merges', key: 'merges', group: 'customers', needs: 'profiles.read' },
  { to: '/matching', key: 'matching', group: 'customers', needs: 'profiles.read' },
  { to: '/households', key: 'households', group: 'customers', needs: 'profiles.read' },
  { to: '/companies', key: 'companies', group: 'customers', needs: 'profiles.read' },
  { to: '/analytics/dashboard', key: 'dashboard', group: 'analytics', needs: 'analytics.read' },
  { to: '/analytics/trends', key: 'trends', group: 'analytics', needs: 'analytics.read' },
  { to: '/analytics/funnels', key: 'funnels', group: 'analytics', needs: 'analytics.read' },
  { to: '/analytics/retention', key: 'retention', group: 'analytics', needs: 'analytics.read' },
  { to: '/analytics/attribution', key: 'attribution', group: 'analytics', needs: 'analytics.read' },
  { to: '/analytics/paths', key: 'paths', group: 'analytics', needs: 'analytics.read' },
  { to: '/analytics/values', key: 'values', group: 'analytics', needs: 'analytics.read' },
  { to: '/analytics/saved', key: 'savedReports', group: 'analytics', needs: 'analytics.read' },
  { to: '/analytics/sql', key: 'sql', group: 'analytics', needs: 'sql.read' },
  { to: '/segments', key: 'segments', group: 'segments', needs: 'segments.read' },
  { to: '/segments/personas', key: 'personas', group: 'segments', needs: 'analytics.read' },
  { to: '/segments/scores', key: 'scores', group: 'segments', needs: 'analytics.read' },
  { to: '/predictions', key: 'predictions', group: 'segments', needs: 'analytics.read' },
  { to: '/lookalikes', key: 'lookalikes', group: 'segments', needs: 'analytics.read' },
  { to: '/segments/outside', key: 'outside', group: 'segments', needs: 'analytics.read' },
  { to: '/segments/ads', key: 'adAudiences', group: 'segments', needs: 'segments.read' },
  { to: '/messages/campaigns', key: 'campaigns', group: 'messages', needs: 'messages.read' },
  { to: '/messages/templates', key: 'templates', group: 'messages', needs: 'messages.read' },
  { to: '/messages/journeys', key: 'journeys', group: 'messages', needs: 'messages.read' },
  { to: '/messages/offers', key: 'offers', group: 'messages', needs: 'messages.read' },
  { to: '/messages/sent', key: 'messages', group: 'messages', needs: 'messages.read' },
  { to: '/messages/reports', key: 'messageReports', group: 'messages', needs: 'messages.read' },
  { to: '/messages/suppressions', key: 'suppressions', group: 'messages', needs: 'messages.read' },
  { to: '/messages/deliverability', key: 'deliverability', group: 'messages', needs: 'messages.read' },
  { to: '/messages/sandbox', key: 'sandbox', group: 'messages', needs: 'messages.read' },
  { to: '/website/experiences', key: 'experiences', group: 'website', needs: 'experience.read' },
  { to: '/website/experiments', key: 'experiments', group: 'website', needs: 'experience.read' },
  { to: '/website/flags', key: 'flags', group: 'website', needs: 'experience.read' },
  { to: '/products', key: 'products', group: 'products', needs: 'catalog.read' },
  { to: '/recommendations', key: 'recommendations', group: 'products', needs: 'analytics.read' },
  { to: '/data/live', key: 'live', group: 'data', needs: 'events.read' },
  { to: '/data/sources', key: 'sources', group: 'data', needs: 'data.read' },
  { to: '/data/imports', key: 'imports', group: 'data', needs: 'data.read' },
  { to: '/data/plan', key: 'plan', group: 'data', needs: 'data.read' },
  { to: '/data/health', key: 'health', group: 'data', needs: 'data.read' },
  { to: '/data/drops', key: 'drops', group: 'data', needs: 'events.read' },
  { to: '/data/export', key: 'export', group: 'data', needs: 'export.read' },
  { to: '/settings/workspace', key: 'workspace', group: 'settings', needs: 'settings.read' },
  { to: '/settings/sites', key: 'sites', group: 'settings', needs: 'settings.read' },
  { to: '/settings/users', key: 'users', group: 'settings', needs: 'users.write' },
  { to: '/settings/keys', key: 'keys', group: 'settings', needs: 'keys.write' },
  { to: '/settings/consent', key: 'consent', group: 'settings', needs: 'settings.read' },
  { to: '/settings/identity', key: 'identity', group: 'settings', needs: 'settings.read' },
  { to: '/settings/channels', key: 'channels', group: 'settings', needs: 'settings.write' },
  { to: '/settings/sending', key: 'sendingRules', group: 'settings', needs: 'settings.read' },
  { to: '/settings/rates', key: 'rates', group: 'settings', needs: 'settings.read' },
  { to: '/settings/audit', key: 'audit', group: 'settings', needs: 'audit.read' },
] as const satisfies readonly { to: string; key: string; group: string; needs: Permission }[];

export type Place = (typeof places)[number];
type GroupKey = Place['group'];

const groups: readonly { key: GroupKey; icon: typeof IconHome }[] = [
  { key: 'home', icon: IconHome },
  { key: 'customers', icon: IconUsers },
  { key: 'analytics', icon: IconChartLine },
  { key: 'segments', icon: IconUsersGroup },
  { key: 'messages', icon: IconSend },
  { key: 'website', icon: IconBrowser },
  { key: 'products', icon: IconPackage },
  { key: 'data', icon: IconDatabase },
  { key: 'settings', icon: IconSettings },
];

/** The places a person may open. */
export const placesFor = (can: (permission: Permission) => boolean): readonly Place[] =>
  places.filter((place) => can(place.needs));

/** The same, under their headings, without empty ones. */
export function groupsFor(can: (permission: Permission) => boolean) {
  const allowed = placesFor(can);
  return groups
    .map((group) => ({ ...group, places: allowed.filter((place) => place.group === group.key) }))
    .filter((group) => group.places.length > 0);
}

function nearestPlace(path: string): Place | undefined {
  const [nearest] = places
    .filter(({ to }) => path === to || (to !== '/' && path.startsWith(`${to}/`)))
    .sort((one, other) => other.to.length - one.to.length);
  return nearest;
}

/** The address of the place a page belongs to. */
export const placeOf = (path: string): Place['to'] | null => nearestPlace(path)?.to ?? null;

/** What a page asks of its reader: that of the place it belongs to. A page of no place (the own profile) asks nothing. */
export const permissionFor = (path: string): Permission | null => nearestPlace(path)?.needs ?? null;
