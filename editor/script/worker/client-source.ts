import type ts from 'typescript';
import { fileIn } from '../places.ts';
import type { FileSpan } from './author-text.ts';

const PROVIDER = /^file:\/\/\/provider\/(.*)\.d\.ts$/;

/**
 * Where the source of a provider's client defines what its declarations declare, such as `create` of `dingtalk.create`.
 * @returns undefined for what is not of a client, or not a function of that name there
 */
export function inClientSource(
  { fileName, name }: Pick<ts.DefinitionInfo, 'fileName' | 'name'>,
  read: (file: string) => string | undefined,
): FileSpan | undefined {
  const provider = PROVIDER.exec(fileName)?.[1];
  if (provider === undefined) return undefined;
  const client = fileIn('client', `${provider}.js`);
  const source = read(client);
  if (source === undefined) return undefined;
  if (name === provider) return { fileName: client, textSpan: { start: 0, length: 0 } };
  const found = new RegExp(String.raw`^((?:async )?function )${name}\(`, 'm').exec(source);
  if (found === null) return undefined;
  return {
    fileName: client,
    textSpan: { start: found.index + (found[1] ?? '').length, length: name.length },
  };
}
