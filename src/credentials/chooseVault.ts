// Which vault a new connection's secrets go to. `auto` takes the operating system's keychain only on the person's own desktop and only
// when it answers: on a remote machine or in a browser the keychain there is not theirs. Nothing here falls back to plain text. Free of vscode.
import type { Vault, VaultCallOptions } from './types.ts';
import { VaultError } from './vaultError.ts';

export type StoreSetting = 'auto' | 'osKeychain' | 'vscode';

/** Where the extension runs, as the editor tells. */
export interface Surroundings {
  /** `vscode.env.remoteName`. */
  remoteName: string | undefined;
  /** `vscode.env.uiKind` is Desktop. */
  desktop: boolean;
}

export interface VaultChoice {
  vault: Vault;
  /** Why this one, as half a sentence for the user: "because …"; empty when there is nothing to explain. */
  because: string;
}

/** Throws VaultError only with the setting `osKeychain`, when the keychain does not answer; the caller offers the other vault then. */
export async function chooseVault(
  setting: StoreSetting, around: Surroundings, vaults: { osKeychain: Vault; vscode: Vault }, options?: VaultCallOptions,
): Promise<VaultChoice> {
  if (setting === 'vscode') return { vault: vaults.vscode, because: 'because the setting openBanking.credentials.store says so' };
  if (setting === 'osKeychain') {
    await vaults.osKeychain.probe(options);
    return { vault: vaults.osKeychain, because: 'because the setting openBanking.credentials.store says so' };
  }
  if (around.remoteName !== undefined) return { vault: vaults.vscode, because: 'because this window works on a remote machine' };
  if (!around.desktop) return { vault: vaults.vscode, because: 'because this editor runs in a browser' };
  try {
    await vaults.osKeychain.probe(options);
    return { vault: vaults.osKeychain, because: '' };
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    return { vault: vaults.vscode, because: `because ${vaults.osKeychain.label} ${words[error.kind]}` };
  }
}

const words = { locked: 'is locked', absent: 'does not answer', refused: 'refused access', damaged: 'gave back something else than was written' };
