import { describe, expect, it } from 'vitest';
import { readSuppressionFile } from './readImport.ts';

const read = (text: string) => {
  const { lines, rejected } = readSuppressionFile(text, { channel: 'email', country: 'FR' });
  return { found: lines.map(({ channel, value }) => `${channel} ${value}`), rejected };
};

describe('a file of addresses nothing goes to', () => {
  it('is one address a line, in any spelling', () => {
    expect(read('\uFEFFZoe@Example.FR\n\n <leo@example.fr>\r\n')).toEqual({
      found: ['email zoe@example.fr', 'email leo@example.fr'],
      rejected: [],
    });
  });

  it('is a table of another tool, with its own columns around', () => {
    expect(read('id;E-mail;reason\n1;zoe@example.fr;bounce\n2;leo@example.fr;spam')).toEqual({
      found: ['email zoe@example.fr', 'email leo@example.fr'],
      rejected: [],
    });
  });

  it('may name the channel of each, and says which lines it could not read', () => {
    expect(read('value,channel\n06 12 34 56 78,sms\nnobody,email\nx@example.fr,pigeon')).toEqual({
      found: ['sms +33612345678'],
      rejected: [
        { line: 3, problem: 'not_an_address' },
        { line: 4, problem: 'unknown_channel' },
      ],
    });
  });
});
