import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { createHttpClient } from '../src/communicate/channels/http/callHttp.ts';
import type { Scripted } from './channels/companies.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const metaBody = z.strictObject({
  session: z.strictObject({
    session_id: z.number().int().positive(),
    batch_seq: z.literal(1),
    last_batch_flag: z.literal(true),
    estimated_num_total: z.number().int(),
  }),
  payload: z.strictObject({
    schema: z.tuple([z.enum(['EMAIL', 'PHONE'])]),
    data: z
      .array(z.tuple([hash]))
      .min(1)
      .max(10_000),
  }),
});
const account = z.strictObject({ accountType: z.literal('GOOGLE_ADS'), accountId: z.string().regex(/^\d{10}$/) });
const identifier = z.union([z.strictObject({ emailAddress: hash }), z.strictObject({ phoneNumber: hash })]);
const googleRemoval = z.strictObject({
  destinations: z.tuple([
    z.strictObject({ operatingAccount: account, loginAccount: account.optional(), productDestinationId: z.string() }),
  ]),
  audienceMembers: z
    .array(z.strictObject({ userData: z.strictObject({ userIdentifiers: z.array(identifier).min(1).max(10) }) }))
    .min(1)
    .max(10_000),
  encoding: z.literal('HEX'),
});
const googleIngestion = googleRemoval.extend({
  consent: z.strictObject({
    adUserData: z.literal('CONSENT_GRANTED'),
    adPersonalization: z.literal('CONSENT_GRANTED'),
  }),
  termsOfService: z.strictObject({ customerMatchTermsOfServiceStatus: z.literal('ACCEPTED') }),
});

/** One request as the company understood it. */
export interface AdRequest {
  readonly change: 'add' | 'remove';
  readonly hashes: readonly string[];
}

/**
 * Stands in for Meta and Google, from their public descriptions: takes people into audiences and out of them, and refuses a
 * request that is not written as they ask. Audiences are sets, as theirs are.
 */
export async function openAdCompanies() {
  /** By the company's id of the audience. */
  const audiences = new Map<string, Set<string>>();
  const requests: AdRequest[] = [];
  const next: (Scripted | 'lose the answer')[] = [];
  const tokens = { meta: 'EAAB-token', google: 'ya29.access' };

  const apply = (audience: string, change: 'add' | 'remove', hashes: readonly string[]): void => {
    const members = audiences.get(audience) ?? new Set();
    audiences.set(audience, members);
    for (const each of hashes) change === 'add' ? members.add(each) : members.delete(each);
    requests.push({ change, hashes });
  };
  const answer = (response: ServerResponse, { status, headers = {}, body }: Scripted): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };
  const refuse = (response: ServerResponse, status: number, message: string): void =>
    answer(response, { status, body: JSON.stringify({ error: { code: status === 401 ? 190 : 100, message } }) });

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      if (path === '/token')
        return answer(response, { status: 200, body: JSON.stringify({ access_token: tokens.google }) });
      const meta = /^\/v25\.0\/(\d+)\/users$/.exec(path);
      const google = /^\/v1\/audienceMembers:(ingest|remove)$/.exec(path);
      const bearer = request.headers.authorization;
      if (bearer !== `Bearer ${meta === null ? tokens.google : tokens.meta}`)
        return refuse(response, 401, 'Invalid OAuth access token.');
      const scripted = next.shift();
      if (scripted !== undefined && scripted !== 'lose the answer') return answer(response, scripted);
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      if (meta !== null) {
        const read = metaBody.safeParse(body);
        if (!read.success) return refuse(response, 400, read.error.message);
        const { payload, session } = read.data;
        if (session.estimated_num_total !== payload.data.length) return refuse(response, 400, 'session');
        apply(meta[1] ?? '', request.method === 'DELETE' ? 'remove' : 'add', payload.data.flat());
      } else if (google !== null) {
        const change = google[1] === 'ingest' ? 'add' : 'remove';
        const read = (change === 'add' ? googleIngestion : googleRemoval).safeParse(body);
        if (!read.success) return refuse(response, 400, read.error.message);
        const { destinations, audienceMembers } = read.data;
        const hashes = audienceMembers.flatMap(({ userData }) =>
          userData.userIdentifiers.flatMap((each) => Object.values(each)),
        );
        apply(destinations[0].productDestinationId, change, hashes);
      } else return refuse(response, 404, 'no such path');
      if (scripted === 'lose the answer') request.socket.destroy();
      else answer(response, { status: 200, body: JSON.stringify({ requestId: 'r1', num_invalid_entries: 0 }) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const createHttp: typeof createHttpClient = (options) => {
    const http = createHttpClient({ ...options, publicOnly: false });
    const redirect = (url: string): string => `http://127.0.0.1:${port}${new URL(url).pathname}`;
    return { call: (request) => http.call({ ...request, url: redirect(request.url) }), close: http.close };
  };
  return {
    createHttp,
    tokens,
    requests,
    /** How the next requests are answered instead; `lose the answer`: taken, and the connection breaks. */
    answerNext: (...answers: readonly (Scripted | 'lose the answer')[]): void => void next.push(...answers),
    members: (audience: string): string[] => [...(audiences.get(audience) ?? [])].sort(),
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type AdCompanies = Awaited<ReturnType<typeof openAdCompanies>>;
