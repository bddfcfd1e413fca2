/** Lets `places` work at once and `waiting` queue; who comes after is sent away. First come, first served. */
export interface Gate {
  /** Null when the queue is full. */
  enter(signal: AbortSignal): Promise<(() => void) | null>;
}

export function createGate(places: number, waiting: number): Gate {
  let free = places;
  const queue: (() => void)[] = [];
  const leave = (): void => {
    const next = queue.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    async enter(signal) {
      if (free > 0) free -= 1;
      else if (queue.length >= waiting) return null;
      else await waitTurn(queue, signal);
      let left = false;
      return () => {
        if (!left) leave();
        left = true;
      };
    },
  };
}

/** Rejects with the signal's reason; who gave up is not called. */
function waitTurn(queue: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      queue.splice(queue.indexOf(onTurn), 1);
      reject(signal.reason);
    };
    const onTurn = (): void => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    };
    if (signal.aborted) reject(signal.reason);
    else {
      queue.push(onTurn);
      signal.addEventListener('abort', onAbort, { once: true });
    }
  });
}
