import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { readSession } from './api/client.ts';
import './app/app.css';
import { Editor } from './app/editor.tsx';
import { startLanguage } from './app/language.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');

// Asked for while everything else gets ready; SessionProvider says it when there is none.
readSession().catch(() => undefined);

createRoot(root).render(
  <StrictMode>
    <Editor words={startLanguage()} />
  </StrictMode>,
);
