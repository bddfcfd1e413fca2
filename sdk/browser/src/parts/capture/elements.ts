/** An element with its text and children; words are set as text, never read as HTML. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  fields: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), fields);
  element.append(...children);
  return element;
}

export const isSafe = (address: string): boolean => /^(https:\/\/|\/(?!\/)|#|\?)\S*$/.test(address);

/** Everything of the panel but the way out makes room for what is said last, and a screen reader is taken there. */
export function showLast(asking: HTMLElement, title: string, ...rest: (Node | string)[]): void {
  const panel = asking.parentElement;
  for (const each of panel?.children ?? []) if (each !== asking && !each.classList.contains('close')) each.remove();
  const heading = make('h2', { id: 'title', tabIndex: -1, textContent: title });
  asking.replaceChildren(heading, ...rest);
  panel?.removeAttribute('aria-label');
  panel?.setAttribute('aria-labelledby', 'title');
  heading.focus();
}
