import type { Language } from '../../src/market.ts';
import { type Texts, texts } from '../../src/shop/texts.ts';

export const language: Language = document.documentElement.lang === 'fr' ? 'fr' : 'en';
export const t: Texts = texts[language];

/** An element that the page must have; a missing one is a mistake in the page. */
export function element<T extends Element>(selector: string, type: new () => T): T {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`The page has no ${selector}.`);
  return found;
}

/** What the page says about itself; the build writes it, so its shape is known. */
export function pageData<T>(): T {
  return JSON.parse(element('#page-data', HTMLScriptElement).text);
}

export function show(selector: string, visible: boolean): void {
  element(selector, HTMLElement).hidden = !visible;
}

/** Says something to everyone, on screen and to screen readers. */
export function announce(text: string): void {
  const toast = element('#toast', HTMLElement);
  toast.textContent = text;
  toast.classList.add('shown');
  setTimeout(() => toast.classList.remove('shown'), 3000);
}

/** Makes an element; attributes as given, children as nodes or text. */
export function make(tag: string, attributes: Record<string, string>, ...children: (Node | string)[]): HTMLElement {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** The values of a form's fields as trimmed text. */
export function valuesOf(form: HTMLFormElement): Record<string, string> {
  const values: Record<string, string> = {};
  new FormData(form).forEach((value, name) => {
    if (typeof value === 'string') values[name] = value.trim();
  });
  return values;
}

/** Checks a form in the page's own words, marks what is wrong and moves there. True when all is well. */
export function check(form: HTMLFormElement): boolean {
  const wrong = [...form.querySelectorAll('input')].filter((input) => !checkField(form, input));
  wrong[0]?.focus();
  // Once told, a field is looked at again whenever it changes.
  if (wrong.length > 0 && form.dataset.told === undefined) {
    form.dataset.told = 'yes';
    form.addEventListener('input', ({ target }) => {
      if (target instanceof HTMLInputElement) checkField(form, target);
    });
  }
  return wrong.length === 0;
}

function checkField(form: HTMLFormElement, input: HTMLInputElement): boolean {
  const good = input.checkValidity();
  if (good) input.removeAttribute('aria-invalid');
  else input.setAttribute('aria-invalid', 'true');
  const own = input.getAttribute('aria-describedby');
  const note = own === null ? form.querySelector('.fault') : document.getElementById(own);
  if (note !== null) note.textContent = good ? '' : input.validity.valueMissing ? t.required : t.invalidEmail;
  return good;
}
