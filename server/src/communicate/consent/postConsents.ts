import type { Channel, ConsentRequest, consentResultSchema } from '@vitrail/contracts';
import type { z } from 'zod';
import { decodeProfileId, encodeProfileId } from '../../collect/index.ts';
import { Fault, type Pg } from '../../platform/index.ts';
import { findHolder, findRoots } from '../../unify/index.ts';
import { type ConsentDeps, changeConsents } from './changeConsents.ts';
import { questions, requestDoubleOptIn } from './doubleOptIn.ts';
import type { Links } from './linkTokens.ts';
import { loadStates } from './loadStates.ts';
import { basesFor, expiryOf, loadPurposes, type Purpose } from './purposes.ts';
import type { ConsentFact } from './recordConsents.ts';
import { listPartsOf } from './sql/people.pg.ts';
import { standingOf } from './standing.ts';

type Result = z.infer<typeof consentResultSchema>;
/** Clocks of shops are not exact. */
const futureMs = 10 * 60_000;

interface By {
  readonly workspace: number;
  readonly actor: string;
  readonly source: 'api' | 'console';
}

/** Records statements of the API or of a colleague; each is answered for itself, in the order asked. Safe to repeat with keys. */
export async function postConsents(
  deps: ConsentDeps & { readonly links: Links },
  by: By,
  requests: readonly ConsentRequest[],
): Promise<Result[]> {
  const { workspace } = by;
  const now = deps.clock.now();
  const profiles = await findProfiles(deps.pg, workspace, requests);
  const purposes = await loadPurposes(deps.pg, workspace);
  const known = new Set(purposes.map(({ name }) => name));
  const unknown = requests.find(({ purpose }) => !known.has(purpose));
  if (unknown !== undefined)
    throw new Fault(
      'invalid',
      'communicate.unknown_purpose',
      `There is no purpose ${unknown.purpose} in this workspace. Add it in the settings first, or use one of: ${[...known].join(', ')}.`,
    );
  const results: (Result | null)[] = requests.map((request, position) => {
    const problem = problemOf(request, profiles[position] ?? null, now);
    return problem === null ? null : refusal(request, profiles[position] ?? null, problem);
  });
  const open = requests.map((_, position) => position).filter((position) => results[position] === null);
  const facts = new Map<number, ConsentFact>();
  for (const position of open) {
    const [request, profile] = [requests[position], profiles[position] ?? null];
    if (request === undefined || profile === null) continue;
    if (request.state !== 'pending') facts.set(position, factOf(purposes, by, request, profile, now));
    else results[position] = await ask(deps, by, request, profile, now);
  }
  if (facts.size > 0) {
    const { entries } = await changeConsents(deps, workspace, [...facts.values()]);
    for (const [index, [position, fact]] of [...facts].entries()) {
      const entry = entries[index];
      const state = await stateNow(deps.pg, workspace, purposes, fact, now);
      const { purpose, channel } = fact;
      const profile = encodeProfileId(fact.profile);
      results[position] = {
        profile,
        purpose,
        channel,
        state,
        id: entry?.id ?? null,
        recorded: entry?.isNew === true,
        problem: null,
      };
    }
  }
  return results.filter((result) => result !== null);
}

const isAskable = (channel: ConsentRequest['channel']): channel is Channel =>
  channel !== '' && questions[channel] !== undefined;

function problemOf(request: ConsentRequest, profile: number | null, now: Date): Result['problem'] {
  if (profile === null) return 'profile_not_found';
  if (request.at !== undefined && Date.parse(request.at) > now.getTime() + futureMs) return 'in_the_future';
  return request.state === 'pending' && !isAskable(request.channel) ? 'cannot_ask' : null;
}

const refusal = ({ purpose, channel }: ConsentRequest, profile: number | null, problem: Result['problem']): Result => ({
  profile: profile === null ? '' : encodeProfileId(profile),
  purpose,
  channel,
  state: 'denied',
  id: null,
  recorded: false,
  problem,
});

async function findProfiles(
  pg: Pg,
  workspace: number,
  requests: readonly ConsentRequest[],
): Promise<readonly (number | null)[]> {
  const ids = requests.map(({ profile }) => (profile === undefined ? null : decodeProfileId(profile)));
  const standing = await pg.rows(findRoots, { workspace, profiles: ids.filter((id) => id !== null) });
  const there = new Set(standing.map(({ id }) => id));
  const named = requests
    .map((_, position) => position)
    .filter((position) => requests[position]?.identifier !== undefined);
  const holders = await findHolder(
    pg,
    workspace,
    named.map((position) => requests[position]?.identifier ?? ''),
  );
  const holderOf = new Map(named.map((position, index) => [position, holders[index] ?? null]));
  return requests.map((_, position) => {
    const id = ids[position] ?? null;
    return id === null ? (holderOf.get(position) ?? null) : there.has(id) ? id : null;
  });
}

const momentOf = ({ at }: ConsentRequest, now: Date): Date => {
  const moment = at === undefined ? now : new Date(at);
  return moment > now ? now : moment;
};

function factOf(
  purposes: readonly Purpose[],
  { actor, source }: By,
  request: ConsentRequest,
  profile: number,
  now: Date,
): ConsentFact {
  const { purpose, channel, state, basis, proof, key, expiresAt } = request;
  const at = momentOf(request, now);
  const usual = state === 'granted' && basis === 'consent' ? expiryOf(purposes, purpose, at) : null;
  return {
    profile,
    purpose,
    channel,
    state,
    basis,
    at,
    expiresAt: expiresAt === undefined ? usual : new Date(expiresAt),
    source,
    actor,
    proof: { ...proof, ...(key !== undefined && { key }) },
  };
}

async function ask(
  deps: ConsentDeps & { readonly links: Links },
  { workspace, actor, source }: By,
  request: ConsentRequest,
  profile: number,
  now: Date,
): Promise<Result> {
  const { purpose, channel, proof, key } = request;
  if (!isAskable(channel)) return refusal(request, profile, 'cannot_ask');
  const question = { workspace, now, profile, purpose, channel, at: momentOf(request, now), source, actor };
  const asked = await deps.pg.transaction((tx) =>
    requestDoubleOptIn(tx, deps.links, { ...question, proof: { ...proof, ...(key !== undefined && { key }) } }),
  );
  const id = 'entry' in asked ? asked.entry : null;
  const state = asked.outcome === 'granted' ? 'granted' : 'pending';
  return {
    profile: encodeProfileId(profile),
    purpose,
    channel,
    state,
    id,
    recorded: asked.outcome === 'asked',
    problem: asked.outcome === 'no_template' ? 'cannot_ask' : null,
  };
}

async function stateNow(
  pg: Pg,
  workspace: number,
  purposes: readonly Purpose[],
  { profile, purpose, channel }: ConsentFact,
  now: Date,
): Promise<Result['state']> {
  const profiles = (await pg.rows(listPartsOf, { workspace, profile })).map(({ id }) => id);
  const states = await loadStates(pg, workspace, profiles);
  const { state } = standingOf(states, { purpose, channel, bases: basesFor(purposes, { purpose, channel }), now });
  return state === 'granted' || state === 'pending' ? state : 'denied';
}
