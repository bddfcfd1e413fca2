import { accountIdOf } from '../../src/people/accountId.ts';
import { money } from './money.ts';
import type { Order } from './orders.ts';
import { readOrders } from './orders.ts';
import { check, element, language, make, show, valuesOf } from './page.ts';
import { recall, remember } from './storage.ts';
import { forget, identify, track } from './tracking.ts';

interface Account {
  readonly userId: string;
  readonly email: string;
  readonly firstName: string;
}

/** Who is signed in on this device. */
export const readAccount = (): Account | null => recall<Account | null>('account', null);

export function accountPage(): void {
  const signIn = element('#sign-in', HTMLFormElement);
  const signUp = element('#sign-up', HTMLFormElement);
  signIn.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!check(signIn)) return;
    const { email = '' } = valuesOf(signIn);
    enter({ userId: accountIdOf(email), email, firstName: nameIn(email) });
    identify(accountIdOf(email), { email, language });
    track('Signed In', { method: 'password' });
  });
  signUp.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!check(signUp)) return;
    const { email = '', firstName = '', lastName = '', loyaltyCard = '' } = valuesOf(signUp);
    enter({ userId: accountIdOf(email), email, firstName });
    const traits = { email, firstName, lastName, language, ...(loyaltyCard === '' ? {} : { loyaltyCard }) };
    identify(accountIdOf(email), traits);
    track('Signed Up', { method: 'password' });
  });
  element('#sign-out', HTMLButtonElement).addEventListener('click', () => {
    remember('account', null);
    track('Signed Out', {});
    forget();
    refresh();
  });
  refresh();
}

/** A first name guessed from the address, for the greeting only. */
function nameIn(email: string): string {
  const first = email.split(/[.@_]/)[0] ?? '';
  return first.slice(0, 1).toUpperCase() + first.slice(1);
}

function enter(account: Account): void {
  remember('account', account);
  refresh();
}

function refresh(): void {
  const account = readAccount();
  show('#signed-out', account === null);
  show('#signed-in', account !== null);
  if (account === null) return;
  element('#hello', HTMLElement).textContent = account.firstName;
  const orders = readOrders();
  show('#no-orders', orders.length === 0);
  element('#orders', HTMLElement).replaceChildren(...orders.map(orderItem));
}

function orderItem({ orderId, at, total, currency, lines }: Order): HTMLElement {
  const date = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'long' }).format(
    new Date(at),
  );
  return make(
    'li',
    {},
    make(
      'div',
      {},
      make('strong', {}, orderId),
      make('small', {}, `${date} · ${lines.map((line) => line.name).join(', ')}`),
    ),
    make('span', { class: 'price' }, money(total.total, currency)),
  );
}
