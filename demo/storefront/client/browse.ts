import type { ArticleData } from '../../src/shop/shopSite.ts';
import { money } from './money.ts';
import { element, language, make, pageData, t } from './page.ts';
import { track } from './tracking.ts';

interface CategoryData {
  readonly listId: string;
  readonly category: string;
  readonly products: readonly ArticleData[];
}

export function categoryPage(): void {
  const { listId, category, products } = pageData<CategoryData>();
  const list = element('.cards', HTMLUListElement);
  const cards = [...list.children];
  const sort = element('#sort', HTMLSelectElement);
  const seen = products
    .slice(0, 20)
    .map(({ url: _, image_url: __, currency: ___, ...product }, place) => ({ ...product, position: place + 1 }));
  track('Product List Viewed', { list_id: listId, category, products: seen });
  sort.addEventListener('change', () => {
    const priceOf = (card: Element) => (card instanceof HTMLElement ? Number(card.dataset.price) : 0);
    const sign = sort.value === 'cheap' ? 1 : -1;
    list.replaceChildren(
      ...(sort.value === 'pick' ? cards : [...cards].sort((a, b) => sign * (priceOf(a) - priceOf(b)))),
    );
    track('Product List Filtered', { list_id: listId, category, sorts: [{ type: 'price', value: sort.value }] });
  });
  list.addEventListener('click', (event) => {
    const card = event.target instanceof Element ? event.target.closest('.card') : null;
    const product = card instanceof HTMLElement ? products.find((one) => one.sku === card.dataset.sku) : undefined;
    if (product !== undefined) track('Product Clicked', { list_id: listId, ...product });
  });
}

interface Found extends ArticleData {
  readonly words: string;
}

export async function searchPage(): Promise<void> {
  const query = new URLSearchParams(location.search).get('q')?.trim() ?? '';
  element('#query', HTMLInputElement).value = query;
  if (query === '') return;
  const { index } = pageData<{ index: string }>();
  const answer = await fetch(index);
  const articles: Found[] = await answer.json();
  const words = fold(query).split(/\s+/);
  const found = articles.filter((article) => {
    const known = fold(`${article.name} ${article.category} ${article.words}`).split(/[^a-z0-9]+/);
    return words.every((word) => known.some((one) => one.startsWith(word)));
  });
  const shown = found.slice(0, 40);
  element('#search-count', HTMLElement).textContent =
    found.length === 0
      ? t.noResults
      : `${found.length} ${t.results} ${language === 'fr' ? `«\u202f${query}\u202f»` : `“${query}”`}`;
  element('#search-results', HTMLUListElement).replaceChildren(...shown.map(resultCard));
  track('Products Searched', { query });
}

function resultCard(article: Found): HTMLElement {
  return make(
    'li',
    { class: 'card' },
    make(
      'a',
      { href: article.url },
      make('img', { src: article.image_url, alt: '', width: '400', height: '480', loading: 'lazy' }),
      make('span', { class: 'card-name' }, article.name),
    ),
    make('span', { class: 'card-line' }, make('span', { class: 'price' }, money(article.price, article.currency))),
  );
}

/** Lower case, no accents, no plural s: what people type is rarely what is printed. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/s\b/g, '');
}
