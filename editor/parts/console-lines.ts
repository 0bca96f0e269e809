import type { RunLog } from './run-result-run.ts';

/** How much of a console is wanted: everything, or what warns at least. */
export const LEAST_LEVELS = ['all', 'warn', 'error'] as const;
export type LeastLevel = (typeof LEAST_LEVELS)[number];

const SHOWN: Readonly<Record<LeastLevel, readonly RunLog['level'][]>> = {
  all: ['debug', 'log', 'info', 'warn', 'error'],
  warn: ['warn', 'error'],
  error: ['error'],
};

/** The lines of at least this level that have `text` in them, in whatever case. */
export function fittingLines(lines: readonly RunLog[], least: LeastLevel, text: string): RunLog[] {
  const wanted = text.trim().toLowerCase();
  return lines.filter(
    ({ level, message }) => SHOWN[least].includes(level) && message.toLowerCase().includes(wanted),
  );
}

/** Lines as a person pastes them into a message: time, level and words. */
export const linesText = (lines: readonly RunLog[]): string =>
  lines.map(({ at, level, message }) => `${at} ${level} ${message}`).join('\n');
