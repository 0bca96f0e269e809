import { afterAll, describe, expect, it, vi } from 'vitest';
import { countersignWith } from '../commands/hub-processes.ts';
import { openProvider } from '../crash/provider.ts';
import { programsWith } from '../crash/program.ts';
import type { Program, Programs } from '../crash/program.ts';
import { DATABASES, usePostgres } from '../support/databases.ts';
import { ADMIN_TOKEN, clientOf, setUp } from '../support/hub.ts';

const OLD = 'the key that all of them have at the beginning';
const NEW = 'the key that all of them have at the end';
/** docs/operating.md, "The secret key". */
const STEPS = [
  { SECRET_KEY: OLD, SECRET_KEY_PREVIOUS: NEW },
  { SECRET_KEY: NEW, SECRET_KEY_PREVIOUS: OLD },
  'rotate-key',
  { SECRET_KEY: NEW },
] as const;

describe.runIf(DATABASES.includes('postgres'))(
  'changing SECRET_KEY under two hubs, one after the other',
  () => {
    const made = usePostgres();
    const ends: (() => Promise<unknown>)[] = [];
    const all: Programs[] = [];
    afterAll(async () => {
      for (const end of ends.reverse()) await end();
    });

    /** A hub of these keys, on the one database. */
    function start(keys: Readonly<Record<string, string>>): Promise<Program> {
      const env = { DATABASE_URL: made().url ?? '', ADMIN_TOKEN, SIMULATOR: 'off', ...keys };
      const programs: Programs = programsWith(env);
      ends.push(() => programs.endAll());
      return programs.start();
    }

    it('stops neither tasks nor people, whatever each of the two writes at any moment', async () => {
      const provider = await openProvider();
      ends.push(() => provider.close());
      const hubs = [await start({ SECRET_KEY: OLD }), await start({ SECRET_KEY: OLD })];
      const [{ api, url }] = hubs as [Program];
      const { control, apiBaseUrl } = provider;
      const { channelId, mappingId } = await setUp({ api, url, control, simulator: apiBaseUrl });
      const password = 'correct horse battery staple';
      await api('POST', '/users', { name: 'Li Lei', role: 'editor', password });
      const { headers, body } = await clientOf(url, null)('POST', '/api/v1/sign-in', {
        name: 'Li Lei',
        password,
      });
      const signedIn = {
        cookie: headers.get('set-cookie')?.split(';')[0] ?? '',
        'x-csrf-token': (body as { csrfToken: string }).csrfToken,
      };
      let count = 0;

      /** Each writes the channel's secrets, and a person's work; the other, and itself, open a task's approval with a fresh token. */
      async function allWork(): Promise<void> {
        for (const writer of hubs) {
          const number = String((count += 1));
          const saved = await writer.api('PATCH', `/channels/${channelId}`, { agentId: number });
          expect(saved).toMatchObject({ status: 200, body: { agentId: number } });
          const path = `/api/v1/mappings/${mappingId}`;
          const edited = await clientOf(writer.url, null)(
            'PATCH',
            path,
            { name: `Approval ${number}` },
            signedIn,
          );
          expect(edited).toMatchObject({ status: 200 });
          await made().database.knex('channel_tokens').delete();
          const opened = hubs.map(async (hub, n) => {
            const taskId = `T-${number}-${n}`;
            const task = { taskId, taskType: 'SQL task', variables: { SUBMITER_PHONE: '13800000000' } };
            expect(await hub.api('POST', '/tasks', task)).toMatchObject({ status: 202 });
            await vi.waitFor(
              async () =>
                expect((await hub.api('GET', `/tasks/${taskId}`)).body).toMatchObject({ status: 'pending' }),
              { timeout: 20_000, interval: 50 },
            );
          });
          await Promise.all(opened);
        }
      }

      await allWork();
      for (const step of STEPS) {
        if (step === 'rotate-key') {
          const env = { DATABASE_URL: made().url ?? '', SECRET_KEY: NEW, SECRET_KEY_PREVIOUS: OLD };
          expect(await countersignWith(env, step)).toMatchObject({ code: 0 });
          await allWork();
          continue;
        }
        for (const place of hubs.keys()) {
          expect(await hubs[place]?.end('SIGTERM')).toBe(0);
          hubs[place] = await start(step);
          await allWork();
        }
      }
      // Nobody needs the old key any more, and nobody is let in with it.
      await expect(start({ SECRET_KEY: OLD })).rejects.toThrow('SECRET_KEY is not the key');
      expect(all.map((programs) => programs.written()).join('')).not.toContain('cannot be opened');
      const troubles = ['retrying', 'searching', 'sync failed', 'failed', 'alarm'];
      expect(await made().database.knex('timeline').whereIn('what', troubles)).toEqual([]);
    }, 300_000);
  },
);
