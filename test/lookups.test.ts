import { expect, test } from 'vitest';
import { formOf } from '../commands/forms.ts';
import { commandsFor } from '../commands/index.ts';
import type { Action, Message } from '../src/message.ts';
import type { NewsEvent } from '../src/model.ts';
import { onDay, parseDay } from '../src/time.ts';
import { aCitation, anEvent } from './builders.ts';
import { archive, ask, reader, shown } from './desk.ts';
import { aTopic } from './topic.ts';

test.each([
  ['from:2024', '2024-01-02-k7', '2023-12-28-b2'],
  ['to:2023-12', '2023-12-28-b2', '2024-01-02-k7'],
  ['from:2023-12-28 to:2024-01-01', '2023-12-28-b2', '2024-01-02-k7'],
])('/timeline %s begins and ends there', async (options, told, left) => {
  const text = await ask(`/timeline ${options}`);
  expect(text).toContain(told);
  expect(text).not.toContain(left);
});

test.each([
  ['events', 'when:2024-02'],
  ['timeline', 'when:2024-02'],
  ['search', 'text:vessel'],
  ['claims', 'when:2024-02'],
  ['claims', 'about:vessel'],
])('/%s %s goes through all there is, each once, although more comes in meanwhile', async (command, line) => {
  const { answer, saved } = await archive();
  const first = Array.from({ length: 25 }, (_, index) => vessel(index + 2));
  await saved(first);
  const seen: string[] = [];
  let message = await answer.typed(`/${command} ${line}`, reader);
  for (let next: Action | undefined; ; message = await answer.run(next.request, reader)) {
    seen.push(...idsIn(message));
    next = message.actions.find((action) => action.kind === 'button' && action.label === 'Next');
    if (next?.kind !== 'button') break;
    await saved([vessel(1), vessel(28)]);
  }
  const early = seen.filter((id) => first.some((event) => event.id === id));
  expect(early.toSorted()).toEqual(first.map(({ id }) => id).toSorted());
});

test('a list of several pages tells how its events are spread, and can be narrowed by each value', async () => {
  const { answer, saved } = await archive();
  const kinds = ['use', 'troops', 'troops'];
  await saved(kinds.flatMap((kind) => Array.from({ length: 10 }, () => anEvent({ kind }))));
  const message = await answer.typed('/events', reader);
  expect(shown(message)).toMatch(
    /\nNarrow down\nMonths +2023-12 1 · 2024-01 1 · 2024-10 30\nKinds +troops 20 · use 11/,
  );
  const menu = message.actions.find((action) => action.kind === 'menu' && action.option === 'narrow');
  if (menu?.kind !== 'menu') throw new Error('No menu');
  expect(menu.choices).toContainEqual({ value: 'kind=use', label: 'Kinds: use (11)' });
  const chosen = { ...menu.request, options: { ...menu.request.options, narrow: 'kind=use' } };
  const narrowed = await answer.run(chosen, reader);
  expect(shown(narrowed)).toMatch(/^11 events\n/);
  expect(narrowed.actions).toContainEqual(
    expect.objectContaining({ request: { command: 'export', options: { of: 'events', kind: 'use' } } }),
  );
});

test('a list of one page is not spread', async () => {
  expect(await ask('/events')).not.toContain('Narrow down');
});

test.each([
  ['/events kind:use', '2024-01-02-k7'],
  ['/timeline to:2023', '2023-12-28-b2'],
  ['/search above', '2023-12-28-b2'],
  ['/claims who:kremlin', '2024-01-02-k7'],
  ['/event 2024-01-02-k7', '2024-01-02-k7'],
])('what %s finds can be handed over as a file', async (line, id) => {
  const { answer } = await archive();
  const { actions } = await answer.typed(line, reader);
  const button = actions.find((action) => action.kind === 'button' && action.label === 'Export');
  if (button?.kind !== 'button') throw new Error('No button');
  const asking = await answer.run(button.request, reader);
  expect(shown(asking)).toMatch(/^1 (event|claim)\n[^]*Choose a format: csv, json/);
  const { files } = await answer.run(
    { ...button.request, options: { ...button.request.options, format: 'jsonl' } },
    reader,
  );
  expect(files).toHaveLength(1);
  expect(files[0]?.text.trimEnd().split('\n')).toEqual([expect.stringContaining(id)]);
});

test('an event leads to the timeline of the weeks around it', async () => {
  const { answer } = await archive();
  const { actions } = await answer.typed('/event 2024-01-02-k7', reader);
  const button = actions.find((action) => action.kind === 'button' && action.label === 'Timeline');
  if (button?.kind !== 'button') throw new Error('No button');
  expect(button.request).toEqual({ command: 'timeline', options: { when: '2023-12-19..2024-01-16' } });
  expect(shown(await answer.run(button.request, reader))).toMatch(/2023-12-28-b2[^]*2024-01-02-k7/);
});

test('one event is handed over by its id, and nothing by what finds nothing', async () => {
  const { answer } = await archive();
  const { files } = await answer.typed('/export format:csv about:2024-01-02-k7', reader);
  expect(files[0]?.text).toContain('2024-01-02-k7');
  expect((await answer.typed('/export format:csv kind:casualties', reader)).files).toEqual([]);
});

test.each([
  ['language:Korean', '1 event'],
  ['language:ko', '1 event'],
  ['source:deungdae', '1 event'],
  ['source:nobody', 'No events'],
])('/events %s finds %s', async (option, title) => {
  const { answer, saved } = await archive();
  await saved([anEvent({ citations: [aCitation({ language: 'ko', outlet: 'Deungdae Ilbo' })] })]);
  const topic = await answer.typed(`/events ${option}`, reader);
  expect(shown(topic)).toMatch(new RegExp(`^${title}\n`));
});

const looked = ['events', 'timeline', 'search', 'export', 'claims', 'event'];
const beginnings = [
  '',
  ' ',
  'x',
  'Харк',
  '北',
  '하르',
  'الك',
  '"',
  '-',
  'OR',
  ':',
  '*',
  '%_\\',
  '\ud800',
  '🚢',
  'a'.repeat(2000),
];

test.each(looked)(
  'whatever is begun, in whatever script, /%s proposes values that it takes',
  async (name) => {
    const { answer, log } = await archive();
    const [form] = commandsFor(aTopic())
      .filter((command) => command.name === name)
      .map(formOf);
    const options = (form?.options ?? []).filter((option) => option.completes);
    expect(options.length).toBeGreaterThan(0);
    const needed = name === 'search' ? { text: 'above' } : {};
    for (const { name: option } of options) {
      for (const typed of beginnings) {
        for (const { value } of await answer.choices(
          { command: name, options: { [option]: typed } },
          option,
          reader,
        )) {
          const { tone } = await answer.run(
            { command: name, options: { ...needed, [option]: value } },
            reader,
          );
          expect([option, value, tone]).toEqual([option, value, 'answer']);
        }
      }
    }
    expect(log.errors).toEqual([]);
  },
);

/** Ids of the events of a list, in its order. */
function idsIn({ blocks }: Message): string[] {
  const lines = blocks.flatMap((block) => (block.kind === 'entries' ? block.entries : []));
  return lines
    .flatMap(({ line, details }) => [line, ...details].flat())
    .flatMap((span) => (span.kind === 'id' ? [span.text] : []));
}

function vessel(day: number): NewsEvent {
  return anEvent({
    titles: { en: 'A vessel' },
    when: onDay(parseDay(`2024-02-${String(day).padStart(2, '0')}`)),
  });
}
