/** Text by key on this device; in this page only where the browser forbids more. Nothing here throws. */
export interface Storage {
  get(key: string): string | null;
  /** Null removes. False when it is kept in this page only. */
  set(key: string, value: string | null): boolean;
  keys(prefix: string): string[];
}

/** Access to `localStorage` itself throws where storage is blocked. */
function deviceStorage(): globalThis.Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

export function createStorage(device: globalThis.Storage | null = deviceStorage()): Storage {
  const page = new Map<string, string>();
  return {
    get(key) {
      try {
        return page.get(key) ?? device?.getItem(key) ?? null;
      } catch {
        return null;
      }
    },
    set(key, value) {
      page.delete(key);
      try {
        if (value === null) device?.removeItem(key);
        else if (device !== null) {
          device.setItem(key, value);
          return true;
        }
      } catch {
        // Full, or forbidden after all.
      }
      if (value !== null) page.set(key, value);
      return value === null;
    },
    keys(prefix) {
      return [...new Set([...Object.keys(device ?? {}), ...page.keys()])]
        .filter((key) => key.startsWith(prefix))
        .sort();
    },
  };
}
