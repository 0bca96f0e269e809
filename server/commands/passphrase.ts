import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UsageError } from './usage-error.ts';

/** It guards every channel's secrets, offline. */
const SHORTEST = 12;

/**
 * The passphrase of an export: COUNTERSIGN_PASSPHRASE, else asked from the terminal without showing it.
 * @param given of the settings
 * @param options.isNew asks twice, and wants a long one
 * @throws UsageError when there is no terminal to ask, it is too short, or the two differ
 */
export async function readPassphrase(
  given: string | undefined,
  { isNew }: { isNew: boolean },
): Promise<string> {
  const passphrase = given ?? (await ask('Passphrase: '));
  if (isNew && passphrase.length < SHORTEST)
    throw new UsageError(
      `The passphrase must have at least ${SHORTEST} characters: it guards every secret in the file.`,
    );
  if (isNew && given === undefined && (await ask('The same again: ')) !== passphrase)
    throw new UsageError('The two passphrases differ: nothing was written.');
  return passphrase;
}

async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new UsageError('There is no terminal to ask for the passphrase: set COUNTERSIGN_PASSPHRASE.');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  // A terminal's line editor, whose echo goes nowhere.
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  // Only now, with the terminal's own echo off.
  process.stderr.write(question);
  const cancelled = new Promise<never>((_resolve, reject) => {
    const refuse = (): void => reject(new UsageError('No passphrase was given.'));
    lines.once('SIGINT', refuse).once('close', refuse);
  });
  try {
    return await Promise.race([lines.question(''), cancelled]);
  } finally {
    cancelled.catch(() => undefined);
    lines.close();
    process.stderr.write('\n');
  }
}
