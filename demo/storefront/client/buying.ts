import { readAccount } from './account.ts';
import { addUp, type Basket, eventProducts, type Line, readBasket, type Sums, writeBasket } from './basket.ts';
import { money, writeLines, writeSum } from './money.ts';
import { newOrderId, type Order, readOrders, saveOrder } from './orders.ts';
import { check, element, language, make, pageData, show, t, valuesOf } from './page.ts';
import { identify, track } from './tracking.ts';

export function cartPage(): void {
  const sums = pageData<Sums>();
  const basket = readBasket();
  const { goods } = addUp(basket, sums);
  track('Cart Viewed', {
    cart_id: basket.cartId,
    value: goods,
    currency: sums.currency,
    products: eventProducts(basket.lines),
  });
  refreshCart(sums);
}

function refreshCart(sums: Sums): void {
  const basket = readBasket();
  show('#cart', basket.lines.length > 0);
  show('#cart-empty', basket.lines.length === 0);
  element('#cart-lines', HTMLUListElement).replaceChildren(...basket.lines.map((line) => cartLine(line, basket, sums)));
  writeSum(element('#cart-sum', HTMLElement), addUp(basket, sums), sums.currency);
}

function cartLine(line: Line, basket: Basket, sums: Sums): HTMLElement {
  const change = (quantity: number): void => {
    const lines = basket.lines.flatMap((one) => (one !== line ? [one] : quantity > 0 ? [{ ...one, quantity }] : []));
    writeBasket({ ...basket, lines });
    const difference = Math.abs(quantity - line.quantity);
    track(quantity > line.quantity ? 'Product Added' : 'Product Removed', {
      cart_id: basket.cartId,
      ...line,
      quantity: difference,
    });
    refreshCart(sums);
  };
  const button = (label: string, sign: string, quantity: number): HTMLElement => {
    const node = make('button', { type: 'button', 'aria-label': `${label} : ${line.name}` }, sign);
    node.addEventListener('click', () => change(quantity));
    return node;
  };
  const remove = make('button', { type: 'button', class: 'plain' }, t.remove);
  remove.addEventListener('click', () => change(0));
  return make(
    'li',
    {},
    make('img', { src: line.image_url, alt: '', width: '400', height: '480' }),
    make(
      'div',
      {},
      make('a', { href: line.url }, line.name),
      make('small', {}, line.variant),
      make(
        'div',
        { class: 'stepper' },
        button(`${t.quantity} −`, '−', line.quantity - 1),
        make('span', { 'aria-label': t.quantity }, String(line.quantity)),
        button(`${t.quantity} +`, '+', line.quantity + 1),
      ),
      remove,
    ),
    make('span', { class: 'price' }, money(line.price * line.quantity, line.currency)),
  );
}

export function checkoutPage(): void {
  const sums = pageData<Sums & { country: string }>();
  const basket = readBasket();
  if (basket.lines.length === 0) {
    location.replace(`/${language}/cart/`);
    return;
  }
  const checkoutId = basket.cartId;
  const form = element('#checkout', HTMLFormElement);
  const account = readAccount();
  if (account !== null) element('#f-email', HTMLInputElement).value = account.email;
  const refresh = (): void => {
    writeLines(element('#checkout-lines', HTMLUListElement), basket);
    writeSum(element('#checkout-sum', HTMLElement), addUp(readBasket(), sums), sums.currency);
  };
  const { goods } = addUp(basket, sums);
  track('Checkout Started', {
    checkout_id: checkoutId,
    value: goods,
    currency: sums.currency,
    products: eventProducts(basket.lines),
  });
  startCoupon(sums, refresh);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (check(form)) placeOrder(valuesOf(form), sums, checkoutId);
  });
  refresh();
}

function startCoupon(sums: Sums, refresh: () => void): void {
  const form = element('#coupon', HTMLFormElement);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const code = (valuesOf(form).code ?? '').toUpperCase();
    const basket = readBasket();
    const good = sums.coupons[code] !== undefined;
    element('#coupon-note', HTMLElement).textContent = good ? t.couponGood : t.couponWrong;
    if (good) {
      writeBasket({ ...basket, coupon: code });
      track('Coupon Applied', {
        cart_id: basket.cartId,
        coupon_id: code,
        coupon_name: code,
        discount: addUp(readBasket(), sums).discount,
      });
    } else {
      track('Coupon Denied', { cart_id: basket.cartId, coupon_id: code, coupon_name: code, reason: 'unknown' });
    }
    refresh();
  });
}

function placeOrder(values: Record<string, string>, sums: Sums & { country: string }, checkoutId: string): void {
  const { email = '', firstName = '', lastName = '', phone = '', street = '', postalCode = '', city = '' } = values;
  const basket = readBasket();
  const order: Order = {
    orderId: newOrderId(),
    checkoutId,
    at: new Date().toISOString(),
    email,
    lines: basket.lines,
    total: addUp(basket, sums),
    coupon: basket.coupon,
    currency: sums.currency,
    affiliation: sums.affiliation,
    reported: false,
  };
  saveOrder(order);
  const address = { street, postalCode, city, country: sums.country };
  identify(readAccount()?.userId ?? null, {
    email,
    firstName,
    lastName,
    address,
    ...(phone === '' ? {} : { phone }),
  });
  track('Checkout Step Completed', { checkout_id: checkoutId, step: 1, shipping_method: values.shipping ?? '' });
  track('Payment Info Entered', { checkout_id: checkoutId, step: 2, payment_method: values.payment ?? '' });
  writeBasket({ ...basket, lines: [] });
  location.assign(`/${language}/order-confirmed/`);
}

export function confirmedPage(): void {
  const order = readOrders()[0];
  show('#thanks', order !== undefined);
  show('#no-order', order === undefined);
  if (order === undefined) return;
  element('#thanks-email', HTMLElement).textContent = order.email;
  element('#thanks-order', HTMLElement).textContent = order.orderId;
  writeLines(element('#thanks-lines', HTMLUListElement), order);
  writeSum(element('#thanks-sum', HTMLElement), order.total, order.currency);
  if (order.reported) return;
  const { goods: _, ...amounts } = order.total;
  const net = Math.round((amounts.total - amounts.tax - amounts.shipping) * 100) / 100;
  track('Order Completed', {
    order_id: order.orderId,
    checkout_id: order.checkoutId,
    affiliation: order.affiliation,
    ...amounts,
    subtotal: net,
    revenue: net,
    currency: order.currency,
    ...(order.coupon === null ? {} : { coupon: order.coupon }),
    products: eventProducts(order.lines),
  });
  saveOrder({ ...order, reported: true });
}
