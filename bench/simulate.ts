/**
 * Plays a year of digests: `node bench/simulate.ts [days] [subscriptions] [seed]` (400 days, 1,000 subscriptions and seed 1
 * unless given), with 50 deaths of the process, 20 outages and 5 wrong clocks.
 */
import { simulate } from '../test/simulation.ts';

const [days = 400, subscriptions = 1000, seed = 1] = process.argv.slice(2).map(Number);
const begun = performance.now();
const tally = simulate({
  begin: new Date('2024-01-15T00:00:00Z'),
  days,
  subscriptions,
  kills: 50,
  outages: 20,
  jumps: 5,
  seed,
});
const seconds = (performance.now() - begun) / 1000;
process.stdout.write(
  `${JSON.stringify({ days, subscriptions, seed, ...tally, seconds: Number(seconds.toFixed(1)) })}\n`,
);
