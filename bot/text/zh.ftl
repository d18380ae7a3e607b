### 机器人说的每一句中文（简体）。简单、温和、简短，不用感叹号。
### `{ $name }` 由程序填入，请不要改动。`# draft: …` 表示这句话还没有人审读。

## Words of the vocabulary: topics

topic-peer-support = 同伴支持
topic-drop-in = 可以直接去的地方
topic-outreach = 外展服务
topic-legal-help = 法律帮助
topic-know-your-rights = 了解你的权利
topic-law-reform = 修改法律
topic-immigration = 移民和证件
topic-health = 健康
topic-sexual-health = 性健康
topic-mental-health = 心理健康
topic-gender-affirming-care = 性别肯定医疗
topic-harm-reduction = 减低用药伤害
topic-overdose = 用药过量
topic-bad-date-reporting = 举报坏客人
topic-violence-support = 遭遇暴力后的支持
topic-sexual-assault = 遭遇性侵后的支持
topic-crisis = 危机热线
topic-suicide-prevention = 预防自杀
topic-housing = 住处
topic-food = 食物
topic-emergency-funds = 紧急资金
topic-money-and-taxes = 钱和税
topic-digital-safety = 网络安全
topic-online-work = 网上工作
topic-workplace-rights = 工作中的权利
topic-union = 工会
topic-police-misconduct = 警察的不当行为
topic-criminal-record = 犯罪记录
topic-incarceration-support = 对在押人员的支持
topic-leaving-the-industry = 换工作
topic-trafficking-support = 反人口贩运的支持
topic-parenting = 养育孩子
topic-education-and-training = 课程和培训
topic-community-events = 社区活动
topic-advocacy = 争取权利
topic-research = 研究
topic-translation = 翻译
topic-burial-and-grief = 哀伤和丧葬

## Words of the vocabulary: who it serves

serves-all = 所有人
serves-migrant = 移民
serves-indigenous = 原住民
serves-black = 黑人
serves-asian = 亚裔
serves-latinx = 拉丁裔
serves-racialized = 少数族裔
serves-trans = 跨性别者
serves-women = 女性
serves-men = 男性
serves-nonbinary = 非二元性别者
serves-lgbtq = LGBTQ 人士
serves-youth = 青少年
serves-street-based = 在街上工作的人
serves-indoor = 在室内工作的人
serves-online = 在网上工作的人
serves-strippers = 脱衣舞者
serves-disabled = 残障人士
serves-people-who-use-drugs = 用药者
serves-parents = 父母
serves-incarcerated = 在押人员
serves-survivors = 经历过暴力的人
serves-newcomers = 新来的人
serves-francophone = 说法语的人

## Words of the vocabulary: ways to reach it

access-in-person = 当面
access-phone = 电话
access-text = 短信
access-online = 网上

## Words of the vocabulary: kinds, who leads, how it was checked

kind-organization = 团体
kind-helpline = 热线
kind-service = 服务
kind-guide = 指南
kind-tool = 工具
kind-tip = 小建议
kind-fund = 基金
kind-campaign = 运动
kind-event = 活动
led-by-sex-workers = 由性工作者主办，为性工作者服务
led-by-mixed = 由性工作者和支持者一起主办
led-by-allies = 由支持者主办
led-by-public-body = 由公共机构主办
led-by-unknown = 不知道由谁主办
method-org-confirmed = 团体自己确认
method-called-or-messaged = 我们打过电话或发过消息
method-used-by-peer = 有同伴用过
method-own-page-read = 看过它自己的网页
method-third-party-page = 看过别人的网页

## Words of the vocabulary: what to know before going

caution-anti-trafficking-organization = 是反人口贩运组织
caution-approved-by-one = 只由一位管理员审核发布
caution-carceral-approach = 依靠警察和法庭
caution-conflates-sex-work-and-trafficking = 把性工作和人口贩运当成一回事
caution-court-partnership = 和法庭合作
caution-dated-legal-information = 法律信息已经旧了
caution-exit-focused = 可能要求停止性工作才给帮助
caution-faith-based = 由宗教团体主办
caution-grants-to-groups-only = 只资助团体，不资助个人
caution-id-required = 要看身份证件
caution-industry-association = 是行业协会
caution-mandatory-reporting = 工作人员必须上报某些事情
caution-may-involve-emergency-services = 可能不经你同意就叫警察或救护车
caution-mixed-mission = 除了性工作者权利还有别的目标
caution-police-only-with-consent = 你同意才会和警察联系
caution-police-partnership = 和警察合作
caution-proof-of-work-required = 要你证明自己做性工作
caution-state-program = 是政府项目
caution-status-required = 要看居留或移民身份

## Words of the vocabulary: labels

label-sends-police = { $value ->
    [yes] 可能不经你同意就叫警察或救护车
    [no] 不会不经你同意就叫警察
   *[unknown] 不知道会不会叫警察
  }
label-police-partnership = { $value ->
    [yes] 和警察合作
    [no] 不和警察合作
   *[unknown] 不知道是否和警察合作
  }
label-mandatory-reporting = { $value ->
    [yes] 工作人员必须上报某些事情
    [no] 工作人员不用上报
   *[unknown] 不知道工作人员是否必须上报
  }
label-exit-focused = { $value ->
    [yes] 可能要求停止性工作才给帮助
    [no] 不要求停止性工作
   *[unknown] 不知道是否要求停止性工作
  }
label-faith-based = { $value ->
    [yes] 由宗教团体主办
    [no] 不是宗教团体主办
   *[unknown] 不知道是不是宗教团体主办
  }
label-id-required = { $value ->
    [yes] 要看身份证件
    [no] 不看身份证件
   *[unknown] 不知道要不要身份证件
  }
label-status-required = { $value ->
    [yes] 要看居留或移民身份
    [no] 不看移民身份
   *[unknown] 不知道要不要看移民身份
  }
label-records-kept = { $value ->
    [yes] 会用名字建档
    [no] 不用名字建档
   *[unknown] 不知道是否建档
  }
label-free = { $value ->
    [yes] 免费
    [no] 收费
   *[unknown] 不知道是否免费
  }
label-anonymous = { $value ->
    [yes] 不用给名字
    [no] 要给名字
   *[unknown] 不知道要不要给名字
  }
label-walk-in = { $value ->
    [yes] 不用预约
    [no] 要预约
   *[unknown] 不知道要不要预约
  }
label-open-at-night = { $value ->
    [yes] 夜里开放
    [no] 夜里不开
   *[unknown] 不知道夜里开不开
  }
label-wheelchair = { $value ->
    [yes] 没有台阶
    [no] 有台阶
   *[unknown] 不知道有没有台阶
  }
label-interpreter = { $value ->
    [yes] 有口译
    [no] 没有口译
   *[unknown] 不知道有没有口译
  }
label-trans-welcome = { $value ->
    [yes] 跨性别者说了就算
    [no] 不以跨性别者自己说的为准
   *[unknown] 不知道是否欢迎跨性别者
  }
label-childcare = { $value ->
    [yes] 可以带孩子
    [no] 不能带孩子
   *[unknown] 不知道能不能带孩子
  }

## Names of languages

language-am = 阿姆哈拉语
language-ar = 阿拉伯语
language-asl = 美国手语
language-ay = 艾马拉语
language-ber = 柏柏尔语
language-bg = 保加利亚语
language-bin = 埃多语
language-bm = 班巴拉语
language-bn = 孟加拉语
language-ca = 加泰罗尼亚语
language-cmn = 普通话
language-cr = 克里语
language-cs = 捷克语
language-de = 德语
language-el = 希腊语
language-en = 英语
language-es = 西班牙语
language-eu = 巴斯克语
language-fa = 波斯语
language-fi = 芬兰语
language-fil = 菲律宾语
language-fr = 法语
language-gl = 加利西亚语
language-gn = 瓜拉尼语
language-hak = 客家话
language-he = 希伯来语
language-hi = 印地语
language-ht = 海地克里奥尔语
language-hu = 匈牙利语
language-id = 印尼语
language-it = 意大利语
language-iu = 因纽特语
language-ja = 日语
language-km = 高棉语
language-ko = 韩语
language-ln = 林加拉语
language-lo = 老挝语
language-lsf = 法国手语
language-lsm = 墨西哥手语
language-lsq = 魁北克手语
language-mn = 蒙古语
language-mr = 马拉地语
language-ms = 马来语
language-my = 缅甸语
language-myn = 玛雅语
language-nah = 纳瓦特尔语
language-nan = 闽南语
language-ne = 尼泊尔语
language-nl = 荷兰语
language-no = 挪威语
language-oj = 奥吉布瓦语
language-pa = 旁遮普语
language-pcm = 尼日利亚皮钦语
language-pl = 波兰语
language-ps = 普什图语
language-pt = 葡萄牙语
language-qu = 克丘亚语
language-ro = 罗马尼亚语
language-rom = 罗姆语
language-ru = 俄语
language-so = 索马里语
language-sq = 阿尔巴尼亚语
language-sr = 塞尔维亚语
language-sv = 瑞典语
language-sw = 斯瓦希里语
language-ta = 泰米尔语
language-te = 泰卢固语
language-th = 泰语
language-ti = 提格利尼亚语
language-tl = 他加禄语
language-tr = 土耳其语
language-uk = 乌克兰语
language-ur = 乌尔都语
language-vi = 越南语
language-wo = 沃洛夫语
language-wuu = 上海话
language-xh = 科萨语
language-yo = 约鲁巴语
language-yue = 粤语
language-zh = 中文
language-zu = 祖鲁语

## Dates

date-year = { $year }年
date-month = { $month ->
    [january] { $year }年1月
    [february] { $year }年2月
    [march] { $year }年3月
    [april] { $year }年4月
    [may] { $year }年5月
    [june] { $year }年6月
    [july] { $year }年7月
    [august] { $year }年8月
    [september] { $year }年9月
    [october] { $year }年10月
    [november] { $year }年11月
   *[december] { $year }年12月
  }

## How fresh a record is

fresh-checked = { $date }核对过
fresh-due = { $date }核对过，该再核对了
fresh-past = 自{ $date }起没有核对
fresh-unchecked = 这里还没有核对；{ $date }最后见于公开来源
fresh-undated = 这里还没有核对；来源日期不明
fresh-opens = { $date }开放
fresh-until = 到{ $date }为止
fresh-ended = { $date }已结束
fresh-phone-old = 电话号码来自{ $date }，可能已经变了
fresh-phone-undated = 没人知道电话号码是什么时候的
fresh-joined = { $first }；{ $second }

## Why a record is there

reason-named = 你提到了它
reason-covers = 覆盖{ $place }
reason-worldwide = 覆盖全世界
reason-serves = 面向{ $serves }
reason-language = 会说{ $languages }

## Lines of a record

list-comma = { $first }、{ $second }
card-why = 为什么：{ $reasons }
card-fresh = 新旧：{ $freshness }
card-phone = 电话：{ $phone }
card-text = 短信：{ $phone }
card-whatsapp = WhatsApp：{ $phone }
card-email = 电邮：{ $email }
card-web = 网站：
card-address = 地址：{ $address }
card-hours = 时间（来源原文）：{ $hours }
card-languages = 语言：{ $languages }
card-police = 警察：{ $known }
card-caution = 请留意：{ $caution }
card-only-in = 只有{ $language }：{ $description }
card-no-contact = 我不知道它的电话或地址。
show-kind = 这是什么：{ $kind }
show-led-by = 谁主办：{ $led }
show-involvement = 性工作者如何参与（英语）：{ $involvement }
show-topics = 帮助内容：{ $topics }
show-serves = 面向：{ $serves }
show-covers = 地区：{ $places }
show-access = 怎么联系：{ $ways }
show-known = 已知：{ $labels }
show-aliases = 也叫：{ $names }
show-calls = 它的诉求：{ $calls }
show-check = { $date }核对：{ $method }
show-sources = 这些信息从哪里来
show-source = { $says }：
show-source-dated = { $says }（{ $date }）：
show-none = 我没有叫这个名字的记录。

## Answers

answer-home = 我把{ $place }当作你所在的地方。如果不是，请告诉我在哪里。
answer-nothing-local = 在{ $place }本地，我不知道有这样的帮助。下面这些覆盖更大的地区，或在哪里都能用。
answer-missing-topic = 那里我不知道有：{ $what }。
answer-missing-language = 那里我不知道有谁会说{ $what }。
answer-missing-serves = 那里我不知道有主要面向{ $what }的。
answer-missing-wish = 下面这些都不清楚：{ $what }。
answer-missing-together = 那里我不知道有用{ $language }的{ $topic }。
answer-nothing = 我不知道有合适的。
answer-nothing-place = 我不知道有合适又覆盖{ $place }的。
answer-topics = 你可以问我：{ $topics }。
answer-where = 你在哪里？说国家或地区就够了。在那之前，我只给出网上的或面向全世界的。
place-within = { $place }（{ $around }）
answer-unclear = 你说的是哪个地方？
answer-part = 第 { $first } 到 { $last } 条，共 { $total } 条
answer-end = 没有更多了。
answer-languages = 我会写英语、法语、西班牙语和中文。
answer-unsure = 我不太明白你需要什么。用几个词说，比如“蒙特利尔 法律帮助”，或者选一个主题。
answer-directory-lost = 我现在读不了名录，所以不能搜索。紧急卡片还能用。
answer-privately = 我可以私下回答你。请给我发私信。

## Things to choose

do-more = 更多结果
do-show = { $name } 的全部信息
do-wrong = 不是这个
do-guided = 选一个主题
do-place = 告诉你我在哪里
do-language = 换一种语言
do-peers = 和同伴聊聊
do-search = 在名录里搜索
do-help = 我能做什么
do-privacy = 保存了什么

## Choosing without words

guided-topic = 你需要什么？
guided-place = 在哪里？说国家或地区就够了。
guided-region = { $place }的哪一部分？
guided-anywhere = 哪里都行，网上
guided-all = 整个{ $place }
guided-type = 你也可以打出一个地方的名字。
need-talk = 想找人说话
need-legal = 法律、警察和权利
need-immigration = 移民和证件
need-health = 健康
need-drugs = 更安全地用药
need-violence = 暴力和坏客人
need-home = 住处和食物
need-money = 钱和税
need-work = 工作中的权利、网上工作
need-digital = 网络安全
need-community = 团体和运动

## Languages

language-choose = 我用哪种语言写？
language-self = 中文
language-set = 从现在起我用中文写。

## Setting right

correct-card = 对不起。那是什么情况？
correct-answer = 对不起。请换个说法，或者选：
correct-search = 都不是，在名录里搜索

class-overdose = 有人用药过量，或要独自用药
class-suicide = 想到死
class-violence = 暴力或侵犯
class-police-raid = 警察来了工作场所或家里
class-immigration-detention = 移民官员
class-stalking-doxxing = 有人跟踪、曝光或威胁我
class-coercion = 有人强迫我
class-minor = 我不到 18 岁
class-buyer = 购买服务
class-find-person = 找人
class-solicitation = 广告
class-legal-advice = 法律怎么说
class-journalist = 媒体或研究
class-bad-date = 关于客人的警告

## Cards: what can be done now

# draft: to be read by harm reduction groups and a nurse
card-overdose = { $urgency ->
    [now] 先看呼吸。很慢、打鼾声或没有：让人平躺，头向后仰，每 5 秒吹一口气。有纳洛酮就用，3 分钟后再用一次。留在身边。如果是你自己，把门打开，叫附近的人来。叫救护车是一个选择。
   *[soon] 可以有人在电话上陪着你用药。先用一点点，慢慢来。把纳洛酮放在手边，门不要锁。如果呼吸变慢：用纳洛酮，不要分开。叫救护车是一个选择。
  }
# draft: to be read by crisis lines and peers
card-suicide = 谢谢你写出来，你写了我很高兴。现在请一个你信任的人陪着你，或者待在有人的地方。如果是朋友，陪着对方，听对方说。这些热线可以和你说话，夜里也有。
# draft: to be read by violence support groups and a nurse
card-violence = { $urgency ->
    [now] 如果可以，先到安全一点的地方：能锁门的房间、邻居家、有人的店。手机带在身上。被掐过脖子、流血很多或头被打过，今天要请医生或护士看。告诉谁，由你决定。
   *[soon] 这不是你的错，告诉谁由你决定。有些医疗只在几天内有用：防艾滋病毒的药要在 72 小时内，紧急避孕要在 5 天内。被掐过脖子，今天要请医生或护士看。
  }
# draft: to be read by legal groups of the place
card-police-raid = { $urgency ->
    [now] 你可以要求律师和口译。把手放在看得见的地方。安全的时候，记下名字、警号和时间。
   *[soon] 写下发生了什么、什么时候、名字和警号、拿走了什么。留好每一张纸。律师可以要求把东西还给你。
  }
rights-card = { $place }的权利卡，{ $date }的一般信息：
rights-card-undated = { $place }的权利卡，没有日期的一般信息：
rights-none = 我没有这个地方的权利卡。
# draft: to be read by migrant-led groups and immigration lawyers
card-immigration-detention = 移民自己的团体或律师可以帮忙找到人，为对方说话。你可以要求律师和口译。把证件、日期和信件准备好给他们；我不需要看。
# draft: to be read by digital safety groups
card-stalking-doxxing = { $urgency ->
    [now] 这不是你的错。如果对方就在附近，到有人的地方去，告诉一个你信任的人。如果安全，留下证据：带日期和网址的截图。还告诉谁，由你决定。
   *[soon] 这不是你的错。如果安全，在内容被删之前留下证据：带日期和网址的截图。用对方碰不到的设备改密码。告诉谁，由你决定。
  }
# draft: to be read by sex worker-led and migrant-led groups
card-coercion = 我相信你。接下来怎么做、什么时候做，由你决定。这些团体会先听你说。证件、工钱、威胁、安全的住处，他们都可以帮忙；你想继续工作也一样。
# draft: to be read by youth groups and a lawyer
card-minor = 谢谢你告诉我。我不会告诉任何人。有些服务必须上报不到 18 岁的人的某些事情；我知道的会写明。你可以先问：你们必须上报什么？
card-buyer = 这个机器人是给性工作者和同伴用的。这件事我帮不了。
card-find-person = 我从不找人，也不找工作场所，也从不说谁在不在这里。如果你担心亲近的人，也有给你的支持。这些团体会讲举报和突击检查带来什么。
card-solicitation = 只给你看的一句话：很多平台会关掉有广告或价格的房间，请不要发在这里。没有告诉任何人。这些团体会聊怎样安全工作。
# draft: to be read by legal groups of the place
card-legal-advice = 我不能说法律对你意味着什么。我有带日期的一般信息，也知道谁可以看你的情况。法律会变，请看信息是什么时候的。
card-journalist = 这里的人不是消息来源名单，我也不转达任何东西。这些团体公开了可以写信的联系方式：
card-bad-date = 这件事我什么都不保存。这些团体有名单，能让这样的警告安全地传开。请告诉他们，不要发在房间里。
card-help-elsewhere = 如果你自己需要什么，请告诉我。
card-emergency = 一个选择：{ $number } 是紧急电话（{ $country }）。警察可能也会来。
card-emergency-unknown = 一个选择：你所在地的紧急电话。警察可能也会来。
card-nobody = 我不联系任何人，你写的内容不会保存。
card-where = 告诉我国家或地区，我就能说出那里的帮助。
card-contacts-none = 关于这件事，我不知道有覆盖{ $place }的联系方式。
card-contacts-none-anywhere = 不知道地方，我就给不出这件事的联系方式。
card-peers = 有同伴懂这些。现在或以后，你都可以和他们聊。
card-health = 你想要的话，有给所有人的健康信息。

## Small talk and the rest

small-talk = 我在。需要团体、服务或指南时，告诉我需要什么、在哪里。
off-topic = 这个我不懂。我知道的是性工作者自己的团体、服务和指南。
hostile = 好的。如果你需要什么，写下来，我来找。

## Help

help-what = 我知道由性工作者和同伴主办、为大家服务的团体、热线、服务和指南。
help-how = 用你自己的话写下需要什么、在哪里，比如“蒙特利尔 法律帮助 西班牙语”。
help-urgent = 如果很急，就写发生了什么。那比别的都先。
help-program = 我是程序，不是人。我只在人写好的句子和记录里选，不编造。
help-mend = 有记录错了，或少了？请告诉管理这个机器人的人，他们会改。
help-commands = 你也可以输入：{ $guided }、{ $language }、{ $privacy }、{ $help }、{ $quit }。

## Commands: what people type, the first word is the one that is shown

command-help = 帮助, 菜单
command-privacy = 隐私
command-quit = 退出, 再见
command-language = 语言
command-guided = 主题, 选择
command-more = 更多, 下一页

## What is kept

privacy-words = 你写的什么都不保存：不保存你的话，也不保存你问过。
privacy-disk = 这个对话不往硬盘写任何东西，也不通过网络发送任何东西。
privacy-memory = 你选的语言和最后显示的选项在你离开前留在内存里。
privacy-shell = 你的终端可能保留屏幕上的内容，命令行会保留“ask”后面的词。那些我删不掉。

## The terminal

greeting = 你好，这里是 Umbrella：由性工作者和同伴主办、为性工作者和同伴服务。你写的什么都不保存。
greeting-how = 写下你需要什么、在哪里。输入{ $help }看说明，输入{ $quit }离开。
farewell = 保重。
choices-how = 输入数字来选择，或者写别的。
choice-unknown = 这里没有这个数字的选项。

## When something cannot be used

error-internal = 我这边出了问题。什么都没有保存。请再试一次。
error-input = 给出的内容我用不了。
error-setup = 按现在的设置，程序无法运行。“python -m bot doctor” 会说明要改什么。
error-lists = 程序的一个词表读不了：{ $fault }
error-empty = 里面没有字。请写下你需要什么、在哪里。
error-too-long = 这对我来说太长了。请用少于 { $most } 个字符来说。
error-unreadable = 我读不了这些字符。请用 UTF-8 发送。
error-json = 这一行不是我能读的 JSON。
error-object = 这一行必须是一个带有“text”的 JSON 对象。
error-text = 缺少“text”，或者它不是文字。
error-locale = 我不写那种语言。我会写：{ $known }。
error-home = 我不认识这个地方。请用 ISO 代码给出国家或地区，比如 CA 或 CA-ON。
error-date = 这不是日期。请写成 2026-11-20 这样。
error-where = “where”必须是“dm”或“public”。
error-words = 请在“ask”后面写下你需要什么，或用 --batch 给出文件。
error-file = 我读不了那个文件。请检查文件名，以及你能不能打开它。
error-directory = 名录文件读不了。请检查文件名，然后对它运行“python -m bot check”。
error-directory-faults = 名录文件有错误，所以没有使用。请对它运行“python -m bot check”查看。
error-usage = 我不明白这个命令。“python -m bot --help”会列出有什么。
error-evaluate = 请用 --questions 给出标注过的问题，或用 --messages 给出消息。
error-labelled = 那个文件里没有标注过的条目：应该是一个列表，每条有 id 和 text。
error-line = 第 { $line } 行：{ $sentence }

## The command line

cli-about = Umbrella：由性工作者和同伴主办、为性工作者和同伴服务。
cli-operating = 给运行本程序的人：{ $commands }。“python -m bot run --help” 会列出它们的选项。
cli-chat = 在终端里聊
cli-ask = 回答一个问题，或一个文件里的问题
cli-check = 检查名录文件
cli-schema = 输出名录的 JSON Schema
cli-evaluate = 用标注过的问题衡量回答
cli-words = 问题
cli-locale = 回答的语言：en、fr、es 或 zh
cli-home = 没说地方时当作所在地的国家或地区，比如 CA-ON
cli-now = 当作今天的日期，比如 2026-11-20
cli-json = 用一行 JSON 回答
cli-directory = 要用的名录文件
cli-batch = 要回答的 JSON Lines；- 表示标准输入
cli-files = 要检查的文件
cli-questions = 标注过的问题
cli-messages = 标注过的消息
cli-drafts = 等待审读的句子。审读之前请不要依赖它们：

## 表单，一次一个问题。用逗号分开的词里显示第一个，都能听懂。

form-how = 请在这里回答。要停止，请写：{ $word }。
form-optional = 这个可以不填：请写 { $word }。
form-stop-words = 停止, 取消
form-skip-words = 跳过, -
form-stopped = 已停止。什么都没有保存。
form-needs-answer = 这里需要一个回答。你写的是空的。
form-too-long = 太长了。请最多写 { $most } 个字。
form-choose = 请用其中一个数字回答。
error-storage = 我现在什么都不能保存，所以没有保存任何东西。问题还是可以回答。

## Options of commands

error-option = 其中一个值我不认识。请从输入时出现的列表里选。
urgent-choose = 发生了什么？由你选择；这些都不会留下。

## Discord

discord-reads = Discord 能读到这里写的内容。我什么都不保留。
discord-reads-matrix = Discord 能读到这里写的内容；我什么都不保留。在 Matrix 上只有你和我能读到：{ $door }
discord-lead = 这里是 Umbrella，下面是对你刚才那条消息的回答。这条消息只发给你一个人，别人看不到。看完以后，如果不想把它留在这里，可以用消息下面的按钮把它删掉，随时都可以，不需要说明理由。
discord-privately = 我可以私下回答你：按下按钮，只有你能看到回答。
discord-unknown = 我已经不认识这个按钮或表单了。请用命令重新开始。
discord-not-here = 这个服务器的管理员在这里不用这个命令。
discord-admins-only = 只有这个服务器的管理员能改这个。
discord-server-only = 这只能在服务器里用。
discord-ask-title = 提问
discord-ask-label = 你需要什么，在哪里？
discord-ask-hint = 蒙特利尔的法律帮助，讲西班牙语
discord-choose = 选择
discord-remembered = 我会为你记住这个语言，直到你收回。
discord-forgotten = 我已经忘记你的语言。此外什么都没有保留。
discord-language-kept = 我为你记住的语言：{ $language }。
discord-setup-title = 这个服务器的设置
discord-setup-language = 我在这里公开说话用的语言
discord-setup-any = 每个人自己的语言
discord-setup-commands = 在这里使用的命令
discord-setup-words = 我不用来开头的词
discord-setup-home = 默认的国家或地区，例如 CA-ON
discord-setup-done = 这个服务器的设置已更改。
do-privately = 私下回答我
do-hide = 收起这条
do-remember = 记住这个语言
do-forget = 忘记我的语言
help-discord = 输入斜杠就能看到我的命令。你也可以发私信给我。
privacy-discord-sees = Discord 能读到这里写的内容，并按它自己的规则保留。这一点我改变不了。
privacy-discord-others = 在服务器里，只有你能看到我的回答。Discord 不会让别人看到你的命令。
privacy-discord-once = 为了不重复回答，每条私信的带密钥的哈希会保留 14 天。它对谁都说明不了什么。
privacy-discord-memory = 30 分钟内我知道你最后看到了哪些选项。之后，或者我重新启动以后，就不知道了。
privacy-discord-language = 只有你要求时才会记住语言，你一说就会忘记。

## Vetting: suggesting, following up, reporting, reviewing

command-suggest = 推荐, 推荐资源, 建议
command-case = 案件, 我的案件
command-report = 报错, 报告错误
suggest-title = 推荐
suggest-intro = 告诉我一个团体、服务、指南或经验。只有第一个问题需要回答。请不要写私人的姓名、号码和住址。
suggest-ask-what = 是什么？链接、名称或几句话
suggest-ask-place = 在哪里，或为哪个地方？
suggest-ask-topics = 能帮助什么？
suggest-ask-why = 为什么值得知道？
suggest-ask-known = 由性工作者领导吗？你怎么知道？
suggest-short-what = 内容
suggest-short-place = 地点
suggest-short-topics = 帮助
suggest-short-why = 理由
suggest-short-known = 谁领导，如何得知
suggest-preview = 管理员会看到以下内容
suggest-ready = 发送之前没有人收到，草稿 30 分钟后忘记。没有人看得到是谁写的。
suggest-personal = ⟦ 和 ⟧ 之间的内容看起来属于私人。这样我不会保存。请修改，或说明它是该服务自己公开的联系方式。
words-personal = ⟦ 和 ⟧ 之间的内容看起来属于私人，所以什么都没有保存。请去掉后重写，或说明它是该服务自己公开的联系方式。
suggest-over = 这个预览已经过期，什么都没有保存。请重新开始。
suggest-empty = 我需要几个字或一个链接。
suggest-too-long = 内容太长，什么都没有保存。请缩短后再试。
suggest-kept = 谢谢。管理员会查看；在那之前什么都不公开。这是你的代码：
suggest-code = 请记下来：只有这个代码能查看结果、接收提问和撤回。我自己并不知道它。
quota-person = 你刚才提交了很多。这次没有保存。请稍后再试。
quota-all = 现在很多人在提交。这次没有保存。请一小时后再试。
quota-full = 管理员手上已有太多内容。这次没有保存。请过几天再试。
quota-blocked = 由于之前提交的内容，我暂时不接收你的提交，90 天后自动解除。没有保存任何内容，提问仍会照常得到回答。
vetting-nobody = 这里还没有管理员，所以我不能接收。什么都没有保存。
vetting-privately = 我们私下说：请给我发私信。这里说的内容我都不保存。
vetting-moderators-only = 只有这个社区的管理员可以这样做。
vetting-not-proven = 我无法确定这是你本人：请使用配置文件中列出的设备。
vetting-not-here = 这要在审核室或与我私聊中进行，不能在这里。
said-long-ago = 这是你一个多小时前说的，此后别人可能已作出决定。什么都没有执行。如果你仍要这样做，请再说一次。
do-still = 仍要这样做
setup-administrators-only = 这需要一位既管理该社区、又管理此房间或服务器的管理员；在 Matrix 上，房间须加密。
setup-filed = 此社区在这里的审核室由配置文件指定，请在文件中更改。
setup-choose = 我可以在这里显示等待审核的内容。能读此处的人都会读到，请选择只有管理员的房间。
setup-is = 这是 { $community } 的审核室：等待审核的内容会发到这里。
setup-left = 这里不再是审核室，不会再有新的内容。
do-setup-join = 设为 { $community } 的审核室
do-setup-leave = 不再作为审核室
case-title = 你的案件
case-ask-code = 你收到的代码
case-no-code = 这不是代码。代码有四组，每组四个字母或数字。
case-unknown = 没有这个代码的案件。可能已经结束：结案 30 天后就会忘记。
case-state-pending = 正在等管理员查看。
case-state-approved = 已被采纳。谢谢。
case-state-rejected = 没有被采纳。仍然谢谢你。
case-state-withdrawn = 已撤回。内容没有留下。
case-state-expired = 90 天内没有人决定，所以已删除。你可以再次提交。
case-question = 管理员问：{ $words }
case-answered = 你已回答。可以重新回答。
case-ask-answer = 你的回答，不要写关于自己的内容
case-ask-public = 其中的号码或名称是公开的吗？
public-no = 没有这类内容
public-yes = 是该服务自己公开的联系方式
case-answer-kept = 谢谢。管理员能看到你的回答，看不到你是谁。
case-no-question = 没有人提问。
case-withdrawn = 已撤回。这里没有留下任何内容。
case-cannot-tell = 我无法在这里给你发消息。你的代码可以查看结果。
case-tell-yes = 有决定或提问时我会给你发消息。在那之前我加密保存发送位置，最多 30 天。
case-tell-no = 我不会给你发消息，并已删除发送位置。
case-news = 这里有给你的消息。用你的代码查看。
report-title = 有问题
report-intro = 这里是关于目录里错误的条目。如果你遇到了事情，请直接用自己的话告诉我。
report-ask-record = 哪一条？请写名称
report-no-record = 没有这个名称的条目。
report-why = { $name } 有什么问题？
report-which-line = 哪一个是错的？
report-ask-words = 管理员需要知道什么？可以不填
problem-wrong-contact = 联系方式不对
problem-closed = 已经关闭
problem-harmful = 会造成伤害
problem-names-me = 提到了我或私人
problem-other = 其他问题
reason-not-fitting = 不符合这个目录的用途。
reason-double = 已经收录了。
reason-personal = 含有私人信息。
reason-unclear = 无法理解或找到。
reason-wrong = 内容不正确。
reason-advert = 属于广告或工作场所。
reason-out-of-date = 内容太旧。
reason-no-fault = 没有发现问题。
do-report = 这里有问题
do-report-one = 报告问题：{ $name }
do-edit-words = 修改
do-stop = 不发送
do-public-contact = 这是该服务自己公开的联系方式
do-send = 发送
do-case = 查看我的案件
do-tell = 有决定时告诉我
do-tell-not = 不用告诉我
do-answer = 回答
do-withdraw = 撤回
word-approve = 批准, 同意
word-reject = 拒绝
word-ask = 询问
word-edit = 编辑
word-take = 接手
word-tie = 关联
word-check = 核实
word-hide = 隐藏
word-show = 恢复
word-review = 审核, 队列
review-title = { $code } · { $kind ->
    [report] 报错
    [show] 恢复显示
   *[suggestion] 推荐
  }{ $urgent ->
    [yes] {" · 紧急"}
   *[no] {""}
  }：{ $about }
review-line = { $what } · 自 { $day } · 已有 { $approvals } 人批准
review-day = 提交于 { $day }
review-about-line = 涉及：{ $line }
review-missing = 还缺少：{ $fields }
review-flags = 标记：{ $flags }
review-public-contact = 提交者说明：联系方式是该服务自己公开的。请核实。
review-doubles = 可能重复：{ $ids }
review-link-warn = 点开前请看清这个地址：{ $url }
review-link-refuse = 不要打开：{ $url }
review-version = 第 { $version } 版
review-approved-by = 已批准：{ $name }{ $old ->
    [yes] {" （旧版本）"}
   *[no] {""}
  }
review-rejected-by = 已拒绝：{ $name }{ $old ->
    [yes] {" （旧版本）"}
   *[no] {""}
  }。{ $reason }
review-tie-said = { $name } 与此有关联，不参与决定。
review-taken = 由 { $name } 处理。
review-check-said = 已核实：{ $method }，{ $day }
review-question = 已询问：{ $words }
review-answer = 回答：{ $words }
review-no-answer = 还没有回答。
review-closed = { $code }：{ $state ->
    [approved] 已采纳
    [rejected] 未采纳
    [withdrawn] 已撤回
   *[expired] 已过期
  }。内容已删除。
review-already = 已经结案：{ $state ->
    [approved] 已采纳
    [rejected] 未采纳
    [withdrawn] 已撤回
   *[expired] 已过期
  }。没有任何改动。
review-digest = 这里等待：{ $count }，紧急：{ $urgent }，最久 { $days } 天。输入“审核”查看。
review-nothing = 没有等待的内容。
review-waiting = 等待：{ $count }。前 { $shown } 个：
review-approved = { $code } 已采纳并公开。
review-counted = 你对 { $code } 的批准已计入，还需要其他管理员。
review-why = 为什么不采纳 { $code }？
review-block-why = 为什么不再接收该发送者的内容？没有人会知道是谁，90 天后解除。
review-blocked = 90 天内不再接收 { $code } 发送者的内容。该案件仍待处理。
review-unblocked = { $code } 的发送者可以再次提交。
review-not-blocked = 没有人因该案件被屏蔽。
review-nobody-to-block = 我对发送者一无所知：它来自终端或文件。
block-threats = 威胁或侮辱
block-flood = 大量提交
block-advert = 广告
review-rejected = { $code } 未采纳。内容已删除。
review-third = 你对 { $code } 的拒绝已计入。已有人批准，由第三位管理员决定。
review-ask-question = 你的问题
review-ask-how = 提交者用代码可以看到问题。请不要问对方是谁、在哪里工作或如何联系。
review-asks-who = 这似乎在问某人是谁。发送者在这里保持匿名，也不必回答这样的问题。还没有发出。
review-question-length = 问题需有 1 到 1000 个字。
review-asked = { $code } 的问题正在等持有代码的人。
review-edited = { $code } 有了新版本，需要重新决定。
review-field-name = 名称
review-field-description = 提供什么，按语言（zh: …）
review-field-contact = 联系方式（url: …，phone: …）
review-field-facts = 类别、地点、主题、对象
review-field-sources = 来源：地址和说明
review-took = { $code } 由你处理。
review-tie-kept = 已记录你与 { $code } 的关联，你的意见不计入。
review-how-checked = 你今天如何核实 { $code }？
review-check-kept = { $code } 的核实已记录。
review-check-day = 核实日期不能在将来。
review-hidden = 已立即隐藏。恢复显示需要两位管理员。
review-show-asked = { $code }：你已同意恢复显示，还需要另一位管理员。
review-incomplete = 条目还不完整。请先编辑：
review-wrong-fields = 这些栏目缺失或尚有错误：{ $fields }。
review-needs-call = 热线号码需要在 7 天内打过电话或发过消息。请用“核实”记录。
review-own = 这是你提交的，由其他人决定。
review-tied = 你与此有关联，由其他人决定。
review-changed = 期间已有改动。请再看一遍再决定。
review-edit-first = 还没有改动。请编辑条目、隐藏它或拒绝报错。
review-nothing-to-edit = 这里没有可编辑的内容。
review-nothing-to-hide = 这里没有可隐藏的条目。
review-id-taken = 已有同样 id 的条目。请换一个 id，或作为重复拒绝。
review-not-hidden = 这个条目没有被隐藏。
review-cut = 这里有些内容被截短。
do-see-all = 查看全部
review-no-record = 没有这个条目。
review-no-case = 你的案件里没有这个。
do-approve = 批准
do-reject = 拒绝
do-block = 不再接收该发送者的内容
do-unblock = 恢复接收
do-ask-back = 询问
do-send-anyway = 仍然发送
do-ask-otherwise = 换个问法
do-edit = 编辑
do-check = 记录核实
do-hide-record = 隐藏条目
do-take = 接手
do-tie = 我有关联
cli-suggest = 推荐资源；公开前由管理员查看
cli-case = 查看、回答或撤回你提交的内容
form-keep = 要保持不变，请输入：{ $word }。
privacy-suggest = 推荐或报错在决定前加密保存，最多 90 天，绝不与提交者一起保存：只有一个带密钥的哈希，用来防止自己决定自己的内容，决定后删除。你的代码以带密钥的哈希保存到决定后 30 天；近期提交次数以带密钥的哈希保存 7 天。如果管理员屏蔽了你，屏蔽记录以带密钥的哈希保存，最多 90 天。

## Matrix

matrix-no-key = 我读不了这条消息：它的密钥没有传到我这里。请再发一次。
matrix-only-text = 我只能读文字。请写下你需要什么、在哪里。
matrix-verify = 我是程序，无法比对表情符号。运行我的人可以给你看我的身份指纹。
matrix-in-private = 我已在私聊里回复你。
matrix-erased = 我已撤回最近一天在这里发的消息。你写的内容要你自己删除；手机和服务器可能留有副本。
matrix-erase-words = 不留痕迹, 清除, 删除你的消息
matrix-public-words = 公开, 在这里
privacy-matrix-waits = 消息在回复之前会以加密形式留在我的磁盘上，最多 24 小时。
privacy-matrix-marks = 每条回复过的消息我保留一个代码 14 天，以免重复回复。它不显示写了什么，也不显示是谁写的。
privacy-matrix-devices = 只要我们在同一个房间，我就保留你设备的密钥，加密需要它们。
privacy-matrix-memory = 你选的语言和最后显示的选项在内存里保留 30 分钟。
privacy-matrix-servers = 服务器能看到谁在什么时候写给谁。我们的消息会留在聊天里，直到被删除：写“{ $erase }”，我就撤回我的消息。
privacy-own = 因为你要求，我保留了：
privacy-own-none = 你没有让我为你保留任何东西。
privacy-own-reminder = 一个提醒：{ $event }
privacy-own-told = 有结果时要告诉你的建议或举报：{ $count }
privacy-erased = 已经删除。我不会提醒你，也不会主动告诉你什么。
do-erase-own = 删除我要求保留的一切

## What moderators do about the directory

check-title = 记录一次核实
check-ask-record = 你核实了哪一条？请写名称或编号。
check-ask-method = 你是怎么核实的？
check-ask-outcome = 结果如何？
check-ask-date = 如果不是今天，是哪一天？例如 2026-03-31。
check-choose-ok = 都正确
check-choose-changed = 有变化
check-choose-failed = 没有联系上
check-no-record = 没有这个名称或编号的条目。
check-how = 请写核实方式：{ $methods }。然后写结果：ok、changed 或 failed。
check-date = 日期写作 2026-03-31，并且不能在将来。
check-helpline = 热线要有人接听或回复才算核实：{ $methods }。
check-noted = 已记录：{ $name }，{ $date }，{ $method }。
check-outcome-changed = 请把变化作为更正提交，以便审核通过。
check-outcome-failed = 这不算核实。如果这个联系方式可能造成伤害，请先隐藏，等弄清楚再说。
do-note-check = 我核实了{ $name }
due-title = 本周需要核实
due-how = 核实后，用“check”加编号和方式来记录。热线要打电话或写信核实。
due-line = { $name }（{ $id }）：{ $freshness }
due-soon = { $name }（{ $id }）：{ $freshness }，一周内需要核实
due-urgent = 紧急：{ $line }
due-more = 还有 { $count } 条。
history-title = 谁做了什么
history-none = 最近 24 个月没有相关操作。
history-line = { $day }，{ $by }：{ $action }（{ $item }）
history-how = { $action }，{ $how }
act-put = 发布
act-hide = 隐藏条目
act-show = 重新显示条目
act-check = 核实
act-hide-contact = 隐藏一个联系方式
act-show-contact = 重新显示一个联系方式
act-remove = 移除条目
act-event-change = 修改活动
act-event-submit = 提交活动
act-event-approve = 批准活动
act-event-back = 退回活动
act-event-withdraw = 撤回活动
act-campaign-export = 同意把名单交给组织者
act-signature-confirm = 确认签名
act-signature-decline = 拒绝签名
act-approve = 批准
act-reject = 拒绝
act-edit = 编辑
act-ask = 询问
act-take = 接手
act-tie = 声明关联
act-block = 屏蔽发送者
act-unblock = 解除屏蔽
act-uncertain-arrived = 确认消息已送达
act-uncertain-again = 让消息重新发送
act-announce-submit = 提交公告
act-announce-approve = 批准公告
act-announce-correct = 更正公告
act-announce-back = 退回公告
act-announce-retract = 撤回公告
act-setup-join = 设定了审核室
act-setup-leave = 取消了审核室
need-title = 有人询问但没有的
need-none = 没有被询问五次或更多却缺少的内容。
need-line = { $month }，{ $place }：{ $topic }，{ $count } 次

## Messages that may or may not have arrived

uncertain-what = 我不知道有一条消息是否送达。它属于：{ $cause }。
uncertain-where = 房间，在 { $platform } 上：{ $room }
uncertain-how = 请先去那里看看，再选择。我不会自己再发一次。
uncertain-arrived = 记下了：已送达。
uncertain-again = 我再发一次。
uncertain-settled = 已经有人处理了。
do-uncertain-arrived = 已送达
do-uncertain-again = 再发一次

## Screening of suggestions

error-url = “url”必须是文字。
cli-screen = 标出建议里需要管理员留意的地方
cli-screen-batch = JSON Lines 格式的建议；- 表示读取标准输入

## Announcements

command-announce = 公告
command-subscribe = 订阅
command-campaign = 联署, 联署活动
announce-list = 进行中的公告：{ $count } 条。
announce-title = 公告
announce-text = 要说的内容
announce-topic = 主题；留空则发到所有房间
announce-place = 地点；留空则发到所有房间
announce-at = 不早于，如 2026-12-17 09:00；留空：立刻
announce-until = 不晚于，如 2026-12-18 18:00；可留空
announce-at-once = 立刻
announce-when = 发出时间：{ $at }，按每个房间的当地时间，避开安静时段。不晚于：{ $until }。主题：{ $topic }。地点：{ $place }。
announce-card = 公告 { $code }，由 { $by } 撰写。有足够的管理员同意后才会发出。
announce-alone = 这里一位管理员就够了：发出前没有其他人读过。
announce-missing = 还没有写：{ $languages }。读这些语言的房间会听到{ $instead }。
announce-paragraph-missing = （没有这一段）
announce-long = 内容较长。请打开全文看完，然后再为它担保。
announce-on-discord = 在 Discord 上是一条消息。链接写在文字后面，不显示网页预览。更正会取代原文，不再通知。在公告频道里，它会转发到关注它的频道，每小时约十条。
announce-on-matrix = 在 Matrix 上是一条消息，按每个人对房间的设置发出通知。带链接的文字可以点开；显示纯文本的地方，链接写在文字后面。更正会取代原文，应用里可以查看之前的文字；收回后会留下一行空白。
announce-plain = 把链接写出来，读起来是：
do-look-as-read = 房间读到的样子：{ $language }
announce-corrected = （本文已更正。）
announce-over = （这已经结束。）
announce-late = （这条消息来晚了：原定 { $at } 发出。）
announce-correct-title = 重新写
announce-retract-sure = 所有房间里的每一份都会删除，无法撤销。
announce-state-draft = 草稿
announce-state-waiting = 等待另一位管理员
announce-state-published = 已发布
announce-state-correcting = 已发布；更正在等待另一位管理员
announce-state-retracted = 已撤回
announce-progress = 已送达：{ $sent }。等待：{ $waiting }。失败：{ $failed }。不确定：{ $uncertain }。过期或取消：{ $cancelled }。
announce-handing-on = 已送达的当中，等待转发到关注频道的：{ $count }。
announce-overdue = 迟了 15 分钟以上的（已送达或等待中）：{ $count }。
announce-nowhere = 我不知道任何副本：没有房间想收到它，或者它是 90 多天前发出的，我已不知道发到了哪里。
announce-progress-change = 各处副本的更改（更正，以及“已结束”）。{ $progress }
announce-progress-withdraw = 收回的副本。{ $progress }
announce-unknown = 我不知道这条公告。
announce-not-draft = 这条已经不是草稿了。
announce-not-published = 这条还没有发布。
announce-held = 这样还不能发出。请先改好正文下面列出的问题。
announce-correct-held = 这样还不能发出，什么都没有保存。以下是问题所在，以及你写的内容：
announce-decided = 已经有人决定了。
announce-other-version = 内容之后改过了，请再看一遍。
announce-same = 你已经同意了，需要另一位管理员来读。
announce-day-said = 这里的另一个社群已经宣布了这一天，再发每个房间都会收到两次。
failed-no-room = 房间已不在
failed-no-permission = 我不能在那里发言
failed-not-encrypted = 房间没有加密
failed-too-long = 超出平台长度
failed-no-message = 消息已不在
failed-gave-up = 一周都没有连上
failed-full = 日历已满
failed-closed = 不接收消息
failed-other = 其他原因
lint-empty = { $language }：没有内容。
lint-hole = { $language }：有地方没填：{ $place }
lint-link-text = { $language }：有个链接没有文字：{ $place }
lint-link = { $language }：这不是可用的链接：{ $place }
lint-unknown-link = { $language }：目录里没有这个链接：{ $place }
lint-word = { $language }：我们不用的词：{ $place }
lint-shout = { $language }：有感叹号：{ $place }
lint-too-long = { $language }：一条消息放不下。
do-write-announcement = 写一条
do-submit-announcement = 交给其他管理员
do-approve-announcement = 我同意
do-send-back = 这样不行
do-correct = 更正
do-retract = 撤回
do-retract-sure = 删除每一份
do-look-again = 再看看
schedule-zone = 我不认识这个时区。写法如 America/Toronto。
schedule-when = 时间请写成 2026-12-17 09:00 这样。
schedule-quiet = 安静时段请写成 22-8 这样，没有就写 -。
schedule-past = 这个时间在哪里都已经过了。
schedule-far = 这在 400 天以后了。
schedule-until = 结束早于开始。
schedule-until-late = 最晚可以在发出后 89 天结束：在这段时间里我知道各份在哪里。
schedule-skipped = 那时钟会拨快，没有这个时刻：算作 { $counts }（{ $zone }）。
schedule-twice = 那时钟会拨慢，这个时刻出现两次：以第一次为准（{ $zone }）。
announce-is-over = 结束时间已过。说过的会保留并注明；不会再发出。

## Rooms that want to hear

subscribe-title = 这个房间收到什么
subscribe-topics = 主题，用逗号分开；留空为全部
subscribe-places = 地点，用逗号分开；留空为全部
subscribe-language = 语言
subscribe-zone = 时区，如 America/Toronto
subscribe-quiet = 安静时段，如 22-8，或 -
subscribe-keepers-only = 只有管理这个房间的人能决定。
subscribe-is = 这个房间会收到公告。
subscribe-is-topics = 主题：{ $topics }
subscribe-is-places = 地点：{ $places }
subscribe-is-language = 语言：{ $language }
subscribe-is-hours = 时区：{ $zone }。安静时段：{ $quiet }。
subscribe-digest-on = 每周一次，发新的和刚核实过的内容。
subscribe-digest-off = 没有每周清单。
subscribe-calendar-on = 如果我可以在这个服务器创建活动，活动会放进它的日历。只给同伴的不放。
subscribe-calendar-off = 活动不放进这个服务器的日历。已有的会留到结束，并保持更新。
subscribe-stopped = 这个房间不再收到任何内容，设置已删除。
subscribe-stopped-calendar = 这个房间不再收到任何内容，设置已删除，也不再有活动放进这个服务器的日历。已有的会留到结束，并保持更新。
do-change = 更改
do-digest-on = 每周清单
do-digest-off = 不要每周清单
do-calendar-on = 把活动放进这里的日历
do-calendar-off = 活动不进日历
do-unsubscribe = 不再接收

## Campaigns

campaign-none = 目前没有可以联署的活动。
campaign-list = 这些活动可以阅读和联署。
campaign-unknown = 我不知道这个活动。
campaign-changed = 内容之后改过了，请再读一遍。
campaign-named-early = { $name }（{ $day } 开放）
campaign-early = 这个活动还没有开放。开放日期：{ $day }。在那之前可以阅读，还不能联署。
campaign-closed = 这个活动已经结束，不能再联署了。
campaign-calls = 它的诉求（原文）：
campaign-own-form = 组织者自己的表格：
campaign-promise = 你也可以在这里联署。不会替你填写任何内容。用工作时的名字就可以。我不问电话、地址，也不需要账号。你填的内容会加密保存，只有两位管理员同意才交给组织者，你随时可以收回。
campaign-count-person = 个人：{ $count }
campaign-count-organization = 团体：{ $count }
campaign-count-supporter = 匿名支持者：{ $count }
campaign-title = 联署
campaign-name-person = 用来联署的名字，你用的任何名字都可以
campaign-name-organization = 团体的名字
campaign-region = 地区，可留空
campaign-preview = 只会保存这些，没有别的。你按下之前什么都不保存。
campaign-as-person = 以个人身份
campaign-as-organization = 以团体身份
campaign-as-supporter = 以匿名支持者身份
campaign-given-name = 名字：{ $words }
campaign-given-region = 地区：{ $words }。至少还有四个人在同一地区时才会显示。
campaign-draft-over = 时间已过，什么都没有保存。请重新开始。
campaign-signed = 谢谢，你已联署。这是你的代码：
campaign-code = 请保存这个代码。只有用它才能收回你的联署。我只显示一次。
campaign-pending = 管理员会先询问这个团体，在那之前不计入。
campaign-news-title = 收到组织者的消息
campaign-news-how = 他们可以怎样联系你；留空则不联系
campaign-news-kept = 组织者可以这样联系你。用你的代码可以更改。
campaign-news-off = 组织者不会联系你。
campaign-withdraw-title = 收回
campaign-withdrawn = 你的联署已删除。
campaign-no-signature = 我没有这个代码的联署。
campaign-organization = { $name } 以团体身份联署了“{ $campaign }”。请用你知道的方式问他们，再选择。
campaign-nothing-pending = 没有团体在等待。
campaign-confirmed = 记下了。
campaign-export = 记下了。一周内再有一位管理员这样说，运行机器人的人就可以用这个命令写出名单：python -m bot signatures { $campaign }
do-sign-person = 以个人联署
do-sign-organization = 以团体联署
do-sign-supporter = 不留名联署
do-sign = 联署
do-back = 返回
do-hear-news = 收到组织者的消息
do-withdraw-signature = 收回我的联署
do-change-news = 接收或不再接收组织者的消息
do-confirm-organization = 他们联署了
do-decline-organization = 他们没有联署
do-see-organizations = 等待确认的组织
do-hand-over = 名单可以交给主办方

## Days and events

days-proposed = { $name } 从 { $day } 开始。每种语言都有草稿。只有管理员交出才会发出。
do-look-draft = 看草稿
command-events = 活动
events-days = 即将到来的日子：
events-coming = 活动：
events-none = 我不知道这里有即将举行的活动。
events-title = 活动
events-topic = 主题；留空表示全部
events-place = 地点；留空表示各地
event-list = 这里有 { $count } 个活动。
event-title = 活动
event-name = 名称
event-starts = 开始，例如 2026-12-17 18:00；留空：还没有日期
event-ends = 结束，例如 21:00；留空：两小时后
event-place = 地点；留空表示线上
event-organizer-field = 主办方在目录中的名称
event-address = 地址或链接；可以留空
event-topics = 主题，用逗号分开；可以留空
event-audience = 给谁参加
event-parts = 各个环节，每行一个，例如 18:30 开场
event-for-everyone = 所有人都可参加
event-for-peers = 仅限同伴；不显示地址
event-where = 地点：{ $place }。地址：{ $address }
event-online = 线上
event-organizer = 主办方：{ $name }
event-ask-address = 主办方会告诉同伴在哪里举行。
event-card = 活动 { $code }，由 { $by } 提交。有足够的管理员支持后才会显示。
event-calendars = 服务器日历：{ $progress }
event-withdraw-sure = 不再向任何人显示这个活动。无法撤销。
event-gone = 我不知道这个活动，它可能已经结束。
event-no-date = 活动要有日期才能发布。
event-no-organizer = 活动需要一个目录中有的主办方。
event-long = 活动最多持续 31 天。
event-sessions = 请每行写一个环节，最多 20 个，例如 18:30 开场，并先填好活动的日期。
event-parts-outside = 有一个环节不在活动的时间内。请按活动时间调整各环节。
do-choose-events = 按主题或地点
do-hold-events = 待处理的活动
do-write-event = 写一个活动
do-write-when = 名称、时间、地点
do-write-who = 主办方、地址、环节
do-show-organizer = 主办方
calendar-neutral = 日程
digest-title = 过去一周目录里新增和刚核实的内容：
digest-new = 新增：
digest-checked = 刚核实：
digest-more = ……还有 { $count } 条

## Words of moderators (handlers/asked.py, handlers/help.py)
word-history = 历史
word-need = 需求
word-setup = 设置
help-moderating = 管理员还可以输入：{ $review }；{ $check } 加条目和核实方式；{ $history } 加条目或案件；{ $need }；{ $announce }；{ $subscribe }；{ $setup } 在管理员使用的房间里。
event-reminder = 你要我提醒你：{ $at }。
event-remind-kept = 开始前我会在这里告诉你一次，为此保留的内容随即删除。
event-remind-late = 只能在活动前 30 天内、提醒时间之前要求提醒。
event-remind-stopped = 我没有为你保留提醒。
do-remind-day = 提前一天提醒我
do-remind-hours = 提前两小时提醒我
do-remind-stop = 不用提醒
do-show-event = 看看是什么
