import type { ArticleData } from '../../src/shop/shopSite.ts';
import { addLine } from './basket.ts';
import { announce, element, pageData, t } from './page.ts';
import { track } from './tracking.ts';

interface VariantData {
  readonly colour: string;
  readonly colourName: string;
  readonly size: string;
  readonly inStock: boolean;
  readonly article: ArticleData;
}

interface ProductData {
  readonly shown: string;
  readonly variants: readonly VariantData[];
}

export function productPage(): void {
  const { shown, variants } = pageData<ProductData>();
  const form = element('#buy', HTMLFormElement);
  const first = variants.find((variant) => variant.article.sku === shown) ?? variants[0];
  if (first === undefined) throw new Error('The product has no variants.');
  const sized = variants.some((variant) => variant.size !== first.size);
  // A link from a feed names the article: /p/…/?v=RO101-FRA-38
  const wanted = variants.find((variant) => variant.article.sku === new URLSearchParams(location.search).get('v'));
  if (wanted !== undefined) choose(form, wanted, sized);
  const current = (): VariantData | undefined => {
    const data = new FormData(form);
    const size = sized ? data.get('size') : first.size;
    return variants.find((variant) => variant.colour === data.get('colour') && variant.size === size);
  };
  const refresh = (): void => {
    const colour = new FormData(form).get('colour');
    const ofColour = variants.filter((variant) => variant.colour === colour);
    const some = ofColour[0];
    if (some !== undefined) {
      element('#colour-name', HTMLElement).textContent = some.colourName;
      element('#picture', HTMLImageElement).src = some.article.image_url;
    }
    for (const input of form.querySelectorAll<HTMLInputElement>('input[name="size"]')) {
      const variant = ofColour.find((one) => one.size === input.value);
      const missing = variant?.inStock !== true;
      input.disabled = missing;
      if (missing) input.checked = false;
      input.parentElement?.setAttribute('title', missing ? `${input.value}, ${t.soldOut}` : input.value);
    }
  };
  form.addEventListener('change', refresh);
  form.noValidate = true;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const variant = current();
    element('#buy-fault', HTMLElement).textContent = variant === undefined ? t.chooseSize : '';
    if (variant === undefined) {
      form.querySelector<HTMLInputElement>('input[name="size"]:enabled')?.focus();
      return;
    }
    const basket = addLine(variant.article, 1);
    track('Product Added', { cart_id: basket.cartId, ...variant.article, quantity: 1 });
    announce(t.added);
  });
  element('#wish', HTMLButtonElement).addEventListener('click', () => {
    track('Product Added to Wishlist', { ...(current() ?? first).article });
    announce(t.wished);
  });
  refresh();
  track('Product Viewed', { ...(wanted ?? first).article });
}

function choose(form: HTMLFormElement, variant: VariantData, sized: boolean): void {
  for (const input of form.querySelectorAll<HTMLInputElement>('input[type="radio"]')) {
    if (input.name === 'colour') input.checked = input.value === variant.colour;
    if (input.name === 'size' && sized) input.checked = input.value === variant.size;
  }
}
