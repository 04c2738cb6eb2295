import { readFile, writeFile } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import type { Config } from '../config.ts';
import { redacted } from '../feeds/web/address.ts';
import { type Outline, readOpml, writeOpml } from '../feeds/opml.ts';
import type { Request } from '../form.ts';
import { openArchive } from '../jobs/archive.ts';
import { outlinedFeed } from '../jobs/sources.ts';
import { openWeb } from '../jobs/web.ts';
import type { Feed } from '../model.ts';
import { freeId } from '../source-tools.ts';
import { saveOwnFeed, watchedFeeds } from '../store/own-feeds.ts';
import { answerOnce } from './ask.ts';
import type { Io } from './io.ts';

const now = () => new Date();

/** `tumen sources list|health|add|remove|mute|test`: as `/sources` in a channel. */
export async function sourcesCommand(
  subcommand: string,
  options: Request['options'],
  config: Config,
  io: Io,
): Promise<void> {
  const web = openWeb(config, { clock: now });
  try {
    const ask = { kind: 'request', request: { command: 'sources', subcommand, options } } as const;
    await answerOnce(ask, config, io, web.tools);
  } finally {
    await web.close();
  }
}

/**
 * `tumen sources import`: adds the feeds of an OPML file that are not read yet. They are not tried: the next round visits
 * them, and `/sources health` names those that cannot be read.
 *
 * @throws {UserError} when the file cannot be read or holds no feed
 */
export async function importSources(file: string, config: Config, io: Io): Promise<void> {
  const outlines = readOpml(await readFile(file, 'utf8').catch(cannot('read', file)));
  if (outlines.length === 0) throw new UserError(`There is no list of feeds (OPML) in ${file}.`);
  const { db, absorber } = await openArchive(config);
  try {
    const known = await watchedFeeds(db, absorber.topic.feeds);
    const addresses = new Set(known.map(({ url }) => url));
    const ids = new Set(known.map(({ id }) => id));
    const fresh = outlines.filter(({ url }) => !addresses.has(url)).map((outline) => named(outline, ids));
    const deed = { by: 'command line', at: now() };
    await db.transaction(async (tx) => {
      for (const feed of fresh) await saveOwnFeed(tx, { feed, ...deed });
    });
    await io.print(`${fresh.length} of ${outlines.length} feeds added; the others are read already.`);
  } finally {
    await db.close();
  }
}

/**
 * `tumen sources export`: writes all feeds that are read into an OPML file, in folders by language. The file is there to be
 * passed on: feeds whose address holds a secret are named and left out.
 *
 * @throws {UserError} when the file cannot be written
 */
export async function exportSources(file: string, config: Config, io: Io): Promise<void> {
  const { db, absorber } = await openArchive(config);
  try {
    const feeds = (await watchedFeeds(db, absorber.topic.feeds)).filter(({ enabled }) => enabled);
    const open = feeds.filter(isOpen);
    const locked = feeds.filter((feed) => !isOpen(feed));
    const list = writeOpml(`Tumen: ${absorber.topic.id}`, open.map(outlineOf), now());
    await writeFile(file, list).catch(cannot('written', file));
    await io.print(`${open.length} feeds written to ${file}.`);
    const names = locked.map(({ source }) => source.name).join(', ');
    if (names !== '') await io.print(`Left out, as their addresses hold a password or a key: ${names}.`);
  } finally {
    await db.close();
  }
}

/** The feed of a list, with an id of its own. */
function named(outline: Outline, taken: Set<string>): Feed {
  const feed = outlinedFeed(outline);
  const id = freeId(feed.id, taken);
  taken.add(id);
  return { ...feed, id };
}

/** Tells a person that a file cannot be used, in place of the fault that the system gives. */
function cannot(done: 'read' | 'written', file: string): (cause: unknown) => never {
  return (cause) => {
    throw new UserError(`${file} cannot be ${done}.`, { cause });
  };
}

function isOpen({ url }: Feed): boolean {
  return redacted(url) === url;
}

function outlineOf({ url, source, section, language }: Feed): Outline {
  const title = section === undefined ? source.name : `${source.name}, ${section}`;
  return { title, url, language, folders: [language] };
}
