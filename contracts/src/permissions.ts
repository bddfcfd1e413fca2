import { z } from 'zod';

/** What a signed-in person's role or an API key's scope allows. One word per thing that can be refused. */
export const permissions = [
  'profiles.read',
  'profiles.write',
  'profiles.erase',
  /** Without it names, contact details, identifiers and raw records arrive masked. */
  'personal.read',
  'events.read',
  'data.read',
  'data.write',
  'plan.write',
  'catalog.read',
  'catalog.write',
  'export.read',
  'analytics.read',
  /** Keep reports, for oneself and for everybody. */
  'analytics.write',
  'segments.read',
  'segments.write',
  /** Templates, campaigns, journeys, messages and what came of them. */
  'messages.read',
  'messages.write',
  /** Let something out: start a campaign or a journey, send a message. */
  'messages.send',
  /** Record what a person allowed or refused; keep the list of addresses nothing goes to. */
  'consent.write',
  /** What the shop's pages show to whom, and tests of it. */
  'experience.read',
  'experience.write',
  /** Statements of one's own over the published views. */
  'sql.read',
  'identity.write',
  'settings.read',
  'settings.write',
  'keys.write',
  'users.write',
  'audit.read',
] as const;
export const permissionSchema = z.enum(permissions);
export type Permission = z.infer<typeof permissionSchema>;

export const roleSchema = z.enum(['owner', 'marketer', 'analyst', 'steward', 'developer', 'viewer']);
export type Role = z.infer<typeof roleSchema>;
