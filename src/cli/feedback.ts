import type { Config } from '../config.ts';
import { openArchive } from '../jobs/archive.ts';
import type { Queries } from '../store/database.ts';
import { findItems } from '../store/items.ts';
import { findVerdicts } from '../store/verdicts.ts';
import type { Io } from './io.ts';

/**
 * `tumen match --feedback`: what people said of articles → one line for each article: `id`, `title`, `summary`, `lang`,
 * `published`, `url`, `label` (`relevant` or `off`), and `by` whom, `at` which moment and for which `reason`. Lines that
 * `tumen match` reads.
 */
export async function feedbackCommand(config: Config, io: Io): Promise<void> {
  const { db, absorber } = await openArchive(config);
  try {
    await printFeedback(db, absorber.topic.id, io);
  } finally {
    await db.close();
  }
}

/** Prints the verdicts on a topic that hold, the earliest first. */
export async function printFeedback(db: Queries, topic: string, io: Pick<Io, 'print'>): Promise<void> {
  for (const { items, label, by, at, reason } of await findVerdicts(db, topic)) {
    for (const { id, title, text, language, published, url } of await findItems(db, items)) {
      const item = { id, title, summary: text, lang: language, published, url };
      await io.print(JSON.stringify({ ...item, label, by, at, reason }));
    }
  }
}
