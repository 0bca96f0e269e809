import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { readSession } from './api/client.ts';
import './app/app.css';
import { Editor } from './app/editor.tsx';
import { startLanguage } from './app/language.ts';
import './app/print.css';
import { printLight } from './app/print.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');

printLight();
// Asked for while everything else gets ready; SessionProvider says it when there is none.
readSession().catch(() => undefined);

try {
  const words = await startLanguage();
  createRoot(root).render(
    <StrictMode>
      <Editor words={words} />
    </StrictMode>,
  );
} catch (error) {
  // No texts came, in whatever language: the hub is away, or was updated just now.
  root.textContent =
    'Countersign could not be loaded: load the page anew in a moment. · Countersign 未能加载，请稍后刷新页面。';
  root.role = 'alert';
  throw error;
} finally {
  // What index.html says until then.
  document.getElementById('first')?.remove();
}
