export { countRefusals, type Origin, type RefusalCounts } from './countRefusals.ts';
export { openInbox } from './openInbox.ts';
export type { Inbox, InboxEntry } from './types.ts';
export { writeGroup } from './writeGroup.ts';
