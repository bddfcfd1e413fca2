/** What the shop remembers on this device. Losing it, or a browser that forbids it, only means an empty basket. */
export function recall<T>(key: string, fallback: T): T {
  try {
    const text = localStorage.getItem(`clairvoie-${key}`);
    return text === null ? fallback : JSON.parse(text);
  } catch (error) {
    if (error instanceof DOMException || error instanceof SyntaxError) return fallback;
    throw error;
  }
}

export function remember(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(`clairvoie-${key}`);
    else localStorage.setItem(`clairvoie-${key}`, JSON.stringify(value));
  } catch (error) {
    // Storage is full or forbidden: the page works on without.
    if (!(error instanceof DOMException)) throw error;
  }
}
