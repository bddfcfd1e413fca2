import { describe, expect, it } from 'vitest';
import { createEditorTokens, editorMinutes } from './tokens.ts';

let now = new Date('2026-05-20T12:00:00Z');
const clock = { now: () => now };
const tokens = createEditorTokens(Buffer.alloc(32, 7), clock);
const grant = { workspace: 3, user: 'u1', console: 'https://cdp.shop.example', page: 'https://shop.example' };
const at = { workspace: 3, page: 'https://shop.example' };

describe('a token of the editor', () => {
  it('says who edits, from which console', () => {
    const { token, expiresAt } = tokens.sign(grant);
    expect(tokens.open(token, at)).toEqual(grant);
    expect(expiresAt.getTime() - now.getTime()).toBe(editorMinutes * 60_000);
  });

  it('is worth nothing in another workspace or on another page', () => {
    const { token } = tokens.sign(grant);
    expect(tokens.open(token, { ...at, workspace: 4 })).toBeNull();
    expect(tokens.open(token, { ...at, page: 'https://other.example' })).toBeNull();
    expect(tokens.open(token, { ...at, page: 'http://shop.example' })).toBeNull();
  });

  it('ends', () => {
    const { token } = tokens.sign(grant);
    const before = now;
    now = new Date(now.getTime() + editorMinutes * 60_000);
    expect(tokens.open(token, at)).toBeNull();
    now = before;
  });

  it('cannot be made or changed by somebody else', () => {
    const { token } = tokens.sign(grant);
    const [claims = '', signature = ''] = token.split('.');
    const others = createEditorTokens(Buffer.alloc(32, 8), clock).sign(grant).token;
    const changed = Buffer.from(JSON.stringify([4, 'u1', grant.console, grant.page, 9e9])).toString('base64url');
    for (const forged of [
      others,
      `${changed}.${signature}`,
      `${claims}.`,
      claims,
      '',
      '.',
      `${token}.x`,
      `${claims}x.${signature}`,
      token.slice(0, -2),
    ])
      expect(tokens.open(forged, at), forged).toBeNull();
  });
});
