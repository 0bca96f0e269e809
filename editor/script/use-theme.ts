import { useComputedColorScheme } from '@mantine/core';
import { editor } from 'monaco-editor/editor';
import { useEffect } from 'react';
import { THEMES } from './themes.ts';

/**
 * Has Monaco follow Mantine's colour scheme.
 * @param isSetUp whether our themes are defined: nothing is done before
 */
export function useTheme(isSetUp: boolean): void {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  useEffect(() => {
    if (isSetUp) editor.setTheme(THEMES[scheme]);
  }, [isSetUp, scheme]);
}
