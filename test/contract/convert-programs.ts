import fc, { type Arbitrary } from 'fast-check';

/** Makes async functions of texts, as the sandbox does. */
export const AsyncFunction = (async (): Promise<void> => await Promise.resolve()).constructor as new (
  ...parametersAndBody: string[]
) => (...values: unknown[]) => Promise<unknown>;

/** One program twice: as an author of Java-flavoured scripts writes it, and in plain JavaScript. */
export interface Program {
  readonly java: string;
  readonly javascript: string;
}

/** Names in scope while a program is put together; `fresh` makes one that nothing else has. */
interface Scope {
  readonly texts: readonly string[];
  readonly numbers: readonly string[];
  readonly fresh: () => string;
}

type Render = (scope: Scope) => Program;

const same = (text: string): Program => ({ java: text, javascript: text });
const either = (java: string, javascript: string): Program => ({ java, javascript });

/** Joins pieces of both renderings; a plain string stands in both. */
function join(...pieces: (string | Program)[]): Program {
  const programs = pieces.map((piece) => (typeof piece === 'string' ? same(piece) : piece));
  return either(
    programs.map((piece) => piece.java).join(''),
    programs.map((piece) => piece.javascript).join(''),
  );
}

/** White space and comments that may stand between any two tokens of one line, or of several. */
const gap = fc.constantFrom(' ', '  ', '\t', ' /* String x = 1; */ ');
const wideGap = fc.oneof(gap, fc.constantFrom('\n', ' // int i = 0;\n', '\r\n  '));

const pick = (names: readonly string[], index: number, otherwise: string): string =>
  names[index % names.length] ?? otherwise;

const textLiteral = fc
  .constantFrom(
    'a',
    'int i = 1;',
    'for (A a : b)',
    '(String) x',
    '审批',
    "it\\'s",
    '1L',
    '`',
    '//',
    '${x}',
    '\\\\',
  )
  .chain((text) => fc.constantFrom(`"${text}"`, `'${text}'`));

const integer = fc.integer({ min: 0, max: 99 });
const suffixed = fc
  .tuple(integer, fc.constantFrom('', 'L', 'l', 'f', 'D', '.5f', '.25d', '.5'))
  .map(([whole, suffix]): Program => either(`${whole}${suffix}`, `${whole}${suffix.replace(/[a-z]/i, '')}`));

const reference = fc.nat(20);
const anyType = fc.constantFrom('String', 'Object', 'java.lang.String', 'T');
const generic = fc
  .tuple(
    fc.constantFrom('List', 'java.util.List', 'Map.Entry'),
    fc.constantFrom('', 'String', '? extends T', 'A, B', 'Map<K, List<V[]>>'),
    wideGap,
  )
  .map(([name, inner, space]) => (inner === '' ? name : `${name}<${inner.replaceAll(' ', space)}${space}>`));

const { text, number } = fc.letrec<{ text: Render; number: Render }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    textLiteral.map(
      (literal): Render =>
        () =>
          same(literal),
    ),
    reference.map(
      (index): Render =>
        ({ texts }) =>
          same(pick(texts, index, '"none"')),
    ),
    fc.tuple(tie('text'), tie('number'), gap).map(
      ([a, b, space]): Render =>
        (s) =>
          join(a(s), `${space}+ (`, b(s), ')'),
    ),
    fc.tuple(fc.oneof(anyType, generic), tie('text'), gap).map(([type, a, space]): Render => (s) => {
      return join(either(`(${type})${space}`, ''), '("" + ', a(s), ')');
    }),
    fc.tuple(tie('number'), tie('text'), tie('text')).map(
      ([n, a, b]): Render =>
        (s) =>
          join('(', n(s), ' < 9 ? ', a(s), ' : ', b(s), ')'),
    ),
    tie('text').map(
      (a): Render =>
        (s) =>
          join('`<${', a(s), '}> String x = 1L`'),
    ),
    tie('text').map(
      (a): Render =>
        (s) =>
          join('(', a(s), ').replace(/[/(int) x"]|1L/g, "")'),
    ),
  ),
  number: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    suffixed.map(
      (literal): Render =>
        () =>
          literal,
    ),
    reference.map(
      (index): Render =>
        ({ numbers }) =>
          same(pick(numbers, index, '7')),
    ),
    fc.tuple(tie('number'), fc.constantFrom('+', '-', '*', '/ 2 *'), tie('number')).map(
      ([a, sign, b]): Render =>
        (s) =>
          join(a(s), ` ${sign} `, b(s)),
    ),
    fc
      .tuple(fc.constantFrom('int', 'long'), wideGap, tie('number'))
      .map(([type, space, a]): Render => (s) => {
        return join(either(`(${type})${space}(`, 'Math.trunc('), a(s), ')');
      }),
    fc
      .tuple(fc.constantFrom('double', 'Integer', 'java.lang.Long'), tie('number'))
      .map(([type, a]): Render => (s) => {
        return join(either(`(${type}) `, ''), 'Math.abs(', a(s), ')');
      }),
    tie('text').map(
      (a): Render =>
        (s) =>
          join('(', a(s), ').length'),
    ),
    fc.tuple(tie('number'), gap).map(([a, space]): Render => (s) => {
      const name = s.fresh();
      return join(`(`, either(`${name}${space}->${space}`, `${name} => `), `${name} + `, a(s), ')(1)');
    }),
  ),
}));

/** A statement, and the names that the statements after it may use. */
type Statement = (scope: Scope) => { program: Program; scope: Scope };

const declaration: Arbitrary<Statement> = fc
  .tuple(fc.boolean(), fc.boolean(), anyType, fc.oneof(generic), fc.boolean(), text, number, gap)
  .map(([isText, isFinal, plain, typed, isGeneric, a, n, space]) => (scope) => {
    const name = scope.fresh();
    const type = isText ? (isGeneric ? typed : plain) : isGeneric ? 'int' : 'double';
    const head = either(`${isFinal ? `final${space}` : ''}${type}${space}${name}`, `let ${name}`);
    const program = join(head, ' = ', (isText ? a : n)(scope), ';');
    const added = isText ? { texts: [...scope.texts, name] } : { numbers: [...scope.numbers, name] };
    return { program, scope: { ...scope, ...added } };
  });

const twoNumbers: Arbitrary<Statement> = fc
  .tuple(number, fc.constantFrom('', '[]'))
  .map(([n, brackets]) => (scope) => {
    const [late, name] = [scope.fresh(), scope.fresh()];
    const value = brackets === '' ? n(scope) : join(either('{', '['), n(scope), either(',}', ']'));
    const program = join(
      either('long ', 'let '),
      late,
      ', ',
      either(name + brackets, name),
      ' = ',
      value,
      `; ${late} = 1; out.push(${name})`,
    );
    return { program, scope: { ...scope, numbers: [...scope.numbers, late] } };
  });

const output: Arbitrary<Statement> = fc.tuple(text, number).map(([a, n]) => (scope) => {
  return { program: join('out.push(', a(scope), ', ', n(scope), ')'), scope };
});

const list = fc
  .tuple(fc.array(text, { maxLength: 3 }), fc.boolean(), wideGap)
  .map(([items, isNew, space]): Render => (s) => {
    const inner = join(...items.flatMap((item, i) => (i === 0 ? [item(s)] : [', ', item(s)])));
    return isNew
      ? join(either(`new String[]${space}{`, '['), inner, either('}', ']'))
      : join('[', inner, ']');
  });

const statement: Arbitrary<Statement> = fc.letrec<{ statement: Statement }>((tie) => {
  const block = fc.array(tie('statement'), { maxLength: 3 }).map(
    (parts): Render =>
      (scope) =>
        sequence(parts, scope),
  );
  return {
    statement: fc.oneof(
      { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
      output,
      declaration,
      twoNumbers,
      fc
        .tuple(
          list,
          block,
          fc.constantFrom('String', 'final T', 'Map.Entry<K, V>', 'var'),
          fc.constantFrom(':', ' : ', '  :\n'),
        )
        .map(([items, body, type, colon]): Statement => (scope) => {
          const name = scope.fresh();
          const inside = { ...scope, texts: [...scope.texts, name] };
          return {
            program: join(
              'for (',
              either(`${type} ${name}${colon}`, `const ${name} of `),
              items(scope),
              ') {\n',
              body(inside),
              '\n}',
            ),
            scope,
          };
        }),
      fc.tuple(integer, block).map(([times, body]): Statement => (scope) => {
        const name = scope.fresh();
        const inside = { ...scope, numbers: [...scope.numbers, name] };
        const head = `${name} = 0; ${name} < ${times % 3}; ${name}++) {`;
        return { program: join('for (', either('int ', 'let '), head, body(inside), '}'), scope };
      }),
      fc
        .tuple(block, text, fc.constantFrom('Exception', 'final Error', 'A | java.b.C'))
        .map(([body, thrown, type]): Statement => (scope) => {
          const name = scope.fresh();
          const handler = join(
            'throw ',
            thrown(scope),
            '} catch (',
            either(`${type} ${name}`, name),
            ') { out.push(',
            name,
            ') }',
          );
          return { program: join('try {\n', body(scope), '\n', handler), scope };
        }),
      fc.tuple(number, block, block).map(([n, yes, no]): Statement => (scope) => {
        return { program: join('if (', n(scope), ' > 5) {', yes(scope), '} else {', no(scope), '}'), scope };
      }),
    ),
  };
}).statement;

function sequence(parts: readonly Statement[], start: Scope): Program {
  let scope = start;
  const programs: (Program | string)[] = [];
  for (const part of parts) {
    const next = part(scope);
    programs.push(next.program, '\n');
    scope = next.scope;
  }
  return join(...programs);
}

/**
 * Programs that push what they compute to `out`; every name in them begins with `v` and a digit. The first line is Java for sure: a text that is
 * JavaScript all through is not converted, and `(List) (x)` alone is a call.
 */
export const programs: Arbitrary<Program> = fc
  .array(statement, { minLength: 1, maxLength: 6 })
  .map((parts) => {
    let count = 0;
    const rest = sequence(parts, { texts: [], numbers: ['v0'], fresh: () => `v${++count}` });
    return join(either('int', 'let'), ' v0 = 1;\n', rest);
  });

/** Texts that are mostly wrong, made of pieces that matter to the reader of a script. */
export const wreckage: Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'{ } ( ) [ ] ` ${ " \' / // /* */ ; , = => -> < > ? : . ... ++ - --> <!-- \\ #x @ ， \u2028 \r\n \n'.split(
          ' ',
        ),
        ...'String|int |final |List<String> |Map<A, B> |(int) |(String) |(A a, B b) -> |new int[]{1}|new int[3]|1L|1.5f|x|y|z -> '.split(
          '|',
        ),
        ...'for (A a : b) |catch (E e) |let |const |var |async |await |function |class A |yield |return |new |super|import |if (a) |else |try |in |of '.split(
          '|',
        ),
      ),
      fc.string({ maxLength: 3, unit: 'binary' }),
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(''));
