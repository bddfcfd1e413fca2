import type { Storage } from './storage.ts';

const leaseMs = 5_000;
const settleMs = 60;

/**
 * Runs `work` unless another tab is at it. Web Locks end with their tab; where a page is not secure enough for them a
 * lease in storage does nearly as well. What slips through twice, the server knows by its message id.
 */
export async function whileAlone(storage: Storage, name: string, work: () => Promise<void>): Promise<boolean> {
  const { locks } = navigator;
  if (locks !== undefined) {
    let asked = false;
    try {
      return await locks.request(name, { ifAvailable: true }, async (lock) => {
        asked = true;
        if (lock !== null) await work();
        return lock !== null;
      });
    } catch (error) {
      // Where storage is forbidden, so are locks: then nothing is shared that two tabs could send.
      if (asked) throw error;
    }
  }
  const key = name.replace('.', '_lease.');
  if (Number(storage.get(key)) > Date.now()) return false;
  // A moment, and what tells it from another tab's.
  const lease = String(Date.now() + leaseMs + Math.random());
  const end = (): unknown => storage.set(key, null);
  storage.set(key, lease);
  addEventListener('pagehide', end);
  // Tabs of two processes hear of each other's writes a moment later; the last one stays.
  await new Promise((settled) => setTimeout(settled, settleMs));
  const alone = storage.get(key) === lease;
  if (alone) await work().finally(end);
  removeEventListener('pagehide', end);
  return alone;
}
