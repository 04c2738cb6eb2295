import { z } from 'zod';
import { ConfigError } from './errors.ts';
import { isZone } from './time.ts';

/** All settings. `.env.example` explains each; without any of them Tumen runs in the terminal. */
export const Environment = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be like postgres://user:password@host/database' })
    .optional(),
  DATA_DIRECTORY: z.string().default('./data'),
  BACKUP_DIRECTORY: z.string().optional(),
  BACKUP_KEEP: z.coerce.number().int().min(1).max(1000).default(7),
  KEEP_TEXTS_DAYS: z.coerce.number().int().min(30).max(36_500).optional(),
  DISCORD_TOKEN: z.string().optional(),
  DISCORD_GUILD: z
    .string()
    .regex(/^\d{17,20}$/, 'must be the id of a server, such as 1157362849501724673')
    .optional(),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'must begin with xoxb-').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must begin with xapp-').optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_PORT: z.coerce.number().int().min(1).max(65_535).default(8787),
  SLACK_URL: z.url({ protocol: /^https$/, error: 'must be like https://bot.example.org' }).optional(),
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: z.string().optional(),
  SLACK_STATE_SECRET: z.string().optional(),
  SLACK_MANAGERS: z
    .string()
    .regex(
      /^[UW][A-Z0-9]+(?:[ ,]+[UW][A-Z0-9]+)*$/,
      "must be Slack's names of people, such as U012ABC,U034DEF",
    )
    .optional(),
  TOKEN_KEY: z
    .string()
    .regex(/^[\da-f]{64}(?:,[\da-f]{64})*$/i, 'must be 64 hexadecimal digits: openssl rand -hex 32')
    .optional(),
  LANGUAGE: z
    .string()
    .regex(/^[a-z]{2}$/, 'must be two letters, such as en or fr')
    .default('en'),
  ZONE: z.string().refine(isZone, 'must be an IANA time zone, such as Europe/Paris').default('UTC'),
  DIGEST_TIME: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, such as 08:00')
    .default('08:00'),
  POLL_EVERY_MINUTES: z.coerce.number().int().min(1).max(1440).default(15),
  CONTACT: z.string().optional(),
  FULL_TEXT: z.enum(['on', 'off']).default('on'),
  FEEDS_PROXY: z.url({ protocol: /^https?$/ }).optional(),
  WEBSUB_URL: z.url({ protocol: /^https$/, error: 'must be like https://bot.example.org/websub' }).optional(),
  WEBSUB_PORT: z.coerce.number().int().min(1).max(65_535).default(8786),
  DISCORD_API: z.url({ protocol: /^https?$/ }).optional(),
  SLACK_API: z.url({ protocol: /^https?$/ }).optional(),
  FEEDS_ALLOW_LOOPBACK: z.enum(['on', 'off']).default('off'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type Config = z.output<typeof Environment>;

/**
 * Reads the settings. An empty variable counts as not set.
 *
 * @throws {ConfigError} naming every bad variable; never showing a value, as it may be a secret
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = Environment.safeParse(set);
  const issues = result.success ? [] : result.error.issues;
  const problems = [
    ...issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`),
    ...slackProblems(set).map((problem) => `  ${problem}`),
  ];
  if (result.success && problems.length === 0) return result.data;
  throw new ConfigError(`These settings cannot be used:\n${problems.join('\n')}`);
}

/** What is missing, or too much, among the settings of Slack: half a platform is an error, not a silence. */
function slackProblems(set: Readonly<Record<string, string | undefined>>): string[] {
  const has = (name: string) => set[name] !== undefined;
  const isShared = has('SLACK_CLIENT_ID') || has('SLACK_CLIENT_SECRET');
  const isWanted = isShared || ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'].some(has);
  if (!isWanted) return [];
  const sharing = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_URL', 'TOKEN_KEY'];
  const lacking = isShared ? sharing.filter((name) => !has(name)) : [];
  const problems = lacking.map(
    (name) => `${name}: is missing; to be installed in several workspaces, Tumen needs ${sharing.join(', ')}`,
  );
  if (!isShared && !has('SLACK_BOT_TOKEN')) {
    problems.push('SLACK_BOT_TOKEN: is missing; copy it from OAuth & Permissions, after installing the app');
  }
  if (has('SLACK_APP_TOKEN') && has('SLACK_SIGNING_SECRET')) {
    problems.push('SLACK_SIGNING_SECRET: is for HTTP mode, SLACK_APP_TOKEN for Socket Mode; leave one empty');
  } else if (!has('SLACK_APP_TOKEN') && !has('SLACK_SIGNING_SECRET')) {
    problems.push(
      'SLACK_APP_TOKEN: is missing; Slack needs it (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode)',
    );
  }
  return problems;
}
