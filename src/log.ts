import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** What is shorter could stand in a line by chance. */
const SHORTEST_SECRET = 8;

/** Fields whose values never reach the log, wherever they stand in it. */
const SECRET_FIELDS = ['token', 'authorization', 'password', 'secret', 'url_private', 'DATABASE_URL'];

/**
 * Makes the logger: JSON lines on standard output, or on standard error while a person types at a terminal.
 *
 * Secrets are hidden twice: by the name of the field, and wherever the value of a secret setting occurs in a line.
 */
export function makeLog(config: Config, destination: { write(line: string): void } = process.stdout): Log {
  const secrets = secretsIn(config);
  return pino(
    {
      level: config.LOG_LEVEL,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '…' },
    },
    { write: (line: string) => destination.write(withoutSecrets(line, secrets)) },
  );
}

function secretsIn(config: Config): string[] {
  const values = [
    config.DISCORD_TOKEN,
    config.SLACK_BOT_TOKEN,
    config.SLACK_APP_TOKEN,
    config.SLACK_SIGNING_SECRET,
    config.SLACK_CLIENT_SECRET,
    config.SLACK_STATE_SECRET,
    ...(config.TOKEN_KEY?.split(',') ?? []),
    config.DATABASE_URL,
  ];
  return values.filter((value) => value !== undefined && value.length >= SHORTEST_SECRET) as string[];
}

function withoutSecrets(line: string, secrets: readonly string[]): string {
  return secrets.reduce((text, secret) => text.replaceAll(secret, '…'), line);
}
