import { describe, expect, it } from 'vitest';
import { ownFault } from '../../server/simulator/own-fault.ts';

describe('an error that ended a call', () => {
  it('is told with method, path and stack when it is the simulator’s own', () => {
    const error = new TypeError('x is not a function');
    const line = ownFault(error, 'POST', '/simulator/dingtalk/gettoken');
    expect(line).toContain('POST /simulator/dingtalk/gettoken was answered 500');
    expect(line).toContain(error.stack);
    expect(ownFault('thrown text', 'GET', '/')).toContain('thrown text');
    expect(ownFault(null, 'GET', '/')).toContain('null');
  });

  it.each([
    ['sent something too long', Object.assign(new Error('too long'), { status: 413 })],
    ['hung up while it was answered', Object.assign(new Error('write'), { code: 'EPIPE' })],
    ['hung up while sending', Object.assign(new Error('aborted'), { code: 'ECONNRESET' })],
  ])('is not told when the caller %s', (_what, error) => {
    expect(ownFault(error, 'POST', '/simulator/dingtalk/')).toBeNull();
  });
});
