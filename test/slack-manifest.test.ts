import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import type { Command } from '../commands/command.ts';
import { formOf } from '../commands/forms.ts';
import { commandsFor } from '../commands/index.ts';
import { manifestOf } from '../src/channels/slack/manifest.ts';
import { aTopic } from './topic.ts';

const forms = commandsFor(aTopic()).map(formOf);
const file = readFileSync('slack-manifest.yaml', 'utf8');

function written(...options: string[]): string {
  return execFileSync(process.execPath, ['src/cli.ts', 'manifest', ...options], { encoding: 'utf8' });
}

test('slack-manifest.yaml is what the command writes of the commands that there are', () => {
  expect(file).toBe(written());
});

test('the manifest is YAML as it is usually laid out, whatever stands in it', async () => {
  for (const text of [file, written('--url', 'https://bot.example.org:8443')]) {
    expect(await format(text, { parser: 'yaml', printWidth: 110 })).toBe(text);
  }
});

test('over HTTP Slack is told where to send what people do, and where people come back to', () => {
  const manifest = manifestOf(forms, { url: 'https://bot.example.org/', isSocket: false });
  const events = 'https://bot.example.org/slack/events';
  expect(manifest).toMatchObject({
    features: { slash_commands: [{ command: '/tumen', url: events, should_escape: true }] },
    oauth_config: { redirect_urls: ['https://bot.example.org/slack/oauth_redirect'] },
    settings: {
      event_subscriptions: { request_url: events },
      interactivity: { request_url: events, message_menu_options_url: events },
      socket_mode_enabled: false,
    },
  });
});

test('in Socket Mode Slack is told of no address but the one that people come back to', () => {
  const text = written('--socket', '--url', 'https://bot.example.org');
  expect(text.match(/https:.*/g)).toEqual(['https://bot.example.org/slack/oauth_redirect']);
  expect(text).toContain('socket_mode_enabled: true');
  expect(file).not.toContain('https:');
});

test('an address that is none of https is refused in a sentence', () => {
  expect(() => written('--url', 'bot.example.org')).toThrow(/--url takes an address of https/);
});

test('the manifest keeps to Slack’s limits however many commands there are', () => {
  const help = formOf(commandsFor(aTopic()).at(-1) as Command);
  const many = Array.from({ length: 300 }, (_, index) => ({ ...help, name: `verb${index}` }));
  const { features, display_information: about } = manifestOf(many, { isSocket: true }) as never as {
    features: {
      slash_commands: { usage_hint: string; description: string }[];
      shortcuts: { name: string }[];
    };
    display_information: { name: string; description: string };
  };
  expect(features.slash_commands[0]?.usage_hint.length).toBeLessThanOrEqual(1000);
  expect(features.slash_commands[0]?.description.length).toBeLessThanOrEqual(2000);
  expect(features.shortcuts[0]?.name.length).toBeLessThanOrEqual(35);
  expect(about.name.length).toBeLessThanOrEqual(35);
  expect(about.description.length).toBeLessThanOrEqual(140);
});
