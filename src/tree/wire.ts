// Tolerant readers of wire values: the API sends ids as text here and as numbers there, and null for what is absent.

export type Wire = Record<string, unknown>;

export const record = (value: unknown): Wire => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Wire : {});

/** The objects of an array field; anything else in it is left out. */
export const records = (value: unknown, key: string): Wire[] => {
  const list = record(value)[key];
  return Array.isArray(list) ? list.filter((item): item is Wire => typeof item === 'object' && item !== null && !Array.isArray(item)) : [];
};

/** Text that says something, or a number written out. */
export const text = (value: unknown): string | undefined => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

export const number = (value: unknown): number | undefined => {
  const n = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof n === 'number' && Number.isFinite(n) ? n : undefined;
};

/** A truth that may be written as text. */
export const truth = (value: unknown): boolean => value === true || value === 'true';

/** Epoch milliseconds of an epoch-seconds value (number or digits) or of an ISO date. */
export const moment = (value: unknown): number | undefined => {
  const seconds = number(value);
  if (seconds !== undefined) return seconds * 1000;
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
};
