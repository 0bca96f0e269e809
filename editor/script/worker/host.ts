import type ts from 'typescript';
import type { Library } from '../declarations.ts';
import { librariesOf, placeOf } from '../places.ts';
import { AuthorText } from './author-text.ts';

/** The text of a file as it stands in the page; Monaco keeps it in step. */
export interface Mirror {
  readonly uri: { toString(): string };
  readonly version: number;
  getValue(): string;
}

/** TypeScript itself, and the library of its language by file name (`lib.es2024.d.ts`). */
export interface TypeScript {
  readonly ts: typeof ts;
  readonly libraryOfLanguage: Readonly<Record<string, string>>;
}

/**
 * Tells TypeScript's language service which files there are: one script, and what that script sees. Any other script is kept from it,
 * since all of them would share one scope and have other names in it.
 */
export class ScriptHost implements ts.LanguageServiceHost {
  readonly #language: Readonly<Record<string, string>>;
  readonly #options: ts.CompilerOptions;
  readonly #mirrors: () => readonly Mirror[];
  readonly #read = new Map<string, { readonly version: number; readonly text: AuthorText }>();
  readonly #ts: typeof ts;
  #libraries: ReadonlyMap<string, string> = new Map();
  /** Counts how often the libraries were given anew. */
  #edition = 0;
  #script = '';

  constructor(
    { ts: typescript, libraryOfLanguage }: TypeScript,
    options: ts.CompilerOptions,
    mirrors: () => readonly Mirror[],
  ) {
    this.#ts = typescript;
    this.#language = libraryOfLanguage;
    this.#options = options;
    this.#mirrors = mirrors;
  }

  /** What scripts have in scope. */
  setLibraries(libraries: readonly Library[]): void {
    this.#libraries = new Map(libraries.map(({ filePath, content }) => [filePath, content]));
    this.#edition += 1;
  }

  /** From now on the questions are about this script. Answers its text, or undefined for a file that is none, or is gone. */
  turnTo(file: string): AuthorText | undefined {
    if (placeOf(file) === undefined) return undefined;
    this.#script = file;
    return this.#scriptText(file);
  }

  /** The text of a library, of ours or of the language. */
  libraryText(file: string): string | undefined {
    return this.#libraries.get(file) ?? this.#language[file.slice(file.lastIndexOf('/') + 1)];
  }

  getScriptFileNames(): string[] {
    const place = placeOf(this.#script);
    return place === undefined
      ? []
      : [this.#script, ...librariesOf(place).filter((file) => this.#libraries.has(file))];
  }

  getScriptVersion(file: string): string {
    return String(this.#mirror(file)?.version ?? this.#edition);
  }

  getScriptSnapshot(file: string): ts.IScriptSnapshot | undefined {
    const text = this.readFile(file);
    return text === undefined ? undefined : this.#ts.ScriptSnapshot.fromString(text);
  }

  readFile(file: string): string | undefined {
    return this.#scriptText(file)?.code ?? this.libraryText(file);
  }

  fileExists(file: string): boolean {
    return this.readFile(file) !== undefined;
  }

  getCompilationSettings(): ts.CompilerOptions {
    return this.#options;
  }

  getCurrentDirectory(): string {
    return '';
  }

  getDefaultLibFileName(): string {
    return 'lib.es2024.d.ts';
  }

  #mirror(file: string): Mirror | undefined {
    return this.#mirrors().find(({ uri }) => uri.toString() === file);
  }

  #scriptText(file: string): AuthorText | undefined {
    const mirror = placeOf(file) === undefined ? undefined : this.#mirror(file);
    if (mirror === undefined) return undefined;
    const read = this.#read.get(file);
    if (read?.version === mirror.version) return read.text;
    const text = new AuthorText(mirror.getValue());
    this.#read.set(file, { version: mirror.version, text });
    return text;
  }
}
