/** Calls back when the address changes without a new page: `pushState`, `replaceState`, back and forward. */
export function watchAddress(changed: (from: string, to: string) => void): void {
  const place = (): string => location.origin + location.pathname + location.search;
  let current = place();
  const look = (): void => {
    const now = place();
    if (now === current) return;
    const from = current;
    current = now;
    // The new page's title is usually set right after its address.
    setTimeout(changed, 0, from, now);
  };
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    history[name] = function change(...details) {
      original.apply(this, details);
      look();
    };
  }
  addEventListener('popstate', look);
}
