import { editor } from 'monaco-editor/editor';

/** The names of our two themes, by Mantine's colour scheme. */
export const THEMES = { light: 'countersign-light', dark: 'countersign-dark' } as const;

/**
 * Monaco's own themes on Mantine's backgrounds, readable (4.5:1) on the colours of a comparison too. It takes fixed colours only: these are
 * Mantine's white, gray and dark shades.
 */
export function defineThemes(): void {
  editor.defineTheme(THEMES.light, {
    base: 'vs',
    inherit: true,
    rules: [
      { token: 'comment', foreground: '3f5a2e' },
      { token: 'type.identifier', foreground: '006060' },
    ],
    colors: {
      'editor.background': '#ffffff',
      'editorLineNumber.foreground': '#6b7280',
      'editorLineNumber.activeForeground': '#212529',
      'editorGutter.background': '#ffffff',
      // Paler than Monaco's, which make a line that is new as a whole hard to read.
      'diffEditor.insertedLineBackground': '#2b8a3e10',
      'diffEditor.insertedTextBackground': '#2b8a3e1c',
      'diffEditor.removedLineBackground': '#c92a2a0d',
      'diffEditor.removedTextBackground': '#c92a2a18',
    },
  });
  editor.defineTheme(THEMES.dark, {
    base: 'vs-dark',
    inherit: true,
    rules: [
      { token: 'comment', foreground: '8fb573' },
      { token: 'keyword', foreground: '74b3e8' },
    ],
    colors: {
      'editor.background': '#1f1f1f',
      'editorLineNumber.foreground': '#9a9a9a',
      'editorLineNumber.activeForeground': '#e9ecef',
      'editorGutter.background': '#1f1f1f',
      'peekViewEditor.background': '#1a1b1e',
      'peekViewEditorGutter.background': '#1a1b1e',
      'diffEditor.insertedLineBackground': '#40c0570f',
      'diffEditor.insertedTextBackground': '#40c0571c',
      'diffEditor.removedLineBackground': '#fa52520f',
      'diffEditor.removedTextBackground': '#fa52521c',
      'editorWidget.background': '#2e2e2e',
      'editorHoverWidget.background': '#2e2e2e',
      'editorSuggestWidget.background': '#2e2e2e',
    },
  });
}
