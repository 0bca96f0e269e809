import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineThemeOverride } from '@mantine/core';

/** What a hover tells, the keyboard must reach too. */
const HOVER_AND_FOCUS = { hover: true, focus: true, touch: true };

const dialog = (close: string) => ({
  transitionProps: { duration: 120 },
  closeButtonProps: { 'aria-label': close },
  // The page's gutter stays (app.css): what is made up for its loss would move the page.
  removeScrollProps: { removeScrollBar: false },
});

/**
 * The looks of the whole editor. The eighth shade of a colour has white text at 4.5:1, so that filled buttons are readable.
 * @param words what the cross of a dialog is called, and the eye of a password
 */
export const makeTheme = ({
  close,
  showPassword,
}: {
  close: string;
  showPassword: string;
}): MantineThemeOverride =>
  createTheme({
    primaryColor: 'blue',
    primaryShade: { light: 8, dark: 8 },
    defaultRadius: 'sm',
    cursorType: 'pointer',
    respectReducedMotion: true,
    fontFamily:
      'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
    fontFamilyMonospace:
      'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono", "Noto Sans Mono CJK SC", monospace',
    headings: {
      fontWeight: '600',
      sizes: {
        h1: { fontSize: '1.5rem', lineHeight: '1.3' },
        h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      },
    },
    components: {
      Modal: { defaultProps: dialog(close) },
      PasswordInput: {
        defaultProps: { visibilityToggleButtonProps: { 'aria-label': showPassword } },
      },
      Menu: { defaultProps: { transitionProps: { duration: 100 } } },
      Tooltip: {
        defaultProps: { transitionProps: { duration: 100 }, openDelay: 300, events: HOVER_AND_FOCUS },
      },
      Drawer: { defaultProps: dialog(close) },
    },
  });

/** Mantine's quiet greys are too pale for small text (WCAG AA wants 4.5:1). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
  },
});
