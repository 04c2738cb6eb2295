import { createInterface, type Interface } from 'node:readline';
import type { Asker, Form } from '../form.ts';
import type { Message } from '../message.ts';
import type { Channel } from '../subscription.ts';
import type { Answer, Platform } from './platform.ts';
import { renderTerminal } from './terminal-render.ts';

const CLEAR_LINE = '\r\u001b[K';
const PROMPT = '> ';
const WIDTH_OF_A_FILE = 100;

/** Where a terminal reads and writes, and who sits at it. */
export interface TerminalOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  /** Language of whoever sits there: BCP 47. */
  readonly language: string;
  /** IANA zone of the same. */
  readonly zone: string;
  /** Called once when they want to leave: Ctrl-C, Ctrl-D, `exit`, or the end of the input. */
  readonly leave: () => void;
  /** Whether typed lines are taken; without it the terminal only shows. */
  readonly takesCommands: boolean;
}

/** A terminal is a platform on which Tumen can also show how far it is. */
export interface Terminal extends Platform {
  /** Shows one line that the next replaces; nothing where the output is no screen. An empty text takes it away. */
  progress(text: string): void;
}

/** The screen as a platform: no token, one channel, one person who may do everything. */
export function makeTerminal(options: TerminalOptions): Terminal {
  const screen = makeScreen(options);
  const asker: Asker = {
    channel: screenChannel,
    id: 'screen',
    language: options.language,
    zone: options.zone,
    manages: true,
  };
  const posted = new Set<string>();
  let typing: Typing | undefined;

  return {
    name: 'terminal',
    start(forms, answer) {
      if (options.takesCommands) typing = takeCommands(options, screen, { forms, answer, asker });
      return Promise.resolve();
    },
    post(_, message, { key }) {
      if (!posted.has(key)) screen.show(message);
      posted.add(key);
      return Promise.resolve(key);
    },
    edit(_, __, message) {
      screen.show(message);
      return Promise.resolve();
    },
    find(_, key) {
      return Promise.resolve(posted.has(key) ? { kind: 'arrived', posted: key } : { kind: 'absent' });
    },
    progress: (text) => screen.progress(text),
    async stop() {
      screen.progress('');
      await typing?.stop();
      typing = undefined;
    },
  };
}

const screenChannel: Channel = { platform: 'terminal', address: 'screen' };

interface Screen {
  show(message: Message): void;
  progress(text: string): void;
  prompt(typing: Interface): void;
}

function makeScreen({ output }: TerminalOptions): Screen {
  const isScreen = output.isTTY === true;
  let typing: Interface | undefined;
  let hasProgress = false;
  const clear = () => {
    if (hasProgress || (isScreen && typing !== undefined)) output.write(CLEAR_LINE);
    hasProgress = false;
  };
  return {
    show(message) {
      clear();
      output.write(`${renderTerminal(message, { width: widthOf(output), colour: isScreen })}\n`);
      if (isScreen) typing?.prompt(true);
    },
    progress(text) {
      if (!isScreen || (text === '' && !hasProgress)) return;
      clear();
      output.write(text.slice(0, Math.max(0, widthOf(output) - 1)));
      hasProgress = text !== '';
      if (!hasProgress) typing?.prompt(true);
    },
    prompt(asked) {
      typing = asked;
      if (isScreen) typing.prompt();
    },
  };
}

/** Some terminals do not know their width, and say 0. */
function widthOf({ columns = 0 }: TerminalOptions['output']): number {
  return columns > 0 ? columns : WIDTH_OF_A_FILE;
}

interface Typing {
  stop(): Promise<void>;
}

/** Answers lines one after the other, in the order in which they were typed. */
function takeCommands(
  { input, output, leave }: TerminalOptions,
  screen: Screen,
  { forms, answer, asker }: { forms: readonly Form[]; answer: Answer; asker: Asker },
): Typing {
  const typing = createInterface({
    input,
    output,
    terminal: output.isTTY === true,
    prompt: PROMPT,
    completer: (line: string) => [completionsOf(line, forms), line],
  });
  let work = Promise.resolve();
  let stopped = false;
  const reply = async (line: string) => {
    if (line.trim() === '') screen.prompt(typing);
    else screen.show(await answer.typed(line, asker));
  };
  typing.on('line', (line) => {
    if (isGoodbye(line)) typing.close();
    else work = work.then(() => reply(line));
  });
  typing.on('close', () => {
    if (!stopped) void work.then(leave);
  });
  screen.prompt(typing);
  return {
    async stop() {
      stopped = true;
      typing.close();
      await work;
    },
  };
}

function isGoodbye(line: string): boolean {
  return /^\/?(exit|quit)$/i.test(line.trim());
}

/** Lines that the beginning of one may become: a command, a subcommand, or the next option. */
function completionsOf(line: string, forms: readonly Form[]): string[] {
  const slash = line.startsWith('/') ? '/' : '';
  const [name = '', ...rest] = line.slice(slash.length).split(' ');
  const form = forms.find((known) => known.name === name);
  if (form === undefined || rest.length === 0)
    return begunBy(
      line,
      forms.map((known) => `${slash}${known.name} `),
    );

  const under = form.subcommands.find((known) => known.name === rest[0]);
  if (form.subcommands.length > 0 && (under === undefined || rest.length === 1)) {
    return begunBy(
      line,
      form.subcommands.map((known) => `${slash}${name} ${known.name} `),
    );
  }
  const before = line.slice(0, line.lastIndexOf(' ') + 1);
  const free = (under ?? form).options.filter((option) => !before.includes(` ${option.name}:`));
  return begunBy(
    line,
    free.map((option) => `${before}${option.name}:`),
  );
}

function begunBy(line: string, candidates: readonly string[]): string[] {
  return candidates.filter((candidate) => candidate.startsWith(line));
}
