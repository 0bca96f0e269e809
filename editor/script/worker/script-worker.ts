import type ts from 'typescript';
import type { Library } from '../declarations.ts';
import { placeOf } from '../places.ts';
import type { AuthorText, Change, Span, FileSpan } from './author-text.ts';
import { inClientSource } from './client-source.ts';
import { fieldNameAt, readFieldNames } from './field-names.ts';
import type { FieldNameAt } from './field-names.ts';
import type { FieldNames } from './form-reader.ts';
import { ScriptHost } from './host.ts';
import type { Mirror, TypeScript } from './host.ts';
import { judgeProblems } from './judge-problems.ts';
import type { FoundProblem } from './judge-problems.ts';
import { namesIn, putOwnNamesFirst, stagesThatHave } from './own-names.ts';

/** The sandbox as TypeScript sees it: as `scripts/tsconfig.json`, but pasted scripts need no types. */
const optionsFor = (typescript: typeof ts): ts.CompilerOptions => ({
  target: typescript.ScriptTarget.ES2024,
  lib: ['lib.es2024.d.ts'],
  types: [],
  module: typescript.ModuleKind.ESNext,
  moduleDetection: typescript.ModuleDetectionKind.Force,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  allowNonTsExtensions: true,
});

/** TypeScript's declarations leave it out; its compiler does `--locale` with it. A host's own messages could not be taken back. */
type Localizable = typeof ts & {
  setLocalizedDiagnosticMessages(messages: Readonly<Record<string, string>> | undefined): void;
};

/** A quick fix. */
export interface Fix {
  readonly description: string;
  readonly changes: readonly Change[];
}

/** Where a name stands that is to be changed everywhere, or why it cannot be. */
export interface Renaming {
  readonly refused?: string;
  readonly spans: readonly Span[];
}

/**
 * What the editor asks about scripts, answered by TypeScript: runs in a worker. Questions and answers are in the author's offsets; Java's
 * typed forms are read as the JavaScript that runs in their place.
 */
export class ScriptWorker {
  readonly #ts: typeof ts;
  readonly #host: ScriptHost;
  readonly #service: ts.LanguageService;
  readonly #read = (file: string): string | undefined => this.#host.libraryText(file);

  /** @param mirrors the texts as they stand in the page */
  constructor(typescript: TypeScript, mirrors: () => readonly Mirror[]) {
    this.#ts = typescript.ts;
    this.#host = new ScriptHost(typescript, optionsFor(typescript.ts), mirrors);
    this.#service = typescript.ts.createLanguageService(this.#host);
  }

  setLibraries(libraries: readonly Library[]): void {
    this.#host.setLibraries(libraries);
  }

  /**
   * Has TypeScript speak another language.
   * @param messages by the keys that TypeScript has for them; undefined is English
   */
  setMessages(messages: Readonly<Record<string, string>> | undefined): void {
    (this.#ts as Localizable).setLocalizedDiagnosticMessages(messages);
    // What it has found before, it would tell in the words of then.
    this.#service.cleanupSemanticCache();
  }

  /** The text of a declaration or of a client's source, for whoever goes there. */
  getLibraryText(file: string): string | undefined {
    return this.#host.libraryText(file);
  }

  getProblems(file: string): FoundProblem[] {
    const text = this.#host.turnTo(file);
    if (text === undefined) return [];
    const stagesWith = (name: string): string[] => stagesThatHave(name, this.#read);
    return [
      ...judgeProblems(this.#service.getSyntacticDiagnostics(file), text, 'syntax', stagesWith),
      ...judgeProblems(this.#service.getSemanticDiagnostics(file), text, 'meaning', stagesWith),
    ];
  }

  getCompletions(file: string, offset: number): ts.CompletionInfo | undefined {
    const text = this.#host.turnTo(file);
    const place = placeOf(file);
    if (text === undefined || place === undefined) return undefined;
    const info = this.#service.getCompletionsAtPosition(file, text.toCode(offset), {});
    const entries = info?.entries.map(({ replacementSpan, ...entry }) => ({
      ...entry,
      ...(replacementSpan && { replacementSpan: text.toAuthor(replacementSpan) }),
    }));
    return info && entries && { ...info, entries: putOwnNamesFirst(entries, namesIn(place, this.#read)) };
  }

  getCompletionDetails(file: string, offset: number, name: string): ts.CompletionEntryDetails | undefined {
    const text = this.#host.turnTo(file);
    if (text === undefined) return undefined;
    const at = text.toCode(offset);
    return this.#service.getCompletionEntryDetails(file, at, name, {}, undefined, {}, undefined);
  }

  getSignatures(file: string, offset: number): ts.SignatureHelpItems | undefined {
    const text = this.#host.turnTo(file);
    return text && this.#service.getSignatureHelpItems(file, text.toCode(offset), undefined);
  }

  getQuickInfo(file: string, offset: number): ts.QuickInfo | undefined {
    const text = this.#host.turnTo(file);
    const info = text && this.#service.getQuickInfoAtPosition(file, text.toCode(offset));
    return info && { ...info, textSpan: text.toAuthor(info.textSpan) };
  }

  /** Where a name is declared; for what the provider's client does, where its source does it. */
  getDefinitions(file: string, offset: number): FileSpan[] {
    const text = this.#host.turnTo(file);
    if (text === undefined) return [];
    const found = this.#service.getDefinitionAtPosition(file, text.toCode(offset)) ?? [];
    return found.map((each) => inClientSource(each, this.#read) ?? this.#place(file, text, each));
  }

  getReferences(file: string, offset: number): FileSpan[] {
    const text = this.#host.turnTo(file);
    if (text === undefined) return [];
    const found = this.#service.getReferencesAtPosition(file, text.toCode(offset)) ?? [];
    return found.map((each) => this.#place(file, text, each));
  }

  /** Refused for what is not declared in the script itself. */
  getRename(file: string, offset: number): Renaming {
    const text = this.#host.turnTo(file);
    if (text === undefined) return { spans: [] };
    const at = text.toCode(offset);
    const info = this.#service.getRenameInfo(file, at, {});
    if (!info.canRename) return { refused: info.localizedErrorMessage, spans: [] };
    const isElsewhere = this.#service
      .getDefinitionAtPosition(file, at)
      ?.some(({ fileName }) => fileName !== file);
    if (isElsewhere === true) {
      return {
        refused: `${info.displayName} is not declared in this script: it cannot be renamed here.`,
        spans: [],
      };
    }
    const found = this.#service.findRenameLocations(file, at, false, false, {}) ?? [];
    return {
      spans: found
        .filter(({ textSpan }) => !text.touchesConverted(textSpan))
        .map(({ textSpan }) => text.toAuthor(textSpan)),
    };
  }

  /** The changes that put a stretch in order. */
  getFormatting(file: string, start: number, end: number, settings: ts.FormatCodeSettings): Change[] {
    const text = this.#host.turnTo(file);
    if (text === undefined) return [];
    const [from, to] = [text.toCode(start), text.toCode(end)];
    return text.changesForAuthor(this.#service.getFormattingEditsForRange(file, from, to, settings));
  }

  /** "Did you mean …?", as changes. */
  getSpellings(file: string, start: number, end: number, code: number): Fix[] {
    const text = this.#host.turnTo(file);
    if (text === undefined) return [];
    const [from, to] = [text.toCode(start), text.toCode(end)];
    return this.#service
      .getCodeFixesAtPosition(file, from, to, [code], {}, {})
      .filter(
        ({ fixName, changes }) =>
          fixName === 'spelling' && changes.every(({ fileName }) => fileName === file),
      )
      .map(({ description, changes }) => ({
        description,
        changes: text.changesForAuthor(changes.flatMap(({ textChanges }) => textChanges)),
      }));
  }

  /** The fields that a create script puts into the form, as far as their names are written out. */
  getFieldNames(file: string): FieldNames | undefined {
    const text = this.#host.turnTo(file);
    const program = this.#service.getProgram();
    if (text === undefined || program === undefined) return undefined;
    const names = readFieldNames(this.#ts, program, file);
    const fields = names?.fields.map((field) => ({ ...field, span: text.toAuthor(field.span) }));
    return names && fields && { ...names, fields };
  }

  /** The text in which the name of a field belongs, when the offset is in one. */
  getFieldNameAt(file: string, offset: number): FieldNameAt | undefined {
    const text = this.#host.turnTo(file);
    const program = this.#service.getProgram();
    if (text === undefined || program === undefined) return undefined;
    const found = fieldNameAt(this.#ts, program, file, text.toCode(offset));
    return found && { ...found, span: text.toAuthor(found.span) };
  }

  #place(file: string, text: AuthorText, { fileName, textSpan }: FileSpan): FileSpan {
    return { fileName, textSpan: fileName === file ? text.toAuthor(textSpan) : textSpan };
  }
}
