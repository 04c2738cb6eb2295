import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeClaimReader } from '../events/claims.ts';
import type { ClaimReader } from '../events/claims.ts';
import { publicationOf } from '../events/publication.ts';
import type { Publication } from '../events/publication.ts';
import { detectLanguage } from '../language/detect.ts';
import { makeFinder } from '../matches/finder.ts';
import type { Finder } from '../matches/finder.ts';
import { match, matchedText } from '../matches/match.ts';
import type { Claim, Day, Item, ItemId } from '../model.ts';
import { loadTopic } from '../topics/topic.ts';
import { articleItem } from './article-file.ts';
import type { Io } from './io.ts';
import { itemLines } from './item-lines.ts';

const TOPIC_FOLDER = join(import.meta.dirname, '../topics/dprk-russia');

/**
 * `tumen claims`: who claims what, and of which day; one JSON line an article: `file` (or `id`), `lang`, `published`
 * (`day`, `precision`, `how`; null where nothing tells) and `claims`, none where it is not about the topic. A file that cannot be read is named and left out.
 *
 * @param files - articles as text or HTML; items are read from standard input where there are none
 * @param now - the moment at which the articles are read: none was published later
 */
export async function claimsCommand(files: readonly string[], io: Io, now = new Date()): Promise<void> {
  const finder = makeFinder(loadTopic(TOPIC_FOLDER));
  const reader = makeClaimReader(finder.topic, finder);
  if (files.length > 0) return readFiles(files, { finder, reader, io, now });
  let count = 0;
  for await (const { id, item: given, declaredLanguage } of itemLines(io, now)) {
    const language = detectLanguage(matchedText(given), declaredLanguage);
    const { item, publication } = dated({ ...given, language }, now, finder);
    await io.print(lineOf({ id }, item, publication, { finder, reader }));
    io.progress(`${(count += 1)} items`);
  }
}

interface Tools {
  readonly finder: Finder;
  readonly reader: ClaimReader;
}

async function readFiles(files: readonly string[], tools: Tools & { io: Io; now: Date }): Promise<void> {
  for (const file of files) {
    const raw = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      tools.io.warn(`${file} is left out: it cannot be read (${error.code ?? error.message}).`);
    });
    if (raw === undefined) continue;
    const { item, publication } = articleItem(raw, file as ItemId, tools.now, tools.finder);
    await tools.io.print(lineOf({ file }, item, publication, tools));
  }
}

/** An item with its day of publication: the one it came with, or the one that its text tells. */
function dated(item: Item, now: Date, finder: Finder): { item: Item; publication?: Told } {
  if (item.published !== undefined) {
    const day = item.published.toISOString().slice(0, 10) as Day;
    return { item, publication: { day, precision: 'day', how: 'given' } };
  }
  const notAfter = now.toISOString().slice(0, 10) as Day;
  const { language, url } = item;
  const publication = publicationOf(matchedText(item), { language, url, captions: [], notAfter }, finder);
  if (publication === undefined) return { item };
  const { day, precision } = publication;
  const published = new Date(`${day}T00:00:00Z`);
  return { item: { ...item, published, publishedPrecision: precision }, publication };
}

type Told = Omit<Publication, 'how'> & { readonly how: Publication['how'] | 'given' };

function lineOf(
  name: { readonly file: string } | { readonly id: string },
  item: Item,
  publication: Told | undefined,
  { finder, reader }: Tools,
): string {
  const found = match(item, finder);
  const claims = found.zone === 'miss' ? [] : reader.claimsOf(item, found);
  return JSON.stringify({
    ...name,
    lang: item.language,
    published: publication ?? null,
    claims: claims.map(claimFields),
  });
}

function claimFields(claim: Claim): object {
  const { kind, direction, when, claimants, stance, quantities, places, weapons, actors } = claim;
  return {
    kind,
    direction,
    start: when?.start ?? null,
    end: when?.end ?? null,
    precision: when?.precision ?? null,
    said: claim.said ?? null,
    claimants,
    stance,
    role: claim.role,
    quantities,
    places,
    weapons,
    actors,
    sentence: claim.sentence,
    offset: claim.offset,
  };
}
