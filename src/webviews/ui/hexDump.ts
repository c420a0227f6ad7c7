// The first bytes of something that is no text, as people read them: offset, hexadecimal, and the letters among them. Pure.

/** Lines of `width` bytes: `00000010  89 50 4e 47 …  .PNG…`. */
export function hexDump(bytes: Uint8Array, most = 128, width = 16): string {
  const lines: string[] = [];
  for (let at = 0; at < Math.min(most, bytes.length); at += width) {
    const part = bytes.subarray(at, Math.min(at + width, most));
    const hex = Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const letters = Array.from(part, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(width * 3 - 1)}  ${letters}`);
  }
  return lines.join('\n');
}
