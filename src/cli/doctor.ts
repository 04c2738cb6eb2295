import { join } from 'node:path';
import { formOf } from '../../commands/forms.ts';
import { commandsFor } from '../../commands/index.ts';
import type { Check } from '../check.ts';
import { type Config, readConfig } from '../config.ts';
import { ConfigError } from '../errors.ts';
import { examine } from '../jobs/doctor.ts';
import { loadTopic } from '../topics/topic.ts';
import type { Io } from './io.ts';

const TOPIC_FOLDER = join(import.meta.dirname, '../topics/dprk-russia');

const marks = { sound: '✓', broken: '✗', off: '–' } as const;

export interface DoctorWish {
  /** Prints JSON Lines in place of text. */
  readonly json?: boolean;
}

/**
 * `tumen doctor`: looks at settings, disk, archive, feeds and platforms, a line each, and says what to do about what is
 * wrong.
 *
 * @param env - the settings as they are set, right or wrong
 * @returns whether nothing is wrong
 */
export async function doctorCommand(
  env: Readonly<Record<string, string | undefined>>,
  { json = false }: DoctorWish,
  io: Io,
): Promise<boolean> {
  const { config, problems } = usable(env);
  const topic = loadTopic(TOPIC_FOLDER);
  const patient = {
    config,
    feeds: topic.feeds,
    forms: commandsFor(topic).map(formOf),
    clock: () => new Date(),
  };
  const tell = async (check: Check) => io.print(json ? JSON.stringify(check) : lineOf(check));
  let broken = problems.length;
  for (const problem of problems) await tell(problem);
  if (problems.length === 0) await tell(settingsCheck());
  for await (const check of examine(patient)) {
    await tell(check);
    if (check.state === 'broken') broken += 1;
    io.progress(`looked at ${check.area} ${check.what} …`);
  }
  io.progress('');
  if (!json) await io.print(broken === 0 ? '\nNothing is wrong.' : `\nTo be mended: ${broken}.`);
  return broken === 0;
}

function lineOf({ area, what, state, finding, advice }: Check): string {
  const line = `${marks[state]} ${area} ${what}: ${finding}`;
  return advice === undefined ? line : `${line}\n  → ${advice}`;
}

function settingsCheck(): Check {
  return { area: 'settings', what: 'all', state: 'sound', finding: 'each can be used' };
}

/** The settings that can be used, and what is wrong with the others. */
function usable(env: Readonly<Record<string, string | undefined>>): { config: Config; problems: Check[] } {
  try {
    return { config: readConfig(env), problems: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const problems = error.message.matchAll(/^ {2}(\w+): (.*)$/gm).map(([, what = '', finding = '']) => {
      const advice = 'change or empty it in .env; .env.example explains it';
      return { area: 'settings', what, state: 'broken', finding, advice } as const;
    });
    const found = [...problems];
    return { config: readConfig(withoutBad(env, found)), problems: found };
  }
}

/** Leaves out what is wrong; of a platform that is set up by half, everything. */
function withoutBad(
  env: Readonly<Record<string, string | undefined>>,
  problems: readonly Check[],
): Record<string, string | undefined> {
  const names = new Set(problems.map(({ what }) => what));
  const isSlack = problems.some(({ what }) => what.startsWith('SLACK_') || what === 'TOKEN_KEY');
  const kept = Object.entries(env).filter(
    ([name]) => !names.has(name) && !(isSlack && name.startsWith('SLACK_')),
  );
  return Object.fromEntries(kept);
}
