// The DingTalk client: what every stage of a DingTalk mapping has in scope as `dingtalk` (described in dingtalk.d.ts).
// This text is the body of a function. The files of client/ stand before it, in the order of their names; they use
// each other's names freely, but no constant of one may need another file while it is made.

return {
  // What a stage does when its script returns nothing: `await dingtalk.create()`, and so on.
  token,
  create,
  revoke,
  callback,
  sync,
  // Single calls, for scripts that do it their own way.
  comment,
  formSchema,
  instance,
  listInstances,
  user,
  userByMobile,
  api,
  topapi,
};
