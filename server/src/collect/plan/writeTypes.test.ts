import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { writeTypes } from './writeTypes.ts';

const plan = writeTypes([
  {
    event: 'Order Completed',
    description: 'Paid. */ nasty',
    schema: {
      required: ['order_id', 'total'],
      properties: {
        order_id: { type: 'string' },
        total: { type: 'number', description: 'With tax' },
        'odd-name"': { type: ['string', 'null'] },
        size: { enum: ['s', 'm', 3, null] },
        products: { type: 'array', items: { $ref: '#/$defs/line' } },
        either: { anyOf: [{ type: 'string' }, { type: 'boolean' }] },
        both: {
          allOf: [{ properties: { a: { type: 'string' } }, required: ['a'] }, { properties: { b: { const: 1 } } }],
        },
        anything: true,
      },
      $defs: {
        line: {
          type: 'object',
          required: ['sku'],
          properties: { sku: { type: 'string' } },
          additionalProperties: false,
        },
      },
    },
  },
  { event: 'Closed', description: '', schema: { type: 'object', additionalProperties: false } },
  { event: 'Free', description: '', schema: {} },
]);

/** Compiles the types with each use of them, strictly; the errors by use. */
function compileUses(...uses: string[]): string[][] {
  const preamble = `import { typedTrack } from './plan.ts';\nconst track = typedTrack({ track: () => 1 });\n`;
  const files = new Map([['plan.ts', plan], ...uses.map((use, index) => [`use${index}.ts`, preamble + use] as const)]);
  const options = {
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    types: [],
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  const textOf = (path: string) => files.get(path.replace(/^.*\//, ''));
  host.getSourceFile = (path, target) => {
    const text = textOf(path);
    return text === undefined ? getSourceFile(path, target) : ts.createSourceFile(path, text, target);
  };
  host.fileExists = (path) => textOf(path) !== undefined || fileExists(path);
  host.readFile = (path) => textOf(path) ?? readFile(path);
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()]
    .slice(1)
    .map((path) =>
      ts
        .getPreEmitDiagnostics(program, program.getSourceFile(path))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
    );
}

describe('the types of a tracking plan', () => {
  it('let right calls compile and wrong ones fail', { timeout: 60_000 }, () => {
    const [right, wrong] = compileUses(
      `track('Order Completed', { order_id: 'a', total: 1, 'odd-name"': null, size: 's', products: [{ sku: 'x' }],
         either: true, both: { a: 'x', b: 1 }, anything: [1], further: 1 });
       track('Closed', {});
       track('Free', { any: 1 });`,
      `track('Order Completed', { order_id: 'a' });
       track('Order Completed', { order_id: 1, total: 1 });
       track('Order Completed', { order_id: 'a', total: 1, size: 'xl' });
       track('Order Completed', { order_id: 'a', total: 1, products: [{ sku: 'x', other: 1 }] });
       track('Closed', { any: 1 });
       track('Unplanned', {});`,
    );
    expect(right).toEqual([]);
    expect(wrong).toHaveLength(6);
  });

  it('keep descriptions, and no description can end its comment', () => {
    expect(plan).toContain('/** With tax */');
    expect(plan).not.toContain('*/ nasty');
  });
});
