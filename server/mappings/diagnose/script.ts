import type { Diagnostic, FormField } from '../../contract/mapping.ts';
import type { Stage } from '../../contract/stage.ts';
import type { Provider } from '../../providers/provider.ts';
import type { Node, Tree } from './tree.ts';
import type { Variables } from './variables.ts';

/** What a diagnosis goes by, beside the text. */
export interface Known {
  readonly stage: Stage;
  readonly provider: Provider;
  /** The provider's own form; undefined when it was never read. */
  readonly form: readonly FormField[] | undefined;
  /** Ids that may look like keys and are none, such as the approval definition's. */
  readonly ids: readonly string[];
  readonly appSecret: string;
  readonly otherSecrets: readonly string[];
}

/** A script that could be read. */
export interface Script extends Known {
  readonly tree: Tree;
  readonly variables: Variables;
  /** The methods of the provider's client, and whether each answers a promise. */
  readonly methods: ReadonlyMap<string, boolean>;
}

/** One thing to say about a script. Pure; silent where it cannot be sure. */
export type Check = (script: Script) => Diagnostic[];

/** A remark at the place of a node. */
export const remark = (
  tree: Tree,
  node: Node,
  severity: Diagnostic['severity'],
  message: string,
): Diagnostic => ({ ...tree.place(node), severity, message });
