import type { Deps } from '../../../platform/index.ts';
import type { MatchDeps } from '../subject.ts';

/** What the routes of matching need besides matching itself: a way to send work to the workers. */
export type RouteDeps = MatchDeps & Pick<Deps, 'jobs'>;
