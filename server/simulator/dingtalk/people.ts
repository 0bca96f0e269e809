/** An employee as the address book knows one. Department 1 is the root here; workflow calls spell it -1 (protocols/dingtalk.md §6). */
export interface User {
  readonly userId: string;
  readonly name: string;
  readonly mobile: string;
  readonly deptIds: readonly number[];
}

export interface Department {
  readonly deptId: number;
  readonly name: string;
  readonly parentId: number | null;
}

export const ROOT_DEPT = 1;

export interface People {
  add(user: User): void;
  byId(userId: string): User | undefined;
  byMobile(mobile: string): User | undefined;
  all(): readonly User[];
  /** The root and every department somebody is in, one level below it. */
  departments(): readonly Department[];
  clear(): void;
}

/** A number as people write it: a leading +86 or 86- and blanks do not make it another one. */
export const plainMobile = (mobile: string): string =>
  mobile.replace(/[\s-]/g, '').replace(/^(\+86|0086)/, '');

/** The address book of the one simulated company. */
export function createPeople(): People {
  const users = new Map<string, User>();
  return {
    add: (user) => void users.set(user.userId, user),
    byId: (userId) => users.get(userId),
    byMobile: (mobile) => users.values().find((user) => plainMobile(user.mobile) === plainMobile(mobile)),
    all: () => [...users.values()],
    departments() {
      const ids = new Set([...users.values()].flatMap((user) => user.deptIds));
      ids.delete(ROOT_DEPT);
      const below = [...ids].sort((a, b) => a - b);
      return [
        { deptId: ROOT_DEPT, name: 'Simulated company', parentId: null },
        ...below.map((deptId) => ({ deptId, name: `Department ${deptId}`, parentId: ROOT_DEPT })),
      ];
    },
    clear: () => users.clear(),
  };
}
