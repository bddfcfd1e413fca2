// Lets a plain Node process run our TypeScript, for tests that must kill a whole process. Types are only removed.
import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';

const contracts = new URL('../../contracts/src/index.ts', import.meta.url).href;

export async function resolve(specifier, context, nextResolve) {
  return nextResolve(specifier === '@vitrail/contracts' ? contracts : specifier, context);
}

export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  const { default: typescript } = await import('typescript');
  const { outputText } = typescript.transpileModule(readFileSync(fileURLToPath(url), 'utf8'), {
    compilerOptions: {
      module: typescript.ModuleKind.ESNext,
      target: typescript.ScriptTarget.ES2023,
      verbatimModuleSyntax: true,
    },
  });
  return { format: 'module', source: outputText, shortCircuit: true };
}

// Loaded by --import in the process itself; loaded again, by `register`, in the thread that runs the two hooks above.
if (!process.env.VITRAIL_TEST_LOADER) {
  process.env.VITRAIL_TEST_LOADER = '1';
  register(import.meta.url);
}
