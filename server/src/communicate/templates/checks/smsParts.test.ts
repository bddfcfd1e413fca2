import { describe, expect, it } from 'vitest';
import { measureSms } from './smsParts.ts';

describe('the length of an SMS', () => {
  it('is 160 letters of the GSM alphabet, and 153 in each of several', () => {
    expect(measureSms('a'.repeat(160))).toMatchObject({ encoding: 'gsm7', parts: 1 });
    expect(measureSms('a'.repeat(161))).toMatchObject({ parts: 2 });
    expect(measureSms('a'.repeat(307))).toMatchObject({ parts: 3 });
    expect(measureSms('')).toMatchObject({ parts: 0 });
  });

  it('counts signs of the second table twice', () => {
    expect(measureSms('€'.repeat(80))).toMatchObject({ encoding: 'gsm7', units: 160, parts: 1 });
    expect(measureSms('€'.repeat(81)).parts).toBe(2);
  });

  it('falls to 70 with a single foreign letter, which it names', () => {
    expect(measureSms(`ê${'a'.repeat(69)}`)).toMatchObject({ encoding: 'ucs2', parts: 1, foreign: ['ê'] });
    expect(measureSms(`ê${'a'.repeat(70)}`).parts).toBe(2);
    // An emoji takes two places.
    expect(measureSms('🎁'.repeat(36)).parts).toBe(2);
  });

  it('knows that é and à are cheap and ê and ’ are not', () => {
    expect(measureSms('Été à Noël').foreign).toEqual(['ë']);
    expect(measureSms('é à è ù ç É').foreign).toEqual(['ç']);
    expect(measureSms('l’été').encoding).toBe('ucs2');
  });
});
