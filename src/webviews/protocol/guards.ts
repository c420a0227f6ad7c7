// Small checks that every message of a view passes before the host acts on it. Free of vscode.

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The message when its type is one of `plain` (messages that carry nothing else); what else it holds is dropped. */
export function readPlain<T extends string>(value: unknown, plain: readonly T[]): { type: T } | undefined {
  if (!isRecord(value) || typeof value.type !== 'string') return undefined;
  const type = plain.find((name) => name === value.type);
  return type === undefined ? undefined : { type };
}
