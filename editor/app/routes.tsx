import { createBrowserRouter, Navigate } from 'react-router';
import type { RouteObject } from 'react-router';
import { useMay } from './session.tsx';
import { CrashPage } from './crash-page.tsx';
import { Frame } from './frame.tsx';
import { MissingPage } from './missing-page.tsx';

/** What an import of a page module gives. */
interface PageModule {
  readonly default: React.ComponentType;
}

/** A route whose page is loaded when somebody first goes there. */
const page = (path: string, load: () => Promise<PageModule>): RouteObject => ({
  path,
  errorElement: <CrashPage />,
  lazy: async () => ({ Component: (await load()).default }),
});

/** `/settings` itself: the first of its pages that the person may see. */
function SettingsStart() {
  return <Navigate to={useMay('admin') ? '/settings/users' : '/settings/account'} replace />;
}

/** All pages of the editor; each has its own chunk. */
export const makeRouter = () =>
  createBrowserRouter([
    {
      path: '/',
      element: <Frame />,
      errorElement: <CrashPage whole />,
      // Nothing is shown until the first page is there: it comes with the frame.
      hydrateFallbackElement: <></>,
      children: [
        page('/', () => import('../home/home-page.tsx')),
        page('/mappings', () => import('../mappings/mappings-page.tsx')),
        page('/mappings/new', () => import('../mappings/new-mapping-page.tsx')),
        page('/mappings/:id', () => import('../mappings/mapping-page.tsx')),
        page('/mappings/:id/compare', () => import('../mappings/compare-page.tsx')),
        page('/mappings/:id/versions', () => import('../mappings/versions-page.tsx')),
        page('/tasks', () => import('../tasks/tasks-page.tsx')),
        page('/tasks/:taskId', () => import('../tasks/task-page.tsx')),
        page('/executions', () => import('../executions/executions-page.tsx')),
        page('/executions/:id', () => import('../executions/execution-page.tsx')),
        page('/events', () => import('../events/events-page.tsx')),
        page('/events/:id', () => import('../events/event-page.tsx')),
        page('/channels', () => import('../channels/channels-page.tsx')),
        page('/channels/new', () => import('../channels/new-channel-page.tsx')),
        page('/channels/:id', () => import('../channels/channel-page.tsx')),
        page('/bindings', () => import('../bindings/bindings-page.tsx')),
        { path: '/settings', element: <SettingsStart /> },
        page('/settings/users', () => import('../settings/users-page.tsx')),
        page('/settings/tokens', () => import('../settings/tokens-page.tsx')),
        page('/settings/audit', () => import('../settings/audit-page.tsx')),
        page('/settings/account', () => import('../settings/account-page.tsx')),
        { path: '*', element: <MissingPage /> },
      ],
    },
  ]);
