// Writes secrets into a vault, and offers the other vault where one fails. There is no third place: without a vault nothing is saved.
import * as vscode from 'vscode';
import { chooseVault, type VaultChoice } from '../../credentials/chooseVault.ts';
import type { Vault } from '../../credentials/types.ts';
import { VaultError } from '../../credentials/vaultError.ts';
import { withProgress } from '../../platform/progress.ts';
import type { ConnectionParts } from './parts.ts';

type Parts = Pick<ConnectionParts, 'vaults' | 'storeSetting' | 'surroundings' | 'log'>;

/** Chooses a vault by the setting and lets `save` write to it. The vault that took it, or undefined when the person gave up. */
export async function keepInVault(parts: Parts, label: string, save: (vault: Vault, signal: AbortSignal) => Promise<void>): Promise<VaultChoice | undefined> {
  let choice: VaultChoice | undefined;
  for (;;) {
    let tried: Vault | undefined = choice?.vault;
    try {
      return await withProgress(`Keeping the secrets of "${label}"`, async ({ signal }) => {
        choice ??= await chooseVault(parts.storeSetting(), parts.surroundings, parts.vaults, { signal });
        tried = choice.vault;
        await save(choice.vault, signal);
        return choice;
      });
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      parts.log.error('Keeping secrets', error);
      const failed = tried ?? parts.vaults.osKeychain;
      const other = failed.id === 'osKeychain' ? parts.vaults.vscode : parts.vaults.osKeychain;
      const useOther = `Use ${other.id === 'vscode' ? "the Editor's Storage" : 'the OS Keychain'}`;
      const again = 'Try Again';
      const picked = await vscode.window.showErrorMessage('The secrets could not be kept, so nothing was saved.', { modal: true, detail: parts.log.clean(error.message) }, again, useOther);
      if (picked === useOther) choice = { vault: other, because: 'as you chose' };
      else if (picked !== again) return undefined;
    }
  }
}
