import { describe, expect, test } from 'vitest';
import type { ItemId } from '../src/model.ts';
import { saveItems } from '../src/store/items.ts';
import {
  findFamily,
  findVerdict,
  findVerdicts,
  findVerdictsByKeys,
  saveVerdict,
  type Verdict,
} from '../src/store/verdicts.ts';
import { anItem } from './builders.ts';
import { engines } from './database.ts';

const verdict: Verdict = {
  id: 'v1',
  topic: 'trade',
  items: ['original' as ItemId],
  label: 'off',
  at: new Date('2024-11-01T12:00:00Z'),
  by: 'reader',
  reason: 'a hoax',
  taken: [],
};

const of = (id: string) => anItem({ id: id as ItemId });

describe.each(await engines())('%s', (_name, open) => {
  test('the family of an article is its original, the copies of that, and their versions', async () => {
    const db = await open();
    await saveItems(db, [
      { item: of('original'), keys: ['words:original'] },
      { item: of('copy'), keys: ['words:copy'], copyOf: 'original' as ItemId },
      { item: { ...of('newer'), replaces: 'copy' as ItemId }, keys: ['words:newer'] },
      { item: of('stranger'), keys: ['words:stranger'] },
    ]);
    for (const id of ['original', 'copy', 'newer'] as ItemId[]) {
      const { items, keys } = await findFamily(db, id);
      expect(items).toEqual(['copy', 'newer', 'original']);
      expect(keys).toEqual(expect.arrayContaining(['words:original', 'words:newer', 'item:copy']));
      expect(keys).not.toContain('words:stranger');
    }
  });

  test('a verdict is found by its keys, its topic and its id, until it is undone', async () => {
    const db = await open();
    await saveVerdict(db, verdict, ['words:original', 'item:original']);
    expect(await findVerdicts(db, 'trade')).toEqual([verdict]);
    const found = await findVerdictsByKeys(db, 'trade', ['item:original', 'item:other']);
    expect([...found]).toEqual([['item:original', verdict]]);
    expect(await findVerdictsByKeys(db, 'sport', ['item:original'])).toEqual(new Map());
    const undone = { ...verdict, undone: new Date('2024-11-02T12:00:00Z') };
    await saveVerdict(db, undone, []);
    expect(await findVerdicts(db, 'trade')).toEqual([]);
    expect(await findVerdict(db, 'v1')).toEqual(undone);
  });
});
