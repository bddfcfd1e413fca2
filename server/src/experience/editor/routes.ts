import {
  editorAnswerSchema,
  editorCheckSchema,
  editorSessionRequestSchema,
  editorSessionSchema,
  rolePermissions,
  roleSchema,
} from '@vitrail/contracts';
import { answerPreflight } from '../../collect/index.ts';
import { type Keys, principalOf } from '../../govern/index.ts';
import { type Deps, Fault, type HttpApp } from '../../platform/index.ts';
import { pageOrigin } from './pageOrigin.ts';
import { findRole, listDomains } from './sql/editor.pg.ts';
import { createEditorTokens, type EditorGrant } from './tokens.ts';

const tags = ['Experiences'];
const bodyBytes = 8 * 1024;

export interface EditorDeps extends Pick<Deps, 'pg' | 'clock'> {
  readonly keys: Pick<Keys, 'findWriteKey'>;
  /** `secrets.editor`. */
  readonly editorSecret: Buffer;
  /** Origin of the console as people reach it; null: that of each request. */
  readonly publicUrl: string | null;
}

type Tokens = ReturnType<typeof createEditorTokens>;

/** Opens the editor on a page of the shop for somebody signed in, and tells that page whether it really was. */
export function registerEditorRoutes(app: HttpApp, deps: EditorDeps): void {
  const tokens = createEditorTokens(deps.editorSecret, deps.clock);
  registerSessions(app, deps, tokens);
  app.register(async (door) => {
    // Pages send JSON as plain text, which takes no preflight.
    const parse = door.getDefaultJsonParser('error', 'error');
    door.addContentTypeParser('text/plain', { parseAs: 'string', bodyLimit: bodyBytes }, parse);
    registerCheck(door, deps, tokens);
  });
}

function registerSessions(app: HttpApp, deps: EditorDeps, tokens: Tokens): void {
  app.post(
    '/api/v1/editor-sessions',
    {
      config: { access: 'experience.write' },
      schema: {
        tags,
        summary: 'Open the editor on a page of the shop',
        description:
          'For somebody signed in, not for keys. The token belongs into the fragment of the page’s address and works for half an hour, on pages of that origin, with the console that asked.',
        body: editorSessionRequestSchema,
        response: { 200: editorSessionSchema },
      },
    },
    async (request) => {
      const { kind, id, workspaceId } = principalOf(request);
      if (kind !== 'user')
        throw new Fault('forbidden', 'experience.editor_for_people', 'Sign in to edit pages: a key cannot.');
      const domains = await deps.pg.rows(listDomains, { workspace: workspaceId });
      const page = pageOrigin(
        request.body.page,
        domains.map(({ domain }) => domain),
      );
      if (page === null)
        throw new Fault(
          'invalid',
          'experience.page_not_ours',
          'This page belongs to none of your sites. Add its domain under Settings → Sites.',
        );
      const console = deps.publicUrl ?? request.headers.origin ?? `${request.protocol}://${request.host}`;
      const { token, expiresAt } = tokens.sign({
        workspace: workspaceId,
        user: id,
        console: new URL(console).origin,
        page,
      });
      return { token, origin: page, expiresAt: expiresAt.toISOString() };
    },
  );
}

function registerCheck(app: HttpApp, deps: EditorDeps, tokens: Tokens): void {
  const config = { access: 'public', anyOrigin: true } as const;
  app.post(
    '/v1/editor',
    {
      config,
      bodyLimit: bodyBytes,
      schema: {
        tags,
        summary: 'Whether somebody edits this page',
        description: 'Asked by the page’s own script before it lets the editor in. Every refusal is the same.',
        body: editorCheckSchema,
        response: { 200: editorAnswerSchema },
      },
    },
    async (request) => {
      const { writeKey, token } = request.body;
      const key = await deps.keys.findWriteKey(writeKey);
      const grant =
        key === null ? null : tokens.open(token, { workspace: key.workspaceId, page: request.headers.origin ?? '' });
      if (grant === null || !(await mayStillEdit(deps, grant)))
        throw new Fault('forbidden', 'experience.not_editing', 'Nobody edits this page with this token.');
      return { console: grant.console };
    },
  );
  app.options('/v1/editor', { config, schema: { hide: true } }, answerPreflight);
}

/** Whoever was removed since, or may no longer change experiences, is let in no more. */
async function mayStillEdit({ pg }: EditorDeps, { workspace, user }: EditorGrant): Promise<boolean> {
  const member = await pg.row(findRole, { workspace, user });
  const role = roleSchema.safeParse(member?.role);
  return role.success && rolePermissions[role.data].includes('experience.write');
}
