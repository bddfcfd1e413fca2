import '@fontsource-variable/instrument-sans/wght.css';
import '@fontsource/instrument-serif/latin-400.css';
import '@fontsource/instrument-serif/latin-400-italic.css';
import '../styles/base.css';
import '../styles/frame.css';
import '../styles/notices.css';
import '../styles/shop.css';
import '../styles/product.css';
import '../styles/buying.css';
import { accountPage } from './account.ts';
import { showCount } from './basket.ts';
import { categoryPage, searchPage } from './browse.ts';
import { cartPage, checkoutPage, confirmedPage } from './buying.ts';
import { startConsent } from './consent.ts';
import { announce, check, element, t, valuesOf } from './page.ts';
import { productPage } from './product.ts';
import { applyConsent, identify, startTracking, track, trackPage } from './tracking.ts';

const pages: Readonly<Record<string, () => void | Promise<void>>> = {
  category: categoryPage,
  product: productPage,
  search: searchPage,
  cart: cartPage,
  checkout: checkoutPage,
  confirmed: confirmedPage,
  account: accountPage,
};

const { page = '', name = '' } = document.body.dataset;
showCount();
startLetter();
startConsent(applyConsent);
trackPage(name);
void pages[page]?.();
void startTracking();

function startLetter(): void {
  const form = element('#letter', HTMLFormElement);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!check(form)) return;
    const { email = '' } = valuesOf(form);
    identify({ email });
    track('Newsletter Subscribed', { place: 'footer' });
    form.reset();
    announce(t.subscribed);
  });
}
