// A file that a view has made and the person is to save: a chart as a picture, a table as text, a report as a page. The name is a suggestion
// alone and is reduced to what is a plain file name anywhere.
import { isRecord } from './guards.ts';

const extensions = ['png', 'svg', 'csv', 'tsv', 'md', 'html'] as const;

/** View to host. */
export interface SaveFileRequest {
  type: 'saveFile';
  /** With its extension, which is one of those above. */
  name: string;
  bytes: Uint8Array;
}

/** A view's message, or undefined for anything that is none. */
export function readSaveFile(value: unknown): SaveFileRequest | undefined {
  if (!isRecord(value) || value.type !== 'saveFile' || typeof value.name !== 'string' || !(value.bytes instanceof Uint8Array)) return undefined;
  const match = /^([\s\S]*)\.([a-z]+)$/.exec(value.name);
  const extension = extensions.find((one) => one === match?.[2]);
  if (!match || !extension) return undefined;
  const stem = match[1]!.replace(/[^\w]+/g, '-').replace(/^-|-$/g, '').slice(0, 80);
  return { type: 'saveFile', name: `${stem || 'open-banking'}.${extension}`, bytes: value.bytes };
}
