import { isAllowedFunction } from './allowedFunctions.ts';
import { refuse } from './errors.ts';

/** Nodes of ClickHouse's syntax tree that a read-only SELECT is made of. */
const nodes = new Set([
  ...['SelectWithUnionQuery', 'SelectIntersectExceptQuery', 'SelectQuery', 'ExpressionList', 'WithElement', 'Subquery'],
  ...[
    'TablesInSelectQuery',
    'TablesInSelectQueryElement',
    'TableExpression',
    'TableIdentifier',
    'TableJoin',
    'ArrayJoin',
  ],
  ...['Identifier', 'Literal', 'Function', 'OrderByElement', 'WindowDefinition', 'WindowListElement'],
  ...['Asterisk', 'QualifiedAsterisk', 'ColumnsRegexpMatcher', 'ColumnsListMatcher', 'QualifiedColumnsRegexpMatcher'],
  ...['QualifiedColumnsListMatcher', 'ColumnsTransformerList', 'ColumnsExceptTransformer', 'ColumnsReplaceTransformer'],
  ...['ColumnsReplaceTransformer::Replacement', 'InterpolateElement', 'FunctionParameters'],
]);

/**
 * Checks a statement by its syntax tree, as ClickHouse's own parser sees it (`explain ast`, nothing is run): every node
 * must be of a known kind, every function an allowed one, no table function, no qualified table. A name with a line break
 * could add lines here but never hide one.
 */
export function checkTree(lines: readonly string[], tables: ReadonlySet<string>): void {
  for (const [index, line] of lines.entries()) {
    const [node = '', ...words] = line.trim().split(' ');
    if (node === '') continue;
    if (node === 'Set') throw refuse('settings', 'A statement may not change settings.');
    if (node === 'QueryParameter') throw refuse('parameter', 'A statement has no parameters: write the value itself.');
    if (!nodes.has(node))
      throw refuse('construct', `The statement uses something that is not supported here (${node}).`);
    const name = words[0] ?? '';
    if (node === 'Function') checkFunction(name, lines[index - 1]?.trim().startsWith('TableExpression') === true);
    if (node === 'TableIdentifier' || node === 'Identifier') checkName(node, name, tables);
  }
}

function checkFunction(name: string, asTable: boolean): void {
  if (asTable)
    throw refuse('table_function', `The table function ${name} cannot be used: only the published views can be read.`);
  if (!isAllowedFunction(name)) throw refuse('function', `The function ${name} cannot be used here.`);
}

function checkName(node: string, name: string, tables: ReadonlySet<string>): void {
  const qualified = node === 'TableIdentifier' && name.includes('.');
  if (qualified || tables.has(name)) throw refuse('other_database', `${name} is not a published view.`);
}
