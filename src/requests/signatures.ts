// What a file's first bytes say it is, since names and media types say little: for what is sent, and for what comes. Free of vscode.

const startsWith = (...signature: readonly number[]) => (bytes: Uint8Array): boolean => signature.every((byte, at) => bytes[at] === byte);
const head = (bytes: Uint8Array, length: number): string => new TextDecoder('latin1').decode(bytes.subarray(0, length));

const signatures = {
  // Readers take a PDF whose header stands anywhere in its first kilobyte, and scanners make such.
  pdf: (bytes) => head(bytes, 1024).includes('%PDF-'),
  jpeg: startsWith(0xff, 0xd8, 0xff),
  png: startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  tiff: (bytes) => startsWith(0x49, 0x49, 0x2a, 0)(bytes) || startsWith(0x4d, 0x4d, 0, 0x2a)(bytes),
  gif: (bytes) => /^GIF8[79]a/.test(head(bytes, 6)),
  webp: (bytes) => /^RIFF.{4}WEBP/s.test(head(bytes, 12)),
  zip: startsWith(0x50, 0x4b, 0x03, 0x04),
} as const satisfies Record<string, (bytes: Uint8Array) => boolean>;

export type Signature = keyof typeof signatures;

/** Undefined for text, and for what nobody here knows. */
export const signatureOf = (bytes: Uint8Array): Signature | undefined => (Object.keys(signatures) as Signature[]).find((name) => signatures[name](bytes));
