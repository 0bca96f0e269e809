/**
 * The methods of a provider's client, by its declarations: a one-object interface, `declare const x: XClient`.
 * @returns by name, whether the method answers a promise; empty when the declarations have another form
 */
export function clientMethods(name: string, types: string): ReadonlyMap<string, boolean> {
  const interfaceName = new RegExp(`^declare const ${name}: (\\w+);`, 'm').exec(types)?.[1];
  const body = new RegExp(`^interface ${interfaceName ?? ''} \\{\\n(.*?)^\\}`, 'ms').exec(types)?.[1] ?? '';
  const methods = [...body.matchAll(/^ {2}(\w+)\(/gm)];
  return new Map(
    methods.map(({ 0: head, 1: method = '', index }) => [
      method,
      body.startsWith(': Promise<', endOfParameters(body, index + head.length)),
    ]),
  );
}

/** Behind the parenthesis that closes the one before `from`. */
function endOfParameters(text: string, from: number): number {
  let at = from;
  for (let open = 1; open > 0 && at < text.length; at += 1) {
    if (text.charAt(at) === '(') open += 1;
    else if (text.charAt(at) === ')') open -= 1;
  }
  return at;
}
