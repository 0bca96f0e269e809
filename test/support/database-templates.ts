import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres } from '../../server/db/database.ts';
import knex from 'knex';
import { openEmbeddedEngine } from '../../server/db/embedded.ts';
import { migrate, migrationSource } from '../../server/db/migrate.ts';
import { build, isBuilt } from '../../server/editor/build.ts';
import { startWatchedCluster } from './postgres.ts';

/**
 * What takes long to make and is made once a run. Where new databases are copied from: a file for the embedded one, a database of
 * a running cluster for PostgreSQL. And the editor, for the tests in a browser.
 */
export interface Templates {
  embedded(): Promise<{ file: string }>;
  postgres(): Promise<{ url: string; template: string }>;
  /** Answers when what lies built is made of the sources as they are. */
  editor(): Promise<Record<string, never>>;
  stop(): Promise<void>;
}

const TEMPLATE = 'countersign_template';

const lazily = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

/** Makes each when it is first asked for. */
export function createTemplates(): Templates {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-templates-'));
  const stops: (() => Promise<void>)[] = [];
  const ending = new AbortController();
  return {
    embedded: lazily(async () => {
      const engine = await openEmbeddedEngine(undefined);
      const db = knex({ client: 'pg', connection: () => engine.connect(), pool: { min: 0, max: 1 } });
      await db.migrate.latest({ migrationSource });
      await db.destroy();
      const file = join(folder, 'embedded.tar');
      writeFileSync(file, await engine.dump());
      await engine.close();
      return { file };
    }),
    postgres: lazily(async () => {
      const cluster = await startWatchedCluster();
      stops.push(() => cluster.stop());
      const admin = openPostgres(cluster.url);
      await admin.knex.raw(`create database ${TEMPLATE}`);
      await admin.close();
      const database = openPostgres(cluster.url.replace(/postgres$/, TEMPLATE));
      await migrate(database);
      await database.close();
      return { url: cluster.url, template: TEMPLATE };
    }),
    editor: lazily(async () => {
      if (!(await isBuilt())) await build(ending.signal);
      return {};
    }),
    async stop() {
      ending.abort();
      for (const stop of stops) await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test files ask for what is made once: `GET /embedded`, `GET /postgres`, `GET /editor`. */
    databaseTemplates: string;
  }
}

const KINDS = ['embedded', 'postgres', 'editor'] as const;

/**
 * Vitest's global setup: one set of templates for the whole run, made when the first test file asks.
 * @returns what ends it, failure or not
 */
export default async function serveTemplates(project: {
  provide(key: 'databaseTemplates', value: string): void;
}): Promise<() => Promise<void>> {
  const templates = createTemplates();
  const server = createServer((request, response) => {
    const kind = KINDS.find((each) => request.url === `/${each}`) ?? 'embedded';
    templates[kind]().then(
      (template) => response.setHeader('connection', 'close').end(JSON.stringify(template)),
      (error: unknown) => response.writeHead(500).end(String((error as Error).stack)),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  project.provide('databaseTemplates', `http://127.0.0.1:${(server.address() as { port: number }).port}`);
  return async () => {
    server.closeAllConnections();
    server.close();
    await templates.stop();
  };
}
