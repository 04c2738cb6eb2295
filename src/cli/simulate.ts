import { fileURLToPath } from 'node:url';
import { UserError } from '../errors.ts';
import { loadTopic } from '../topics/topic.ts';
import type { Io } from './io.ts';
import { simulate } from './simulation/play.ts';

export interface SimulateOptions {
  readonly days: string;
  readonly subscriptions: string;
  readonly kills: string;
  readonly outages: string;
  readonly jumps: string;
  readonly seed: string;
}

const TOPIC = fileURLToPath(new URL('../topics/dprk-russia', import.meta.url));
/** Clocks change on both halves of the earth in the months after. */
const BEGIN = new Date('2024-01-15T00:00:00Z');
const LEAST_DAYS = 12;
const MOST = 100_000;

/**
 * `tumen simulate`: plays many days of publishing and prints what became of every slot, and what it took, as one JSON line.
 *
 * @throws {UserError} when an option is no number that can be used
 */
export async function simulateCommand(options: SimulateOptions, io: Io): Promise<void> {
  const trial = {
    begin: BEGIN,
    days: whole(options.days, '--days', LEAST_DAYS),
    subscriptions: whole(options.subscriptions, '--subscriptions', 1),
    kills: whole(options.kills, '--kills', 0),
    outages: whole(options.outages, '--outages', 0),
    jumps: whole(options.jumps, '--jumps', 0),
    seed: whole(options.seed, '--seed', 0),
  };
  const [begun, used] = [performance.now(), process.cpuUsage()];
  const tally = await simulate(trial, { ...loadTopic(TOPIC), feeds: [] }, (day) => io.progress(day));
  const { user, system } = process.cpuUsage(used);
  const seconds = inTenths((performance.now() - begun) / 1000);
  const cpuSeconds = inTenths((user + system) / 1_000_000);
  const { begin: _, ...given } = trial;
  await io.print(JSON.stringify({ ...given, ...tally, seconds, cpuSeconds }));
}

function inTenths(number: number): number {
  return Math.round(number * 10) / 10;
}

function whole(text: string, option: string, least: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= MOST) return number;
  throw new UserError(`${option} takes a whole number from ${least} to ${MOST}, not '${text}'.`);
}
