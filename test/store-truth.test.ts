import { describe, expect, test } from 'vitest';
import { randomFrom } from '../src/cli/simulation/random.ts';
import type { Item } from '../src/model.ts';
import type { Queries } from '../src/store/database.ts';
import { saveItems } from '../src/store/items.ts';
import { searchItems } from '../src/store/searching.ts';
import { anItem } from './builders.ts';
import { engines } from './database.ts';
import forms from './fixtures/inflection/forms.json' with { type: 'json' };

/** Words of the languages whose forms stand in forms.json, and of those that do not bend words. */
const words: Record<string, readonly string[]> = {
  ...Object.fromEntries(
    Object.entries(forms).map(([language, lines]) => [language, lines.flatMap((line) => line.split(' '))]),
  ),
  vi: 'tên lửa đạn pháo binh sĩ quân đội hiệp ước tàu chở hàng Triều Tiên Nga xe tăng vũ khí thỏa thuận'.split(
    ' ',
  ),
  ko: '북한 러시아 미사일 포탄 병사 조약 열차 선박 무기 파병 제재 회담 훈련 군사 협력'.split(' '),
  ja: '北朝鮮 ロシア ミサイル 砲弾 兵士 条約 列車 船舶 武器 派兵 制裁 会談 訓練 軍事 協力'.split(' '),
  zh: '朝鲜 俄罗斯 导弹 炮弹 士兵 条约 火车 船只 武器 派兵 制裁 会谈 训练 军事 合作'.split(' '),
};
const unspaced = new Set(['ko', 'ja', 'zh']);
const DOCUMENTS = 60;

describe.each(await engines())('on %s', (_, open) => {
  test.each(Object.keys(words))(
    'in %s a word in quotation marks finds all items that hold it, and no others',
    async (language) => {
      const db = await open();
      const items = documentsIn(language);
      await saveItems(
        db,
        items.map((item) => ({ item, keys: [] })),
      );
      for (const word of words[language] ?? []) {
        const ids = truth(items, word, unspaced.has(language));
        expect({ word, ids: await found(db, `"${word}"`) }).toEqual({ word, ids });
      }
    },
  );

  test.each([...unspaced])('in %s any stretch of two or three characters is found', async (language) => {
    const db = await open();
    const items = documentsIn(language);
    await saveItems(
      db,
      items.map((item) => ({ item, keys: [] })),
    );
    const random = randomFrom(7);
    for (let round = 0; round < 40; round += 1) {
      const text = items[Math.floor(random() * items.length)]?.text ?? '';
      const start = Math.floor(random() * (text.length - 3));
      const part = text.slice(start, start + 2 + (round % 2));
      if (/[ ,]/.test(part)) continue;
      expect({ part, ids: await found(db, `"${part}"`) }).toEqual({ part, ids: truth(items, part, true) });
    }
  });
});

function documentsIn(language: string): Item[] {
  const random = randomFrom(language.charCodeAt(0) * 256 + language.charCodeAt(1));
  const vocabulary = words[language] ?? [];
  return Array.from({ length: DOCUMENTS }, () => {
    const chosen = Array.from({ length: 6 }, () => {
      const word = vocabulary[Math.floor(random() * vocabulary.length)] ?? '';
      return random() < 0.3 ? word.toUpperCase() : word;
    });
    const blank = language === 'ja' || language === 'zh' ? '' : ' ';
    return anItem({ language, title: '', text: chosen.join(random() < 0.2 ? ', ' : blank) });
  });
}

async function found(db: Queries, text: string): Promise<string[]> {
  const items = await searchItems(db, { text, limit: DOCUMENTS });
  return items.map(({ item }) => item.id).toSorted();
}

/** What a reader with all the time in the world would find: whole words, or any stretch where words have no blanks. */
function truth(items: readonly Item[], word: string, anywhere: boolean): string[] {
  const wanted = plain(word);
  const holds = ({ text }: Item) =>
    anywhere ? plain(text).includes(wanted) : plain(text).split(/[ ,]+/).includes(wanted);
  return items
    .filter(holds)
    .map(({ id }) => id)
    .toSorted();
}

/** Lower case without accents, written apart from the analyser that is tested. */
function plain(text: string): string {
  const lower = text
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll('ı', 'i')
    .replaceAll('ß', 'ss');
  const bare = lower
    .normalize('NFD')
    .replace(/[\u0300-\u0345\u0653-\u0655]/g, '')
    .normalize('NFC');
  return bare.replaceAll('ة', 'ه').replaceAll('ى', 'ي');
}
