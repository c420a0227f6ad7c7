// The sandbox's clock: real time plus an offset, at a speed. Everything the API dates or lets expire goes by it, so that two hours pass
// in no time. It never touches timers; a report is ready when the clock says so, at the moment somebody asks.

export interface ClockSettings {
  /** Seconds to add to real time at `anchor`. */
  offset: number;
  /** How many seconds pass in one real second; 1 unless set. */
  speed: number;
  /** Real epoch seconds at which `offset` held. */
  anchor: number;
}

export interface SandboxClock {
  /** Epoch seconds, whole. */
  now(): number;
  set(now: number): void;
  advance(seconds: number): void;
  setSpeed(speed: number): void;
  /** Undefined while it shows real time. */
  settings(): ClockSettings | undefined;
  /** Back to how it was started. */
  reset(): void;
}

export interface ClockOptions {
  settings?: ClockSettings;
  /** Start here instead of at real time; epoch seconds. */
  now?: number;
  speed?: number;
  /** Real milliseconds. */
  real?(): number;
}

export function createClock({ settings, now, speed = 1, real = Date.now }: ClockOptions = {}): SandboxClock {
  const seconds = () => real() / 1000;
  const fresh = (): ClockSettings => ({ offset: now === undefined ? 0 : now - seconds(), speed, anchor: seconds() });
  let current = now === undefined && settings ? settings : fresh();
  const exact = () => current.anchor + current.offset + (seconds() - current.anchor) * current.speed;
  const moveTo = (moment: number, rate: number) => {
    current = { offset: moment - seconds(), speed: rate, anchor: seconds() };
  };
  return {
    now: () => Math.floor(exact()),
    set: (moment) => moveTo(moment, current.speed),
    advance: (by) => moveTo(exact() + by, current.speed),
    setSpeed: (rate) => moveTo(exact(), rate),
    settings: () => (current.speed === 1 && Math.abs(current.offset) < 0.001 ? undefined : { ...current }),
    reset: () => {
      current = fresh();
    },
  };
}
