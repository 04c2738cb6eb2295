import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { formOf } from '../commands/forms.ts';
import { commandsFor } from '../commands/index.ts';
import { Environment } from '../src/config.ts';
import { loadTopic } from '../src/topics/topic.ts';

const guide = readFileSync('docs/guide.md', 'utf8');
const readme = readFileSync('README.md', 'utf8');
const topic = loadTopic(fileURLToPath(new URL('../src/topics/dprk-russia', import.meta.url)));
const forms = commandsFor(topic).map(formOf);
const rows = forms.flatMap((form) =>
  form.subcommands.length > 0
    ? form.subcommands.map((sub) => [`${form.name} ${sub.name}`, sub] as const)
    : [[form.name, form] as const],
);

test.each(Object.keys(Environment.shape))('the guide explains the setting %s', (name) => {
  expect(guide).toMatch(new RegExp(`^\\| \`${name}\``, 'm'));
});

test.each(rows)('the guide lists /%s with all its options and no other', (name, form) => {
  const row = guide.split('\n').find((line) => line.startsWith(`| \`/${name}\``)) ?? '';
  const options = [...(row.split('|')[3] ?? '').matchAll(/`([^`]+)`/g)].map(([, option]) => option);
  expect(options).toEqual(form.options.map((option) => option.name));
});

test('the guide lists no command that does not exist', () => {
  const listed = [...guide.matchAll(/^\| `\/([^`]+)`/gm)].map(([, name]) => name);
  expect(listed).toEqual(rows.map(([name]) => name));
});

test('the guide names every subcommand of the command line', () => {
  const help = execFileSync(process.execPath, ['src/cli.ts', '--help'], { encoding: 'utf8' });
  const names = [...help.matchAll(/^ {2}([a-z-]+)(?: \[| <| {2})/gm)].flatMap(([, name]) => name ?? []);
  expect(names.length).toBeGreaterThan(8);
  for (const name of names.filter((one) => one !== 'help'))
    expect(guide).toMatch(new RegExp(`\\b${name}\\b`));
});

test('the README shows the two commands and a digest as it really looks', () => {
  expect(readme).toContain('npm ci && npm start');
  expect(readme).toContain('npm ci && npm test');
  const [, shown = ''] = /```text\n([^]*?)```/.exec(readme) ?? [];
  const wish = ['replay', '/dev/null', '--from', '2024-10-23', '--to', '2024-10-23'];
  expect(shown.trim()).toBe(
    execFileSync(process.execPath, ['src/cli.ts', ...wish], { encoding: 'utf8' }).trim(),
  );
});
