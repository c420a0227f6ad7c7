// A real Secret Service for tests: a message bus and a GNOME Keyring of their own, with a home of their own, without a display (so that no
// prompt appears). Nothing of the person's own keychain is touched. Missing programs are an error that says what to install.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const programs = { 'dbus-daemon': 'dbus', 'dbus-send': 'dbus', 'gnome-keyring-daemon': 'gnome-keyring', 'secret-tool': 'libsecret-tools' };

/** Throws when a program is missing: these tests never pass without having run. */
export function requirePrograms(): void {
  const missing = Object.entries(programs).filter(([name]) => !(process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name))));
  if (missing.length > 0)
    throw new Error(`The keychain tests need ${missing.map(([name]) => name).join(', ')}. Install them: apt-get install ${[...new Set(missing.map(([, from]) => from))].join(' ')}`);
}

export interface SecretService {
  /** The environment in which this service is found. */
  env: NodeJS.ProcessEnv;
  home: string;
  /** Locks every collection, as the desktop's lock does. */
  lock(): Promise<void>;
  /** What secret-tool, an independent program, finds under these attributes. */
  lookup(service: string, account: string): Promise<string | undefined>;
  stop(): Promise<void>;
}

export interface SecretServiceOptions {
  /** `unlocked`: a keychain that is open. `empty`: the service runs, but no keychain was ever made. */
  keychain: 'unlocked' | 'empty';
  /** The bus lets nobody talk to the service. */
  refusing?: boolean;
}

export async function startSecretService({ keychain, refusing = false }: SecretServiceOptions): Promise<SecretService> {
  requirePrograms();
  const home = await mkdtemp(join(tmpdir(), 'obx-keyring-'));
  const socket = join(home, 'bus');
  const children: ChildProcess[] = [];
  const { PATH, LANG } = process.env;
  const env: NodeJS.ProcessEnv = { PATH, LANG, HOME: home, XDG_RUNTIME_DIR: join(home, 'run'), XDG_DATA_HOME: join(home, 'data'), DBUS_SESSION_BUS_ADDRESS: `unix:path=${socket}` };
  await mkdir(env.XDG_RUNTIME_DIR!, { mode: 0o700 });
  await mkdir(env.XDG_DATA_HOME!, { mode: 0o700 });
  await writeFile(join(home, 'bus.conf'), busConfig(socket, refusing));
  const start = (name: string, args: string[], input = '') => {
    const child = spawn(name, args, { env, stdio: ['pipe', 'ignore', 'ignore'] });
    child.on('error', () => {});
    // It may close its input before it has read all of it; whether it works is seen below.
    child.stdin.on('error', () => {}).end(input);
    children.push(child);
    return child;
  };
  const stop = async () => {
    for (const child of children.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    }
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const call = async (...args: string[]) => (await run('dbus-send', ['--session', '--print-reply', ...args], { env })).stdout;
  try {
    start('dbus-daemon', [`--config-file=${join(home, 'bus.conf')}`, '--nofork']);
    await until('the message bus', async () => existsSync(socket));
    start('gnome-keyring-daemon', ['--foreground', '--components=secrets', ...(keychain === 'unlocked' ? ['--unlock'] : [])], keychain === 'unlocked' ? 'pw' : '');
    await until('GNOME Keyring', async () => (await call('--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets')).includes('true'));
    if (keychain === 'unlocked') await until('its keychain', async () => existsSync(join(home, 'data/keyrings/login.keyring')));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    env,
    home,
    stop,
    async lock() {
      await call('--dest=org.freedesktop.secrets', '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock', 'array:objpath:/org/freedesktop/secrets/collection/login');
    },
    async lookup(service, account) {
      try {
        return (await run('secret-tool', ['lookup', 'service', service, 'username', account], { env })).stdout;
      } catch {
        return undefined;
      }
    },
  };
}

const busConfig = (socket: string, refusing: boolean) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <standard_session_servicedirs />
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
    ${refusing ? '<deny send_destination="org.freedesktop.secrets"/>' : ''}
  </policy>
</busconfig>
`;

async function until(what: string, ready: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(30)) if (await ready().catch(() => false)) return;
  throw new Error(`${what} did not start within 10 seconds.`);
}
