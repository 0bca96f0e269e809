/** A duration as people read it: "81 ms", "1.2 s", "20 s". @param ms not negative */
export function durationText(ms: number): string {
  if (ms < 1) return '<1 ms';
  if (ms < 1_000) return `${String(Math.round(ms))} ms`;
  const seconds = ms / 1_000;
  return `${seconds < 10 ? seconds.toFixed(1) : String(Math.round(seconds))} s`;
}
