// The smallest helpers with values and words, for everybody on this side. The sandbox and the views have their own: neither may know the client.

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
