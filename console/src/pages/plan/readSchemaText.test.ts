import { describe, expect, it } from 'vitest';
import { readSchemaText } from './readSchemaText.ts';

describe('a schema as typed', () => {
  it('is an object, or says what it is not', () => {
    expect(readSchemaText('{"type":"object"}')).toEqual({ ok: true, value: { type: 'object' } });
    expect(readSchemaText('{"type":')).toEqual({ ok: false, reason: 'json' });
    expect(readSchemaText('[1]')).toEqual({ ok: false, reason: 'object' });
    expect(readSchemaText('null')).toEqual({ ok: false, reason: 'object' });
  });
});
