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
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'must begin with xoxb-').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must begin with xapp-').optional(),
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
    ...missingHalves(set).map((name) => `  ${name}: is missing; Slack needs both tokens, or neither`),
  ];
  if (result.success && problems.length === 0) return result.data;
  throw new ConfigError(`These settings cannot be used:\n${problems.join('\n')}`);
}

/** Which of Slack's two tokens is missing beside the other. */
function missingHalves(set: Record<string, string | undefined>): string[] {
  const missing = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'].filter((name) => set[name] === undefined);
  return missing.length === 1 ? missing : [];
}
