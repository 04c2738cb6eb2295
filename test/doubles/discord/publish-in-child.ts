/** Publishes what is due in a process of its own, which a test may kill: directory, address of Discord, and the moment. */
import { makeDiscord } from '../../../src/channels/discord/discord.ts';
import { publishDue } from '../../../src/jobs/publish.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { aTopic } from '../../topic.ts';
import { TOKEN } from './fields.ts';
import { silent } from './seated.ts';

const [directory = '', api = '', moment = ''] = process.argv.slice(2);
const db = await openDatabase({ directory });
const platform = makeDiscord({ token: TOKEN, api, onFault: () => undefined });
await platform.start([], silent);
const log = { debug() {}, info() {}, warn() {}, error() {} };
await publishDue({ db, topic: aTopic(), platforms: [platform], clock: () => new Date(moment), log });
await platform.stop();
await db.close();
