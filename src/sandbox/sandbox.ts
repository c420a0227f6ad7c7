// Puts one sandbox together and runs it: world, state, clock, partners, handlers, server. main.ts and the tests start it from here;
// any number can run side by side in one process, none shares anything.
import type { AddressInfo } from 'node:net';
import { catalogue } from '../api/catalogue.ts';
import apiDocument from '../api/generated/openapi.json' with { type: 'json' };
import { createClock } from './clock.ts';
import { createControl } from './control.ts';
import type { Health } from './control.ts';
import { createFaults } from './faults.ts';
import { playSession } from './handlers/connectSessions.ts';
import { createHandlers } from './handlers/index.ts';
import { createPartners } from './partners.ts';
import type { Partners } from './partners.ts';
import { createPipeline } from './pipeline.ts';
import { createRequestLog } from './requestLog.ts';
import { createRouter } from './router.ts';
import { createSandboxServer } from './server.ts';
import { openSnapshot } from './snapshot.ts';
import { createState } from './stateStore.ts';
import type { StoredState } from './stateStore.ts';
import type { SandboxContext } from './types.ts';
import { createValidator } from './validate.ts';
import { createWebhooks } from './webhooks.ts';
import { createWireSchemas } from './wireSchemas.ts';
import { createWorld } from './world/createWorld.ts';
import { createMoney } from './world/money.ts';

export const VERSION = '0.1.0';
export const DEFAULT_SEED = 'meadow';
export const DEFAULT_CUSTOMERS = 512;

export interface SandboxOptions {
  seed?: string;
  customers?: number;
  /** Where the sandbox's clock starts, epoch seconds; real time when left out. */
  now?: number;
  /** Seconds of the sandbox's clock in a real second. */
  speed?: number;
  /** Folder of the snapshot; nothing outlives the process without one. */
  dataDir?: string;
  /** 0 takes any free port. */
  port?: number;
  /** Told of errors that are the sandbox's own. */
  onCrash?(error: unknown): void;
}

export interface Sandbox {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** As they are now: the secret can have been changed. */
  readonly credentials: ReturnType<Partners['credentials']>;
  health(): Health;
  /** Resolves when no webhook is under way. */
  webhooksSettled(): Promise<void>;
  /** Saves, closes every connection, and resolves when the port is free. */
  stop(): Promise<void>;
}

/** Rejects with the system's error (EADDRINUSE …) when it cannot listen. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { seed = DEFAULT_SEED, customers = DEFAULT_CUSTOMERS, onCrash = (error) => console.error(error) } = options;
  const world = createWorld({ seed, customers, money: createMoney(seed) });
  const snapshot = openSnapshot(options.dataDir, { seed, customers }, () => ({ version: 1, seed, customers, clock: clock.settings(), state: state.toSnapshot() }));
  const clock = createClock({ settings: snapshot.found?.clock, now: options.now, speed: options.speed });
  const state: StoredState = createState(world, { snapshot: snapshot.found?.state, now: clock.now, onChange: () => snapshot.changed() });
  const faults = createFaults();
  const log = createRequestLog();
  const webhooks = createWebhooks(log);
  const partners = createPartners(state, clock.now);
  const context: SandboxContext = { state, world, now: clock.now, notify: webhooks.notify };
  const handlers = createHandlers({ partners, probe: webhooks.probe, ask: webhooks.ask });
  const { setAside } = snapshot;
  let url = '';

  const health = (): Health => ({
    name: 'Open Banking Explorer sandbox', version: VERSION, seed, customers, pid: process.pid, url, now: clock.now(), recovered: setAside?.damaged ?? false,
    notice: setAside && `${setAside.reason}; it is kept as ${setAside.file.replaceAll('\\', '/').split('/').at(-1)}, and the world is seeded anew.`,
  });
  const server = createSandboxServer({
    route: createRouter(catalogue),
    answer: createPipeline({
      partners, validator: createValidator(apiDocument), schemas: createWireSchemas(apiDocument), handlers, context, onCrash,
    }),
    control: createControl({
      world, state, clock, faults, partners, log, health, changed: snapshot.changed,
      playConnect: (script) => playSession(script, context, { partners, ask: webhooks.ask, handlers }),
      reset: () => {
        clock.reset();
        state.reset();
        faults.clear();
        log.clear();
      },
    }),
    faults,
    log,
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    get credentials() {
      return partners.credentials();
    },
    health,
    webhooksSettled: webhooks.settled,
    stop: async () => {
      webhooks.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      snapshot.flush();
    },
  };
}
