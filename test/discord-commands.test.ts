import { expect, test } from 'vitest';
import { formOf } from '../commands/forms.ts';
import { commandsFor } from '../commands/index.ts';
import { discordCommands } from '../src/channels/discord/commands.ts';
import type { FormOption } from '../src/form.ts';
import { aMessage, words } from '../src/message.ts';
import { archive } from './desk.ts';
import { type DiscordDouble, textOf } from './doubles/discord/discord.ts';
import {
  ANNOUNCEMENTS,
  aPlace,
  GUILD,
  interactionFields,
  PERSON,
  strangerFields,
  TEXT_CHANNEL,
} from './doubles/discord/fields.ts';
import { brokenCommandRules } from './doubles/discord/rules.ts';
import { aNote, seatedAtDiscord, silent } from './doubles/discord/seated.ts';
import { judge } from './doubles/discord/spec.ts';
import type { StoredMessage } from './doubles/discord/state.ts';
import { aTopic } from './topic.ts';

const forms = commandsFor(aTopic()).map(formOf);
const OPTION_TYPES = { text: 3, integer: 4, boolean: 5, channel: 7, role: 8 } as const;
/** Answers that each look-up gives, with what its buttons lead to. */
const MOST_PRESSED = 12;
const CHAT = 1;

/** What somebody fills in where it has to make sense; other options get their first choice, or a word. */
const sensible: Readonly<Record<string, string>> = {
  when: '2023-12..2024-03',
  window: '7d',
  id: '2024-01-02-k7',
  'as-of': '2024-03-01',
  text: 'missile',
  zone: 'Europe/Paris',
  time: '08:00',
  language: 'fr',
  quiet: '22:00-07:00',
  channel: TEXT_CHANNEL,
  mention: '200000000000000009',
};

const verbs = forms.flatMap((form) =>
  form.subcommands.length > 0
    ? form.subcommands.map((sub) => ({ form: sub, path: [form.name, sub.name] }))
    : [{ form, path: [form.name] }],
);

test('Discord takes all commands, in every language, and knows them again', async () => {
  const commands = discordCommands(forms);
  expect(judge.request('PUT', '/applications/1/commands', commands)).toEqual([]);
  expect(brokenCommandRules(commands as never)).toEqual([]);
  const events = commands.find(({ name }) => name === 'events');
  expect(events).toMatchObject({
    name_localizations: {
      fr: 'faits',
      de: 'ereignisse',
      'es-ES': 'hechos',
      'es-419': 'hechos',
      ko: '사건목록',
    },
  });
  await seatedAtDiscord(
    async ({ double }) => {
      expect(double.commands.registrations).toBe(1);
      const { makeDiscord } = await import('../src/channels/discord/discord.ts');
      const again = makeDiscord({ token: double.state.token, api: double.api, onFault: () => undefined });
      await again.start(forms, silent);
      await again.stop();
      expect(double.commands.registrations).toBe(1);
    },
    { forms },
  );
});

test('every command and option bears a name of its own in each of our languages', () => {
  const named = [...forms, ...verbs.map(({ form }) => form), ...verbs.flatMap(({ form }) => form.options)];
  const bare = named.filter(({ names = {} }) => Object.keys(names).length < 6).map(({ name }) => name);
  expect([...new Set(bare)]).toEqual([]);
});

test('what only managers may do is shown to managers, and belongs to a server', () => {
  const byName = new Map(discordCommands(forms).map((command) => [command.name, command]));
  for (const form of forms) {
    const shown = { default_member_permissions: '16', contexts: [0], integration_types: [0] };
    const free = { default_member_permissions: null, contexts: [0, 1, 2], integration_types: [0, 1] };
    expect(byName.get(form.name)).toMatchObject(form.managers ? shown : free);
  }
  expect(byName.get('subscribe')).toMatchObject({ default_member_permissions: '16' });
});

test.each(['fr', 'en-GB'])(
  'in %s every command answers, bare and with every option, and so does every button',
  { timeout: 120_000 },
  async (locale) => {
    const { answer } = await archive();
    await seatedAtDiscord(
      async ({ double, told }) => {
        for (const { form, path } of verbs) {
          const bare = form.options.filter(({ required }) => required);
          for (const options of [bare, ...form.options.map((option) => [...new Set([...bare, option])])]) {
            const shown = await askWith(double, path, options, locale);
            expect(`${path.join(' ')}: ${shownIn(shown)}`).not.toMatch(/went wrong|s’est produite/);
            await pressAll(double, shown, locale);
          }
          for (const option of form.options.filter(({ completes }) => completes))
            await type(double, path, option, locale);
        }
        expect(told).toEqual([]);
      },
      { forms, answer },
    );
  },
);

test('the right to manage is looked at whenever a command runs, here and in the channel that is named', async () => {
  const seen: boolean[] = [];
  const answer = {
    ...silent,
    run: async (_: unknown, { manages }: { manages: boolean }) => (seen.push(manages), aNote('x')),
  };
  await seatedAtDiscord(
    async ({ double }) => {
      const ask = (permissions: string, there?: string) =>
        double.interact(2, subscribing(there), strangerFields(permissions));
      const [none, manageChannels, manageServer, administrator] = ['0', '16', '32', '8'];
      await ask(none);
      await ask(manageChannels);
      await ask(manageServer);
      await ask(administrator);
      await ask(manageChannels, TEXT_CHANNEL);
      await ask(manageChannels, ANNOUNCEMENTS);
      await ask(manageChannels, '600000000000000001');
    },
    {
      forms,
      answer,
      prepare({ places }) {
        const theirs = { id: PERSON, type: 1, allow: '16', deny: '0' };
        places.set(ANNOUNCEMENTS, { ...aPlace(ANNOUNCEMENTS, 5, 'news'), permission_overwrites: [theirs] });
      },
    },
  );
  expect(seen).toEqual([false, true, true, true, false, true, false]);
});

test('the role of everybody is asked for by its name, which is none that may be called', async () => {
  const { answer } = await archive();
  const shown: string[] = [];
  await seatedAtDiscord(
    async ({ double }) => {
      const options = [{ name: 'mention', type: 8, value: GUILD }];
      const resolved = { roles: { [GUILD]: { id: GUILD, name: '@everyone', permissions: '0' } } };
      const asked = { id: '9', name: 'subscribe', type: CHAT, options, resolved };
      shown.push(shownIn(await double.interact(2, asked, { locale: 'en-GB' })));
    },
    { forms, answer },
  );
  expect(shown).toEqual([expect.stringContaining("'@everyone' is no role")]);
});

test('a channel that has the number of its server, as the first of an old server has, is that channel', async () => {
  const asked: unknown[] = [];
  const answer = { ...silent, run: async (request: unknown) => (asked.push(request), aNote('x')) };
  await seatedAtDiscord(
    async ({ double }) => {
      await double.interact(2, subscribing(GUILD), { locale: 'en-GB' });
    },
    { forms, answer },
  );
  expect(asked).toMatchObject([{ command: 'subscribe', options: { channel: GUILD } }]);
});

test('a form has its choices to choose from, and what is filled in reaches the answer', async () => {
  const asked: unknown[] = [];
  const request = { command: 'subscribe', options: { time: '09:00' } };
  const opening = aMessage({
    title: [words('Settings')],
    actions: [{ kind: 'button', label: 'Change', request, effect: 'form' }],
    language: 'en',
    zone: 'UTC',
  });
  const answer = { ...silent, run: async (request_: unknown) => (asked.push(request_), opening) };
  await seatedAtDiscord(
    async ({ double }) => {
      const shown = await double.interact(2, { id: '9', name: 'status', type: CHAT, options: [] });
      const [id = ''] = idsIn(shown);
      await double.interact(
        3,
        { component_type: 2, custom_id: id, id: 4 },
        { message: { ...shown, ...bareMessage } },
      );
      const modal = double.callbacks.at(-1) as {
        type: number;
        data: { custom_id: string; components: Labelled[] };
      };
      expect(modal.type).toBe(9);
      const types = modal.data.components.map(({ component }) => component.type);
      expect(types).toContain(3);
      await double.interact(5, {
        custom_id: modal.data.custom_id,
        components: modal.data.components.map(({ component }, index) => ({
          type: 18,
          id: index * 2 + 1,
          component: { ...filled(component), id: index * 2 + 2 },
        })),
      });
      expect(asked.at(-1)).toMatchObject({ command: 'subscribe', options: { schedule: 'weekly' } });
    },
    { forms, answer },
  );
});

interface Labelled {
  readonly component: { readonly type: number; readonly custom_id: string };
}

function filled({ type: kind, custom_id }: Labelled['component']) {
  if (kind === 4) return { type: kind, custom_id, value: '' };
  return { type: kind, custom_id, values: custom_id === 'schedule' ? ['weekly'] : [] };
}

function subscribing(channel?: string) {
  const base = { id: '9', name: 'subscribe', type: CHAT };
  if (channel === undefined) return { ...base, options: [] };
  return {
    ...base,
    options: [{ name: 'channel', type: 7, value: channel }],
    resolved: { channels: { [channel]: { id: channel, type: 0, name: 'there', permissions: '0' } } },
  };
}

async function askWith(
  double: DiscordDouble,
  path: readonly string[],
  options: readonly FormOption[],
  locale: string,
): Promise<StoredMessage | undefined> {
  return double.interact(2, commandOf(path, options.map(given)), { locale });
}

async function type(
  double: DiscordDouble,
  path: readonly string[],
  option: FormOption,
  locale: string,
): Promise<void> {
  const before = double.callbacks.length;
  await double.interact(4, commandOf(path, [{ name: option.name, type: 3, value: 'k', focused: true }]), {
    locale,
  });
  expect(double.callbacks.at(before)).toMatchObject({ type: 8 });
}

function commandOf([name, sub]: readonly string[], options: readonly object[]) {
  const nested = sub === undefined ? options : [{ name: sub, type: 1, options }];
  return { id: '9', name, type: CHAT, options: nested };
}

function given(option: FormOption) {
  const { name, type: kind, choices, least } = option;
  const text = sensible[name] ?? choices[0]?.value ?? 'kn-23';
  const value = kind === 'integer' ? (least ?? 1) : kind === 'boolean' ? true : text;
  return { name, type: OPTION_TYPES[kind], value };
}

/** Presses what stands under a message, and what stands under the answers, page after page. */
async function pressAll(
  double: DiscordDouble,
  message: StoredMessage | undefined,
  locale: string,
): Promise<void> {
  const waiting = idsIn(message);
  const seen = new Set<string>();
  while (waiting.length > 0 && seen.size < MOST_PRESSED) {
    const id = waiting.shift() ?? '';
    if (seen.has(id)) continue;
    seen.add(id);
    const data = { component_type: 2, custom_id: id, id: 4 };
    const shown = await double.interact(3, data, { locale, message: { ...message, ...bareMessage } });
    expect(shownIn(shown)).not.toMatch(/went wrong|s’est produite/);
    waiting.push(...idsIn(shown));
  }
}

function idsIn(message: StoredMessage | undefined): string[] {
  return [...JSON.stringify(message?.components ?? []).matchAll(/"type":2[^{}]*?"custom_id":"([^"]+)"/g)].map(
    ([, id = '']) => id,
  );
}

function shownIn(message: StoredMessage | undefined): string {
  return textOf(message ?? {});
}

const bareMessage = { embeds: [], attachments: [], mentions: [], mention_roles: [] };

test('a person in a conversation of their own, and one who installed Tumen for themselves, get whole answers', async () => {
  const { answer } = await archive();
  await seatedAtDiscord(
    async ({ double, told }) => {
      const { member, guild: _guild, guild_id: _id, guild_locale: _locale, ...rest } = interactionFields();
      const alone = {
        ...rest,
        user: member.user,
        context: 1,
        guild_id: undefined,
        guild: undefined,
        member: undefined,
      };
      const owners = { authorizing_integration_owners: { 1: member.user.id } };
      const shown = await double.interact(2, commandOf(['help'], []), { ...alone, ...owners, locale: 'fr' });
      expect(shownIn(shown)).not.toBe('');
      expect(told).toEqual([]);
    },
    { forms, answer },
  );
});
