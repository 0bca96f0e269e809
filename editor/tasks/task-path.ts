/** Where a task's page is, and below /api/v1 the task itself: the same words, the platform's id percent-encoded. */
export const pathOfTask = ({ taskId }: { readonly taskId: string }): string =>
  `/tasks/${encodeURIComponent(taskId)}`;
