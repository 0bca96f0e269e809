import type { editor } from 'monaco-editor/editor';

/** How every text is shown, to write in and to look at. */
export const LOOKS = {
  fontFamily:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono", "Noto Sans Mono CJK SC", "PingFang SC", "Microsoft YaHei", monospace',
  fontSize: 13,
  lineHeight: 20,
  automaticLayout: true,
  minimap: { enabled: false },
  wordWrap: 'on',
  wrappingIndent: 'indent',
  scrollBeyondLastLine: false,
  renderLineHighlight: 'line',
  // Dimmed, the number of the empty last line is too pale to read.
  renderFinalNewline: 'on',
  padding: { top: 8, bottom: 8 },
  stickyScroll: { enabled: false },
  smoothScrolling: false,
  fixedOverflowWidgets: true,
  // Chinese punctuation in texts and comments is what its author meant.
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true },
  accessibilitySupport: 'auto',
  // In a shadow root the context menu would have none of the theme's colours.
  useShadowDOM: false,
} as const satisfies editor.IEditorOptions;

/** How a script is written. */
export const WRITING = {
  ...LOOKS,
  glyphMargin: true,
  // Scripts of a thousand lines are rare, and the room is the script's.
  lineNumbersMinChars: 3,
  tabSize: 2,
  bracketPairColorization: { enabled: true },
  // Monaco's horizontal guides look like the line under a mistake.
  guides: { bracketPairs: 'active', bracketPairsHorizontal: false, indentation: true },
  folding: true,
  wordBasedSuggestions: 'off',
  quickSuggestions: { other: true, comments: false, strings: true },
  suggest: { showWords: false, showStatusBar: true },
  renderValidationDecorations: 'on',
} as const satisfies editor.IStandaloneEditorConstructionOptions;
