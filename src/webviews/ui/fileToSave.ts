/** The detail of `save-file`, which bubbles up to the page: a file that a part of it made, to be saved where the person says. */
export interface FileToSave {
  /** A suggestion, with its extension. */
  name: string;
  bytes: Uint8Array;
}
