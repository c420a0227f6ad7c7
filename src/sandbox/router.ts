// Finds the described operation for a method and a path. A fixed segment wins over a parameter, so `/customers/testing` is never a customer.
import type { OperationEntry } from '../api/catalogue.ts';

export type RouteResult =
  | { operation: OperationEntry; path: Record<string, string> }
  /** `methods` are those that the path does know; empty when the path itself is unknown. */
  | { operation?: undefined; methods: string[] };

interface Branch {
  fixed: Map<string, Branch>;
  parameter?: Branch;
  operations: Map<string, OperationEntry>;
}

const branch = (): Branch => ({ fixed: new Map(), operations: new Map() });

export function createRouter(catalogue: readonly OperationEntry[]): (method: string, pathname: string) => RouteResult {
  const root = branch();
  for (const operation of catalogue) {
    let at = root;
    for (const segment of operation.path.split('/').slice(1)) {
      if (segment.startsWith('{')) at = at.parameter ??= branch();
      else {
        const next = at.fixed.get(segment) ?? branch();
        at.fixed.set(segment, next);
        at = next;
      }
    }
    at.operations.set(operation.method, operation);
  }

  const find = (at: Branch, segments: readonly string[], depth: number): Branch[] => {
    if (depth === segments.length) return at.operations.size > 0 ? [at] : [];
    const fixed = at.fixed.get(segments[depth] as string);
    return [...(fixed ? find(fixed, segments, depth + 1) : []), ...(at.parameter ? find(at.parameter, segments, depth + 1) : [])];
  };

  return (method, pathname) => {
    const segments = pathname.split('/').slice(1);
    const ends = find(root, segments, 0);
    const operation = ends.map((end) => end.operations.get(method)).find(Boolean);
    if (!operation) return { methods: ends.flatMap((end) => [...end.operations.keys()]) };
    const names = operation.path.split('/').slice(1);
    const path: Record<string, string> = {};
    for (const [position, name] of names.entries()) if (name.startsWith('{')) path[name.slice(1, -1)] = decode(segments[position] as string);
    return { operation, path };
  };
}

/** A malformed escape is taken as it stands: it is then an id that does not exist. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
