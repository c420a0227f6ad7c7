// Values that must never be found outside a vault, and the search for them: on disk, in what the editor keeps in the browser, and in
// everything that was ever shown on the page or in one of its frames.
import type { Page } from '@playwright/test';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Sighting {
  what: string;
  where: string;
}

/** The forms in which a value could lie about: as it is, URL-encoded, in base64, and as UTF-16 (how browsers keep some texts). */
function forms(value: string): Buffer[] {
  return [Buffer.from(value), Buffer.from(encodeURIComponent(value)), Buffer.from(Buffer.from(value).toString('base64').replace(/=+$/, '')), Buffer.from(value, 'utf16le')];
}

/** Every file below a folder that holds one of the values; `skip` leaves folders out. */
export async function searchFiles(folder: string, values: Readonly<Record<string, string>>, skip: (path: string) => boolean = () => false): Promise<{ files: number; sightings: Sighting[] }> {
  const sightings: Sighting[] = [];
  let files = 0;
  const visit = async (at: string): Promise<void> => {
    for (const entry of await readdir(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (skip(path)) continue;
      sightings.push(...found(Buffer.from(path), values, `the path ${path}`));
      if (entry.isDirectory()) await visit(path);
      else if (entry.isFile()) {
        files += 1;
        sightings.push(...found(await readFile(path), values, path));
      }
    }
  };
  await visit(folder);
  return { files, sightings };
}

/** The files of the explorer's history below the editor's data folder. */
export async function historyFiles(dataDir: string): Promise<string[]> {
  const files = (await readdir(dataDir, { withFileTypes: true, recursive: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.filter((path) => /open-banking-explorer[\\/]history[\\/].+[\\/]/.test(path));
}

/** Which of the values a text or some bytes hold. */
export function found(bytes: Buffer | string, values: Readonly<Record<string, string>>, where: string): Sighting[] {
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return Object.entries(values).filter(([, value]) => forms(value).some((form) => buffer.includes(form))).map(([what]) => ({ what, where }));
}

/**
 * Looks at every text and label that appears, from the next load on, on the page and in its frames (webviews too): what was shown for a
 * moment only is seen as well. The answer fills while the page lives.
 */
export async function watchPage(page: Page, values: Readonly<Record<string, string>>): Promise<Sighting[]> {
  const sightings: Sighting[] = [];
  await page.exposeFunction('canarySeen', (what: string, where: string) => {
    if (!sightings.some((one) => one.what === what && one.where === where)) sightings.push({ what, where });
  });
  await page.addInitScript((wanted: Readonly<Record<string, string>>) => {
    const seen = new Set<string>();
    const report = (globalThis as unknown as { canarySeen(what: string, where: string): void }).canarySeen;
    const look = (text: string | null | undefined, place: string) => {
      if (!text) return;
      for (const [what, value] of Object.entries(wanted)) {
        const where = `${location.protocol === 'http:' && window === window.top ? 'the page' : 'a webview'}, ${place}`;
        if (!text.includes(value) || seen.has(what + where)) continue;
        seen.add(what + where);
        report(what, where);
      }
    };
    const attributes = ['title', 'aria-label', 'placeholder', 'value', 'href', 'data-uri', 'src'];
    const place = (node: Node): string => {
      const element = node instanceof Element ? node : node.parentElement;
      return element?.closest('[id], [class]')?.className.toString().split(' ')[0] || element?.tagName.toLowerCase() || 'its text';
    };
    const examine = (node: Node): void => {
      look(node.textContent, place(node));
      if (!(node instanceof Element)) return;
      for (const element of [node, ...node.querySelectorAll('*')]) {
        for (const name of attributes) look(element.getAttribute(name), `${name} of ${place(element)}`);
        if (element.shadowRoot) observe(element.shadowRoot);
      }
    };
    const watched = new WeakSet<Node>();
    const observe = (root: Node): void => {
      if (watched.has(root)) return;
      watched.add(root);
      examine(root);
      new MutationObserver((changes) => {
        for (const { type, target, addedNodes } of changes) {
          if (type === 'childList') for (const node of addedNodes) examine(node);
          else if (type === 'characterData') look(target.textContent, place(target));
          else if (target instanceof Element) for (const name of attributes) look(target.getAttribute(name), `${name} of ${place(target)}`);
        }
      }).observe(root, { childList: true, characterData: true, subtree: true, attributes: true, attributeFilter: attributes });
    };
    observe(document);
    // Elements of webviews draw into shadow roots, which an outer observer does not see into.
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (options: ShadowRootInit) {
      const root = attach.call(this, options);
      observe(root);
      return root;
    };
  }, values);
  return sightings;
}

/** What the editor keeps in the browser (state, history, storage), as one text; the vault itself, which is there in this host, is left out. */
export function browserState(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const texts: string[] = [location.href];
    for (const store of [localStorage, sessionStorage])
      for (let n = 0; n < store.length; n += 1) {
        const name = store.key(n)!;
        if (!/^secrets\./.test(name)) texts.push(`${name}=${store.getItem(name)}`);
      }
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of database.objectStoreNames) {
        await new Promise<void>((resolve, reject) => {
          const cursor = database.transaction(store).objectStore(store).openCursor();
          cursor.onerror = () => reject(cursor.error);
          cursor.onsuccess = () => {
            if (!cursor.result) return resolve();
            const { key, value } = cursor.result as IDBCursorWithValue;
            const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : typeof value === 'string' ? value : JSON.stringify(value);
            if (!String(key).startsWith('secret://')) texts.push(`${name}/${store}/${String(key)}=${text}`);
            cursor.result.continue();
          };
        });
      }
      database.close();
    }
    return texts.join('\n');
  });
}

/** Every text and attribute in an element, shadow roots included. Runs in the page. */
export function wholeText(root: Element): string {
  const texts: string[] = [];
  const walk = (node: Node): void => {
    if (node.nodeType === Node.TEXT_NODE) texts.push(node.textContent ?? '');
    if (node instanceof Element) {
      for (const { value } of node.attributes) texts.push(value);
      if (node.shadowRoot) walk(node.shadowRoot);
    }
    for (const child of node.childNodes) walk(child);
  };
  walk(root);
  return texts.join('\n');
}
