import { createReadStream } from 'node:fs';
import { glob, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Config } from '../config.ts';
import { UserError } from '../errors.ts';
import { itemId, itemKeys } from '../feeds/identity.ts';
import { type Archive, openArchive } from '../jobs/archive.ts';
import { makeFinder } from '../matches/finder.ts';
import type { Finder } from '../matches/finder.ts';
import type { Item, ItemId } from '../model.ts';
import type { NewItem } from '../store/items.ts';
import { articleItem } from './article-file.ts';
import { linesOf } from './console.ts';
import type { Io } from './io.ts';
import { itemLines } from './item-lines.ts';

/** Items stored in one transaction. */
const BATCH = 50;
/** Largest article file, in bytes; a larger one is no article. */
const LARGEST_FILE = 10 * 1024 * 1024;
const ARTICLE_ENDINGS = new Set(['.txt', '.html', '.htm', '.md']);
const LINES_ENDINGS = new Set(['.jsonl', '.ndjson']);

/** What became of one file. */
interface Stored {
  readonly articles: number;
  readonly fresh: number;
  readonly hits: number;
}

interface Import {
  readonly archive: Archive;
  readonly finder: Finder;
  readonly io: Io;
  readonly now: Date;
}

/**
 * `tumen import`: puts articles into the archive (plain text, HTML, JSON Lines of items; folders are looked through)
 * and prints one line a file. An article that is stored already is not stored twice.
 *
 * @throws {UserError} when none of the paths holds a file to import
 */
export async function importCommand(paths: readonly string[], config: Config, io: Io): Promise<void> {
  const files = await filesIn(paths, io);
  if (files.length === 0)
    throw new UserError('There is nothing to import: name .txt, .html or .jsonl files, or folders of them.');
  const archive = await openArchive(config, (done, total) =>
    io.progress(`history: ${done} of ${total} events`),
  );
  try {
    const work = { archive, finder: makeFinder(archive.absorber.topic), io, now: new Date() };
    for (const [index, file] of files.entries()) {
      io.progress(`${index} of ${files.length} files`);
      const stored = LINES_ENDINGS.has(extname(file))
        ? await importLines(file, work)
        : await importArticle(file, work);
      if (stored !== undefined) await io.print(`${file}: ${told(stored)}`);
    }
    const changed = await archive.absorber.foldPending(archive.db);
    await io.print(`${changed.size} events are new or have grown.`);
  } finally {
    await archive.db.close();
  }
}

function told({ articles, fresh, hits }: Stored): string {
  if (articles === 1)
    return fresh === 0 ? 'known already' : hits === 1 ? 'stored, on the topic' : 'stored, not on the topic';
  return `${articles} articles, ${fresh} new, ${hits} on the topic`;
}

async function importArticle(file: string, work: Import): Promise<Stored | undefined> {
  const { size } = await stat(file);
  if (size > LARGEST_FILE) {
    work.io.warn(`${file} is left out: it is longer than ${LARGEST_FILE} bytes.`);
    return undefined;
  }
  const raw = await readFile(file, 'utf8');
  const { item } = articleItem(raw, '' as ItemId, work.now, work.finder);
  if (item.title === '' && item.text === '') {
    work.io.warn(`${file} is left out: no text is found in it.`);
    return undefined;
  }
  return store([item.url === undefined ? named(item, basename(file)) : item], work);
}

async function importLines(file: string, work: Import): Promise<Stored> {
  let stored: Stored = { articles: 0, fresh: 0, hits: 0 };
  let batch: Item[] = [];
  const flush = async () => {
    stored = sum(stored, await store(batch, work));
    batch = [];
  };
  for await (const { item } of itemLines(
    { ...work.io, lines: () => linesOf(createReadStream(file)) },
    work.now,
  )) {
    batch.push(item);
    if (batch.length === BATCH) await flush();
    work.io.progress(`${file}: ${stored.articles} articles`);
  }
  await flush();
  return stored;
}

async function store(items: readonly Item[], { archive }: Import): Promise<Stored> {
  const fresh: NewItem[] = items.map((given) => {
    const item = given.url === undefined ? given : published(given, given.url);
    const keys = itemKeys({ ...item, feed: item.source.name, family: item.source.family });
    return { item: { ...item, id: itemId(keys) }, keys };
  });
  const { stored, hits } = await archive.db.transaction((tx) => archive.absorber.receive(tx, fresh));
  return { articles: items.length, fresh: stored.length, hits };
}

/** The house whose address an article bears, where it names no other. */
function published(item: Item, url: string): Item {
  const host = URL.parse(url)?.hostname.replace(/^www\./, '');
  return host === undefined || item.source.name !== 'unknown' ? item : named(item, host);
}

function named(item: Item, name: string): Item {
  return { ...item, source: { name, family: name, kind: 'press' } };
}

function sum(one: Stored, other: Stored): Stored {
  return {
    articles: one.articles + other.articles,
    fresh: one.fresh + other.fresh,
    hits: one.hits + other.hits,
  };
}

/** The files that are named, and those in the folders that are named, in order. */
async function filesIn(paths: readonly string[], io: Io): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) io.warn(`${path} is left out: there is no such file or folder.`);
    else if (found.isDirectory()) files.push(...(await filesUnder(path)));
    else if (isImportable(path)) files.push(path);
    else io.warn(`${path} is left out: only .txt, .html, .md and .jsonl files are read.`);
  }
  return files;
}

async function filesUnder(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const name of glob('**/*', { cwd: folder })) {
    const path = join(folder, name);
    if (isImportable(path) && (await stat(path)).isFile()) found.push(path);
  }
  return found.toSorted();
}

function isImportable(path: string): boolean {
  return ARTICLE_ENDINGS.has(extname(path)) || LINES_ENDINGS.has(extname(path));
}
