import { role, ROLES } from '../contract/role.ts';
import { withHub } from './open-hub.ts';
import type { Output } from './run-stage.ts';
import { UsageError } from './usage-error.ts';

/**
 * `countersign token create --role <role> --name <name>`: prints a new API token to stdout, once; what it is, to stderr.
 * @throws UsageError
 */
export async function tokenCreateCommand(
  options: { role: string; name: string },
  output: Output,
): Promise<0> {
  const wanted = role.safeParse(options.role);
  if (!wanted.success) throw new UsageError(`--role ${options.role}: must be one of ${ROLES.join(', ')}.`);
  const name = options.name.trim();
  if (name === '' || name.length > 200 || name.includes('\0'))
    throw new UsageError('--name: give the token a name of 1 to 200 characters, such as who will use it.');
  const { token } = await withHub((control) => control.createToken({ name, role: wanted.data }));
  output.err(`API token "${name}" (${wanted.data}). It is not shown again:\n`);
  output.out(`${token}\n`);
  return 0;
}
