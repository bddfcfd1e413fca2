import type { CapturePart } from './capturePart.ts';
import type { EditorPart } from './editorPart.ts';
import { isAsking, type Payload } from './payload.ts';
import type { ProductsPart } from './productsPart.ts';

/**
 * What few pages need, each a script of its own that is loaded from beside ours when it is needed for the first time. A new
 * one: an entry in `src/parts`, a line here, its budget in `build.mjs`.
 */
export interface Parts {
  readonly capture: CapturePart;
  readonly products: ProductsPart;
  readonly editor: EditorPart;
}
export type PartName = keyof Parts;

/** Parts that are there. */
export type LoadedParts = Partial<Parts>;

export interface PartLoader {
  /** Those of these names; rejects when a script cannot be had. Each is loaded once. */
  load(names: readonly PartName[]): Promise<LoadedParts>;
}

/** What showing this takes beside this script. */
export function partsOf(payload: Payload | null): PartName[] {
  const needed = new Set<PartName>();
  if (payload !== null && 'blocks' in payload && payload.blocks.some(({ type }) => type !== 'image'))
    needed.add('products');
  if (payload !== null && isAsking(payload)) needed.add('capture');
  return [...needed];
}

const shelf = 'vitrailParts';

/** A part hands itself over, as the last thing its script does. */
export function offerPart<Name extends PartName>(name: Name, part: Parts[Name]): void {
  const page = Object(window);
  page[shelf] = { ...page[shelf], [name]: part };
}

/** `script` is ours: parts lie beside it and carry its nonce, which a strict policy asks for. */
export function createPartLoader(script: { readonly src: string; readonly nonce: string }): PartLoader {
  const loading = new Map<PartName, Promise<void>>();
  const add = (name: PartName): Promise<void> =>
    new Promise((resolve, reject) => {
      const element = document.createElement('script');
      element.src = new URL(`${name}.js`, script.src).href;
      element.nonce = script.nonce;
      element.onload = () => resolve();
      element.onerror = () => {
        loading.delete(name); // the next page without reload may have more luck
        element.remove();
        reject(new Error(`${name}.js`));
      };
      document.head.append(element);
    });
  const offered = (): LoadedParts => Object(window)[shelf] ?? {};
  const ensure = async (name: PartName): Promise<void> => {
    if (offered()[name] !== undefined) return;
    if (!loading.has(name)) loading.set(name, add(name));
    await loading.get(name);
    if (offered()[name] === undefined) throw new Error(`${name}.js`);
  };
  return {
    async load(names) {
      await Promise.all(names.map(ensure));
      return offered();
    },
  };
}
