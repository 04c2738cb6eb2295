import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { DataError } from '../errors.ts';
import type { Feed } from '../model.ts';
import { historyOf } from './history.ts';
import type { HistoryRow } from './history.ts';
import { DENIAL, kindCuesOf, KindRulesFile, KindWordsFile, OTHER, STATEMENT } from './kinds.ts';
import type { KindCue, KindRule } from './kinds.ts';
import { HistoryFile, NamesFile, SearchFile, SourcesFile, TermsFile, TopicFile } from './schema.ts';
import type {
  Combination,
  Concept,
  Context,
  Kind,
  Name,
  Party,
  Scoring,
  SourceRow,
  Thresholds,
} from './schema.ts';

/** One way of writing a concept. */
export interface Term {
  /** As the list has it, with its marks: `soldat*` stands for every word that starts so. */
  readonly text: string;
  readonly concept: string;
  /** BCP 47 language of the list that holds it. */
  readonly language: string;
}

/** What is watched, as data: everything that the code knows about the subject. */
export interface Topic {
  readonly id: string;
  /** Its name, one a language. */
  readonly label: Readonly<Record<string, string>>;
  /** Whether it is watched unless somebody says otherwise. */
  readonly enabled: boolean;
  /** Languages that have a list of terms, in alphabetical order. */
  readonly languages: readonly string[];
  /** The two sides whose dealings are watched. */
  readonly parties: readonly Party[];
  /** Ids of the kinds of event, in the order in which a digest names them. */
  readonly kinds: readonly [string, ...string[]];
  /** The kinds with their names; in the same order. */
  readonly kindList: readonly Kind[];
  readonly concepts: readonly Concept[];
  readonly combinations: readonly Combination[];
  readonly contexts: readonly Context[];
  readonly scoring: Scoring;
  readonly thresholds: Thresholds;
  readonly names: readonly Name[];
  readonly terms: readonly Term[];
  /** Words that mean the same to somebody who searches, whatever they tell of a text: ships, vessels and ports. */
  readonly searchTerms: readonly Term[];
  /** How a passage tells of which kind of event, in order of weight. */
  readonly kindRules: readonly KindRule[];
  /** The words that those rules look for. */
  readonly kindCues: readonly KindCue[];
  /** All feeds of the list, the ones switched off included. */
  readonly feeds: readonly Feed[];
  readonly history: readonly HistoryRow[];
}

/**
 * Reads a topic folder and checks every row of it.
 *
 * @param folder - path of a folder with topic.json, names.json, sources.json, history.jsonl and terms/
 * @throws {DataError} naming the file, the row and the field of the first mistake
 */
export function loadTopic(folder: string): Topic {
  const head = readJson(TopicFile, folder, 'topic.json');
  const names = readJson(NamesFile, folder, 'names.json');
  const sources = readJson(SourcesFile, folder, 'sources.json');
  const rows = readLines(folder, 'history.jsonl');
  const [first, ...others] = head.kinds;
  const topic: Topic = {
    id: head.id,
    label: head.label,
    enabled: head.enabled,
    languages: languagesIn(folder, 'terms'),
    parties: head.parties,
    kinds: [first.id, ...others.map(({ id }) => id)],
    kindList: head.kinds,
    concepts: head.concepts,
    combinations: head.combinations,
    contexts: head.contexts,
    scoring: head.scoring,
    thresholds: head.thresholds,
    names,
    terms: languagesIn(folder, 'terms').flatMap((language) => termsOf(folder, language)),
    searchTerms: searchTermsOf(folder),
    kindRules: readJson(KindRulesFile, folder, 'kinds.json'),
    kindCues: languagesIn(folder, 'kinds').flatMap((language) => kindCuesIn(folder, language)),
    feeds: sources.map(feedOf),
    history: rows.map(historyOf),
  };
  checkReferences(topic);
  return topic;
}

function languagesIn(folder: string, lists: 'terms' | 'kinds'): string[] {
  return readdirSync(join(folder, lists))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .toSorted();
}

function termsOf(folder: string, language: string): Term[] {
  const lists = readJson(TermsFile, folder, `terms/${language}.json`);
  return Object.entries(lists).flatMap(([concept, texts]) =>
    texts.map((text) => ({ text, concept, language })),
  );
}

function searchTermsOf(folder: string): Term[] {
  const file = 'search.json';
  if (!existsSync(join(folder, file))) return [];
  return Object.entries(readJson(SearchFile, folder, file)).flatMap(([concept, byLanguage]) =>
    Object.entries(byLanguage).flatMap(([language, texts]) =>
      texts.split('|').map((text) => ({ text, concept, language })),
    ),
  );
}

function kindCuesIn(folder: string, language: string): KindCue[] {
  return kindCuesOf(readJson(KindWordsFile, folder, `kinds/${language}.json`), language);
}

function feedOf(row: SourceRow): Feed {
  const {
    id,
    url,
    language,
    section,
    enabled,
    fullText,
    windowHours,
    republishes,
    source: name,
    ...rest
  } = row;
  const source = { name, ...rest };
  return {
    id,
    url,
    source,
    language,
    ...(section !== undefined && { section }),
    enabled,
    ...(fullText !== undefined && { fullText }),
    ...(windowHours !== undefined && { windowHours }),
    republishes,
  };
}

function readJson<Schema extends z.ZodType>(schema: Schema, folder: string, file: string): z.output<Schema> {
  return check(schema, parse(readFileSync(join(folder, file), 'utf8'), file), file);
}

function readLines(folder: string, file: string): z.output<typeof HistoryFile> {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  const rows = lines
    .filter((line) => line.trim() !== '')
    .map((line, index) => parse(line, `${file}: row ${index + 1}`));
  return check(HistoryFile, rows, file);
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DataError(`${where}: not JSON`, { cause: error });
  }
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown, file: string): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new DataError(`${file}: ${placeOf(issue?.path ?? [], value)}${issue?.message ?? 'cannot be read'}`);
}

/** Says where in a file a value stands: `row 12 (kirby), field 'label.en': `. Rows count from 1. */
function placeOf(path: readonly PropertyKey[], value: unknown): string {
  const [row, ...field] = path;
  if (typeof row !== 'number') return path.length === 0 ? '' : `field '${path.map(String).join('.')}': `;
  const entry: unknown = Array.isArray(value) ? value[row] : undefined;
  const id = typeof entry === 'object' && entry !== null && 'id' in entry ? ` (${String(entry.id)})` : '';
  const rest = field.length === 0 ? ': ' : `, field '${field.map(String).join('.')}': `;
  return `row ${row + 1}${id}${rest}`;
}

/** Checks what one file says about another. */
function checkReferences(topic: Topic): void {
  const concepts = new Set(topic.concepts.map(({ id }) => id));
  for (const { text, concept, language } of topic.terms) {
    if (!concepts.has(concept)) {
      throw new DataError(
        `terms/${language}.json: field '${concept}': no such concept in topic.json ('${text}')`,
      );
    }
  }
  checkRules(topic, concepts);
  checkKindRules(topic);
  checkNames(topic, concepts);
  checkUnique('sources.json', topic.feeds);
  checkUnique('history.jsonl', topic.history);
  checkHistory(topic);
}

function checkRules(topic: Topic, concepts: ReadonlySet<string>): void {
  const rules = { combinations: topic.combinations, contexts: topic.contexts };
  for (const [list, rows] of Object.entries(rules)) {
    rows.forEach((rule, index) => {
      const named = [rule.all, rule.any, rule.none].flatMap((part) => part ?? []);
      const unknown = named.find((concept) => !concepts.has(concept));
      if (unknown !== undefined) {
        throw new DataError(`topic.json: field '${list}.${index}': no such concept: '${unknown}'`);
      }
    });
  }
}

function checkKindRules({ kinds, kindRules, kindCues }: Topic): void {
  const cues = new Set(kindCues.map(({ cue }) => cue));
  const absent = [STATEMENT, DENIAL, OTHER].find((kind) => !kinds.includes(kind));
  if (absent !== undefined)
    throw new DataError(`topic.json: field 'kinds': no kind '${absent}', which every topic has`);
  kindRules.forEach(({ kind, all }, index) => {
    const where = `kinds.json: row ${index + 1}`;
    if (!kinds.includes(kind)) throw new DataError(`${where}, field 'kind': no such kind: '${kind}'`);
    const unknown = all.find((cue) => !cues.has(cue));
    if (unknown !== undefined) throw new DataError(`${where}, field 'all': no such cue: '${unknown}'`);
  });
}

function checkNames(topic: Topic, concepts: ReadonlySet<string>): void {
  checkUnique('names.json', topic.names);
  const idsOf = idsByType(topic);
  topic.names.forEach((name, index) => {
    const where = `names.json: row ${index + 1} (${name.id})`;
    if (name.of !== undefined && !idsOf[name.type].has(name.of)) {
      throw new DataError(`${where}, field 'of': no such ${name.type}: '${name.of}'`);
    }
    const unknown = name.concepts.find((concept) => !concepts.has(concept));
    if (unknown !== undefined)
      throw new DataError(`${where}, field 'concepts': no such concept: '${unknown}'`);
  });
  const stray = topic.parties.find(({ actor }) => !idsOf.actor.has(actor));
  if (stray !== undefined)
    throw new DataError(`topic.json: field 'parties': no such actor: '${stray.actor}'`);
}

function checkHistory(topic: Topic): void {
  const idsOf = idsByType(topic);
  const kinds = new Set<string>(topic.kinds);
  topic.history.forEach((row, index) => {
    const where = `history.jsonl: row ${index + 1} (${row.id})`;
    if (!kinds.has(row.kind)) throw new DataError(`${where}, field 'kind': no such kind: '${row.kind}'`);
    const lists = [
      ['actors', row.actors, idsOf.actor],
      ['places', row.places, idsOf.place],
      ['weapons', row.weapons, idsOf.weapon],
      ['claims', row.claims.flatMap(({ claimant }) => claimant ?? []), idsOf.actor],
    ] as const;
    for (const [field, ids, known] of lists) {
      const unknown = ids.find((id) => !known.has(id));
      if (unknown !== undefined)
        throw new DataError(`${where}, field '${field}': no such name: '${unknown}'`);
    }
  });
}

function checkUnique(file: string, rows: readonly { readonly id: string }[]): void {
  const seen = new Set<string>();
  rows.forEach(({ id }, index) => {
    if (seen.has(id)) throw new DataError(`${file}: row ${index + 1} (${id}), field 'id': used twice`);
    seen.add(id);
  });
}

function idsByType(topic: Topic): Record<Name['type'], ReadonlySet<string>> {
  const of = (type: Name['type']) =>
    new Set(topic.names.filter((name) => name.type === type).map(({ id }) => id));
  return { actor: of('actor'), place: of('place'), weapon: of('weapon') };
}
