/** Values in one statement, far below the limits of both engines. */
const MOST_AT_ONCE = 512;

/**
 * Cuts values into batches for statements that take the same value twice without harm. Each batch is filled up with its last
 * value to 1, 2, 3, 4, 6, 8, 12 … values: an engine prepares a statement anew for every number of them.
 */
export function inBatches<Value>(values: readonly Value[]): Value[][] {
  const batches: Value[][] = [];
  for (let start = 0; start < values.length; start += MOST_AT_ONCE) {
    const batch = values.slice(start, start + MOST_AT_ONCE);
    const [last] = batch.slice(-1);
    const power = 2 ** Math.ceil(Math.log2(batch.length));
    const size = batch.length > power * 0.75 ? power : Math.ceil(power * 0.75);
    if (last !== undefined) batch.push(...Array.from({ length: size - batch.length }, () => last));
    batches.push(batch);
  }
  return batches;
}
