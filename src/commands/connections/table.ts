// The connection commands by id. Each is loaded when it is first run.
import type { ConnectionArgument, ConnectionParts } from './parts.ts';

type Run = (parts: ConnectionParts, argument?: ConnectionArgument) => Promise<void>;

const commands: Readonly<Record<string, Run>> = {
  'openBanking.addConnection': async (parts) => (await import('./addConnection.ts')).addConnection(parts),
  'openBanking.switchConnection': async (parts, argument) => (await import('./switchConnection.ts')).switchConnection(parts, argument),
  'openBanking.useSandbox': async (parts) => (await import('./switchConnection.ts')).useSandbox(parts),
  'openBanking.renameConnection': async (parts, argument) => (await import('./renameConnection.ts')).renameConnection(parts, argument),
  'openBanking.editConnection': async (parts, argument) => (await import('./editConnection.ts')).editConnection(parts, argument),
  'openBanking.enterCredentials': async (parts, argument) => (await import('./editConnection.ts')).enterCredentials(parts, argument),
  'openBanking.removeConnection': async (parts, argument) => (await import('./removeConnection.ts')).removeConnection(parts, argument),
  'openBanking.signOut': async (parts, argument) => (await import('./removeConnection.ts')).signOut(parts, argument),
  'openBanking.testConnection': async (parts, argument) => (await import('./testConnection.ts')).testConnection(parts, argument),
  'openBanking.copyConnectionDetails': async (parts, argument) => (await import('./copyConnectionDetails.ts')).copyConnectionDetails(parts, argument),
  'openBanking.showSandbox': async (parts) => (await import('./sandboxCommands.ts')).showSandbox(parts),
  'openBanking.resetSandbox': async (parts) => (await import('./sandboxCommands.ts')).resetSandbox(parts),
  'openBanking.moveSandboxClock': async (parts) => (await import('./sandboxCommands.ts')).moveSandboxClock(parts),
  'openBanking.askAgain': async (parts) => (await import('./guardCommands.ts')).askAgain(parts),
  'openBanking.showGuardRules': async (parts) => (await import('./guardCommands.ts')).showGuardRules(parts),
  'openBanking.showLog': async ({ log }) => log.show(),
};

export const connectionCommands = (parts: ConnectionParts): Record<string, (argument?: unknown) => Promise<void>> =>
  Object.fromEntries(Object.entries(commands).map(([id, run]) => [id, (argument?: unknown) => run(parts, isArgument(argument) ? argument : undefined)]));

const isArgument = (value: unknown): value is ConnectionArgument =>
  typeof value === 'object' && value !== null && typeof (value as { connectionId?: unknown }).connectionId === 'string';
