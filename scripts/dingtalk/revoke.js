// revoke: takes an approval back. Must return { revoked: true }; throw when it cannot be done.
// REVOKE_REASON shows in DingTalk. In the first 15 seconds DingTalk refuses: the hub tries again.
return await dingtalk.revoke(approvalInstanceId, REVOKE_REASON);
