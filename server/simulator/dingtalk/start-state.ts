import type { App } from './apps.ts';
import { ROOT_DEPT, type User } from './people.ts';
import type { Template } from './templates.ts';

/** What a fresh simulator holds (docs/simulator.md). */

export const START_APPS: readonly App[] = [{ appKey: 'ding-demo', appSecret: 'demo-secret', callback: null }];

export const START_USERS: readonly User[] = [
  { userId: 'user-li', name: 'Li Lei', mobile: '13800000000', deptIds: [ROOT_DEPT] },
  { userId: 'user-wang', name: 'Wang Wei', mobile: '13800000001', deptIds: [ROOT_DEPT] },
  { userId: 'user-zhao', name: 'Zhao Min', mobile: '13800000002', deptIds: [ROOT_DEPT] },
];

/** The twelve fields of the guide's appendix 1, in its order. */
const APPENDIX_FIELDS: readonly (readonly [name: string, componentType: string])[] = [
  ['Task ID', 'TextField'],
  ['Task Name', 'TextField'],
  ['Task Type', 'TextField'],
  ['Subtype', 'TextField'],
  ['Data Source Name', 'TextField'],
  ['Database', 'TextField'],
  ['Environment', 'TextField'],
  ['Reason', 'TextareaField'],
  ['Permission Request Type', 'TextField'],
  ['SQL Text', 'TextareaField'],
  ['Summary', 'TextareaField'],
  ['Remarks', 'TextareaField'],
];

export const START_TEMPLATES: readonly Omit<Template, 'createdAt' | 'modifiedAt'>[] = [
  {
    processCode: 'PROC-DEMO',
    name: 'Platform task',
    fields: APPENDIX_FIELDS.map(([name, componentType]) => ({
      name,
      componentType,
      required: false,
      options: [],
    })),
    nodes: [],
  },
];
