import { z } from 'zod';
import { type Config, createLog, Fault, findControl } from '../../platform/index.ts';
import { type Running, startVitrail } from '../startVitrail.ts';

/** The running server's API as a command sees it. */
export interface Server {
  readonly address: string;
  /** Parses a good answer with `schema`; throws the server's own problem as a `Fault`. */
  call<S extends z.ZodType>(schema: S, path: string, init?: RequestInit): Promise<z.output<S>>;
  /** The answer itself, for downloads. Throws like `call`. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Stops the server when this command started it. */
  close(): Promise<void>;
}

const problemSchema = z.object({ code: z.string(), detail: z.string() });

function createServer(address: string, token: string, close: () => Promise<void>): Server {
  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${token}`);
    const response = await fetch(new URL(path, address), { ...init, headers });
    if (response.ok) return response;
    const problem = problemSchema.safeParse(await response.json().catch(() => null));
    const { code, detail } = problem.success
      ? problem.data
      : { code: `http.${response.status}`, detail: response.statusText };
    throw new Fault(response.status >= 500 ? 'unavailable' : 'invalid', code, detail);
  };
  return {
    address,
    fetch: send,
    close,
    call: async (schema, path, init) => schema.parse(await (await send(path, init)).json()),
  };
}

/**
 * The server that holds the data directory; when none runs, one started here on a free port for the length of the
 * command. Either way the command speaks the same API.
 */
export async function connect(config: Config): Promise<Server> {
  const control = findControl(config.dataDir);
  if (control !== null) return createServer(control.address, control.token, async () => undefined);
  const running = await startVitrail(
    { ...config, host: '127.0.0.1', port: 0 },
    createLog(config.logLevel === 'info' ? 'warn' : config.logLevel),
  );
  return serverOf(running);
}

/** The API of a server in this process. */
export const serverOf = (running: Running): Server =>
  createServer(running.address, running.controlToken, () => running.stop());
