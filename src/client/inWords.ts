// Sizes and durations as a person reads them. The views have theirs in webviews/ui/answerWords.ts, which may not know this side.

/** `0 bytes`, `812 bytes`, `3.4 KB`, `20.1 MB`, `5 MB`. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / 1024 / 1024, 'MB'];
  return `${size.toLocaleString('en-US', { maximumFractionDigits: size < (unit === 'KB' ? 10 : 100) ? 1 : 0 })} ${unit}`;
}

/** In whole seconds: `12 s`, `2 min 40 s`, `1 h 5 min`. */
export function spanInWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How long something took: `312 ms`, `1.3 s`, and from a minute on as `spanInWords`. */
export function durationInWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 59_950 ? `${(ms / 1000).toFixed(1)} s` : spanInWords(ms);
}

/** How long to wait, for a sentence; rather too long than too short: `1 second`, `90 seconds`, `3 minutes`, `2 hours`. */
export function waitInWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
