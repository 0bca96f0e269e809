import type { StageChannel } from '../../server/executions/run.ts';

/** The app that the simulator knows from its start; without a base URL calls would go to the provider itself. */
export const DEMO_CHANNEL: StageChannel = {
  appId: 'ding-demo',
  appSecret: 'demo-secret',
  corpId: '',
  apiBaseUrl: '',
  legacyApiBaseUrl: '',
  allowedHosts: [],
  defaultOriginator: '',
  otherSecrets: [],
};
