/** Links lead to the next page with the editor in it; other shops' pages are not entered. */
export function startBrowsing(options: {
  readonly isOn: () => boolean;
  /** A page of the shop. */
  go(url: URL): void;
  outside(url: URL): void;
}): void {
  const follow = (event: Event, address: string): void => {
    if (!URL.canParse(address, location.href)) return;
    const url = new URL(address, location.href);
    if (!/^https?:$/.test(url.protocol)) return;
    // A place on this page.
    if (url.pathname === location.pathname && url.search === location.search && url.origin === location.origin) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (url.origin === location.origin) options.go(url);
    else options.outside(url);
  };
  window.addEventListener(
    'click',
    (event) => {
      if (!options.isOn() || !(event.target instanceof Element)) return;
      const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement);
      if (link instanceof HTMLAnchorElement && link.href !== '') follow(event, link.href);
    },
    true,
  );
  window.addEventListener(
    'submit',
    (event) => {
      const { target: form } = event;
      if (!options.isOn() || !(form instanceof HTMLFormElement) || form.method !== 'get') return;
      const url = new URL(form.action, location.href);
      for (const [name, value] of new FormData(form))
        if (typeof value === 'string') url.searchParams.append(name, value);
      follow(event, url.href);
    },
    true,
  );
}
