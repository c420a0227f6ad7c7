// The workspace's request files as the Operations view lists them: found by name, grouped by folder, read when their folder is opened or
// something is searched, a few at a time, so that thousands of them hold nothing up. What was read is kept until its file changes. Free of
// vscode.
import type { OperationEntry } from '../../api/catalogue.ts';
import { matchesAll } from './rows.ts';

export interface FoundFile {
  uri: string;
  /** The folder as a person knows it, e.g. `requests/customers`; empty for the workspace's own. */
  folder: string;
  /** Without its ending. */
  name: string;
}

export interface RequestFile extends FoundFile {
  /** Undefined when it cannot be read; `problem` then says why. */
  entry?: OperationEntry;
  title?: string;
  notes?: string;
  connection?: string;
  problem?: string;
}

export interface Folder {
  label: string;
  files: readonly FoundFile[];
}

export interface CollectionPorts {
  /** The workspace's request files, `most` at most. */
  find(most: number): Promise<readonly FoundFile[]>;
  /** A file's text; undefined when it is not there any more. Throws in words that can be shown. */
  read(uri: string): Promise<string | undefined>;
  /** Lets others have their turn. */
  pause(): Promise<void>;
  now(): number;
}

/** More than that are not listed. */
export const mostFiles = 2000;
const atOnce = 16;
/** Milliseconds after which others have a turn. */
const longestTurn = 10;

export class Collections {
  readonly #ports: CollectionPorts;
  #list: Promise<readonly FoundFile[]> | undefined;
  /** By address; undefined for one that is gone. */
  readonly #read = new Map<string, RequestFile | undefined>();
  /** How often each was told to have changed. */
  readonly #state = new Map<string, number>();

  constructor(ports: CollectionPorts) {
    this.#ports = ports;
  }

  /** The folders in order, and whether there are more files than are listed. */
  async folders(): Promise<{ folders: readonly Folder[]; more: boolean }> {
    const found = await this.#found();
    const files = found.slice(0, mostFiles).sort((a, b) => inOrder(a.name, b.name));
    const labels = [...new Set(files.map(({ folder }) => folder))].sort(inOrder);
    return { folders: labels.map((label) => ({ label, files: files.filter(({ folder }) => folder === label) })), more: found.length > mostFiles };
  }

  /** What the files say, in the order of their labels; those that are gone meanwhile are left out. */
  async files(found: readonly FoundFile[]): Promise<RequestFile[]> {
    const { listed } = await import('../../requests/listed.ts');
    const files: RequestFile[] = [];
    let turn = this.#ports.now();
    for (let start = 0; start < found.length; start += atOnce) {
      const some = found.slice(start, start + atOnce);
      const texts = await Promise.all(some.map(({ uri }) => (this.#read.has(uri) ? undefined : this.#text(uri))));
      for (const [index, file] of some.entries()) {
        const text = texts[index];
        const read = text ? this.#keep(file.uri, text.state, typeof text.said === 'string' ? { ...file, ...listed(text.said) } : text.said && { ...file, ...text.said }) : this.#read.get(file.uri);
        if (read) files.push(read);
        if (this.#ports.now() - turn < longestTurn) continue;
        await this.#ports.pause();
        turn = this.#ports.now();
      }
    }
    return files.sort((a, b) => inOrder(labelOf(a), labelOf(b)));
  }

  /** The files that have every word in their names or in their operation's. */
  async search(words: readonly string[]): Promise<RequestFile[]> {
    const { folders } = await this.folders();
    const files = await this.files(folders.flatMap((folder) => folder.files));
    return files.filter((file) => matchesAll([file.title ?? '', file.folder, file.name, ...(file.entry ? namesOf(file.entry) : [])], words));
  }

  /** A file's text is another now. */
  changed(uri: string): void {
    this.#read.delete(uri);
    this.#state.set(uri, this.#stateOf(uri) + 1);
  }

  /** There are other files now. */
  listChanged(): void {
    this.#list = undefined;
  }

  async #found(): Promise<readonly FoundFile[]> {
    const list = (this.#list ??= this.#ports.find(mostFiles + 1));
    try {
      return await list;
    } catch (error) {
      if (this.#list === list) this.#list = undefined;
      throw error;
    }
  }

  async #text(uri: string): Promise<{ state: number; said: string | { problem: string } | undefined }> {
    const state = this.#stateOf(uri);
    try {
      return { state, said: await this.#ports.read(uri) };
    } catch (error) {
      return { state, said: { problem: error instanceof Error ? error.message : String(error) } };
    }
  }

  /** What was read counts until the file changes, which may have been while it was read. */
  #keep(uri: string, state: number, file: RequestFile | undefined): RequestFile | undefined {
    if (state === this.#stateOf(uri)) this.#read.set(uri, file);
    return file;
  }

  #stateOf(uri: string): number {
    return this.#state.get(uri) ?? 0;
  }
}

export const labelOf = ({ title, name }: RequestFile): string => (title?.trim() ? title : name);
const namesOf = ({ operationId, path, tag, sdkNames, summary }: OperationEntry): string[] => [operationId, path, tag, ...sdkNames, summary];
const inOrder = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare;
