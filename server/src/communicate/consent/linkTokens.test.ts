import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createLinks, type LinkSubject } from './linkTokens.ts';
import { createSigner } from './signTokens.ts';

const secret = Buffer.alloc(32, 7);
const links = createLinks(secret, 'https://shop.example/');
const subject: LinkSubject = { workspace: 3, profile: 1_234_567, message: 42, channel: 'email', purpose: 'marketing' };
const tokenOf = (link: string): string => link.slice(link.lastIndexOf('/') + 1);

describe('links in messages', () => {
  it('bring back what they stand for', () => {
    expect(links.readUnsubscribe(tokenOf(links.unsubscribe(subject)))).toEqual(subject);
    expect(links.readPreferences(tokenOf(links.preferences(subject)))).toEqual(subject);
    const expiresAt = new Date('2026-06-01T10:00:00.000Z');
    const asked = { workspace: 3, profile: 9, consent: 77, channel: 'sms' as const, purpose: 'marketing', expiresAt };
    expect(links.readConfirmation(tokenOf(links.confirmation(asked)))).toEqual(asked);
  });

  it('are absolute and say nothing about the person', () => {
    const link = links.unsubscribe(subject);
    expect(link).toMatch(/^https:\/\/shop\.example\/m\/u\/[\w-]+$/);
    const bytes = Buffer.from(tokenOf(link), 'base64url').toString('latin1');
    for (const word of ['marketing', 'email', (1_234_567).toString(36)]) expect(bytes).not.toContain(word);
  });

  it('open one door each: an unsubscribe link is no preference link', () => {
    const token = tokenOf(links.unsubscribe(subject));
    expect(links.readPreferences(token)).toBeNull();
    expect(links.readConfirmation(token)).toBeNull();
  });

  it('refuse every change of a single bit', () => {
    const bytes = Buffer.from(tokenOf(links.unsubscribe(subject)), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(links.readUnsubscribe(changed.toString('base64url'))).toBeNull();
    }
  });

  it('refuse guesses, other installs, other spellings and nonsense', () => {
    const token = tokenOf(links.unsubscribe(subject));
    const elsewhere = createLinks(Buffer.alloc(32, 8), 'https://other.example');
    expect(elsewhere.readUnsubscribe(token)).toBeNull();
    for (let guess = 0; guess < 1_000; guess++)
      expect(links.readUnsubscribe(randomBytes(40).toString('base64url'))).toBeNull();
    for (const other of ['', 'u', `${token}A`, `${token}==`, token.slice(0, -1), 'é', 'x'.repeat(10_000), '%00'])
      expect(links.readUnsubscribe(other)).toBeNull();
  });
});

describe('signing', () => {
  it('keeps any text, and gives the same token for the same text', () => {
    const signer = createSigner(secret);
    for (const text of ['a', 'https://shop.example/é?a=1&b=2#ü', 'x'.repeat(2_000)]) {
      expect(signer.open(signer.sign(text))).toBe(text);
      expect(signer.sign(text)).toBe(signer.sign(text));
    }
    expect(signer.sign('a')).not.toBe(signer.sign('b'));
  });
});
