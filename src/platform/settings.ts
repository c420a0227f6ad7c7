// The settings of this extension that code reads, typed. Only the user's own values count, never a workspace's: a folder that somebody
// sent must not decide where credentials go. Free of vscode; takes the part of `vscode.WorkspaceConfiguration` that it uses.
import type { StoreSetting } from '../credentials/chooseVault.ts';

/** The part of `vscode.workspace.getConfiguration('openBanking')` that is used. */
export interface ConfigurationLike {
  inspect(key: string): { defaultValue?: unknown; globalValue?: unknown } | undefined;
}

const own = (configuration: ConfigurationLike, key: string): unknown => {
  const found = configuration.inspect(key);
  return found?.globalValue ?? found?.defaultValue;
};

const stores: readonly StoreSetting[] = ['auto', 'osKeychain', 'vscode'];

/** `openBanking.credentials.store`; `auto` for anything that is none of its values. */
export function storeSetting(configuration: ConfigurationLike): StoreSetting {
  const value = own(configuration, 'credentials.store');
  return stores.find((store) => store === value) ?? 'auto';
}

/** `openBanking.guard.holdPeaceMinutes`, whole minutes from 1 to 60. */
export const holdPeaceMinutes = (configuration: ConfigurationLike): number => Math.round(numberOf(configuration, 'guard.holdPeaceMinutes', 1, 60, 15));

/** `openBanking.jobs.deadlineMinutes`, from 5 minutes to 4 hours. */
export const jobsDeadlineMinutes = (configuration: ConfigurationLike): number => numberOf(configuration, 'jobs.deadlineMinutes', 5, 240, 30);

/** Out of range is brought into it, and what is no number is the default. */
function numberOf(configuration: ConfigurationLike, key: string, least: number, most: number, otherwise: number): number {
  const value = own(configuration, key);
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : otherwise;
}

/** `openBanking.history.*`. */
export function historySettings(configuration: ConfigurationLike): { maxAgeDays: number; maxSizeMb: number; keepBodies: boolean } {
  const number = (key: string, least: number, most: number, otherwise: number): number => numberOf(configuration, key, least, most, otherwise);
  return { maxAgeDays: number('history.maxAgeDays', 0, 365, 30), maxSizeMb: number('history.maxSizeMb', 1, 200, 10), keepBodies: own(configuration, 'history.keepBodies') === true };
}
