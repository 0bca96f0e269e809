import type { Same } from './same.ts';

// One line of `says` is one thing to do.
const en = {
  dingtalk: {
    steps: {
      app: {
        title: 'Create the app',
        says: 'Sign in to the DingTalk Open Platform as an administrator of the company.\nApplication Development → Enterprise internal app → Create App: give it a name, a description and an icon.',
      },
      credentials: {
        title: 'Copy the credentials',
        says: 'In the app: Basic Information → Credentials. Copy Client ID and Client Secret; older consoles call them AppKey and AppSecret.\nThe AgentId stands beside them, the Corp ID (ding…) on the home page of the Open Platform.',
      },
      permissions: {
        title: 'Apply for the permissions',
        says: 'In the app: Development Configuration → Permission Management. Search for each of these and apply for it.\nWithout the last three neither submitter nor approvers can be found. Where the console offers “approval workflow data management”, apply for it too.',
      },
      form: {
        title: 'Create the approval form',
        says: 'Admin console → Workbench → Application Management → OA Approval → Create Approval Form: name, group, who may initiate it, its administrators.\nForm Design: the titles of the controls are the names that the create stage uses, letter by letter.\nProcess Design: who approves. Then Publish.\nOpen the form for editing once more: the address holds its id, processCode=PROC-….',
      },
      events: {
        title: 'Subscribe to the events',
        says: 'Give the two keys here and save this page first: DingTalk tries the URL out the moment you save it there.\nIn the app: Development Configuration → Event Subscription, push method HTTP. Enter the same aes_key and token, and the callback URL as request URL. Save.\nTurn on these approval events.',
      },
      eventsHeld: {
        title: 'Subscribe to the events',
        says: 'Save this page first: DingTalk lets Stream be chosen only while an app is connected.\nIn the app: Development Configuration → Event Subscription, push method Stream. Neither a URL nor keys are asked for. Save.\nTurn on these approval events.',
      },
    },
    ids: {
      instanceWrite: 'workflow instance write: open and revoke approvals',
      instanceRead: 'workflow instance read: see how approvals stand',
      formRead: 'workflow template read: see the fields of a form',
      mobile: 'employee mobile phone information',
      member: 'member information read: names of people',
      memberByMobile: 'basic member information by mobile: find the submitter',
      taskChange: 'approval task: start, end, transfer',
      instanceChange: 'approval instance: start, end',
    },
  },
  generic: {
    steps: {
      app: { title: 'Create the app', says: 'At the provider, step by step:' },
      form: {
        title: 'Create the approval form',
        says: 'Create and publish the form there. The mapping of this channel asks for its id.',
      },
      events: {
        title: 'Have events sent here',
        says: 'Give the keys here and save this page first: providers try the URL out when it is saved there.\nThen enter the callback URL and the same keys at the provider, and turn on its approval events.',
      },
      eventsHeld: {
        title: 'Have events sent here',
        says: 'Save this page first: the connection must stand before it can be chosen.\nThen choose the persistent (long) connection at the provider, and turn on its approval events.',
      },
      more: {
        title: 'Further settings',
        says: 'What else this provider knows. Leave empty what you do not need.',
      },
    },
    ids: {},
  },
};

const zh = {
  dingtalk: {
    steps: {
      app: {
        title: '创建应用',
        says: '以企业管理员身份登录钉钉开放平台。\n应用开发 → 企业内部应用 → 创建应用：填写名称、描述和图标。',
      },
      credentials: {
        title: '复制凭证',
        says: '在应用中打开“凭证与基础信息”，复制 Client ID 和 Client Secret；旧版控制台称为 AppKey 和 AppSecret。\nAgentId 在同一页；企业 CorpId（以 ding 开头）在开放平台首页。',
      },
      permissions: {
        title: '申请权限',
        says: '在应用的“开发配置”→“权限管理”中逐项搜索并申请以下权限。\n缺少后三项将无法查找发起人和审批人。如果控制台提供“审批流数据管理权限”，也请一并申请。',
      },
      form: {
        title: '创建审批表单',
        says: '管理后台 → 工作台 → 应用管理 → OA 审批 → 创建审批表单：填写名称、分组、可发起人员和管理员。\n表单设计：控件标题必须与“发起审批”阶段使用的 name 完全一致。\n流程设计：设置审批人，然后发布。\n再次编辑该表单：地址栏中的 processCode=PROC-… 就是表单 ID。',
      },
      events: {
        title: '订阅事件',
        says: '先在此处填写两个密钥并保存本页：钉钉在保存地址时会立即验证。\n在应用的“开发配置”→“事件订阅”中选择 HTTP 推送，填写相同的 aes_key 和 token，请求网址填写回调地址，然后保存。\n开启以下审批事件。',
      },
      eventsHeld: {
        title: '订阅事件',
        says: '先保存本页：只有在应用已建立连接时，钉钉才允许选择 Stream。\n在应用的“开发配置”→“事件订阅”中选择 Stream 模式推送，无需地址和密钥，然后保存。\n开启以下审批事件。',
      },
    },
    ids: {
      instanceWrite: '工作流实例写权限：发起和撤销审批',
      instanceRead: '工作流实例读权限：查看审批状态',
      formRead: '工作流模板读权限：读取表单控件',
      mobile: '企业员工手机号信息',
      member: '成员信息读权限：读取人员姓名',
      memberByMobile: '根据手机号获取成员基本信息：查找发起人',
      taskChange: '审批任务：开始、结束、转交',
      instanceChange: '审批实例：开始、结束',
    },
  },
  generic: {
    steps: {
      app: { title: '创建应用', says: '在审批应用一侧依次完成：' },
      form: { title: '创建审批表单', says: '在审批应用中创建并发布表单。该渠道的映射需要填写表单 ID。' },
      events: {
        title: '接收事件',
        says: '先在此处填写密钥并保存本页：审批应用在保存地址时会立即验证。\n然后在审批应用中填写回调地址和相同的密钥，并开启审批事件。',
      },
      eventsHeld: {
        title: '接收事件',
        says: '先保存本页：连接建立后才能在审批应用中选择。\n然后在审批应用中选择长连接，并开启审批事件。',
      },
      more: { title: '其他设置', says: '该审批应用支持的其他设置，不需要的留空即可。' },
    },
    ids: {},
  },
} satisfies Same<typeof en>;

/** What is to be done at each provider to set up a channel; a provider without texts of its own has the generic ones. */
export const channelGuides = { en, zh };
