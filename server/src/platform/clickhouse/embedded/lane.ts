/**
 * Connections that share work: a connection runs one query at a time, so a caller takes an idle one or waits its turn.
 * First come, first served; a waiter whose signal aborts leaves the queue.
 */
export class Lane<Connection> {
  readonly connections: readonly Connection[];
  #idle: Connection[];
  #waiting: ((connection: Connection) => void)[] = [];

  constructor(connections: readonly Connection[]) {
    this.connections = connections;
    this.#idle = [...connections];
  }

  /** Runs `work` alone on one connection. `work` settles only when the engine is really done with the connection. */
  async use<T>(work: (connection: Connection) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const connection = await this.take(signal);
    try {
      signal?.throwIfAborted();
      return await work(connection);
    } finally {
      this.give(connection);
    }
  }

  take(signal?: AbortSignal): Promise<Connection> {
    signal?.throwIfAborted();
    const idle = this.#idle.pop();
    if (idle !== undefined) return Promise.resolve(idle);
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#waiting = this.#waiting.filter((waiter) => waiter !== onTurn);
        reject(signal?.reason);
      };
      const onTurn = (connection: Connection) => {
        signal?.removeEventListener('abort', onAbort);
        resolve(connection);
      };
      this.#waiting.push(onTurn);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  give(connection: Connection): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(connection);
    else next(connection);
  }
}
