import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCatalogue } from '../catalogue/catalogue.ts';
import { categoryPage, departmentPage, homePage, searchIndex, searchPage } from './pages/browse.ts';
import { accountPage, cartPage, checkoutPage, confirmedPage, missingPage } from './pages/buying.ts';
import { layout, type Page } from './pages/layout.ts';
import { productPage } from './pages/product.ts';
import { drawPicture } from './pictures/picture.ts';
import { departments, type Shop, shopFor } from './shopSite.ts';

interface BundleEntry {
  readonly file: string;
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
}

const signature = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#21443a"/><path d="M8 27V14a8 8 0 0 1 16 0v13z" fill="#e9c777" stroke="#f4efe3" stroke-width="1.6"/><path d="M12 27V14a4 4 0 0 1 8 0v13M16 6v21M8 14h16M8 20.500h16" fill="none" stroke="#21443a" stroke-width="1.2"/></svg>\n`;

/** Writes every page of the shop around the bundle that vite has put into `folder`. */
export async function buildStorefront(folder: string): Promise<number> {
  const bundle = await readBundle(folder);
  const catalogue = buildCatalogue();
  const written = new Set<string>();
  const write = async (path: string, text: string): Promise<void> => {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    written.add(path);
  };
  for (const language of ['fr', 'en'] as const) {
    const shop = shopFor(language, catalogue, bundle);
    for (const page of pagesOf(shop)) await write(`${language}${page.path}index.html`, layout(shop, page).text);
    await write(`${language}/404.html`, layout(shop, missingPage(shop)).text);
    await write(`search-${language}.json`, JSON.stringify(searchIndex(shop)));
  }
  for (const model of catalogue.models) {
    for (const colour of model.colours)
      await write(`pictures/${model.id}-${colour.code}.svg`, drawPicture(model, colour));
  }
  await write('sign.svg', signature);
  return written.size;
}

function pagesOf(shop: Shop): Page[] {
  const { catalogue } = shop;
  return [
    homePage(shop),
    ...departments.map((department) => departmentPage(shop, department)),
    ...catalogue.categories.map((category) => categoryPage(shop, category)),
    ...catalogue.models.map((model) => productPage(shop, model)),
    searchPage(shop),
    cartPage(shop),
    checkoutPage(shop),
    confirmedPage(shop),
    accountPage(shop),
  ];
}

async function readBundle(folder: string): Promise<Pick<Shop, 'script' | 'style' | 'preload'>> {
  const text = await readFile(join(folder, 'bundle.json'), 'utf8');
  const entries: Record<string, BundleEntry> = JSON.parse(text);
  const main = entries['client/main.ts'];
  const style = main?.css?.[0];
  if (main === undefined || style === undefined)
    throw new Error(`${folder}/bundle.json names no client/main.ts: run vite build first.`);
  const preload = (main.assets ?? []).filter((asset) =>
    /(sans-latin-wght|serif-latin-400-normal).*\.woff2$/.test(asset),
  );
  return { script: `/${main.file}`, style: `/${style}`, preload: preload.map((asset) => `/${asset}`) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = await buildStorefront(join(dirname(fileURLToPath(import.meta.url)), '../../dist/storefront'));
  process.stdout.write(`Wrote ${files} files of the storefront.\n`);
}
