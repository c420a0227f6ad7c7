// A report's body taken apart for its PDF: whatever is absent or of another kind reads as nothing.
import { day } from './layout.ts';

export type Json = Record<string, unknown>;
export const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter((item): item is Json => typeof item === 'object' && item !== null) : []);
export const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
export const text = (value: unknown) => (value === undefined || value === null || value === '' ? '-' : String(value));
export const month = (moment: unknown) => day(moment).slice(0, 7);
