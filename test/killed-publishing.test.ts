import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { killAt, type Point, points } from './killed-publishing.ts';

/** All of them, on both platforms and engines: `node bench/publish-kill.ts`. */
const some = points.filter(({ name }) =>
  [
    'after it is claimed',
    'while its answer is awaited',
    'after its post is edited',
    'after the line',
  ].includes(name),
);
const sideOf = ({ what }: Point) => (what === 'alert' ? 'discord' : 'slack');

test.concurrent.each(some.map((point) => [point.what, point.name, point] as const))(
  'a %s whose process is killed %s stands in its channel once',
  async (_, __, point) => {
    const directory = await mkdtemp(join(tmpdir(), 'tumen-killed-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    expect(await killAt(point, sideOf(point), { directory })).toEqual({
      copies: 1,
      lines: point.what === 'line' ? 1 : 0,
      isCurrent: point.what === 'line',
      violations: [],
    });
  },
  120_000,
);
