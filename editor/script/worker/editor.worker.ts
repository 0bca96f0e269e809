// Monaco's own worker for what needs no language: differences of two texts, links, words.
import 'monaco-editor/editor/editor.worker';
