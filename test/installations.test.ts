import { describe, expect, test } from 'vitest';
import { ConfigError } from '../src/errors.ts';
import {
  findInstallation,
  findWorkspaces,
  removeInstallation,
  saveInstallation,
} from '../src/store/installations.ts';
import { raw } from '../src/store/engines/sql.ts';
import { makeSeal } from '../src/store/sealing.ts';
import { engines } from './database.ts';

const [OLD, NEW] = ['a1'.repeat(32), 'b2'.repeat(32)];
const acme = { platform: 'slack', workspace: 'T1' } as const;
const token = { bot: { token: 'xoxb-hunter2' }, at: new Date(5) };

describe.each(await engines())('on %s', (_, open) => {
  test('what a workspace handed over comes back equal, and stands nowhere in the tables', async () => {
    const [db, seal] = [await open(), makeSeal([OLD])];
    await saveInstallation(db, seal, { ...acme, value: { bot: 'an older one' } });
    await saveInstallation(db, seal, { ...acme, value: token });
    expect(await findInstallation(db, seal, acme)).toEqual(token);
    expect(await findInstallation(db, seal, { ...acme, workspace: 'T2' })).toBeUndefined();
    expect(JSON.stringify(await db.query(raw('select * from installation')))).not.toContain('hunter2');
  });

  test('a workspace that left is forgotten with its tokens', async () => {
    const [db, seal] = [await open(), makeSeal([OLD])];
    await saveInstallation(db, seal, { ...acme, value: token });
    await saveInstallation(db, seal, { ...acme, workspace: 'T2', value: token });
    await removeInstallation(db, acme);
    expect(await findWorkspaces(db, seal, 'slack')).toEqual(['T2']);
    expect(await findInstallation(db, seal, acme)).toBeUndefined();
  });

  test('another key is told in a sentence that names the setting and no token; both keys together open', async () => {
    const db = await open();
    await saveInstallation(db, makeSeal([OLD]), { ...acme, value: token });
    const failure = await findWorkspaces(db, makeSeal([NEW]), 'slack').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigError);
    expect(String(failure)).toMatch(/TOKEN_KEY/);
    expect(String(failure)).not.toMatch(/hunter2|a1a1|b2b2/);
    expect(await findInstallation(db, makeSeal([NEW, OLD]), acme)).toEqual(token);
  });

  test('tokens moved to another workspace, or changed, do not open', async () => {
    const [db, seal] = [await open(), makeSeal([OLD])];
    await saveInstallation(db, seal, { ...acme, value: token });
    await db.query(raw(`update installation set workspace = 'T2'`));
    await expect(findInstallation(db, seal, { ...acme, workspace: 'T2' })).rejects.toThrow(ConfigError);
    await db.query(raw(`update installation set workspace = 'T1', sealed = 'AAAA' || sealed`));
    await expect(findInstallation(db, seal, acme)).rejects.toThrow(ConfigError);
  });
});
