import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const thinkingRooms = ['language', 'topics', 'matches', 'events', 'digests'] as const;
const edges = ['feeds', 'store', 'channels'] as const;
const below = ['words', 'tools', ...thinkingRooms, ...edges] as const;

/** Each room, and the rooms whose files it may import besides its own. */
const floors: Record<string, readonly string[]> = {
  words: [],
  tools: ['words'],
  language: ['words'],
  topics: ['words', 'language'],
  matches: ['words', 'language', 'topics'],
  events: ['words', 'language', 'topics', 'matches'],
  digests: ['words', 'topics'],
  feeds: ['words'],
  store: ['words'],
  channels: ['words'],
  commands: ['words', 'tools', ...thinkingRooms, 'store', 'channels'],
  jobs: below,
  cli: [...below, 'commands', 'jobs'],
  main: [...below, 'commands', 'jobs', 'cli'],
};

/** Packages and modules that one place keeps: a file, or a folder with a closing slash. */
const keepers: Record<string, string> = {
  'discord.js': 'src/channels/discord/',
  '@slack/bolt': 'src/channels/slack/',
  'node-cron': 'src/jobs/schedule.ts',
  'rss-parser': 'src/feeds/parse.ts',
  undici: 'src/feeds/',
  eld: 'src/language/detect.ts',
  'node:sqlite': 'src/store/engines/sqlite.ts',
  pg: 'src/store/engines/postgres.ts',
  commander: 'src/cli.ts',
};

/** What the thinking rooms never touch; topics/topic.ts alone may read its own data files. */
const outside = /^node:(fs|http|https|net|child_process|worker_threads|os|process)/;
const thinking = new Set<string>(thinkingRooms);

const files = globSync(['src/**/*.ts', 'commands/*.ts', 'digests/*.ts']).toSorted();

test.each(files)('%s keeps to its floor', (file) => {
  expect(importsOf(file).filter((target) => !isAllowed(file, target))).toEqual([]);
});

test.each(files.filter((file) => thinking.has(roomOf(file))))('%s reads no clock and no settings', (file) => {
  const code = readFileSync(file, 'utf8');
  expect(code).not.toMatch(/Date\.now|new Date\(\)|process\.env|\bTemporal\./);
});

test('only time.ts knows Temporal', () => {
  const found = files.filter((file) => /\bTemporal\./.test(readFileSync(file, 'utf8')));
  expect(found).toEqual(['src/time.ts']);
});

function isAllowed(file: string, target: string): boolean {
  if (!target.startsWith('.')) return isPackageAllowed(file, target);
  const imported = normalize(join(dirname(file), target));
  const [from, to] = [roomOf(file), roomOf(imported)];
  return from === to || (floors[from]?.includes(to) ?? false);
}

function isPackageAllowed(file: string, name: string): boolean {
  const keeper = keepers[packageOf(name)];
  if (keeper !== undefined) return keeper.endsWith('/') ? file.startsWith(keeper) : file === keeper;
  return !(thinking.has(roomOf(file)) && outside.test(name) && file !== 'src/topics/topic.ts');
}

function packageOf(name: string): string {
  if (name.startsWith('node:')) return name;
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

function roomOf(file: string): string {
  const parts = file.split('/');
  if (parts[0] !== 'src') return parts[0] ?? '';
  if (parts.length > 2) return parts[1] ?? '';
  if (file === 'src/main.ts' || file === 'src/cli.ts') return 'main';
  return file === 'src/config.ts' || file === 'src/log.ts' ? 'tools' : 'words';
}

function importsOf(file: string): string[] {
  const code = readFileSync(file, 'utf8');
  return [...code.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].flatMap(([, target]) => target ?? []);
}
