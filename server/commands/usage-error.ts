/** The command was called wrongly: one line that names the thing and the fix; the command line exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
