import {
  invitationSchema,
  inviteRequestSchema,
  inviteResponseSchema,
  rolePatchSchema,
  roleSchema,
  userPageSchema,
  userSchema,
} from '@vitrail/contracts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Deps, Fault, type HttpApp } from '../../platform/index.ts';
import type { Account } from '../accounts/accounts.ts';
import { actorOf } from '../audit/recordAudit.ts';
import type { Govern } from '../govern.ts';
import { changeRole, inviteMember, removeMember, renewInvitation } from '../members/changeMembers.ts';
import { principalOf } from '../principal.ts';
import { findMember, listMembers } from '../sql/members.pg.ts';

const params = z.object({ id: z.string().min(1).max(64) });
const tags = ['govern'];

const answer = (account: Account, role: string, since: Date) => ({
  id: account.id,
  name: account.name,
  email: account.email,
  twoFactor: account.twoFactor,
  role: roleSchema.parse(role),
  state: account.active ? ('active' as const) : ('invited' as const),
  createdAt: since.toISOString(),
});

/** The console's page that takes the token. It stands after `#`, so it never reaches a server, a log or a referrer. */
function linkTo(govern: Govern, request: FastifyRequest, invitation: { token: string; expiresAt: Date }) {
  const origin = govern.publicUrl ?? `${request.protocol}://${request.host}`;
  return { url: `${origin}/invitation#token=${invitation.token}`, expiresAt: invitation.expiresAt.toISOString() };
}

export function registerUserRoutes(app: HttpApp, deps: Pick<Deps, 'pg' | 'clock'>, govern: Govern): void {
  const memberDeps = { ...deps, accounts: govern.accounts };
  const on = (request: FastifyRequest, userId: string) => {
    const principal = principalOf(request);
    return { workspaceId: principal.workspaceId, userId, actor: actorOf(principal) };
  };

  app.get(
    '/api/v1/users',
    {
      config: { access: 'users.write' },
      schema: { summary: 'People of the workspace', tags, response: { 200: userPageSchema } },
    },
    async (request) => {
      const members = await deps.pg.rows(listMembers, { workspace: principalOf(request).workspaceId });
      const accounts = await govern.accounts.findByIds(members.map((member) => member.user_id));
      const items = members.flatMap((member) => {
        const account = accounts.get(member.user_id);
        return account === undefined ? [] : [answer(account, member.role, member.created_at)];
      });
      return { items, next: null };
    },
  );

  app.post(
    '/api/v1/users',
    {
      config: { access: 'users.write' },
      schema: {
        summary: 'Invite a person',
        description: 'The link in the answer is shown only now. Hand it over yourself: nothing is sent.',
        tags,
        body: inviteRequestSchema,
        response: { 201: inviteResponseSchema },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { account, role, since, invitation } = await inviteMember(memberDeps, {
        ...request.body,
        workspaceId: principal.workspaceId,
        actor: actorOf(principal),
      });
      return reply.code(201).send({
        user: answer(account, role, since),
        invitation: invitation && linkTo(govern, request, invitation),
      });
    },
  );

  app.post(
    '/api/v1/users/:id/invitation',
    {
      config: { access: 'users.write' },
      schema: {
        summary: 'A fresh link for a person to choose a password',
        tags,
        params,
        response: { 201: invitationSchema },
      },
    },
    async (request, reply) => {
      const invitation = await renewInvitation(memberDeps, on(request, request.params.id));
      return reply.code(201).send(linkTo(govern, request, invitation));
    },
  );

  app.patch(
    '/api/v1/users/:id',
    {
      config: { access: 'users.write' },
      schema: {
        summary: "Change a person's role",
        tags,
        params,
        body: rolePatchSchema,
        response: { 200: userSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      await changeRole(memberDeps, { ...on(request, id), role: request.body.role });
      const member = await deps.pg.row(findMember, { workspace: principalOf(request).workspaceId, user: id });
      const account = (await govern.accounts.findByIds([id])).get(id);
      if (member === null || account === undefined)
        throw new Fault('not_found', 'govern.no_such_user', 'There is no such person in this workspace.');
      return answer(account, member.role, member.created_at);
    },
  );

  app.delete(
    '/api/v1/users/:id',
    {
      config: { access: 'users.write' },
      schema: {
        summary: 'Take a person out of the workspace',
        tags,
        params,
        response: { 204: z.null().meta({ description: 'Removed.' }) },
      },
    },
    async (request, reply) => {
      await removeMember(memberDeps, on(request, request.params.id));
      return reply.code(204).send(null);
    },
  );
}
