// Data flows one way through the rooms; see docs/architecture.md. There is no list of exceptions.
const order = ['platform', 'govern', 'collect', 'unify', 'decide', 'communicate', 'experience', 'app'];
const room = (name) => `^server/src/${name}/`;

/** A room may not import the rooms after it. communicate and experience stand side by side. */
const direction = order.slice(0, -1).map((name, index) => {
  const later = order.slice(index + 1).filter((other) => other !== name);
  if (name === 'communicate') later.push('experience');
  if (name === 'experience') later.push('communicate');
  return {
    name: `${name}-flows-forward`,
    comment: `${name} may import only the rooms before it; what a later room must hear travels as a function handed in by app.`,
    severity: 'error',
    from: { path: room(name), pathNot: '\\.test\\.ts$' },
    to: { path: [...new Set(later)].map(room) },
  };
});

/** Another room is entered by its door, index.ts. */
const doors = order.slice(0, -1).map((name) => ({
  name: `${name}-by-its-door`,
  comment: `Import ${name} through server/src/${name}/index.ts; everything behind it may change.`,
  severity: 'error',
  from: { path: '^server/src/', pathNot: [room(name), '\\.test\\.ts$'] },
  to: { path: room(name), pathNot: `^server/src/${name}/index\\.ts$` },
}));

module.exports = {
  forbidden: [
    ...direction,
    ...doors,
    {
      name: 'no-cycles',
      comment: 'Files that import each other in a ring cannot be understood or tested apart.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'contracts-stand-alone',
      comment: 'contracts is shared by browsers and servers: it imports nothing of ours.',
      severity: 'error',
      from: { path: '^contracts/' },
      to: { path: ['^server/', '^console/', '^demo/'] },
    },
    {
      name: 'sdk-stands-alone',
      comment: 'The SDK runs in other people’s pages: nothing of ours, and nothing of anybody else’s, travels with it.',
      severity: 'error',
      from: { path: '^sdk/', pathNot: '\\.test\\.ts$' },
      to: { path: ['^server/', '^console/', '^demo/', '^contracts/', 'node_modules'] },
    },
    {
      name: 'console-knows-contracts-only',
      comment: 'The console speaks to the server over HTTP and shares only the contracts.',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: ['^server/', '^demo/'] },
    },
    {
      name: 'demo-is-an-outside-shop',
      comment: 'The sample retailer knows of Vitrail what any shop knows: its public doors.',
      severity: 'error',
      from: { path: '^demo/' },
      to: { path: ['^server/', '^console/', '^contracts/'] },
    },
    {
      name: 'environment-in-config-only',
      comment: 'The environment is read once, in platform/config.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: ['^server/src/platform/config/', '^server/src/app/cli/'] },
      to: { path: '^(node:)?process$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.tests.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'], conditionNames: ['import', 'types', 'default'] },
  },
};
