import type { ProviderProtocol } from '../protocol.ts';
import { openCallback } from './open-callback.ts';
import { readCreateAnswer } from './read-answer.ts';
import { readCreateCall } from './read-create.ts';
import { readFrame } from './read-frame.ts';

/** DingTalk's wire as the hub reads it (protocols/dingtalk.md §2, §7, §8, §10). */
export const protocol: ProviderProtocol = {
  openCallback,
  connection: { readFrame },
  readCreateCall,
  readCreateAnswer,
};
