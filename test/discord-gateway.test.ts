import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Answer } from '../src/channels/platform.ts';
import type { Form } from '../src/form.ts';
import { aNote, seatedAtDiscord, silent } from './doubles/discord/seated.ts';

const RECORDED = '../shared/data/chat/rec-discord.json';
const greet: Form = {
  name: 'greet',
  description: 'Says hello',
  descriptions: {},
  options: [],
  subcommands: [],
  audience: 'asker',
  managers: false,
};
const asked = { id: '9', name: 'greet', type: 1, options: [] };
const greeting: Answer = { ...silent, run: () => Promise.resolve(aNote('Hello')) };
/** Longer than the library takes to connect again, with the waits of Discord's protocol. */
const PATIENCE = { timeout: 20_000, interval: 20 };

test(
  'after the connection was cut, the session goes on and what was asked meanwhile is answered',
  { timeout: 30_000 },
  () =>
    seatedAtDiscord(
      async ({ double }) => {
        double.cut();
        await expect.poll(() => double.state.socket?.readyState).toBe(3);
        const shown = await double.interact(2, asked);
        expect(JSON.stringify(shown?.components)).toContain('Hello');
        expect(double.state).toMatchObject({ identifies: 1, resumes: 1 });
      },
      { forms: [greet], answer: greeting },
    ),
);

test('a session that Discord does not take back is begun anew', { timeout: 30_000 }, () =>
  seatedAtDiscord(
    async ({ double }) => {
      double.state.refusesResume = true;
      double.cut(4000);
      await expect.poll(() => double.state.identifies, PATIENCE).toBe(2);
      const shown = await double.interact(2, asked);
      expect(JSON.stringify(shown?.components)).toContain('Hello');
    },
    { forms: [greet], answer: greeting },
  ),
);

test('as many shards are run as Discord asks for', { timeout: 30_000 }, () =>
  seatedAtDiscord(
    async ({ double }) => {
      expect(double.state.identifies).toBe(2);
      const shown = await double.interact(2, asked);
      expect(JSON.stringify(shown?.components)).toContain('Hello');
    },
    { forms: [greet], answer: greeting, prepare: ({ state }) => (state.shards = 2) },
  ),
);

test.each([
  ['without data', { data: undefined }],
  ['without owners', { authorizing_integration_owners: undefined }],
  ['of nobody', { member: undefined, user: undefined }],
  ['with nonsense for options', { data: { id: '9', name: 'greet', type: 1, options: 'all' } }],
  ['of an unknown kind', { type: 77 }],
  ['in a channel of an unknown kind', { channel: { id: '1', type: 99 } }],
  ['with a locale that is a number', { locale: 7 }],
] as const)('an interaction %s harms nobody, and the next is answered', (_, extra) =>
  seatedAtDiscord(
    async ({ double }) => {
      void double.interact(2, asked, extra);
      const shown = await double.interact(2, asked);
      expect(JSON.stringify(shown?.components)).toContain('Hello');
    },
    { forms: [greet], answer: greeting },
  ),
);

test.each(['GUILD_CREATE', 'CHANNEL_UPDATE', 'THREAD_LIST_SYNC', 'MESSAGE_CREATE', 'NEVER_HEARD_OF'])(
  'a malformed %s harms nobody',
  (name) =>
    seatedAtDiscord(
      async ({ double }) => {
        double.emit(name, { id: null, channels: 7 });
        const shown = await double.interact(2, asked);
        expect(JSON.stringify(shown?.components)).toContain('Hello');
      },
      { forms: [greet], answer: greeting },
    ),
);

test.skipIf(!existsSync(RECORDED))('what Discord sent to others goes through without an exception', () =>
  seatedAtDiscord(
    async ({ double, told }) => {
      const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as Record<string, Packet>;
      for (const packet of Object.values(recorded)) {
        if (packet.token !== undefined) double.emit('INTERACTION_CREATE', packet);
        else if (typeof packet.type === 'string')
          double.emit(packet.type.replace('GATEWAY_', ''), packet.data);
      }
      const shown = await double.interact(2, asked);
      expect(JSON.stringify(shown?.components)).toContain('Hello');
      expect(double.requests.filter((request) => request.endsWith('/callback')).length).toBeGreaterThan(5);
      expect(told).toEqual([]);
    },
    { forms: [greet], answer: greeting },
  ),
);

/** One recorded packet: an interaction, or a gateway event with its data. */
interface Packet {
  readonly type?: string | number;
  readonly token?: string;
  readonly data?: unknown;
}
