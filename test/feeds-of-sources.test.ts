import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { parseFeed, type Parsed } from '../src/feeds/parse.ts';

const FOLDER = join(import.meta.dirname, 'fixtures', 'feeds');

async function fixture(source: string): Promise<Parsed> {
  const [file = ''] = readdirSync(join(FOLDER, source));
  return parseFeed(readFileSync(join(FOLDER, source, file)), { url: `https://${source}.example/feed` });
}

test('a Korean wire in EUC-KR', async () => {
  expect(await fixture('korean-wire')).toEqual({
    kind: 'feed',
    feed: {
      title: '등대통신 북한',
      url: 'https://www.deungdae.example/nk',
      language: 'ko',
      updated: '2024-01-08T01:12:05.000Z',
    },
    hints: { ttlMinutes: 5 },
    items: [
      {
        guid: 'AKR20240108000100',
        url: 'https://www.deungdae.example/view/AKR20240108000100?section=nk&site=rss',
        title: '국정원 "하산역 통과 열차, 탄약 적재 정황"',
        summary: '(서울=등대통신) 김등대 기자 = 열차 12량이 국경을 넘었다.',
        author: '김등대',
        published: '2024-01-08T01:11:00.000Z',
        updated: '2024-01-08T01:11:00.000Z',
      },
      {
        guid: 'AKR20240107000900',
        url: 'https://www.deungdae.example/view/AKR20240107000900',
        title: '[속보] 합참 "미상 화물선 나진항 입항"',
        summary: '',
        published: '2024-01-07T14:40:00.000Z',
        updated: '2024-01-07T14:40:00.000Z',
      },
    ],
  });
});

test('an aggregator that lists several houses under one headline', async () => {
  expect(await fixture('news-aggregator')).toMatchObject({
    items: [
      {
        title: 'Trains cross the bridge again, residents say - The Daily Moon',
        summary: 'Trains cross the bridge again, residents say The Daily Moon\nPort closed The Sun',
        origin: { name: 'The Daily Moon', url: 'https://www.dailymoon.co.uk' },
      },
    ],
  });
});

test('a blog with its full texts', async () => {
  expect(await fixture('blog')).toMatchObject({
    feed: { title: 'Border Watch', description: 'Ships, trains & bridges', language: 'en-GB' },
    hints: { updateEveryMinutes: 60 },
    items: [
      {
        guid: 'https://borderwatch.example/?p=4711',
        url: 'https://borderwatch.example/2024/01/twelve-wagons/?utm_source=rss&utm_medium=rss',
        title: 'Twelve wagons – what we know',
        content:
          'Twelve wagons crossed the bridge on Sunday, residents said.\nThe bridge in 2019\nThey did not stop.',
        author: 'R. Watcher',
      },
    ],
  });
});

test('a ministry in Atom and windows-1251, with links relative to xml:base', async () => {
  expect(await fixture('ministry')).toMatchObject({
    feed: { title: 'Министерство «Порт»', url: 'https://ministry.example/ru/', language: 'ru' },
    items: [
      {
        guid: 'tag:ministry.example,2024:1',
        url: 'https://ministry.example/ru/news/1',
        title: 'О визите делегации',
        content: 'Делегация прибыла в понедельник.\nСтороны обсудили перевозки.',
        author: 'Пресс-служба',
        published: '2024-01-08T09:00:00.000Z',
        updated: '2024-01-08T09:30:00.000Z',
      },
    ],
  });
});

test('a Japanese paper in RSS 1.0 and Shift_JIS', async () => {
  expect(await fixture('japanese-paper')).toMatchObject({
    feed: { title: '灯台新聞', language: 'ja' },
    items: [
      {
        guid: 'https://todai.example/a1',
        title: '列車12両が国境の橋を通過 住民証言',
        summary: '列車は夕方まで止まらなかったという。',
        published: '2024-01-08T09:00:00.000Z',
      },
    ],
  });
});

test('a channel of videos whose texts stand in a media group', async () => {
  expect(await fixture('video-channel')).toMatchObject({
    items: [
      {
        guid: 'yt:video:abc',
        url: 'https://video.example/watch?v=abc',
        summary: 'Twelve wagons,\nfilmed by a resident.',
        author: 'Harbour TV',
      },
    ],
  });
});

test('an agency in JSON Feed 1.0', async () => {
  expect(await fixture('json-agency')).toMatchObject({
    feed: { title: 'Agence du Phare' },
    items: [
      {
        url: 'https://phare.example/d/1',
        content: 'Douze wagons.\nIls ne se sont pas arrêtés.',
        published: '2024-01-08T09:00:00.000Z',
        author: 'P. Phare',
      },
    ],
  });
});

test('a feed with nearly everything wrong', async () => {
  expect(await fixture('damaged')).toMatchObject({
    feed: { title: 'World News', url: 'http://damaged.example' },
    items: [
      {
        title: 'Ships & trains at Rajin',
        url: 'https://damaged.example/a?x=1&y=2',
        summary: 'Twelve wagons\ncrossed the bridge.',
        published: '2024-01-08T09:00:00.000Z',
      },
      { title: 'Café closed', url: 'http://damaged.example/b', summary: 'No date.\nNo link.' },
    ],
  });
});
