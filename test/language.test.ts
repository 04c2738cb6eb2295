import { beforeAll, expect, test } from 'vitest';
import { makeAnswer } from '../commands/answer.ts';
import { commandsFor } from '../commands/index.ts';

import type { Answer } from '../src/channels/platform.ts';
import { emptyDatabase } from './database.ts';
import { reader, shown } from './desk.ts';
import { aTopic } from './topic.ts';

let answer: Answer;

beforeAll(async () => {
  answer = makeAnswer({
    commands: commandsFor(aTopic()),
    db: await emptyDatabase(),
    clock: () => new Date('2024-01-03T12:00:00Z'),
    topic: aTopic(),
    zone: 'UTC',
    log: { info: () => undefined, error: () => undefined },
  });
});

async function told(line: string, asker = reader): Promise<string> {
  return shown(await answer.typed(line, asker));
}

test('somebody is answered in the language of their platform until they choose another', async () => {
  expect(await told('/language')).toContain('You are answered in English.');
  expect(await told('/language language:fr')).toContain('langue de vos réponses : Français');
  expect(await told('/status')).toContain('État de Tumen');
});

test('the choice is theirs alone', async () => {
  await told('/language language:fr');
  expect(await told('/status', { ...reader, id: 'another' })).toContain('How Tumen is doing');
});

test('auto follows the platform again', async () => {
  await told('/language language:fr');
  expect(await told('/language language:auto')).toContain('answered in English');
  expect(await told('/status')).toContain('How Tumen is doing');
});

test('a language that is not spoken is refused with the ones that are', async () => {
  expect(await told('/language language:tlh')).toMatch(/English, Français/);
});
