import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'node_modules/**',
      'data/**',
      'editor/dist*/**',
      'server/sandbox/prelude/vendor.js',
      'docs/examples/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },
  {
    // Text that runs inside the sandbox: tsc checks it with the sandbox's own declarations.
    files: ['scripts/**/*.js', 'server/sandbox/prelude/**/*.js'],
    rules: { 'no-undef': 'off', 'no-unused-vars': ['error', { varsIgnorePattern: '^_' }] },
  },
  { files: ['scripts/*/*.js', 'scripts/*/hub/*.js'], languageOptions: { parser: tseslint.parser } },
  // The parts of a client are one text in the end: a name may be used in another part.
  {
    files: ['scripts/*/client/*.js'],
    languageOptions: { sourceType: 'script' },
    rules: { 'no-unused-vars': ['error', { vars: 'local' }] },
  },
  { files: ['scripts/**/*.d.ts'], rules: { '@typescript-eslint/no-explicit-any': 'off' } },
  // One closure in the end, see server/sandbox/prelude.ts.
  {
    files: ['server/sandbox/prelude/*.js'],
    languageOptions: { sourceType: 'script' },
    rules: { 'no-unused-vars': ['error', { vars: 'local', argsIgnorePattern: '^_' }] },
  },
  {
    files: ['server/*.js', 'eslint.config.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  prettier,
);
