import { randomFrom } from '../src/cli/simulation/random.ts';

/** Draws whole numbers from 0 to below `most`, the same for the same seed. */
export function drawFrom(seed: number): (most: number) => number {
  const random = randomFrom(seed);
  return (most) => Math.floor(random() * most);
}
