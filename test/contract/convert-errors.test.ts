import { describe, expect, it } from 'vitest';
import { convert, markedLine, ScriptSyntaxError } from '../../server/contract/convert.ts';

function mistakeIn(source: string): ScriptSyntaxError {
  try {
    convert(source);
  } catch (error) {
    if (error instanceof ScriptSyntaxError) return error;
    throw error;
  }
  throw new Error(`This script was accepted: ${source}`);
}

describe('a mistake is told where it is, with what was expected', () => {
  it.each([
    // brackets
    [
      'fromField.add(new JSONObject().put("a", 1)\nuse()',
      '2:1',
      'Unexpected "use": the "(" opened at 1:14 is not closed',
    ],
    ['if (a) {\n  use(\n}', '3:1', 'Unexpected "}": the "(" opened at 2:6 is not closed'],
    ['if (a) {\n  use()\n\n', '2:8', 'The script ends too early: the "{" opened at 1:8 is not closed'],
    ['for (int i = 0; i < 3; i++ {}', '1:28', 'Unexpected "{": the "(" opened at 1:5 is not closed'],
    ['String x = (a;', '1:14', 'Unexpected ";": the "(" opened at 1:12 is not closed'],
    ['use())', '1:6', 'Unexpected ")": nothing is open that it could close'],
    ['if a > 1 {}', '1:4', 'Unexpected "a": "(" is missing after "if"'],
    // commas, operators, values
    ['use("a" b)', '1:9', 'Unexpected "b" after text "a": "," or an operator is missing between them'],
    ['x = {a: 1\n  b: 2}', '2:3', 'Unexpected "b": "," is missing before it'],
    ['x = {a: 1;}', '1:10', 'Unexpected ";": in an object "," stands between the keys'],
    ['x = {a: 1, "b"}', '1:15', 'Unexpected "}": in an object ":" and a value follow each key'],
    ['x = {a = 1}', '1:8', 'In an object a key and its value are joined by ":", not by "="'],
    ['String x = "a" + ;', '1:18', 'Unexpected ";": something is missing between "+" and it'],
    ['x = 1 +', '1:8', 'The script ends too early: something must follow "+"'],
    ['if (f() = 3) {}', '1:5', 'This cannot be assigned to: to compare, write === instead of ='],
    ['const x;', '1:8', 'The constant "x" needs a value: write "=" and the value after it'],
    [
      '{ "a": 1 }',
      '1:6',
      'this { starts a block; for an object, write it after return, = or ( on the same line',
    ],
    // texts, templates, comments, patterns
    ['use("abc)\nuse()', '1:5', 'The text that starts here has no closing "'],
    ['use("abc”)', '1:5', 'The text that starts here has no closing ": the ” in this line does not close it'],
    [
      'String t = """\na\n"""',
      '1:14',
      'Java\'s """ texts are not read here: write the text between two backquotes `',
    ],
    ['use(`a ${b} c)', '1:5', 'The template that starts here has no closing backquote `'],
    ['use()\n/* rest', '2:1', 'The comment that starts here is not closed: "*/" is missing'],
    ['x = /abc', '1:5', 'The regular expression that starts here has no closing "/"'],
    ['x = /a(/', '1:5', 'This is not a valid regular expression: unterminated group'],
    ['path = "C:\\users"', '1:13', 'This escape is not complete: \\u wants four hexadecimal digits'],
    // characters of other keyboards
    ['use("a"，1)', '1:8', 'Unexpected character ， (U+FF0C): type the ASCII character , instead'],
    ['use（1）', '1:4', 'Unexpected character （ (U+FF08): type the ASCII character ( instead'],
    ['int n = 1；', '1:10', 'Unexpected character ； (U+FF1B): type the ASCII character ; instead'],
    ['use(“a”)', '1:5', 'Unexpected character “ (U+201C): type the ASCII character " instead'],
    ['x =\u200b 1', '1:4', 'An invisible character (U+200B) stands here: delete it'],
    ['# a comment', '1:1', 'Unexpected "#": a comment starts with // here'],
    // words
    ['Return x', '1:1', '"Return" means nothing here: is it meant to be "return"?'],
    ['retrun x', '1:1', '"retrun" means nothing here: is it meant to be "return"?'],
    ['string s = "a"', '1:1', '"string" means nothing here: is it meant to be "let"?'],
    [
      'list.forEach(x -> { await use(x) })',
      '1:21',
      '"await" works only in an async function: write "async" before the function',
    ],
    ['String await = "a"', '1:8', '"await" cannot be a name here: it waits for the value that follows it'],
    ['String class = "a"', '1:8', '"class" is a word of the language: choose another name'],
    ['public String x = "a"', '1:1', '"public" is Java\'s and has no meaning here: leave it out'],
    ['String a = "";\nString a = ""', '2:8', '"a" is already declared at 1:8: use another name'],
    [
      'import x from "y"',
      '1:1',
      'A stage script is one text and cannot import another: paste the code you need instead',
    ],
    ['import java.util.List;\nint a = 1', '1:1', 'Java imports are not needed: leave this line out'],
    ['export default 1', '1:1', 'A stage script exports nothing: leave "export" out and return the result'],
    ['with (a) { b }', '1:1', '"with" does not exist in a stage script (strict mode)'],
    ['use()\nbreak', '2:1', '"break" stands outside the loop or switch it could end'],
    ['try { use() }', '1:1', 'This "try" has neither a "catch" nor a "finally" block'],
    ['a; else b', '1:4', 'Unexpected "else": no "if" ends right before it'],
    // numbers
    ['int n = 017', '1:9', '017 starts with 0: write 17, or 0o in front for an octal number'],
    ['x = 12ab', '1:7', 'a name cannot start with a digit'],
    [
      'long n = 9007199254740993L',
      '1:10',
      'A JavaScript number cannot hold this number exactly: write it as a text in quotes',
    ],
    // Java that has no counterpart
    [
      'String f(String a) { return a }',
      '1:1',
      '"String f(" would begin a Java method: write function name(parameters) { … } here',
    ],
    ['void f() {}', '1:1', '"void f(" would begin a Java method: write function name(parameters) { … } here'],
    ['void f(int a)\n{}', '1:1', '"void f(" would begin a Java method'],
    [
      'switch (a) { case "x", B.C -> use() }',
      '1:28',
      'Java\'s "case … ->" is not read here: write "case value:", and "break;" at its end',
    ],
    ['switch (a) { default -> use() }', '1:22', 'Java\'s "case … ->" is not read here'],
    ['String x "a"', '1:10', 'After "String x" a "=" with a value, "," or ";" is missing'],
    ['for (x : list) {}', '1:8', 'Unexpected ":": to go through a list write for (const item of list)'],
    [
      'char c = (char) 65',
      '1:10',
      'A (char) cast has no counterpart here: write String.fromCharCode(number)',
    ],
    [
      'int[][] a = new int[2][3]',
      '1:13',
      'An array of arrays cannot be made by sizes here: fill it in a loop',
    ],
    ['@Override\nint a = 1', '1:1', 'Java annotations are not read here, leave them out'],
    ['for (int i = 0 : xs) {}', '1:6', 'for-of loop variable declaration may not have an initializer'],
  ])('%j', (source, place, message) => {
    const mistake = mistakeIn(source);
    expect(`${mistake.line}:${mistake.column}`).toBe(place);
    expect(mistake.message).toContain(message);
  });

  it('names the real place when the forms before it have changed their length', () => {
    expect(mistakeIn('for (A a:b) { long n = (long) a }\nuse(1 2)')).toMatchObject({ line: 2, column: 7 });
  });

  it('calls hopeless nesting by its name', () => {
    for (const opener of ['(', '[', '{', '`${', 'f(', '!', 'a?', 'String s = (A<B>) (', 'int[] a = {{']) {
      expect(mistakeIn(`int x = 1;${opener.repeat(100_000)}`)).toMatchObject({ line: 1 });
    }
    expect(mistakeIn('('.repeat(100_000)).message).toContain('nested too deeply');
  });

  it('does not repeat names of any length', () => {
    const name = 'a'.repeat(50_000);
    expect(mistakeIn(`let ${name}; let ${name}`).message.length).toBeLessThan(400);
    expect(mistakeIn(`${name} ${name}`).message.length).toBeLessThan(400);
  });
});

describe('the marked line of a terminal', () => {
  it('puts the marker under the column, also behind tabs and Chinese text', () => {
    expect(markedLine('a\n  use(“x”)', { line: 2, column: 7 })).toBe('2 |   use(“x”)\n  |       ^');
    expect(markedLine('\tuse(1 2)', { line: 1, column: 8 })).toBe('1 | \tuse(1 2)\n  | \t      ^');
    expect(markedLine('审批(1 2)', { line: 1, column: 6 })).toBe('1 | 审批(1 2)\n  |        ^');
  });

  it('cuts a long line around the column', () => {
    const [text = '', marker = ''] = markedLine(`${'a'.repeat(5000)}!${'b'.repeat(5000)}`, {
      line: 1,
      column: 5001,
    }).split('\n');
    expect(text.length).toBeLessThan(120);
    expect(text[marker.indexOf('^')]).toBe('!');
  });

  it('passes no control character of the script on to the terminal', () => {
    expect(markedLine('a \u001b[2J\u202e b', { line: 1, column: 1 })).toBe(
      '1 | a \u{FFFD}[2J\u{FFFD} b\n  | ^',
    );
  });
});
