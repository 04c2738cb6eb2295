import { schedule } from 'node-cron';
import type { Log } from '../log.ts';

/** Something that runs again and again, one at a time. */
export interface Job {
  readonly name: string;
  readonly everyMinutes: number;
  run(): Promise<void>;
}

/** Stops the jobs; resolves when those under way have ended. */
export type Stop = () => Promise<void>;

/**
 * Runs jobs by the minute. node-cron only ticks, in UTC: it skips and repeats times on days when clocks change and
 * catches nothing up, so what is due is computed from the archive by the jobs themselves.
 *
 * A job that is still running is not started again. A job that fails is a defect: logged once, and run again in its time.
 */
export function startJobs(jobs: readonly Job[], log: Log): Stop {
  const running = new Map<string, Promise<void>>();
  let minute = 0;
  const start = (job: Job) => {
    if (running.has(job.name)) return;
    const run = job
      .run()
      .catch((error: unknown) => log.error({ job: job.name, err: error }, 'job failed'))
      .finally(() => running.delete(job.name));
    running.set(job.name, run);
  };
  const tick = schedule(
    '* * * * *',
    () => {
      minute += 1;
      for (const job of jobs) if (minute % job.everyMinutes === 0) start(job);
    },
    { timezone: 'UTC' },
  );
  return async () => {
    await tick.stop();
    await Promise.all(running.values());
  };
}
