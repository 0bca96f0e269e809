import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { STAGES, type Stage } from '../../server/contract/stage.ts';
import { loadProvider, providerNames, QUESTIONS } from '../../server/providers/provider.ts';

/** Type checks the default scripts as they run: `node test/scripts/typecheck.ts`, or checkScripts() in a test. */

export interface ScriptProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A text that is the body of a function. `head` makes a file of it, on one line, so that lines are off by one. */
interface Body {
  readonly file: string;
  readonly head: string;
  readonly text: string;
  readonly stage?: Stage;
}

const scriptsFolder = fileURLToPath(new URL('../../scripts', import.meta.url));

/** The problems in scripts/: declarations, drift from server/contract, clients, default stages, the hub's questions. None is good. */
export function checkScripts(): ScriptProblem[] {
  return check(providerNames().flatMap(bodies), true);
}

/** The problems of one stage script of an author's own. */
export function checkStage(provider: string, stage: Stage, text: string): ScriptProblem[] {
  return check([stageBody(provider, stage, text)], false);
}

function bodies(provider: string): Body[] {
  const { client, stages, questions } = loadProvider(provider);
  const type = `${provider.charAt(0).toUpperCase()}${provider.slice(1)}Client`;
  return [
    {
      file: `${provider}/client.body.js`,
      head: `/** @returns {${type}} */ export function client() {`,
      text: client,
    },
    ...STAGES.map((stage) => stageBody(provider, stage, stages[stage])),
    ...QUESTIONS.map((question) => ({
      file: `${provider}/hub/${question}.body.js`,
      head: '/** @param {string} QUESTION @returns {Promise<object>} */ export async function ask(QUESTION) {',
      text: questions[question],
    })),
  ];
}

function stageBody(provider: string, stage: Stage, text: string): Body {
  const head = `/** @returns {Promise<StageResults['${stage}'] | void>} */ export async function stage() {`;
  return { file: `${provider}/${stage}.body.js`, head, text, stage };
}

/** Files that do not change between two checks: TypeScript's library, declarations. */
const unchanging = new Map<string, ts.SourceFile | undefined>();

function check(texts: readonly Body[], filesToo: boolean): ScriptProblem[] {
  const { options, fileNames } = configuration();
  const virtual = new Map(texts.map((body) => [resolve(scriptsFolder, body.file), body]));
  const program = ts.createProgram([...fileNames, ...virtual.keys()], options, hostWith(virtual, options));
  const names = new StageNames(program);
  const files = program
    .getSourceFiles()
    .filter(({ fileName }) => virtual.has(fileName) || fileNames.includes(fileName));
  return files
    .filter(({ fileName }) => filesToo || virtual.has(fileName))
    .flatMap((file) => {
      const stage = virtual.get(file.fileName)?.stage;
      const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
      return [...diagnostics, ...(stage === undefined ? [] : names.misused(file, stage))];
    })
    .map((diagnostic) => problem(diagnostic, virtual));
}

function hostWith(virtual: ReadonlyMap<string, Body>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options, true);
  const disk = { fileExists: host.fileExists.bind(host), getSourceFile: host.getSourceFile.bind(host) };
  host.fileExists = (path) => virtual.has(path) || disk.fileExists(path);
  host.getSourceFile = (path, language) => {
    const body = virtual.get(path);
    if (body !== undefined) return ts.createSourceFile(path, `${body.head}\n${body.text}\n}`, language, true);
    if (!unchanging.has(path)) unchanging.set(path, disk.getSourceFile(path, language));
    return unchanging.get(path);
  };
  return host;
}

function configuration(): { options: ts.CompilerOptions; fileNames: string[] } {
  const path = resolve(scriptsFolder, 'tsconfig.json');
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, dirname(path));
}

/** stage.d.ts declares the names of all stages at once, and says in StageNames which stage has which. */
class StageNames {
  readonly #checker: ts.TypeChecker;
  readonly #declarations: ts.SourceFile;

  constructor(program: ts.Program) {
    this.#checker = program.getTypeChecker();
    const file = program.getSourceFile(resolve(scriptsFolder, 'stage.d.ts'));
    if (file === undefined) throw new Error('scripts/stage.d.ts is not part of scripts/tsconfig.json');
    this.#declarations = file;
  }

  /** Uses of a name that another stage has. */
  misused(file: ts.SourceFile, stage: Stage): Pick<ts.Diagnostic, 'file' | 'start' | 'messageText'>[] {
    const own = this.#namesOf(stage);
    const found: Pick<ts.Diagnostic, 'file' | 'start' | 'messageText'>[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && this.#isStageVariable(node) && !own.includes(node.text)) {
        const messageText = `${node.text} is not in scope in the ${stage} stage, which has ${own.join(', ')}.`;
        found.push({ file, start: node.getStart(), messageText });
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  }

  #isStageVariable(node: ts.Identifier): boolean {
    const declaration = this.#checker.getSymbolAtLocation(node)?.valueDeclaration;
    return (
      declaration !== undefined &&
      ts.isVariableDeclaration(declaration) &&
      declaration.getSourceFile() === this.#declarations
    );
  }

  #namesOf(stage: Stage): string[] {
    const names = this.#declarations.statements
      .filter(ts.isInterfaceDeclaration)
      .find((declaration) => declaration.name.text === 'StageNames');
    const member = names?.members.find((each) => each.name?.getText() === stage);
    if (member === undefined) throw new Error(`scripts/stage.d.ts: StageNames has no ${stage}`);
    const type = this.#checker.getTypeAtLocation(member);
    return (type.isUnion() ? type.types : [type])
      .filter((each) => each.isStringLiteral())
      .map((each) => each.value);
  }
}

function problem(
  diagnostic: Pick<ts.Diagnostic, 'file' | 'start' | 'messageText'>,
  virtual: ReadonlyMap<string, Body>,
): ScriptProblem {
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
  if (diagnostic.file === undefined) return { file: 'tsconfig.json', line: 1, column: 1, message };
  const at = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
  const body = virtual.get(diagnostic.file.fileName);
  const column = at.character + 1;
  if (body === undefined) {
    return { file: relative(scriptsFolder, diagnostic.file.fileName), line: at.line + 1, column, message };
  }
  return { ...authorPlace(body, at.line), column, message };
}

/** The file and line (from 1) of a line of a wrapped text; a client's text names its files by header lines. */
function authorPlace(body: Body, line: number): { file: string; line: number } {
  const lines = body.text.split('\n').slice(0, line);
  const header = lines.findLastIndex((each) => each.startsWith('// ---- '));
  if (header === -1) return { file: body.file.replace('.body.js', '.js'), line };
  const file = /^\/\/ ---- (.*) ----$/.exec(lines[header] ?? '')?.[1] ?? '';
  return { file: `${dirname(body.file)}/${file}`, line: line - header - 2 };
}

if (import.meta.main) {
  const problems = checkScripts();
  for (const { file, line, column, message } of problems) {
    console.error(`scripts/${file}:${line}:${column} ${message}`);
  }
  process.exitCode = problems.length > 0 ? 1 : 0;
}
