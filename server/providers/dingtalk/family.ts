/**
 * Whether a call is of DingTalk's old API family (protocols/dingtalk.md §0): `/topapi/…`, on whatever host or below whatever base
 * path it was sent.
 */
export const isOldFamily = (url: string): boolean => {
  const path = URL.parse(url)?.pathname ?? url;
  return /\/topapi\//i.test(path) && !/\/v\d+\.\d+\//i.test(path);
};
