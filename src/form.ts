import type { Channel } from './subscription.ts';

/** One value that an option can take, and how a person reads it. */
export interface Choice {
  /** At most 100 characters. */
  readonly value: string;
  readonly label: string;
  /** The label in other languages, by BCP 47 tag. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** One field of a form. What a person gives for it is always handed over as text. */
export interface FormOption {
  /** Lower case: `when`. */
  readonly name: string;
  /** What it is called in other languages, by BCP 47 tag, for platforms that show it so. */
  readonly names?: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  /** `channel` and `role` hand over the platform's own name for what was picked; `boolean` hands over `true` or `false`. */
  readonly type: 'text' | 'integer' | 'boolean' | 'channel' | 'role';
  readonly required: boolean;
  /** The only values it takes; empty when it takes others. */
  readonly choices: readonly Choice[];
  /** Whether `Answer.choices` proposes values while the person types. */
  readonly completes: boolean;
  readonly least?: number;
  readonly most?: number;
}

/** What a platform draws of a command: either options or subcommands, never both. */
export interface Form {
  readonly name: string;
  /** What it is called in other languages, by BCP 47 tag, for platforms that show it so. */
  readonly names?: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
  /** Required ones first. */
  readonly options: readonly FormOption[];
  readonly subcommands: readonly Form[];
  /** Who sees the answer: known beforehand, because some platforms must be told before there is one. */
  readonly audience: 'asker' | 'channel';
  /** Whether only somebody who manages the server, workspace or channel may use it. */
  readonly managers: boolean;
  /** The option that takes the text of a message, for platforms that offer commands on messages. */
  readonly messageOption?: string;
  /** What the command on messages is called in other languages. */
  readonly messageNames?: Readonly<Record<string, string>>;
}

/** A command with its options as they were given: what a person typed, or what a button stands for. */
export interface Request {
  readonly command: string;
  readonly subcommand?: string;
  readonly options: Readonly<Record<string, string>>;
}

/** Who asks, and where. */
export interface Asker {
  readonly channel: Channel;
  /** The platform's name for the person. */
  readonly id: string;
  /** BCP 47, as the platform tells it: `fr`, `en-GB`. */
  readonly language: string;
  /** IANA zone, where the platform tells it. */
  readonly zone?: string;
  /** Whether they manage the server, workspace or channel, checked at this very request. */
  readonly manages: boolean;
  /** Whether they manage another channel too; absent where who manages one manages all that they can name. */
  readonly managesAt?: (channel: Channel) => Promise<boolean>;
}

/**
 * Writes a request as one short text, so that a button can carry it: `events|when=2024-01|page=2`.
 * `unpackRequest` reads it back.
 */
export function packRequest({ command, subcommand, options }: Request): string {
  const verb = subcommand === undefined ? command : `${command} ${subcommand}`;
  const pairs = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return [verb, ...pairs].map((part) => part.replaceAll('\\', '\\\\').replaceAll('|', '\\p')).join('|');
}

/** Reads what `packRequest` wrote; `undefined` when it wrote no such text. */
export function unpackRequest(packed: string): Request | undefined {
  const [verb, ...pairs] = packed.split('|').map((part) => part.replaceAll(/\\(.)/g, unescaped));
  const [command, subcommand] = verb?.split(' ') ?? [];
  if (command === undefined || command === '' || pairs.some((pair) => !pair.includes('='))) return undefined;
  const options = Object.fromEntries(pairs.map(splitPair));
  return subcommand === undefined ? { command, options } : { command, subcommand, options };
}

/** A request as a person would type it: `/events when:2024-01 text:"two words"`. */
export function typedRequest({ command, subcommand, options }: Request): string {
  const verb = subcommand === undefined ? `/${command}` : `/${command} ${subcommand}`;
  const given = Object.entries(options).map(([name, value]) => `${name}:${quoted(value)}`);
  return [verb, ...given].join(' ');
}

function quoted(value: string): string {
  return /[\s"]/.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value;
}

function unescaped(_: string, letter: string): string {
  return letter === 'p' ? '|' : letter;
}

function splitPair(pair: string): [string, string] {
  const split = pair.indexOf('=');
  return [pair.slice(0, split), pair.slice(split + 1)];
}
