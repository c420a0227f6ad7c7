// How every part measures: contenders take turns, the order moves on by one from turn to turn, and a long run is cut into slices, so that
// what the machine does meanwhile hits all of them alike. A ratio is taken slice by slice, against what the reference met just then; a
// round's ratio is the median of its slices, and the median (min..max) of the rounds is printed. Nothing here passes or fails.

export interface Contender {
  name: string;
  /** One slice of a round; resolves to what it took, or to nothing when the time of the whole call is meant. */
  run(slice: number): Promise<Slice | void>;
}

/** Milliseconds by the clock, and the CPU time of the process at work in them. */
export interface Slice { wall: number; work: number }

export interface Rounds {
  rounds: number;
  /** Pieces in which each contender does its round, in turn with the others; 1 when left out. */
  slices?: number;
  /** Rounds before the first that counts; 1 when left out. */
  warmUps?: number;
  /** Called before each round, outside the measured time. */
  settle?: () => void | Promise<void>;
}

/** By contender: rounds, each with its slices. */
export type Samples = ReadonlyMap<string, readonly (readonly Slice[])[]>;

export async function takeTurns(contenders: readonly Contender[], { rounds, slices = 1, warmUps = 1, settle }: Rounds): Promise<Samples> {
  const samples = new Map<string, Slice[][]>(contenders.map(({ name }) => [name, []]));
  let first = 0;
  for (let round = -warmUps; round < rounds; round++) {
    await settle?.();
    if (round >= 0) for (const { name } of contenders) samples.get(name)!.push([]);
    for (let slice = 0; slice < slices; slice++, first++) {
      for (let turn = 0; turn < contenders.length; turn++) {
        const { name, run } = contenders[(first + turn) % contenders.length]!;
        const taken = await measured(() => run(slice));
        if (round >= 0) samples.get(name)!.at(-1)!.push(taken);
      }
    }
  }
  return samples;
}

/** What a run took, unless it says so itself. */
export async function measured(run: () => Promise<Slice | void>): Promise<Slice> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const told = await run();
  const wall = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  return told ?? { wall, work: (user + system) / 1000 };
}

export interface Spread { median: number; min: number; max: number }

export function spread(values: readonly number[]): Spread {
  if (values.length === 0) throw new Error('Nothing was measured.');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
}

/** Milliseconds of each round. */
export const times = (samples: Samples, name: string): number[] => samples.get(name)!.map((slices) => slices.reduce((sum, { wall }) => sum + wall, 0));

/** The ratio of each round. */
export const ratios = (samples: Samples, name: string, reference: string, of: keyof Slice = 'wall'): number[] =>
  samples.get(name)!.map((slices, round) => spread(slices.map((slice, at) => slice[of] / samples.get(reference)![round]![at]![of])).median);

/** Three figures are as many as two noisy cores bear. */
export const figure = (value: number): string => (value === 0 ? '0' : Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));
export const range = ({ median, min, max }: Spread): string => `${figure(median)} (${figure(min)}..${figure(max)})`;

/** A table: each contender's milliseconds, then its ratio to each reference; with `work`, the same for the CPU time of this process. */
export function formatTurns(title: string, samples: Samples, references: readonly string[], work = false): string {
  const columns = (['wall', ...(work ? ['work' as const] : [])] as const).flatMap((of) => references.map((reference) => ({ reference, of })));
  const head = ['', 'ms', ...columns.map(({ reference, of }) => `${of === 'work' ? 'CPU ' : ''}× ${reference}`)];
  const rows = [...samples.keys()].map((name) => [name, range(spread(times(samples, name))),
    ...columns.map(({ reference, of }) => (reference === name ? '1' : range(spread(ratios(samples, name, reference, of)))))]);
  return formatTable(`${title} · ${samples.values().next().value?.length ?? 0} rounds, median (min..max)`, [head, ...rows]);
}

/** Aligned columns under a title; the first row is the head. */
export function formatTable(title: string, rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return [`\n${title}`, ...rows.map((row) => `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('   ')}`)].join('\n');
}

export const printTurns = (...turns: Parameters<typeof formatTurns>): void => console.log(formatTurns(...turns));
export const printTable = (...table: Parameters<typeof formatTable>): void => console.log(formatTable(...table));

export const kilobytes = (bytes: number): string => `${figure(bytes / 1024)} KB`;
export const megabytes = (bytes: number): string => `${figure(bytes / 1024 / 1024)} MB`;
