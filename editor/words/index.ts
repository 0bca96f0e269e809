import { app } from './app.ts';
import { bindings } from './bindings.ts';
import { channels } from './channels.ts';
import { events } from './events.ts';
import { executions } from './executions.ts';
import { home } from './home.ts';
import { limits } from './limits.ts';
import { mapping } from './mapping.ts';
import { mappings } from './mappings.ts';
import { parts } from './parts.ts';
import { sample } from './sample.ts';
import { script } from './script.ts';
import { settings } from './settings.ts';
import { tasks } from './tasks.ts';
import { test } from './test.ts';
import { tour } from './tour.ts';
import { versions } from './versions.ts';

/** All texts, one namespace a page. A new page adds its file here. */
const namespaces = {
  parts,
  app,
  home,
  sample,
  tour,
  mappings,
  mapping,
  limits,
  test,
  versions,
  tasks,
  executions,
  events,
  channels,
  bindings,
  settings,
  script,
};

type Namespaces = typeof namespaces;
/** The texts of one language. */
export type Texts = { readonly [Name in keyof Namespaces]: Namespaces[Name]['en'] };

const inLanguage = (language: 'en' | 'zh'): Texts =>
  Object.fromEntries(Object.entries(namespaces).map(([name, texts]) => [name, texts[language]])) as Texts;

/** The texts of each language. The editor loads one of them (see spoken.ts); this whole is for the build, and for tests. */
export const resources = { en: inLanguage('en'), zh: inLanguage('zh') };
