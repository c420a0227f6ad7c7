// Where a request is saved, and under what name. Paths are those of the workspace: with several folders they begin with the folder's name,
// and always with forward slashes. Free of vscode.
import { requestFileSuffix } from '../../requests/scheme.ts';

/** The folder that new requests go to where no request file is yet. */
const firstFolder = 'requests';

/**
 * A path to suggest: in the folder with the most request files, under a name that is free.
 * @param root the workspace folder's name when there are several
 */
export function suggestedPath(operationId: string, known: readonly string[], root?: string): string {
  const count = new Map<string, number>();
  for (const path of known) count.set(folderOf(path), (count.get(folderOf(path)) ?? 0) + 1);
  const [folder] = [...count].sort(([a, x], [b, y]) => y - x || a.length - b.length || a.localeCompare(b))[0] ?? [root === undefined ? firstFolder : `${root}/${firstFolder}`];
  const path = (n: number): string => `${folder === '' ? '' : `${folder}/`}${operationId}${n === 1 ? '' : `-${n}`}${requestFileSuffix}`;
  let n = 1;
  while (known.includes(path(n))) n += 1;
  return path(n);
}

const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');

/** The name as a request file's: the ending is added where it is missing. */
export const withSuffix = (path: string): string => (path.endsWith(requestFileSuffix) ? path : `${path.replace(/(\.obreq)?\.json$|\.obreq$|\.$/, '')}${requestFileSuffix}`);

/** What is wrong with a path that was typed; undefined when it can be taken. */
export function pathFault(typed: string, roots: readonly string[]): string | undefined {
  const path = typed.trim();
  const steps = path.split('/');
  if (path === '' || path.endsWith('/')) return 'Name the file.';
  if (/[\\<>:"|?*\u0000-\u001f]/.test(path)) return 'A file\'s name has none of \\ < > : " | ? *; folders are told apart by /.';
  if (path.startsWith('/') || steps.some((step) => step === '' || step === '.' || step === '..')) return 'Name a place inside the workspace, like requests/name.';
  if (steps.some((step) => step !== step.trim() || (step.endsWith('.') && step !== steps.at(-1)))) return 'Names begin and end without spaces and dots.';
  if (roots.length > 1 && (steps.length < 2 || !roots.includes(steps[0]!))) return `Begin with a folder of the workspace: ${roots.join(', ')}.`;
  return undefined;
}
