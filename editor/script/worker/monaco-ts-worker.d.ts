// Monaco ships no declarations for its TypeScript worker. These are of 0.57.0, which package.json pins.
declare module 'monaco-editor/languages/features/typescript/ts.worker' {
  import type typescript from 'typescript';

  /** A text as it stands in the page, kept in step by Monaco. */
  interface MirrorModel {
    readonly uri: { toString(): string };
    readonly version: number;
    getValue(): string;
  }
  /** Waits for one more message, then makes the worker and lets the page call its methods. */
  export function initialize(make: (page: { getMirrorModels(): MirrorModel[] }) => object): void;
  /** TypeScript's library by file name, such as `lib.es2024.d.ts`. */
  export const libFileMap: Readonly<Record<string, string>>;
  export const ts: { readonly typescript: typeof typescript };
}
