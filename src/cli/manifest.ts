import { join } from 'node:path';
import { formOf } from '../../commands/forms.ts';
import { commandsFor } from '../../commands/index.ts';
import { manifestOf, type Plain } from '../channels/slack/manifest.ts';
import { UserError } from '../errors.ts';
import { loadTopic } from '../topics/topic.ts';
import type { Io } from './io.ts';

const TOPIC_FOLDER = join(import.meta.dirname, '../topics/dprk-russia');
/** Texts that stand for themselves in YAML; others are quoted. */
const BARE = /^(?!(?:true|false|yes|no|on|off|null)$)[A-Za-z/][\w/.:-]*(?: [\w/.|,-]+)*$/i;

/** How Slack is to reach Tumen. */
export interface ManifestOptions {
  /** Public address of the machine that Tumen runs on. */
  readonly url?: string;
  /** Socket Mode also where there is such an address. */
  readonly socket?: true;
}

/**
 * `tumen manifest`: what Slack is told to make the app, as YAML.
 *
 * @throws {UserError} when the address is none of https
 */
export async function manifestCommand({ url, socket }: ManifestOptions, io: Io): Promise<void> {
  if (url !== undefined && !(URL.canParse(url) && new URL(url).protocol === 'https:')) {
    throw new UserError('--url takes an address of https, such as https://bot.example.org.');
  }
  const forms = commandsFor(loadTopic(TOPIC_FOLDER)).map(formOf);
  const manifest = manifestOf(forms, { url, isSocket: url === undefined || socket === true });
  for (const line of yamlOf(manifest)) await io.print(line);
}

/** A value as YAML, a line each. */
function yamlOf(value: Plain): string[] {
  if (typeof value === 'boolean') return [String(value)];
  if (typeof value === 'string') return [BARE.test(value) ? value : JSON.stringify(value)];
  if (isList(value)) return value.flatMap((item) => under('- ', yamlOf(item)));
  return Object.entries(value).flatMap(([name, item]) =>
    typeof item === 'object'
      ? [`${name}:`, ...under('  ', yamlOf(item), '  ')]
      : under(`${name}: `, yamlOf(item)),
  );
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

/** Lines behind a first beginning, and the further ones behind another. */
function under(first: string, lines: readonly string[], others = ' '.repeat(first.length)): string[] {
  return lines.map((line, index) => (index === 0 ? first : others) + line);
}
