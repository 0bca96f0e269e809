// create: opens the approval of a task. Must return { approvalInstanceId }.

/**
 * Adds one field of the form.
 * @param {string} name equals the title of a control of your template
 * @param {string} value
 */
function field(name, value) {
  fromField.add({ name, value });
}

field('Task ID', TASK_ID);
field('Task Name', TASK_NAME);
field('Task Type', TASK_TYPE);
field('Subtype', TASK_SUBTYPE);
field('Data Source Name', DATASOURCE_NAME);
field('Database', DATABASE);
field('Environment', ENV_NAME);
field('Reason', REASON);
field('Permission Request Type', AUTH_APPLY_TYPE);
field('SQL Text', SQL_CONTENT);
field('Summary', summary());
field('Remarks', COMMENT);

// One template can serve all types of tasks. A control that only one type has is filled in for that type alone:
//   if (TASK_TYPE === 'Data export') field('File Type', FILE_TYPE);

/** What an approver should see first depends on the type of the task. */
function summary() {
  switch (TASK_TYPE) {
    case 'Permission request':
      return `${AUTH_APPLY_OBJECT_DB} ${AUTH_APPLY_OBJECT_TB} ${AUTH_SENSITIVE} until ${AUTH_EXPIRATION_TIME}, ${TASK_URL}`;
    case 'Data export':
      return `${EXPORT_OBJECT} as ${FILE_TYPE}, sensitive: ${AUTH_SENSITIVE || 'nothing'}, ${TASK_URL}`;
    case 'SQL task':
      return `About ${EST_AFFECTED_ROWS || '?'} rows, ${TASK_URL}`;
    default:
      return TASK_URL;
  }
}

// The submitter is the DingTalk user with the number SUBMITER_PHONE, else the channel's default originator.
// The template's own flow says who approves. To say it here instead:
//   reqBody.put('approvers', [{ actionType: 'OR', userIds: ['user-wang', 'user-zhao'] }, { userIds: ['user-li'] }]);
//   reqBody.put('ccList', ['user-chen']);
return await dingtalk.create();
