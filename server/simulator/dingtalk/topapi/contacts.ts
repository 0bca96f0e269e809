import type { Endpoint } from '../api/call.ts';
import { plainMobile, ROOT_DEPT, type User } from '../people.ts';
import { TopapiRefusal } from '../refusals.ts';
import type { Company } from '../company.ts';
import { optionalWhole, text, whole } from './read.ts';

/** Users and departments (protocols/dingtalk.md §6). The root department is 1 here. */

const notFound = (): TopapiRefusal => new TopapiRefusal(60121, '找不到该用户');

function userOf(company: Company, userId: string): User {
  const user = company.people.byId(userId);
  if (!user) throw notFound();
  return user;
}

/** `POST /topapi/v2/user/getbymobile` {mobile}: 40104 when it is no number, 60121 when nobody has it. */
export const getByMobile: Endpoint = ({ company, body }) => {
  const mobile = text(body, 'mobile');
  if (!/^\+?\d{6,15}$/.test(plainMobile(mobile))) throw new TopapiRefusal(40104, '企业中无效的手机号');
  const user = company.people.byMobile(mobile);
  if (!user) throw notFound();
  return { result: { userid: user.userId, exclusive_account_userid_list: [] } };
};

/** `POST /topapi/v2/user/get` {userid} */
export const getUser: Endpoint = ({ company, body }) => {
  const user = userOf(company, text(body, 'userid'));
  return {
    result: {
      userid: user.userId,
      unionid: `union-${user.userId}`,
      name: user.name,
      mobile: user.mobile,
      state_code: '86',
      email: '',
      title: '',
      job_number: '',
      dept_id_list: user.deptIds,
      leader_in_dept: user.deptIds.map((dept_id) => ({ dept_id, leader: false })),
      active: true,
      admin: false,
      boss: false,
      role_list: [],
    },
  };
};

/** `POST /topapi/v2/department/listsub` {dept_id, root when absent}: one level. */
export const listSub: Endpoint = ({ company, body }) => {
  const deptId = optionalWhole(body, 'dept_id') ?? ROOT_DEPT;
  assertDepartment(company, deptId);
  return {
    result: company.people
      .departments()
      .filter((dept) => dept.parentId === deptId)
      .map((dept) => ({
        dept_id: dept.deptId,
        name: dept.name,
        parent_id: deptId,
        create_dept_group: true,
        auto_add_user: true,
      })),
  };
};

/** `POST /topapi/user/listid` {dept_id} */
export const listId: Endpoint = ({ company, body }) => {
  const deptId = whole(body, 'dept_id');
  assertDepartment(company, deptId);
  const members = company.people.all().filter((user) => user.deptIds.includes(deptId));
  return { result: { userid_list: members.map((user) => user.userId) } };
};

/** `POST /topapi/v2/department/listparentbyuser` {userid}: each of the user's departments with those above it, the root last. */
export const listParentByUser: Endpoint = ({ company, body }) => {
  const user = userOf(company, text(body, 'userid'));
  const chain = (deptId: number): number[] => (deptId === ROOT_DEPT ? [ROOT_DEPT] : [deptId, ROOT_DEPT]);
  return { result: { parent_list: user.deptIds.map((deptId) => ({ parent_dept_id_list: chain(deptId) })) } };
};

function assertDepartment(company: Company, deptId: number): void {
  if (!company.people.departments().some((dept) => dept.deptId === deptId))
    throw new TopapiRefusal(60003, '未找到对应部门');
}
