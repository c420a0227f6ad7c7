// One VS Code for a journey, its sandbox in a folder of its own, and a picture at every step that a person would look at.
import { test as base } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../scripts/paths.mjs';
import { launchBrowser, openWorkbench, startHost, type Host, type HostOptions, type Theme } from '../support/vscode.ts';
import { Workbench } from '../support/workbench.ts';

export { expect } from '@playwright/test';

export interface Journey {
  host: Host;
  workbench: Workbench;
  /** Keeps a picture under artifacts/screenshots. */
  picture(name: string): Promise<void>;
  /** Asks the sandbox's control plane, e.g. to make it misbehave. */
  control(path: string, init?: { method?: string; body?: unknown }): Promise<unknown>;
}

export const test = base.extend<{ theme: Theme; hostOptions: HostOptions; journey: Journey }>({
  theme: ['dark', { option: true }],
  hostOptions: [{}, { option: true }],
  journey: async ({ theme, hostOptions }, use, info) => {
    // Typed text stays as it is typed: the editor closes no bracket and indents nothing.
    const host = await startHost({ theme, ...hostOptions, settings: { 'editor.autoClosingBrackets': 'never', 'editor.autoClosingQuotes': 'never', 'editor.autoSurround': 'never', 'editor.autoIndent': 'none' } });
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    try {
      await openWorkbench(page, host);
      await use({
        host,
        workbench: new Workbench(page),
        picture: async (name) => {
          await page.screenshot({ path: join(root, 'artifacts/screenshots', `${name}.png`) });
        },
        control: async (path, { method = 'GET', body } = {}) => {
          const { url } = JSON.parse(await readFile(join(host.sandboxData, 'running.json'), 'utf8')) as { url: string };
          const answer = await fetch(`${url}/__sandbox/${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
          if (!answer.ok) throw new Error(`the sandbox's control plane answered ${answer.status}: ${await answer.text()}`);
          return answer.json().catch(() => undefined);
        },
      });
    } finally {
      if (info.status !== info.expectedStatus) await page.screenshot({ path: join(root, 'artifacts/screenshots', `failed-${info.title.replace(/\W+/g, '-').slice(0, 60)}.png`) });
      await browser.close();
      await host.stop();
    }
  },
});
