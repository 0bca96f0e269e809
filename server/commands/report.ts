import { markedLine, printable } from '../contract/convert.ts';
import type { TracedCall } from '../contract/execution.ts';
import type { Execution } from '../executions/run.ts';

/** Script output is somebody else's data: control characters must not drive the terminal. Line ends stay. */
function shown(text: string): string {
  return text.split(/\r?\n/).map(printable).join('\n');
}

const MIB = 1024 * 1024;

/** One line for one HTTP call. */
function callLine(call: TracedCall): string {
  const answer = call.error === undefined ? String(call.status) : `${call.error.code}: ${call.error.message}`;
  const target = call.sentTo === undefined ? '' : ` → ${URL.parse(call.sentTo)?.origin ?? call.sentTo}`;
  return shown(`  ${call.method} ${call.url}${target}  ${answer}  ${call.durationMs} ms`);
}

/** What a person reads beside the result: log, HTTP calls, warnings, the failure with its line marked, time and memory. */
export function report(stage: string, source: string, execution: Execution): string {
  const { ok, error, warnings, logs, http, durationMs, cpuMs, memoryBytes } = execution;
  const parts: string[] = [];
  for (const { level, message } of logs) parts.push(shown(`  ${level.padEnd(5)} ${message}`));
  for (const call of http) parts.push(callLine(call));
  for (const warning of warnings) parts.push(shown(`  warning: ${warning}`));
  if (error !== undefined) {
    const where =
      error.line === null
        ? ''
        : ` (line ${error.line}${error.column === null ? '' : `, column ${error.column}`})`;
    parts.push(shown(`${error.code}${where}: ${error.message}`));
    const { line, column } = error;
    if (line !== null) parts.push(markedLine(source, { line, column: column ?? 1 }).replace(/^/gm, '  '));
    const [, ...frames] = error.stack.split('\n');
    if (frames.length > 1) parts.push(...frames.map(shown));
    for (const sent of error.alreadySent ?? []) parts.push(shown(`  already sent: ${sent}`));
  }
  const calls = http.length === 1 ? '1 call' : `${http.length} calls`;
  const memory = (memoryBytes / MIB).toFixed(1);
  parts.push(
    `${ok ? '✓' : '✗'} ${stage} · ${Math.round(durationMs)} ms · cpu ${Math.round(cpuMs)} ms · ${memory} MiB · ${calls}`,
  );
  return parts.join('\n');
}
