import { sqlViews } from '@vitrail/contracts';

/** Stands where personal data would. */
const masked = "'•••••'";

/** Joined profiles as one person. */
const person = `dictGetOrDefault('profile_root_dict', 'root_id', (workspace_id, profile_id), profile_id)`;
const local = (column: string): string => `toTimeZone(${column}, {zone:String})`;

/** Where a view reads its columns that are not columns of the same name. */
const expressions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  people: {
    person_id: 'profile_id',
    first_seen: local('first_seen'),
    profiles: 'length(members)',
  },
  events: { person_id: person, at: local('timestamp'), received_at: local('received_at') },
  orders: {
    person_id: person,
    at: local('ordered_at'),
    is_sale: "cast(status != 'cancelled', 'Bool')",
    net_revenue: "if(status = 'cancelled', toDecimal64(0, 4), ifNull(base_total, toDecimal64(0, 4)) - base_refunded)",
  },
  order_lines: { person_id: person, at: local('ordered_at') },
  products: {
    on_sale: "cast(isNull(removed_at), 'Bool')",
    updated_at: local('updated_at'),
    removed_at: local('removed_at'),
  },
  segment_members: { person_id: 'profile_id', since: local('since') },
  persona_days: { person_id: 'profile_id' },
};

/** Tables are bound to one workspace first, which is the head of every primary key. */
const sources: Readonly<Record<string, string>> = {
  people: 'customers final where workspace_id = {workspace:UInt32} and not removed',
  events: "events where workspace_id = {workspace:UInt32} and profile_id > 0 and not bot and type != 'segment'",
  orders: "orders final where workspace_id = {workspace:UInt32} and status != ''",
  order_lines: 'order_lines final where workspace_id = {workspace:UInt32} and not removed',
  products: 'products final where workspace_id = {workspace:UInt32}',
  persona_days: 'persona_days final where workspace_id = {workspace:UInt32}',
  segment_members: 'memberships final where workspace_id = {workspace:UInt32} and member',
};

const maskedValue = (type: string): string => {
  if (type.startsWith('Map(')) return `cast(mapApply((k, v) -> (k, ${masked}), traits), '${type}')`;
  return masked;
};

/**
 * The query behind each published view, with the parameters `workspace` and `zone`. Personal columns of a reader who may
 * not see them hold constants.
 */
export const publishedViewTexts = (mask: boolean): ReadonlyMap<string, string> =>
  new Map(
    sqlViews.map((view) => {
      const columns = view.columns.map(({ name, type, personal }) => {
        const value = mask && personal === true ? maskedValue(type) : (expressions[view.name]?.[name] ?? name);
        return value === name ? name : `${value} as ${name}`;
      });
      return [view.name, `select ${columns.join(', ')} from ${sources[view.name] ?? ''}`];
    }),
  );
