import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../platform/index.ts';

/** Whom a token lets edit, from where, on which pages. */
export interface EditorGrant {
  readonly workspace: number;
  readonly user: string;
  /** Origin of the console that asked. */
  readonly console: string;
  /** Origin of the shop's pages. */
  readonly page: string;
}

/** A sitting at the editor; the console asks for a new one when it is over. */
export const editorMinutes = 30;

const claimsSchema = z.tuple([z.int(), z.string(), z.string(), z.string(), z.int()]);

/**
 * Tokens of the editor: signed, nothing stored. What they hold is no secret (numbers and origins); what counts is that
 * nobody else can make one, and that it is worth nothing on another page or in another workspace.
 */
export function createEditorTokens(secret: Buffer, clock: Clock) {
  const mark = (claims: string): Buffer => createHmac('sha256', secret).update(`editor 1 ${claims}`).digest();
  return {
    sign({ workspace, user, console, page }: EditorGrant): { token: string; expiresAt: Date } {
      const expiresAt = new Date(clock.now().getTime() + editorMinutes * 60_000);
      const claims = Buffer.from(
        JSON.stringify([workspace, user, console, page, Math.floor(expiresAt.getTime() / 1_000)]),
      ).toString('base64url');
      return { token: `${claims}.${mark(claims).toString('base64url')}`, expiresAt };
    },
    /** Null for what is made up, changed, too old, or meant for another workspace or another page. */
    open(token: string, at: Pick<EditorGrant, 'workspace' | 'page'>): EditorGrant | null {
      const [claims = '', signature = '', ...more] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const wanted = mark(claims);
      if (more.length > 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
      const [workspace, user, console, page, until] = claimsSchema.parse(
        JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')),
      );
      if (until * 1_000 <= clock.now().getTime() || workspace !== at.workspace || page !== at.page) return null;
      return { workspace, user, console, page };
    },
  };
}
