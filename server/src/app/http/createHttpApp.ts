import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, {
  type ConnectionError,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { allowOrigin } from '../../collect/index.ts';
import { Fault, type HttpApp, type Log, type Metrics } from '../../platform/index.ts';
import { closeQuietConnections } from './closeConnections.ts';
import { describeError } from './describeError.ts';
import { createGuard, type Identify, isPreflight } from './guard.ts';
import { createLimiters, type Limits } from './limits.ts';
import { observeRequests } from './observe.ts';
import { registerOpenApi, registerReference } from './openapi.ts';
import { problemType, toProblem } from './problem.ts';
import { dataPolicy } from './securityHeaders.ts';
import { type ReadyPart, registerSystemRoutes } from './systemRoutes.ts';

export interface HttpSettings {
  /** Origin of the console as people reach it, or null to take each request's own. `https:` turns HSTS on. */
  readonly publicUrl: string | null;
  /** Whose `X-Forwarded-*` headers count: nobody's, everybody's, the nearest n, or these addresses and ranges. */
  readonly trustProxy: boolean | number | readonly string[];
  readonly limits: Limits;
  /** Largest JSON body of routes that state no limit of their own. */
  readonly bodyLimit: number;
  /** Requests slower than this are logged. */
  readonly slowMs: number;
  readonly version: string;
}

export interface HttpAppParts {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly settings: HttpSettings;
  readonly identify: Identify;
  readonly ready: readonly ReadyPart[];
  /** Registers the routes of all rooms. */
  readonly rooms: (app: HttpApp) => void | Promise<void>;
}

/** Fails the start when a route does not say who may call it. Routes of plugins are looked at after all their hooks ran. */
function denyByDefault(app: FastifyInstance): void {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    routes.push(route);
  });
  app.addHook('onReady', async () => {
    const open = routes.filter((route) => route.config?.access === undefined);
    if (open.length > 0)
      throw new Error(
        `routes without config.access: ${open.map((route) => `${route.method} ${route.url}`).join(', ')}`,
      );
  });
}

function answerErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error, request, reply) => {
    const { status, headers, body, unforeseen } = toProblem(error, request.id);
    if (unforeseen || (error instanceof Fault && error.kind === 'unavailable')) {
      const fields = { requestId: request.id, route: request.routeOptions.url, error: describeError(error) };
      log.error(fields, unforeseen ? 'unforeseen error in a request' : 'a request could not be served');
    }
    return reply.code(status).headers(headers).type(problemType).serializer(JSON.stringify).send(body);
  });
  app.setNotFoundHandler(() => {
    throw new Fault(
      'not_found',
      'http.no_such_route',
      'There is nothing at this address. /api/reference lists what there is.',
    );
  });
}

/** Refusals that come before routing: a URL that cannot be read. */
function answerFrameworkError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const { status, body } = toProblem(error, request.id);
  reply.code(status).type(problemType).serializer(JSON.stringify).send(body);
}

/** What is not HTTP, or has headers too large, or is too slow: there is no request yet, only a socket. */
function answerBrokenRequest(error: ConnectionError, socket: Socket): void {
  if (socket.destroyed || error.code === 'ECONNRESET') return;
  const [status, code, detail] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'http.headers_too_large', 'The headers of the request are too large.']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'http.too_slow', 'The request did not arrive in time.']
        : [400, 'http.bad_http', 'This is not a valid HTTP request.'];
  const title = STATUS_CODES[Number(status)] ?? 'Error';
  const body = JSON.stringify({ type: 'about:blank', title, status, code, detail, requestId: randomUUID() });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\ncontent-type: ${problemType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/**
 * Pages of any site may read the answers of routes that say so, refusals above all: without these headers a browser
 * reports "too many, wait 10 seconds" as a network failure. Before every hook that may refuse.
 */
function admitOtherSites(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.config.anyOrigin) allowOrigin(request, reply);
    done();
  });
}

/** Requests that arrive while the server stops are told to come back; those already accepted are finished. */
function refuseWhileStopping(app: FastifyInstance): void {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!stopping || isPreflight(request)) return;
    reply.header('connection', 'close');
    throw new Fault('unavailable', 'http.stopping', 'The server is stopping. Try again in a moment.');
  });
}

/** Routes that only take something in, such as the collection door: no browser ever shows their answers. */
const takesOnly = ({ method, config }: RouteOptions): boolean =>
  config?.access === 'public' && ![method].flat().some((name) => name === 'GET' || name === 'HEAD');

async function addSecurityHeaders(app: FastifyInstance, { publicUrl }: HttpSettings): Promise<void> {
  // Setting a dozen headers costs 20 µs a request, which those routes feel and nobody reads.
  app.addHook('onRoute', (route) => {
    if (takesOnly(route)) route.helmet = false;
  });
  await app.register(helmet, {
    contentSecurityPolicy: false,
    crossOriginResourcePolicy: false,
    xFrameOptions: { action: 'deny' },
    // `no-referrer` would make browsers send `Origin: null` with forms; ours must be able to prove themselves.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: publicUrl?.startsWith('https:') ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  });
  app.addHook('onRequest', (request, reply, done) => {
    const { config } = request.routeOptions;
    const open = config.access === 'public';
    reply.header('x-request-id', request.id);
    // Public answers hold nothing secret, and beacons of shops fail when theirs claims to be for our own site only.
    reply.header('cross-origin-resource-policy', open ? 'cross-origin' : 'same-origin');
    if (request.method === 'GET' || !open) reply.header('content-security-policy', dataPolicy);
    if (!open) reply.header('cache-control', 'no-store');
    done();
  });
}

function trustedProxies(
  trust: HttpSettings['trustProxy'],
): boolean | string[] | ((address: string, hop: number) => boolean) {
  if (typeof trust === 'number') return (_address, hop) => hop < trust;
  return typeof trust === 'boolean' ? trust : [...trust];
}

/** The web server with everything that all routes share, ready to listen or to be injected. Fails on a route without access. */
export async function createHttpApp(parts: HttpAppParts): Promise<HttpApp> {
  const { log, metrics, settings } = parts;
  const app: HttpApp = fastify({
    logger: false,
    bodyLimit: settings.bodyLimit,
    trustProxy: trustedProxies(settings.trustProxy),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    connectionTimeout: 120_000,
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 512 },
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerBrokenRequest,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('principal', null);
  app.decorateRequest('person', null);
  denyByDefault(app);
  answerErrors(app, log);
  observeRequests(app, { log, metrics, slowMs: settings.slowMs });
  await addSecurityHeaders(app, settings);
  admitOtherSites(app);
  refuseWhileStopping(app);
  closeQuietConnections(app);
  await app.register(rateLimit, { global: false });
  const limiters = createLimiters(app, settings.limits);
  app.addHook('onRequest', createGuard({ identify: parts.identify, limiters, publicUrl: settings.publicUrl }));
  await registerOpenApi(app, settings.version);
  registerSystemRoutes(app, { ready: parts.ready, metrics });
  await registerReference(app);
  await parts.rooms(app);
  await app.ready();
  return app;
}
