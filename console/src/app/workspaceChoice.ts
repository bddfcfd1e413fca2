const storageKey = 'vitrail.workspace';

function read(): number | null {
  try {
    const stored = Number(localStorage.getItem(storageKey));
    return Number.isInteger(stored) && stored > 0 ? stored : null;
  } catch {
    // Storage is switched off: the server picks the workspace.
    return null;
  }
}

let current = read();

/** Which workspace this browser looks at; sent with every request. */
export const chosenWorkspace = {
  get: (): number | null => current,
  set: (id: number | null): void => {
    current = id;
    try {
      if (id === null) localStorage.removeItem(storageKey);
      else localStorage.setItem(storageKey, String(id));
    } catch {
      // Storage is switched off: the choice holds until the page is closed.
    }
  },
};
