// What a person does in the workbench: open the view, walk the tree, run a command, answer a question. Each waits for what it says.
import { expect, type Locator, type Page } from '@playwright/test';

export class Workbench {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** Shows the Open Banking view by its icon in the activity bar. */
  async openExplorer(): Promise<void> {
    const icon = this.page.locator('.activitybar .action-item [aria-label^="Open Banking"]').first();
    await icon.waitFor();
    if (!(await this.tree().first().isVisible())) await icon.click();
    await this.node('Sandbox').waitFor({ timeout: 60_000 });
  }

  tree(): Locator {
    return this.page.locator('[id="workbench.view.extension.openBanking"] .monaco-list');
  }

  /** The first row of the explorer whose label has this text. */
  node(text: string | RegExp): Locator {
    return this.tree().locator('.monaco-list-row').filter({ hasText: text }).first();
  }

  /** Goes to the first or the last row until the node is drawn: rows out of view are not. */
  async scrollTo(to: 'Home' | 'End', text: string | RegExp): Promise<void> {
    await expect(async () => {
      await this.tree().first().focus();
      await this.page.keyboard.press(to);
      await expect(this.node(text)).toBeVisible({ timeout: 1_500 });
    }).toPass({ timeout: 30_000 });
  }

  /** Selects a row and opens its branch; waits until it has at least one child or says why not. */
  async expand(text: string | RegExp): Promise<Locator> {
    const row = this.node(text);
    await row.waitFor();
    // The tree may move under the pointer while it is drawn anew: again until the row says that it is open.
    await expect(async () => {
      if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click();
      if ((await row.getAttribute('aria-expanded')) !== 'true') await this.page.keyboard.press('ArrowRight');
      await expect(row).toHaveAttribute('aria-expanded', 'true', { timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    return row;
  }

  /** Makes the side bar wider by dragging its edge, so that names and what follows them can be read. */
  async widen(pixels: number): Promise<void> {
    const box = (await this.page.locator('.part.sidebar').boundingBox())!;
    const [x, y] = [box.x + box.width, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    await this.page.mouse.move(x + pixels, y, { steps: 5 });
    await this.page.mouse.up();
  }

  /** Runs a command by its name in the palette. */
  async run(command: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible input[placeholder*="name of a command"]').first();
    // A quick input that is just closing swallows the key, or takes the palette with it: from the start again until the command is listed.
    await expect(async () => {
      if (!(await input.isVisible())) await this.page.keyboard.press('F1');
      await input.fill(`>${command}`, { timeout: 2_000 });
      await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: command }).first().waitFor({ timeout: 2_500 });
    }).toPass({ timeout: 30_000 });
    await this.page.keyboard.press('Enter');
  }

  /**
   * Chooses a command in the context menu of a row, or of anything that has one. A menu takes no click in its first tenth of a second, so a click is repeated
   * in the menu that is open; one that opened before the window knew its extensions lacks the entry, and is opened again.
   */
  async menu(row: Locator, item: string): Promise<void> {
    // Menus live in a shadow root, which text locators pierce.
    const entry = this.page.getByRole('menuitem', { name: item }).first();
    let isOpen = false;
    await expect(async () => {
      // In a list without a menu, Escape would drop the selection.
      if (isOpen) await this.page.keyboard.press('Escape');
      isOpen = true;
      await row.click({ button: 'right', timeout: 5_000 });
      await entry.waitFor({ timeout: 3_000 });
      await expect(async () => {
        if (await entry.isVisible()) await entry.click({ timeout: 1_000 });
        await expect(entry).toHaveCount(0, { timeout: 1_000 });
      }).toPass({ timeout: 8_000 });
    }).toPass({ timeout: 40_000 });
  }

  /** Waits until the quick input asks this (in its prompt), types and accepts. */
  async answer(prompt: string | RegExp, text: string): Promise<void> {
    await this.page.locator('.quick-input-widget:visible .quick-input-message').filter({ hasText: prompt }).waitFor();
    const input = this.page.locator('.quick-input-widget:visible input[type="text"], .quick-input-widget:visible input[type="password"]').first();
    await input.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** What the open quick input says about the text in it. */
  validation(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-message');
  }

  /** Picks the row of the open quick pick that has this text. */
  async pick(text: string | RegExp): Promise<void> {
    const row = this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row').filter({ hasText: text }).first();
    await row.waitFor();
    const title = await this.quickTitle().textContent({ timeout: 2_000 }).catch(() => null);
    // A list that a search is just replacing loses the click: again until this question is answered.
    let clicked = false;
    await expect(async () => {
      // A click that took longer to be acted upon than was waited for.
      if (clicked && !(await row.isVisible())) return;
      await row.click({ timeout: 2_000 });
      clicked = true;
      await expect(async () => {
        const still = (await row.isVisible()) && (await this.quickTitle().textContent({ timeout: 500 }).catch(() => null)) === title;
        expect(still).toBe(false);
      }).toPass({ timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
  }

  /** The title of the quick input that is open. */
  quickTitle(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-title');
  }

  /** Presses a button of the modal dialog. */
  async dialog(button: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box').getByRole('button', { name: button, exact: true }).click();
  }

  /** A notification with this text. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast, .notifications-list-container .monaco-list-row').filter({ hasText: text }).first();
  }

  async notificationButton(text: string | RegExp, button: string): Promise<void> {
    const toast = this.notification(text);
    await toast.waitFor({ timeout: 60_000 });
    // A toast that is still sliding in may lose the click; taken, it closes.
    await expect(async () => {
      if (await toast.isVisible()) await toast.getByRole('button', { name: button }).click({ timeout: 2_000 });
      await expect(toast).toBeHidden({ timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
  }

  /** Asks for a Verification of Assets of a customer whose row is in sight; `account` chooses one alone. */
  async generateAssetsReport(customer: string, account?: string): Promise<void> {
    const { page } = this;
    await this.menu(this.node(customer), 'Generate Report');
    await this.pick('Verification of Assets');
    await page.locator('.quick-input-widget:visible input[placeholder*="Accounts to include"]').first().waitFor();
    if (account !== undefined) {
      await page.locator('.quick-input-widget:visible').getByRole('checkbox').first().click();
      await page.locator('.quick-input-widget:visible .monaco-list-row').filter({ hasText: account }).first().click();
    }
    await page.keyboard.press('Enter');
    await this.pick('6 months');
  }

  tab(text: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: text }).first();
  }

  /** The document inside the webview of the active custom editor. */
  webview(): ReturnType<Locator['contentFrame']> {
    return this.page.locator('iframe.webview.ready').last().contentFrame().locator('iframe#active-frame').contentFrame();
  }
}
