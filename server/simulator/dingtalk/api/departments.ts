import type { Company } from '../company.ts';
import { WORKFLOW_ROOT_DEPT } from '../instances/draft.ts';
import type { Instance } from '../instances/instance.ts';
import { ROOT_DEPT } from '../people.ts';

/** Name of the department an instance was opened from. */
export function deptName(company: Company, instance: Instance): string {
  const deptId = instance.originatorDeptId === WORKFLOW_ROOT_DEPT ? ROOT_DEPT : instance.originatorDeptId;
  return company.people.departments().find((dept) => dept.deptId === deptId)?.name ?? '';
}
