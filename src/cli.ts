#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { consoleIo } from './cli/console.ts';
import type { SimulateOptions } from './cli/simulate.ts';
import { readConfig } from './config.ts';
import { ConfigError, DataError, StoreError, UserError } from './errors.ts';

/** Exit codes: 2 for what the person can mend (usage, settings, files), 1 for a defect of ours. */
const BAD_USAGE = 2;
const DEFECT = 1;

/** The topic that is watched. */
const TOPIC = 'dprk-russia';

const io = consoleIo(process.stdin, process.stdout, process.stderr);

/** The command line, `tumen …`: each subcommand is loaded only when it is called. */
function commandLine(): Command {
  const program = new Command('tumen')
    .description(
      'Reads news about arms cooperation between North Korea and Russia: dated events, attributed claims',
    )
    .showHelpAfterError('(tumen --help lists the commands)')
    .exitOverride();
  addMeasuringCommands(program);
  addArchiveCommands(program);
  addKeepingCommands(program);
  addSimulation(program);
  addManifestCommand(program);
  addSourcesCommands(
    program.command('sources').description('the feeds that are read, as /sources in a channel'),
  );
  return program;
}

/** The commands of DESIGN.md section 5 that read text and print what the rules make of it; they touch no archive. */
function addMeasuringCommands(program: Command): void {
  program
    .command('parse [files...]')
    .description('feeds as bytes → their items, one JSON line a file')
    .option('--manifest', 'read JSON Lines {file, contentType?, url?} from standard input')
    .option('--root <folder>', 'folder that the file names of the manifest start from', '.')
    .action(async (files: string[], options: { manifest?: boolean; root: string }) => {
      const { parseCommand } = await import('./cli/parse.ts');
      await parseCommand({ files, ...options }, io);
    });
  addMatchCommand(program);
  program
    .command('dates')
    .description('texts as JSON Lines {id, text, published, lang?, expression?} → the days they mean')
    .action(async () => {
      const { datesCommand } = await import('./cli/dates.ts');
      await datesCommand(io);
    });
  program
    .command('claims [files...]')
    .description('articles (text or HTML files, or items as JSON Lines) → who claims what, and of which day')
    .action(async (files: string[]) => {
      const { claimsCommand } = await import('./cli/claims.ts');
      await claimsCommand(files, io);
    });
  program
    .command('fold')
    .description('items as JSON Lines, in order of publication → the event each belongs to')
    .option('--events <file>', 'write the events there at the end, as JSON Lines')
    .action(async (options: { events?: string }) => {
      const { foldCommand } = await import('./cli/fold.ts');
      await foldCommand(options, io);
    });
}

/** Commands that read or fill an archive. */
function addArchiveCommands(program: Command): void {
  program
    .command('replay <stream>')
    .description(
      'items as JSON Lines (a file, or - for standard input) → the digests that would have been posted',
    )
    .requiredOption('--from <day>', 'first day, such as 2024-01-03')
    .requiredOption('--to <day>', 'last day')
    .option('--zone <zone>', 'IANA time zone in which days begin and end', 'UTC')
    .option('--lang <language>', 'language of the digests', 'en')
    .option('--json', 'one JSON line a digest in place of text')
    .option('--no-history', 'only what the items tell, without the shipped history')
    .action(
      async (
        stream: string,
        options: { from: string; to: string; zone: string; lang: string; json?: boolean; history: boolean },
      ) => {
        const { replayCommand } = await import('./cli/replay.ts');
        await replayCommand({ stream, ...options }, io);
      },
    );
  program
    .command('import <paths...>')
    .description('articles (txt, html, jsonl) into the archive')
    .action(async (paths: string[]) => {
      const { importCommand } = await import('./cli/import.ts');
      await importCommand(paths, readConfig(process.env), io);
    });
  program
    .command('ask <line>')
    .description('answers one command as typed in a channel: tumen ask "/events when:2024-01"')
    .action(async (line: string) => {
      const { askCommand } = await import('./cli/ask.ts');
      await askCommand(line, readConfig(process.env), io);
    });
  program
    .command('export <format> [options...]')
    .description('hands over what a look-up finds: tumen export csv when:2024-01 > events.csv')
    .option('--out <file>', 'write it there')
    .action(async (format: string, options: string[], { out }: { out?: string }) => {
      const { exportCommand } = await import('./cli/export.ts');
      const wish = { options, ...(out === undefined ? {} : { out }) };
      await exportCommand(format, wish, readConfig(process.env), io);
    });
}

/** The command that tries how reliably digests are published. */
function addSimulation(program: Command): void {
  program
    .command('simulate')
    .description('plays a year of digests with deaths, outages and wrong clocks → what became of each slot')
    .option('--days <number>', 'how long', '400')
    .option('--subscriptions <number>', 'how many', '1000')
    .option('--kills <number>', 'how often the process dies at work', '50')
    .option('--outages <number>', 'how often nothing runs for up to a day and a half', '20')
    .option('--jumps <number>', 'how often the clock is wrong by up to a day', '5')
    .option('--seed <number>', 'another number, another year', '1')
    .action(async (options: SimulateOptions) => {
      const { simulateCommand } = await import('./cli/simulate.ts');
      await simulateCommand(options, io);
    });
}

/** Commands that look after the archive itself. */
function addKeepingCommands(program: Command): void {
  program
    .command('stats')
    .description('what the archive holds, by language, source, kind and month')
    .action(async () => {
      const { statsCommand } = await import('./cli/stats.ts');
      await statsCommand(TOPIC, readConfig(process.env), io);
    });
  program
    .command('doctor')
    .description('looks at settings, archive, feeds and chat platforms, and says what to mend')
    .option('--json', 'print JSON Lines')
    .action(async (options: { json?: true }) => {
      const { doctorCommand } = await import('./cli/doctor.ts');
      if (!(await doctorCommand(process.env, options, io))) process.exitCode = BAD_USAGE;
    });
  program
    .command('refold')
    .description('makes all events anew from what is stored; ids and corrections are kept')
    .option('--topic <id>', 'the topic that is watched', TOPIC)
    .action(async ({ topic }: { topic: string }) => {
      const { refoldCommand } = await import('./cli/refold.ts');
      await refoldCommand(topic, readConfig(process.env), io);
    });
  program
    .command('backup <file>')
    .description('copies the archive into a file while the bot goes on')
    .action(async (file: string) => {
      const { backupCommand } = await import('./cli/backup.ts');
      await backupCommand(file, readConfig(process.env), io);
    });
  program
    .command('restore <file>')
    .description('puts a backup in the place of the archive; the bot must not run')
    .action(async (file: string) => {
      const { restoreCommand } = await import('./cli/restore.ts');
      await restoreCommand(file, readConfig(process.env), io);
    });
  program
    .command('migrate-to <place>')
    .description('copies the archive to a PostgreSQL server (postgres://…) or a folder, and verifies it')
    .action(async (place: string) => {
      const { migrateToCommand } = await import('./cli/migrate-to.ts');
      await migrateToCommand(place, readConfig(process.env), io);
    });
}

/** The command that sets Slack up. */
function addManifestCommand(program: Command): void {
  program
    .command('manifest')
    .description('what Slack is told to make the app, as YAML: for Socket Mode, or for HTTP with --url')
    .option('--url <address>', 'public https address of this machine, to be reached over HTTP')
    .option('--socket', 'Socket Mode all the same, with the address for workspaces that install Tumen')
    .action(async (options: { url?: string; socket?: true }) => {
      const { manifestCommand } = await import('./cli/manifest.ts');
      await manifestCommand(options, io);
    });
}

/** Asks as `/sources` asks in a channel. */
async function askSources(subcommand: string, options: Record<string, string>): Promise<void> {
  const { sourcesCommand } = await import('./cli/sources.ts');
  await sourcesCommand(subcommand, options, readConfig(process.env), io);
}

/** The command that tells what is on topic, and what people said of it. */
function addMatchCommand(program: Command): void {
  program
    .command('match')
    .description('items as JSON Lines → whether each is on topic, and why')
    .option('--topic <folder>', 'judge by the topic in this folder')
    .option('--compare <folders...>', 'two topic folders: print the items whose zone differs between them')
    .option('--feedback', 'print what people said of articles, as labelled items')
    .action(async (options: { topic?: string; compare?: string[]; feedback?: true }) => {
      if (options.feedback === true) {
        const { feedbackCommand } = await import('./cli/feedback.ts');
        return feedbackCommand(readConfig(process.env), io);
      }
      const { compareCommand, matchCommand } = await import('./cli/match.ts');
      if (options.compare === undefined) return matchCommand(io, options.topic);
      const [before, after] = options.compare;
      if (before === undefined || after === undefined)
        throw new UserError('--compare takes two topic folders.');
      return compareCommand(before, after, io);
    });
}

/** The commands that show, change and pass on which feeds are read. */
function addSourcesCommands(sources: Command): void {
  sources
    .command('list')
    .description('which sources are read')
    .option('--language <language>', 'only sources in this language, such as fr')
    .action((options: { language?: string }) => askSources('list', { ...options }));
  sources
    .command('health')
    .description('which sources cannot be read, and why')
    .action(() => askSources('health', {}));
  sources
    .command('add <address>')
    .description('reads another source from now on: a feed, or a page that names it')
    .option('--name <name>', 'what to call it')
    .option('--language <language>', 'language of its articles')
    .action((address: string, options: { name?: string; language?: string }) =>
      askSources('add', { address, ...options }),
    );
  sources
    .command('remove <source>')
    .description('reads a source no more that was added')
    .action((source: string) => askSources('remove', { source }));
  sources
    .command('mute <source>')
    .description('visits a source no more')
    .option('--undo', 'visits it again')
    .action((source: string, options: { undo?: true }) =>
      askSources('mute', options.undo === undefined ? { source } : { source, undo: 'true' }),
    );
  sources
    .command('test <source>')
    .description('visits an address or a source now and shows what it brings')
    .action((source: string) => askSources('test', { source }));
  sources
    .command('import <file>')
    .description('adds the feeds of an OPML file')
    .action(async (file: string) => {
      const { importSources } = await import('./cli/sources.ts');
      await importSources(file, readConfig(process.env), io);
    });
  sources
    .command('export <file>')
    .description('writes the feeds that are read into an OPML file')
    .action(async (file: string) => {
      const { exportSources } = await import('./cli/sources.ts');
      await exportSources(file, readConfig(process.env), io);
    });
}

/** What the person is told when a command fails: a sentence, never a stack trace. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_USAGE;
  const isTheirs = [UserError, DataError, ConfigError, StoreError].some((sort) => error instanceof sort);
  if (isTheirs && error instanceof Error) {
    io.warn(error.message);
    return BAD_USAGE;
  }
  io.warn(`Something went wrong inside Tumen: ${error instanceof Error ? error.message : 'unknown'}.`);
  return DEFECT;
}

/** A reader that closes its end early, such as `head`, has had enough: no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

// Node's own --env-file-if-exists says on every run that there is none.
if (existsSync('.env')) process.loadEnvFile();
try {
  await commandLine().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
