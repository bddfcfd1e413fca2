import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/**
 * A free port below the range from which the system takes the ports of outgoing connections, so that it is still free
 * when a killed server starts again, and among those that `fetch` is willing to call.
 */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(5_100, 6_000);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port between 5100 and 5999');
}
