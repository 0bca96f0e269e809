import { Modal } from '@mantine/core';
import { editor } from 'monaco-editor/editor';
import { useEffect, useRef, useState } from 'react';
import type { ReactElement, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { LOOKS } from './options.ts';
import type { LookedAt } from './use-source-view.ts';

interface SourceViewProps {
  readonly file: LookedAt | undefined;
  readonly onClose: () => void;
}

/** A window with the source of the provider's client or with declarations: to read and to search, not to change. */
export function SourceView({ file, onClose }: SourceViewProps): ReactElement {
  const { t } = useTranslation('script');
  const name = file?.model.uri.path.replace(/^.*\//, '') ?? '';
  // The window would give the focus to its closing button; who opens it wants to read and to search.
  const view = useRef<editor.ICodeEditor>(undefined);
  const isClient = file?.model.uri.path.startsWith('/client/') === true;
  return (
    <Modal
      opened={file !== undefined}
      onClose={onClose}
      size="70rem"
      title={isClient ? t('client.title', { name: name.replace(/\.js$/, '') }) : t('declarations', { name })}
      onEnterTransitionEnd={() => view.current?.focus()}
      closeButtonProps={{ 'aria-label': t('client.close') }}
    >
      {file !== undefined && <Source file={file} label={isClient ? t('client.label') : name} view={view} />}
    </Modal>
  );
}

interface SourceProps {
  readonly file: LookedAt;
  readonly label: string;
  readonly view: RefObject<editor.ICodeEditor | undefined>;
}

function Source({ file, label, view: shown }: SourceProps): ReactElement {
  const [container, setContainer] = useState<HTMLDivElement | null>(null);
  useEffect(() => {
    if (container === null) return;
    const view = editor.create(container, {
      ...LOOKS,
      ...{ readOnly: true, domReadOnly: true, ariaLabel: label, model: file.model },
      // Tab has nothing to write here.
      tabFocusMode: true,
    });
    if (file.at !== undefined) {
      view.setSelection(file.at);
      view.revealRangeNearTop(file.at);
    }
    shown.current = view;
    view.focus();
    return () => view.dispose();
  }, [container, file, label, shown]);
  return <div ref={setContainer} className="script-source" />;
}
