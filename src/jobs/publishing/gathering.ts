import { setImmediate as pause } from 'node:timers/promises';

/**
 * Does together what is asked for in one turn of the event loop, or while the work before is under way.
 *
 * @returns hands one value over; resolves when the work with it is done, and rejects when that failed
 */
export function gather<Value>(
  work: (values: readonly Value[]) => Promise<unknown>,
): (value: Value) => Promise<void> {
  let waiting: Value[] = [];
  let next: Promise<void> | undefined;
  let before: Promise<unknown> = Promise.resolve();
  const begin = async () => {
    await before.catch(() => undefined);
    await pause();
    const values = waiting;
    waiting = [];
    before = next ?? before;
    next = undefined;
    await work(values);
  };
  return (value) => {
    waiting.push(value);
    next ??= begin();
    return next;
  };
}
