// The sandbox as a program: from a terminal (`npm run sandbox`) and as the explorer's child process (forked; it then reports by message
// and ends with its parent). Options are parsed by hand so that a wrong one is named.
import { DEFAULT_CUSTOMERS, DEFAULT_SEED, startSandbox } from './sandbox.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';

const USAGE = `Open Banking Explorer sandbox: a local stand-in for the Mastercard Open Banking US API.

  --port N         port on 127.0.0.1 (default 4010; 0 takes any free one; one that is in use: another is taken and named)
  --strict-port    end with an error instead when the port is in use
  --seed TEXT      which world (default "${DEFAULT_SEED}")
  --customers N    how many seeded customers (default ${DEFAULT_CUSTOMERS}; up to 1000000)
  --data DIR       folder that keeps the state between runs; without it everything is forgotten at the end
  --now WHEN       where the clock starts: epoch seconds or an ISO date
  --quiet          print nothing but errors
  --help           this text`;

interface CommandLine {
  sandbox: SandboxOptions & { port: number };
  strictPort: boolean;
  quiet: boolean;
}

/** The options, or a sentence about the one that is wrong. */
function parseArguments(args: readonly string[]): CommandLine | string {
  const line: CommandLine = { sandbox: { port: 4010 }, strictPort: false, quiet: false };
  const whole = (name: string, text: string | undefined, low: number, high: number) =>
    text !== undefined && /^\d+$/.test(text) && Number(text) >= low && Number(text) <= high ? Number(text) : `${name} takes a whole number from ${low} to ${high}.`;
  for (let at = 0; at < args.length; at++) {
    const [name, inline] = (args[at] as string).split(/=(.*)/s) as [string, string | undefined];
    const value = () => inline ?? args[++at];
    if (name === '--strict-port') line.strictPort = true;
    else if (name === '--quiet') line.quiet = true;
    else if (name === '--port' || name === '--customers') {
      const number = name === '--port' ? whole(name, value(), 0, 65_535) : whole(name, value(), 0, 1_000_000);
      if (typeof number === 'string') return number;
      if (name === '--port') line.sandbox.port = number;
      else line.sandbox.customers = number;
    } else if (name === '--seed' || name === '--data') {
      const text = value();
      if (!text) return `${name} needs a value.`;
      if (name === '--seed') line.sandbox.seed = text;
      else line.sandbox.dataDir = text;
    } else if (name === '--now') {
      const text = value() ?? '';
      const moment = /^\d+$/.test(text) ? Number(text) : Date.parse(text) / 1000;
      if (!Number.isFinite(moment)) return '--now takes epoch seconds or an ISO date.';
      line.sandbox.now = moment;
    } else return `There is no option ${name}; --help lists them.`;
  }
  return line;
}

async function listen({ sandbox, strictPort }: CommandLine): Promise<{ running: Sandbox; moved: boolean }> {
  try {
    return { running: await startSandbox(sandbox), moved: false };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    if (strictPort) throw new Error(`Port ${sandbox.port} cannot be used (${code}). Choose another with --port, or leave out --strict-port.`, { cause: error });
    return { running: await startSandbox({ ...sandbox, port: 0 }), moved: true };
  }
}

function greet({ url, credentials, health }: Sandbox, port: number, moved: boolean, kept: boolean): void {
  const { seed, customers, notice } = health();
  if (moved) console.log(`Port ${port} is in use; another was taken.`);
  if (notice) console.log(notice);
  console.log(`Sandbox at ${url}  (seed "${seed}", ${customers} customers${kept ? '' : ', nothing is kept after the end: --data DIR keeps it'})`);
  console.log(`  partner id      ${credentials.partnerId}\n  partner secret  ${credentials.partnerSecret}\n  app key         ${credentials.appKey}`);
  console.log(`  test drive key  ${credentials.testDriveAppKey}  (a plan without active customers)`);
  console.log(`  tiers key       ${credentials.dataTiersAppKey}  (a plan billed by Data Access Tiers)`);
  console.log(`Control plane: ${url}/__sandbox/health   End with Ctrl-C.`);
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) return console.log(USAGE);
  const line = parseArguments(args);
  if (typeof line === 'string') {
    console.error(line);
    process.exitCode = 2;
    return;
  }
  const { running, moved } = await listen(line);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void running.stop().finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  if (process.send) {
    process.on('disconnect', stop);
    process.send({ type: 'ready', url: running.url, recovered: running.health().recovered, notice: running.health().notice });
  }
  // A parent has its message; what is printed there would end up in a log, and the secret can be one that a person chose.
  else if (!line.quiet) greet(running, line.sandbox.port, moved, line.sandbox.dataDir !== undefined);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
