import { Alert, Button, Loader, Stack, Text } from '@mantine/core';
import { Component } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './script-editor.css';

/** Stands where the editor will be, in its size. */
export function Loading(): ReactElement {
  const { t } = useTranslation('script');
  return (
    <div className="script-loading" role="status">
      <Loader size="sm" aria-hidden />
      <Text c="dimmed">{t('loading')}</Text>
    </div>
  );
}

/** Says so when the editor cannot be loaded, such as after an update of the hub: the page around it, and its texts, stay. */
export class LoadFailure extends Component<
  { readonly children: ReactNode },
  { readonly hasFailed: boolean }
> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? <Failure /> : this.props.children;
  }
}

function Failure(): ReactElement {
  const { t } = useTranslation('script');
  return (
    <div className="script-loading">
      <Alert color="red" role="alert">
        <Stack gap="xs" align="flex-start">
          {t('failed')}
          <Button size="xs" variant="default" onClick={() => window.location.reload()}>
            {t('reload')}
          </Button>
        </Stack>
      </Alert>
    </div>
  );
}
