<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>NetworkReport</name>
    <message>
        <source>Friends with IPv6 can reach you; others need you to call first</source>
        <translation>يستطيع الأصدقاء الذين لديهم IPv6 الوصول إليك؛ أما الآخرون فعليك أن تتصل بهم أولًا</translation>
    </message>
    <message>
        <source>Reachable over IPv6</source>
        <translation>متاح عبر IPv6</translation>
    </message>
    <message>
        <source>Friends with IPv6 can reach you if your router lets them in; others need you to call first</source>
        <translation>يستطيع الأصدقاء الذين لديهم IPv6 الوصول إليك إذا سمح لهم الموجّه بالدخول؛ أما الآخرون فعليك أن تتصل بهم أولًا</translation>
    </message>
    <message>
        <source>Perhaps over IPv6</source>
        <translation>ربما عبر IPv6</translation>
    </message>
    <message>
        <source>Friends can probably not start a call to you; you can call out</source>
        <translation>لا يستطيع الأصدقاء على الأرجح بدء الاتصال بك؛ وأنت تستطيع الاتصال بالآخرين</translation>
    </message>
    <message>
        <source>Probably not reachable</source>
        <translation>غير متاح على الأرجح</translation>
    </message>
    <message>
        <source>Nobody can start a call to you; you can call out</source>
        <translation>لا أحد يستطيع بدء الاتصال بك؛ وأنت تستطيع الاتصال بالآخرين</translation>
    </message>
    <message>
        <source>You can call out only</source>
        <translation>الاتصال منك فقط</translation>
    </message>
    <message>
        <source>Only friends on your local network can reach you</source>
        <translation>لا يستطيع الوصول إليك إلا الأصدقاء في شبكتك المحلية</translation>
    </message>
    <message>
        <source>Local network only</source>
        <translation>الشبكة المحلية فقط</translation>
    </message>
    <message>
        <source>This computer has no network</source>
        <translation>هذا الحاسوب غير متصل بأي شبكة</translation>
    </message>
    <message>
        <source>No network</source>
        <translation>لا توجد شبكة</translation>
    </message>
    <message>
        <source>Friends can reach you</source>
        <translation>يستطيع الأصدقاء الوصول إليك</translation>
    </message>
    <message>
        <source>Friends can probably reach you</source>
        <translation>يستطيع الأصدقاء على الأرجح الوصول إليك</translation>
    </message>
    <message>
        <source>Probably reachable</source>
        <translation>متاح على الأرجح</translation>
    </message>
    <message>
        <source>Finding out who can reach you</source>
        <translation>نتحقق ممّن يستطيع الوصول إليك</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>جارٍ الفحص…</translation>
    </message>
    <message>
        <source>A friend who can&apos;t reach you rings, and Culvert calls back without anybody in between. Both clocks must be right to two minutes for that.</source>
        <translation>الصديق الذي لا يستطيع الوصول إليك يرنّ، فيعاود Culvert الاتصال به دون أحد بينكما. ويجب لذلك أن تكون الساعتان مضبوطتين بفارق لا يتجاوز دقيقتين.</translation>
    </message>
    <message>
        <source>Rings of friends</source>
        <translation>رنّات الأصدقاء</translation>
    </message>
    <message>
        <source>Rings that Culvert sent</source>
        <translation>الرنّات التي أرسلها Culvert</translation>
    </message>
    <message>
        <source>This system lets nobody ring over IPv6.</source>
        <translation>هذا النظام لا يتيح لأحد أن يرنّ عبر IPv6.</translation>
    </message>
    <message>
        <source>Friends who have IPv4 alone need another way to find you.</source>
        <translation>الأصدقاء الذين ليس لديهم سوى IPv4 يحتاجون إلى طريقة أخرى للعثور عليك.</translation>
    </message>
    <message>
        <source>Friends need nothing kept open to reach or ring you.</source>
        <translation>لا يحتاج الأصدقاء إلى إبقاء شيء مفتوحًا كي يصلوا إليك أو يرنّوا لك.</translation>
    </message>
    <message>
        <source>Friends can ring you through any Teredo server, past your firewall.</source>
        <translation>يستطيع الأصدقاء أن يرنّوا لك عبر أي خادم Teredo، متجاوزين جدار الحماية لديك.</translation>
    </message>
    <message>
        <source>Sent to keep that way open</source>
        <translation>أُرسل لإبقاء هذا الطريق مفتوحًا</translation>
    </message>
    <message>
        <source>one octet about twice a minute</source>
        <translation>بايت واحد نحو مرتين في الدقيقة</translation>
    </message>
    <message>
        <source>Friends can ring you through your Teredo server.</source>
        <translation>يستطيع الأصدقاء أن يرنّوا لك عبر خادم Teredo الخاص بك.</translation>
    </message>
    <message>
        <source>Culvert rang friends who didn&apos;t answer.</source>
        <translation>رنّ Culvert لأصدقاء لم يجيبوا.</translation>
    </message>
    <message>
        <source>They call back as soon as they hear it. Both clocks must be right to two minutes.</source>
        <translation>يعاودون الاتصال فور سماعه. ويجب أن تكون الساعتان مضبوطتين بفارق لا يتجاوز دقيقتين.</translation>
    </message>
    <message>
        <source>Let one of the two routers pass everything on (bridge mode).</source>
        <translation>اجعل أحد الموجّهين يمرّر كل شيء (وضع الجسر).</translation>
    </message>
    <message>
        <source>Ask your provider for an IPv4 address of your own.</source>
        <translation>اطلب من مزوّد الخدمة عنوان IPv4 خاصًا بك.</translation>
    </message>
    <message>
        <source>Ask your provider for an IPv4 address of your own, or for IPv6.</source>
        <translation>اطلب من مزوّد الخدمة عنوان IPv4 خاصًا بك، أو IPv6.</translation>
    </message>
    <message>
        <source>Open a port in your router: switch on UPnP there, or forward Culvert&apos;s port by hand.</source>
        <translation>افتح منفذًا في الموجّه: فعّل UPnP فيه، أو أعد توجيه منفذ Culvert يدويًا.</translation>
    </message>
    <message>
        <source>not tested</source>
        <translation>لم يُختبر</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>no</source>
        <translation>لا</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>البروتوكول</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>غير معروف</translation>
    </message>
    <message>
        <source>This computer has no IPv4 address.</source>
        <translation>ليس لهذا الحاسوب عنوان IPv4.</translation>
    </message>
    <message>
        <source>Friends who have only IPv4 can&apos;t talk with you.</source>
        <translation>الأصدقاء الذين ليس لديهم سوى IPv4 لا يستطيعون محادثتك.</translation>
    </message>
    <message>
        <source>This computer has an IPv4 address that the whole internet knows.</source>
        <translation>لهذا الحاسوب عنوان IPv4 معروف على الإنترنت كلها.</translation>
    </message>
    <message>
        <source>This computer&apos;s IPv4 address counts only in your own network.</source>
        <translation>عنوان IPv4 لهذا الحاسوب صالح في شبكتك وحدها.</translation>
    </message>
    <message>
        <source>Friends elsewhere need an open port in your router to start a conversation with you over IPv4.</source>
        <translation>يحتاج الأصدقاء في أماكن أخرى إلى منفذ مفتوح في الموجّه لبدء محادثة معك عبر IPv4.</translation>
    </message>
    <message>
        <source>Private address (RFC 1918, RFC 6598)</source>
        <translation>عنوان خاص (RFC 1918, RFC 6598)</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>This computer has no IPv6 address that the internet knows.</source>
        <translation>ليس لهذا الحاسوب عنوان IPv6 معروف على الإنترنت.</translation>
    </message>
    <message>
        <source>Friends can&apos;t reach you over IPv6, which is the simplest way.</source>
        <translation>لا يستطيع الأصدقاء الوصول إليك عبر IPv6، وهو أبسط الطرق.</translation>
    </message>
    <message>
        <source>Switch on IPv6 in your router, or ask your provider for it.</source>
        <translation>فعّل IPv6 في الموجّه، أو اطلبه من مزوّد الخدمة.</translation>
    </message>
    <message>
        <source>There is IPv6, but only inside your own network.</source>
        <translation>يتوفر IPv6، لكن داخل شبكتك فقط.</translation>
    </message>
    <message>
        <source>Friends in the same network can use it, others can&apos;t.</source>
        <translation>يستطيع الأصدقاء في الشبكة نفسها استخدامه، دون غيرهم.</translation>
    </message>
    <message>
        <source>Unique local address (RFC 4193)</source>
        <translation>عنوان محلي فريد (RFC 4193)</translation>
    </message>
    <message>
        <source>This computer has IPv6.</source>
        <translation>لدى هذا الحاسوب IPv6.</translation>
    </message>
    <message>
        <source>This computer has IPv6, but changes its address every day.</source>
        <translation>لدى هذا الحاسوب IPv6، لكن عنوانه يتغير كل يوم.</translation>
    </message>
    <message>
        <source>A friend who wasn&apos;t online for a day or two may not find you again over IPv6 alone.</source>
        <translation>من يغيب من الأصدقاء يومًا أو يومين قد لا يجدك من جديد عبر IPv6 وحده.</translation>
    </message>
    <message>
        <source>Allow a stable IPv6 address in the system&apos;s network settings, beside the temporary ones.</source>
        <translation>اسمح في إعدادات شبكة النظام بعنوان IPv6 ثابت إلى جانب العناوين المؤقتة.</translation>
    </message>
    <message>
        <source>Temporary address (RFC 8981)</source>
        <translation>عنوان مؤقت (RFC 8981)</translation>
    </message>
    <message>
        <source>An IPv6 address of this computer is about to go.</source>
        <translation>أحد عناوين IPv6 لهذا الحاسوب على وشك الزوال.</translation>
    </message>
    <message>
        <source>New conversations don&apos;t use it.</source>
        <translation>لا تستخدمه المحادثات الجديدة.</translation>
    </message>
    <message>
        <source>Join the network again, so that the router gives out a new address.</source>
        <translation>اتصل بالشبكة من جديد كي يمنحك الموجّه عنوانًا جديدًا.</translation>
    </message>
    <message>
        <source>Deprecated address (RFC 4862)</source>
        <translation>عنوان مُهمَل (RFC 4862)</translation>
    </message>
    <message>
        <source>What this computer sends goes through a VPN.</source>
        <translation>ما يرسله هذا الحاسوب يمرّ عبر VPN.</translation>
    </message>
    <message>
        <source>Friends see the VPN&apos;s address, and your own router can&apos;t open a port there.</source>
        <translation>يرى الأصدقاء عنوان VPN، ولا يستطيع الموجّه لديك فتح منفذ هناك.</translation>
    </message>
    <message>
        <source>Leave Culvert out of the VPN, or ask the VPN&apos;s provider for a forwarded port.</source>
        <translation>استثنِ Culvert من VPN، أو اطلب من مزوّد VPN منفذًا مُعاد التوجيه.</translation>
    </message>
    <message>
        <source>IPv4 leaves by</source>
        <translation>يخرج IPv4 عبر</translation>
    </message>
    <message>
        <source>IPv6 leaves by</source>
        <translation>يخرج IPv6 عبر</translation>
    </message>
    <message>
        <source>Friends are told no address that a server made.</source>
        <translation>لا يُبلَّغ الأصدقاء بعنوان أنشأه خادم.</translation>
    </message>
    <message>
        <source>A Teredo server is being asked how it sees this computer.</source>
        <translation>يُسأل خادم Teredo كيف يرى هذا الحاسوب.</translation>
    </message>
    <message>
        <source>No Teredo server answers as it must.</source>
        <translation>لا يجيب أي خادم Teredo كما يجب.</translation>
    </message>
    <message>
        <source>Friends reach you all the same where your port is open.</source>
        <translation>يصل إليك الأصدقاء مع ذلك حيث يكون منفذك مفتوحًا.</translation>
    </message>
    <message>
        <source>Name another Teredo server, or ask whoever runs it.</source>
        <translation>حدّد خادم Teredo آخر، أو اسأل من يشغّله.</translation>
    </message>
    <message>
        <source>A Teredo server saw that your open port works.</source>
        <translation>رأى خادم Teredo أن منفذك المفتوح يعمل.</translation>
    </message>
    <message>
        <source>Friends with IPv6 and IPv4 reach you by IPv6 packets inside IPv4 ones; the server carries none of them.</source>
        <translation>يصل إليك الأصدقاء الذين لديهم IPv6 وIPv4 بحزم IPv6 داخل حزم IPv4؛ ولا يحمل الخادم شيئًا منها.</translation>
    </message>
    <message>
        <source>Behind your router Teredo lets in only whom you called before.</source>
        <translation>خلف الموجّه لديك لا يسمح Teredo بالدخول إلا لمن اتصلت بهم من قبل.</translation>
    </message>
    <message>
        <source>Friends call through the server, and you then reach each other straight.</source>
        <translation>يتصل الأصدقاء عبر الخادم، ثم يصل كلٌّ منكما إلى الآخر مباشرة.</translation>
    </message>
    <message>
        <source>Teredo is of little use here: your router shows each peer another port.</source>
        <translation>فائدة Teredo قليلة هنا: فالموجّه يُظهر لكل طرف منفذًا مختلفًا.</translation>
    </message>
    <message>
        <source>Only friends whose routers let in any port can reach you by it.</source>
        <translation>لا يستطيع الوصول إليك به إلا الأصدقاء الذين تسمح موجّهاتهم بالدخول من أي منفذ.</translation>
    </message>
    <message>
        <source>its name leads to no usable address</source>
        <translation>اسمه لا يقود إلى عنوان صالح</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>لم يُسأل</translation>
    </message>
    <message>
        <source>being asked</source>
        <translation>قيد السؤال</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>يجيب</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>قيد الاستخدام</translation>
    </message>
    <message>
        <source>doesn&apos;t say how it sees you</source>
        <translation>لا يقول كيف يراك</translation>
    </message>
    <message>
        <source>its second address doesn&apos;t answer</source>
        <translation>عنوانه الثاني لا يجيب</translation>
    </message>
    <message>
        <source>shows you at another address again and again</source>
        <translation>يُظهرك كل مرة بعنوان مختلف</translation>
    </message>
    <message>
        <source>doesn&apos;t answer</source>
        <translation>لا يجيب</translation>
    </message>
    <message>
        <source>Teredo server</source>
        <translation>خادم Teredo</translation>
    </message>
    <message>
        <source>It sees you as</source>
        <translation>يراك بالعنوان</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>زمن الذهاب والإياب</translation>
    </message>
    <message>
        <source>It is asked again after</source>
        <translation>يُسأل مجددًا بعد</translation>
    </message>
    <message>
        <source>Teredo address (RFC 4380)</source>
        <translation>عنوان Teredo (RFC 4380)</translation>
    </message>
    <message>
        <source>Another Teredo server</source>
        <translation>خادم Teredo آخر</translation>
    </message>
    <message>
        <source>How it does</source>
        <translation>حالته</translation>
    </message>
    <message>
        <source>No address of this computer leads beyond its local network.</source>
        <translation>لا عنوان لهذا الحاسوب يتجاوز شبكته المحلية.</translation>
    </message>
    <message>
        <source>Friends there can talk with you; messages to others wait.</source>
        <translation>يستطيع الأصدقاء هناك محادثتك؛ أما الرسائل إلى غيرهم فتنتظر.</translation>
    </message>
    <message>
        <source>Connect this network to a router.</source>
        <translation>صِل هذه الشبكة بموجّه.</translation>
    </message>
    <message>
        <source>This computer has no network.</source>
        <translation>هذا الحاسوب غير متصل بأي شبكة.</translation>
    </message>
    <message>
        <source>Nobody can talk with you, and messages wait.</source>
        <translation>لا أحد يستطيع محادثتك، والرسائل تنتظر.</translation>
    </message>
    <message>
        <source>Join a Wi-Fi network, or plug in a cable.</source>
        <translation>اتصل بشبكة Wi-Fi، أو صِل كابلًا.</translation>
    </message>
    <message>
        <source>Culvert made an IPv6 address out of your open port.</source>
        <translation>أنشأ Culvert عنوان IPv6 من منفذك المفتوح.</translation>
    </message>
    <message>
        <source>Friends with IPv6 and IPv4 reach you by IPv6 packets inside IPv4 ones, without any server.</source>
        <translation>يصل إليك الأصدقاء الذين لديهم IPv6 وIPv4 بحزم IPv6 داخل حزم IPv4، دون أي خادم.</translation>
    </message>
    <message>
        <source>No tunnel address is needed: this computer has IPv6.</source>
        <translation>لا حاجة إلى عنوان نفق: لدى هذا الحاسوب IPv6.</translation>
    </message>
    <message>
        <source>There is no tunnel address, because no open port is known that it could be made of.</source>
        <translation>لا يوجد عنوان نفق، لعدم وجود منفذ مفتوح معروف يُنشأ منه.</translation>
    </message>
    <message>
        <source>Rule (RFC 4380 §5.5)</source>
        <translation>القاعدة (RFC 4380 §5.5)</translation>
    </message>
    <message>
        <source>Whoever has native IPv6 is no Teredo client</source>
        <translation>من لديه IPv6 أصلي فليس عميل Teredo</translation>
    </message>
    <message>
        <source>A third party hands over calls to you.</source>
        <translation>طرف ثالث يمرّر إليك الاتصالات.</translation>
    </message>
    <message>
        <source>It passes on how to start a conversation, and never a message.</source>
        <translation>يمرّر كيفية بدء المحادثة، ولا يمرّر رسالة أبدًا.</translation>
    </message>
    <message>
        <source>A third party doesn&apos;t answer.</source>
        <translation>أحد الأطراف الثالثة لا يجيب.</translation>
    </message>
    <message>
        <source>Friends who count on it can&apos;t call you through it.</source>
        <translation>الأصدقاء الذين يعتمدون عليه لا يستطيعون الاتصال بك من خلاله.</translation>
    </message>
    <message>
        <source>Ask whoever runs it whether it is on, and for its address of today.</source>
        <translation>اسأل من يشغّله إن كان يعمل، وما عنوانه اليوم.</translation>
    </message>
    <message>
        <source>Key of the third party</source>
        <translation>مفتاح الطرف الثالث</translation>
    </message>
    <message>
        <source>Octets through third parties</source>
        <translation>البايتات عبر الأطراف الثالثة</translation>
    </message>
    <message>
        <source>No third party is set up.</source>
        <translation>لم يُحدَّد أي طرف ثالث.</translation>
    </message>
    <message>
        <source>When both you and a friend have new addresses, nobody can tell either of you.</source>
        <translation>عندما يكون لك ولصديقك عنوانان جديدان، لا أحد يستطيع إخبار أيٍّ منكما.</translation>
    </message>
    <message>
        <source>Ask a friend who can be reached to run one, and add its address.</source>
        <translation>اطلب من صديق يمكن الوصول إليه أن يشغّل واحدًا، وأضف عنوانه.</translation>
    </message>
    <message>
        <source>The router&apos;s words</source>
        <translation>نص ردّ الموجّه</translation>
    </message>
    <message>
        <source>Friends start a conversation with you over IPv4 through this port.</source>
        <translation>عبر هذا المنفذ يبدأ الأصدقاء محادثة معك على IPv4.</translation>
    </message>
    <message>
        <source>Your router keeps a port open, and a packet came in through it.</source>
        <translation>يُبقي الموجّه منفذًا مفتوحًا، وقد دخلت حزمة من خلاله.</translation>
    </message>
    <message>
        <source>Your router keeps a port open, as its own table says; nobody came in through it yet.</source>
        <translation>يُبقي الموجّه منفذًا مفتوحًا كما يقول جدوله؛ ولم يدخل منه أحد بعد.</translation>
    </message>
    <message>
        <source>Your router says that it keeps a port open; nobody came in through it yet.</source>
        <translation>يقول الموجّه إنه يُبقي منفذًا مفتوحًا؛ ولم يدخل منه أحد بعد.</translation>
    </message>
    <message>
        <source>Your router isn&apos;t asked for an open port; that is switched off.</source>
        <translation>لا يُطلب من الموجّه فتح منفذ؛ فذلك معطّل.</translation>
    </message>
    <message>
        <source>Switch on “Ask the router for an open port”.</source>
        <translation>فعّل «طلب منفذ مفتوح من الموجّه».</translation>
    </message>
    <message>
        <source>Start Culvert without the options --no-mapping and --bind.</source>
        <translation>شغّل Culvert دون الخيارين ⁦--no-mapping⁩ و⁦--bind⁩.</translation>
    </message>
    <message>
        <source>No router answered when it was asked for an open port.</source>
        <translation>لم يجب أي موجّه عندما طُلب منه فتح منفذ.</translation>
    </message>
    <message>
        <source>Switch on UPnP, NAT-PMP or PCP in your router.</source>
        <translation>فعّل UPnP أو NAT-PMP أو PCP في الموجّه.</translation>
    </message>
    <message>
        <source>Your router refused to open a port.</source>
        <translation>رفض الموجّه فتح منفذ.</translation>
    </message>
    <message>
        <source>Allow this computer to open ports in your router&apos;s settings, or forward the port there by hand.</source>
        <translation>اسمح لهذا الحاسوب بفتح المنافذ في إعدادات الموجّه، أو أعد توجيه المنفذ هناك يدويًا.</translation>
    </message>
    <message>
        <source>Your router has no public address itself, so a port that it opens leads nowhere.</source>
        <translation>ليس للموجّه نفسه عنوان عام، فالمنفذ الذي يفتحه لا يؤدي إلى شيء.</translation>
    </message>
    <message>
        <source>Your router opened another port than the one that it was asked for.</source>
        <translation>فتح الموجّه منفذًا غير الذي طُلب منه.</translation>
    </message>
    <message>
        <source>Use another port for Culvert.</source>
        <translation>استخدم منفذًا آخر لـ Culvert.</translation>
    </message>
    <message>
        <source>Your router leads this port to another computer.</source>
        <translation>يوجّه الموجّه هذا المنفذ إلى حاسوب آخر.</translation>
    </message>
    <message>
        <source>Use another port for Culvert, or take the old entry out of your router.</source>
        <translation>استخدم منفذًا آخر لـ Culvert، أو احذف القيد القديم من الموجّه.</translation>
    </message>
    <message>
        <source>Your router opened no port; why is not known.</source>
        <translation>لم يفتح الموجّه أي منفذ؛ والسبب غير معروف.</translation>
    </message>
    <message>
        <source>Forward the port in your router&apos;s settings by hand.</source>
        <translation>أعد توجيه المنفذ يدويًا في إعدادات الموجّه.</translation>
    </message>
    <message>
        <source>Friends can&apos;t start a conversation with you over IPv4; you have to start it.</source>
        <translation>لا يستطيع الأصدقاء بدء محادثة معك عبر IPv4؛ عليك أن تبدأها أنت.</translation>
    </message>
    <message>
        <source>Unless the port is forwarded by hand, friends can&apos;t start a conversation with you over IPv4; you have to start it.</source>
        <translation>ما لم يُعَد توجيه المنفذ يدويًا، لا يستطيع الأصدقاء بدء محادثة معك عبر IPv4؛ عليك أن تبدأها أنت.</translation>
    </message>
    <message>
        <source>That does no harm: this computer is reached without it.</source>
        <translation>لا ضرر في ذلك: فالوصول إلى هذا الحاسوب ممكن من دونه.</translation>
    </message>
    <message>
        <source>That does little harm: this computer has a public address itself.</source>
        <translation>ضرر ذلك قليل: فلهذا الحاسوب نفسه عنوان عام.</translation>
    </message>
    <message>
        <source>Opened before</source>
        <translation>فُتح سابقًا</translation>
    </message>
    <message>
        <source>Outer address and port</source>
        <translation>العنوان والمنفذ الخارجيان</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>الموجّه</translation>
    </message>
    <message>
        <source>The router&apos;s own outer address</source>
        <translation>العنوان الخارجي للموجّه نفسه</translation>
    </message>
    <message>
        <source>Granted for</source>
        <translation>ممنوح لمدة</translation>
    </message>
    <message>
        <source>The same port for TCP</source>
        <translation>المنفذ نفسه لـ TCP</translation>
    </message>
    <message>
        <source>opened with another number, which nobody knows</source>
        <translation>مفتوح برقم آخر لا يعرفه أحد</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>مفتوح</translation>
    </message>
    <message>
        <source>not opened</source>
        <translation>غير مفتوح</translation>
    </message>
    <message>
        <source>spoken</source>
        <translation>مستخدَم</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>لا جواب</translation>
    </message>
    <message>
        <source>an answer that makes no sense</source>
        <translation>جواب غير مفهوم</translation>
    </message>
    <message>
        <source>A router answered with something that makes no sense.</source>
        <translation>أجاب موجّه بما لا معنى له.</translation>
    </message>
    <message>
        <source>What it says isn&apos;t believed.</source>
        <translation>لا يُعتدّ بما يقوله.</translation>
    </message>
    <message>
        <source>Restart the router, and look for an update of its software.</source>
        <translation>أعد تشغيل الموجّه، وابحث عن تحديث لبرنامجه.</translation>
    </message>
    <message>
        <source>opened, as the router says</source>
        <translation>مفتوح، كما يقول الموجّه</translation>
    </message>
    <message>
        <source>Your router lets friends in to Culvert&apos;s port over IPv6.</source>
        <translation>يسمح الموجّه للأصدقاء بالدخول إلى منفذ Culvert عبر IPv6.</translation>
    </message>
    <message>
        <source>Nothing has to be opened for IPv6: packets come in as it is.</source>
        <translation>لا حاجة إلى فتح شيء لـ IPv6: فالحزم تدخل كما هي الحال الآن.</translation>
    </message>
    <message>
        <source>Your router says that it lets friends in over IPv6; nobody came in yet.</source>
        <translation>يقول الموجّه إنه يسمح للأصدقاء بالدخول عبر IPv6؛ ولم يدخل أحد بعد.</translation>
    </message>
    <message>
        <source>Your router is being asked to let friends in over IPv6.</source>
        <translation>يُطلب من الموجّه السماح للأصدقاء بالدخول عبر IPv6.</translation>
    </message>
    <message>
        <source>Your router refused to let friends in over IPv6.</source>
        <translation>رفض الموجّه السماح للأصدقاء بالدخول عبر IPv6.</translation>
    </message>
    <message>
        <source>Friends can&apos;t start a conversation with you over IPv6, if the router&apos;s firewall is on.</source>
        <translation>لا يستطيع الأصدقاء بدء محادثة معك عبر IPv6 إذا كان جدار حماية الموجّه مفعّلًا.</translation>
    </message>
    <message>
        <source>Allow Culvert&apos;s port for this computer in the router&apos;s IPv6 firewall.</source>
        <translation>اسمح بمنفذ Culvert لهذا الحاسوب في جدار حماية IPv6 بالموجّه.</translation>
    </message>
    <message>
        <source>No router offered to let friends in over IPv6.</source>
        <translation>لم يعرض أي موجّه السماح للأصدقاء بالدخول عبر IPv6.</translation>
    </message>
    <message>
        <source>If the router&apos;s firewall is on, friends can&apos;t start a conversation with you over IPv6.</source>
        <translation>إذا كان جدار حماية الموجّه مفعّلًا، فلا يستطيع الأصدقاء بدء محادثة معك عبر IPv6.</translation>
    </message>
    <message>
        <source>Your router is being asked for an open port.</source>
        <translation>يُطلب من الموجّه فتح منفذ.</translation>
    </message>
    <message>
        <source>Culvert&apos;s UDP port</source>
        <translation>منفذ UDP لـ Culvert</translation>
    </message>
    <message>
        <source>For the address</source>
        <translation>للعنوان</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Friends on your local network find you there.</source>
        <translation>يجدك الأصدقاء في شبكتك المحلية هناك.</translation>
    </message>
    <message>
        <source>That takes no internet, no router and no current address, and clocks that differ by ten minutes at most. Others see that Culvert is used here, and not by whom.</source>
        <translation>لا يحتاج ذلك إلى إنترنت ولا موجّه ولا عنوان حالي، ويكفي ألا يزيد فارق الساعات على عشر دقائق. يرى الآخرون أن Culvert مستخدَم هنا، ولا يرون مَن يستخدمه.</translation>
    </message>
    <message>
        <source>Friends on your local network are not looked for.</source>
        <translation>لا يُبحث عن الأصدقاء في شبكتك المحلية.</translation>
    </message>
    <message>
        <source>Where there is no internet, only those find you who know your present address.</source>
        <translation>حيث لا توجد إنترنت، لا يجدك إلا من يعرف عنوانك الحالي.</translation>
    </message>
    <message>
        <source>Switch on “Find friends on the local network”.</source>
        <translation>فعّل «العثور على الأصدقاء في الشبكة المحلية».</translation>
    </message>
    <message>
        <source>Friends on your local network were heard there.</source>
        <translation>سُمع أصدقاء على شبكتك المحلية.</translation>
    </message>
    <message>
        <source>Heard of friends</source>
        <translation>سُمع من الأصدقاء</translation>
    </message>
    <message>
        <source>Sent to find them</source>
        <translation>أُرسل للعثور عليهم</translation>
    </message>
    <message>
        <source>endpoint-independent</source>
        <translation>غير مرتبط بالوجهة</translation>
    </message>
    <message>
        <source>address-dependent</source>
        <translation>مرتبط بالعنوان</translation>
    </message>
    <message>
        <source>address- and port-dependent</source>
        <translation>مرتبط بالعنوان والمنفذ</translation>
    </message>
    <message>
        <source>a contact</source>
        <translation>جهة اتصال</translation>
    </message>
    <message>
        <source>a third party</source>
        <translation>طرف ثالث</translation>
    </message>
    <message>
        <source>a Teredo server</source>
        <translation>خادم Teredo</translation>
    </message>
    <message>
        <source>the router</source>
        <translation>الموجّه</translation>
    </message>
    <message>
        <source>A contact sees you as</source>
        <translation>تراك جهة اتصال بالعنوان</translation>
    </message>
    <message>
        <source>A third party sees you as</source>
        <translation>يراك طرف ثالث بالعنوان</translation>
    </message>
    <message>
        <source>A Teredo server sees you as</source>
        <translation>يراك خادم Teredo بالعنوان</translation>
    </message>
    <message>
        <source>The router sees you as</source>
        <translation>يراك الموجّه بالعنوان</translation>
    </message>
    <message>
        <source>Your router puts its own IPv4 address in the place of this computer&apos;s.</source>
        <translation>يضع الموجّه عنوان IPv4 الخاص به مكان عنوان هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Your router shows everybody the same IPv4 address and port.</source>
        <translation>يُظهر الموجّه للجميع عنوان IPv4 ومنفذًا واحدًا لا يتغيران.</translation>
    </message>
    <message>
        <source>A conversation that both sides open at once gets through.</source>
        <translation>تنجح المحادثة التي يبدؤها الطرفان معًا.</translation>
    </message>
    <message>
        <source>Mapping (RFC 4787)</source>
        <translation>التعيين (RFC 4787)</translation>
    </message>
    <message>
        <source>Filtering (RFC 4787)</source>
        <translation>الترشيح (RFC 4787)</translation>
    </message>
    <message>
        <source>Ports vary by destination</source>
        <translation>تختلف المنافذ باختلاف الوجهة</translation>
    </message>
    <message>
        <source>Port preserved (RFC 4787)</source>
        <translation>المنفذ محفوظ (RFC 4787)</translation>
    </message>
    <message>
        <source>More than one NAT</source>
        <translation>أكثر من NAT واحد</translation>
    </message>
    <message>
        <source>Remembers a silent connection for at least</source>
        <translation>يتذكر الاتصال الصامت مدة لا تقل عن</translation>
    </message>
    <message>
        <source>Has forgotten it after</source>
        <translation>ينساه بعد</translation>
    </message>
    <message>
        <source>Your router shows each peer another port.</source>
        <translation>يُظهر الموجّه لكل طرف منفذًا مختلفًا.</translation>
    </message>
    <message>
        <source>That does little harm as long as your open port works.</source>
        <translation>ضرر ذلك قليل ما دام منفذك المفتوح يعمل.</translation>
    </message>
    <message>
        <source>Friends behind a router of their own often can&apos;t talk with you over IPv4, unless one of you has an open port.</source>
        <translation>كثيرًا ما لا يستطيع الأصدقاء الذين خلف موجّه محادثتك عبر IPv4، ما لم يكن لأحدكما منفذ مفتوح.</translation>
    </message>
    <message>
        <source>There is another router between yours and the internet.</source>
        <translation>يوجد موجّه آخر بين الموجّه لديك والإنترنت.</translation>
    </message>
    <message>
        <source>A port that your router opens leads only as far as the other one.</source>
        <translation>المنفذ الذي يفتحه الموجّه لديك لا يصل إلا إلى الموجّه الآخر.</translation>
    </message>
    <message>
        <source>Your provider shares one IPv4 address among many customers.</source>
        <translation>مزوّد الخدمة يشارك عنوان IPv4 واحدًا بين زبائن كثيرين.</translation>
    </message>
    <message>
        <source>Friends can&apos;t start a conversation with you over IPv4, whatever your router does.</source>
        <translation>لا يستطيع الأصدقاء بدء محادثة معك عبر IPv4، مهما فعل الموجّه لديك.</translation>
    </message>
    <message>
        <source>That does no harm: packets come in all the same.</source>
        <translation>لا ضرر في ذلك: فالحزم تدخل على أي حال.</translation>
    </message>
    <message>
        <source>Shared address space (RFC 6598)</source>
        <translation>نطاق عناوين مشترك (RFC 6598)</translation>
    </message>
    <message>
        <source>Computers behind your router reach each other by its outer address, too.</source>
        <translation>الحواسيب خلف الموجّه لديك يصل بعضها إلى بعض بعنوانه الخارجي أيضًا.</translation>
    </message>
    <message>
        <source>Computers behind your router don&apos;t reach each other by its outer address.</source>
        <translation>الحواسيب خلف الموجّه لديك لا يصل بعضها إلى بعض بعنوانه الخارجي.</translation>
    </message>
    <message>
        <source>That does no harm: in the same network Culvert goes the direct way.</source>
        <translation>لا ضرر في ذلك: ففي الشبكة نفسها يسلك Culvert الطريق المباشر.</translation>
    </message>
    <message>
        <source>Hairpinning (RFC 4787)</source>
        <translation>الانعطاف الداخلي، Hairpinning (RFC 4787)</translation>
    </message>
    <message>
        <source>Your router forgets a silent connection too soon.</source>
        <translation>ينسى الموجّه الاتصال الصامت قبل الأوان.</translation>
    </message>
    <message>
        <source>Culvert has to send something more often, which takes battery.</source>
        <translation>على Culvert أن يرسل شيئًا مرات أكثر، وهذا يستهلك البطارية.</translation>
    </message>
    <message>
        <source>Set the router&apos;s UDP timeout to two minutes or more, if it has such a setting.</source>
        <translation>اضبط مهلة UDP في الموجّه على دقيقتين أو أكثر، إن كان فيه هذا الإعداد.</translation>
    </message>
    <message>
        <source>The least allowed (RFC 4787 §4.3)</source>
        <translation>أقل ما يُسمح به (RFC 4787 §4.3)</translation>
    </message>
    <message>
        <source>Tried by</source>
        <translation>جرّبه</translation>
    </message>
    <message>
        <source>Sent from</source>
        <translation>أُرسل من</translation>
    </message>
    <message>
        <source>an address that nothing was sent to before</source>
        <translation>عنوان لم يُرسل إليه شيء من قبل</translation>
    </message>
    <message>
        <source>an address that was spoken with, from a new port</source>
        <translation>عنوان سبق التخاطب معه، من منفذ جديد</translation>
    </message>
    <message>
        <source>It came in</source>
        <translation>دخل</translation>
    </message>
    <message>
        <source>Sent to</source>
        <translation>أُرسل إلى</translation>
    </message>
    <message>
        <source>Whether friends can start over IPv4 was not tested.</source>
        <translation>لم يُختبر هل يستطيع الأصدقاء البدء عبر IPv4.</translation>
    </message>
    <message>
        <source>A contact or a third party has to send a packet to find out.</source>
        <translation>يلزم لمعرفة ذلك أن ترسل جهة اتصال أو طرف ثالث حزمة.</translation>
    </message>
    <message>
        <source>Friends can start a conversation with you over IPv4.</source>
        <translation>يستطيع الأصدقاء بدء محادثة معك عبر IPv4.</translation>
    </message>
    <message>
        <source>Nobody gets in to this computer over IPv4 without being called.</source>
        <translation>لا يدخل أحد إلى هذا الحاسوب عبر IPv4 ما لم تتصل به أنت.</translation>
    </message>
    <message>
        <source>Friends can&apos;t start a conversation with you over IPv4.</source>
        <translation>لا يستطيع الأصدقاء بدء محادثة معك عبر IPv4.</translation>
    </message>
    <message>
        <source>Let Culvert through the firewall of this computer.</source>
        <translation>اسمح لـ Culvert بعبور جدار حماية هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Why that is no proof</source>
        <translation>لماذا لا يُعدّ هذا دليلًا</translation>
    </message>
    <message>
        <source>the router may let in any port of an address that was spoken with</source>
        <translation>قد يسمح الموجّه بالدخول من أي منفذ لعنوان سبق التخاطب معه</translation>
    </message>
    <message>
        <source>Through the open port</source>
        <translation>عبر المنفذ المفتوح</translation>
    </message>
    <message>
        <source>a packet from outside came in</source>
        <translation>دخلت حزمة من الخارج</translation>
    </message>
    <message>
        <source>Whether friends can start over IPv6 was not tested.</source>
        <translation>لم يُختبر هل يستطيع الأصدقاء البدء عبر IPv6.</translation>
    </message>
    <message>
        <source>Friends can start a conversation with you over IPv6.</source>
        <translation>يستطيع الأصدقاء بدء محادثة معك عبر IPv6.</translation>
    </message>
    <message>
        <source>A firewall keeps out friends who start over IPv6.</source>
        <translation>يمنع جدار حماية دخول الأصدقاء الذين يبدؤون عبر IPv6.</translation>
    </message>
    <message>
        <source>Friends can&apos;t start a conversation with you over IPv6.</source>
        <translation>لا يستطيع الأصدقاء بدء محادثة معك عبر IPv6.</translation>
    </message>
    <message>
        <source>Others see this computer&apos;s own IPv4 address; nothing changes it on the way.</source>
        <translation>يرى الآخرون عنوان IPv4 لهذا الحاسوب نفسه؛ ولا شيء يغيّره في الطريق.</translation>
    </message>
    <message>
        <source>What happens to your IPv4 address on the way was not tested.</source>
        <translation>لم يُختبر ما يحدث لعنوان IPv4 لديك في الطريق.</translation>
    </message>
    <message>
        <source>It takes two others, contacts or third parties, who tell what they see.</source>
        <translation>يلزم لذلك اثنان آخران، من جهات الاتصال أو الأطراف الثالثة، يخبران بما يريان.</translation>
    </message>
    <message>
        <source>This network lets no UDP packets through. Culvert uses TCP.</source>
        <translation>لا تسمح هذه الشبكة بعبور حزم UDP. يستخدم Culvert بروتوكول TCP.</translation>
    </message>
    <message>
        <source>You reach friends whose port is open for TCP too. Friends who call you need a third party.</source>
        <translation>تصل إلى الأصدقاء الذين منفذهم مفتوح لـ TCP أيضًا. ويحتاج من يتصل بك منهم إلى طرف ثالث.</translation>
    </message>
    <message>
        <source>Ask whoever runs this network to let UDP through.</source>
        <translation>اطلب ممّن يدير هذه الشبكة السماح بعبور UDP.</translation>
    </message>
    <message>
        <source>none came from outside</source>
        <translation>لم يأتِ شيء من الخارج</translation>
    </message>
    <message>
        <source>came from outside</source>
        <translation>جاء من الخارج</translation>
    </message>
    <message>
        <source>Answers to UDP packets</source>
        <translation>الأجوبة عن حزم UDP</translation>
    </message>
    <message>
        <source>Answers over TCP</source>
        <translation>الأجوبة عبر TCP</translation>
    </message>
    <message>
        <source>This computer has no IPv6 of its own. Where a provider gives it, it is the best way.</source>
        <translation>ليس لهذا الحاسوب IPv6 خاص به. وهو أفضل الطرق حيث يقدّمه المزوّد.</translation>
    </message>
    <message>
        <source>The best way: packets go straight to every peer that has IPv6.</source>
        <translation>أفضل الطرق: تذهب الحزم مباشرة إلى كل طرف لديه IPv6.</translation>
    </message>
    <message>
        <source>The best way: both of you have IPv6, and packets go straight.</source>
        <translation>أفضل الطرق: لدى كليكما IPv6، والحزم تذهب مباشرة.</translation>
    </message>
    <message>
        <source>This peer has no IPv6 of its own.</source>
        <translation>ليس لهذا الطرف IPv6 خاص به.</translation>
    </message>
    <message>
        <source>It needs a public IPv4 address on this computer: its packets (IP protocol 41) don&apos;t get through a NAT. Its public relays were given up as well (RFC 7526).</source>
        <translation>يحتاج إلى عنوان IPv4 عام على هذا الحاسوب: فحزمه (بروتوكول IP رقم 41) لا تعبر NAT. كما أن مرحّلاته العامة لم تعد موجودة (RFC 7526).</translation>
    </message>
    <message>
        <source>It is set up, but the public relays that led to ordinary IPv6 were given up (RFC 7526), so hardly any peer can be reached.</source>
        <translation>إنه مُعدّ، لكن المرحّلات العامة التي كانت تقود إلى IPv6 العادي لم تعد موجودة (RFC 7526)، فلا يكاد يمكن الوصول إلى أي طرف.</translation>
    </message>
    <message>
        <source>It would need administrator rights, and the public relays that led to ordinary IPv6 were given up (RFC 7526).</source>
        <translation>يحتاج إلى صلاحيات المدير، والمرحّلات العامة التي كانت تقود إلى IPv6 العادي لم تعد موجودة (RFC 7526).</translation>
    </message>
    <message>
        <source>Only the provider&apos;s router does it. If it does, this computer sees ordinary IPv6: see there.</source>
        <translation>لا يفعل ذلك إلا موجّه المزوّد. فإن فعله رأى هذا الحاسوب IPv6 عاديًا: انظر هناك.</translation>
    </message>
    <message>
        <source>Only the provider can switch it on, in the router it gave you (RFC 5969). No IPv6 comes out of yours.</source>
        <translation>لا يستطيع تفعيله إلا المزوّد، في الموجّه الذي أعطاك إياه (RFC 5969). ولا يخرج IPv6 من الموجّه لديك.</translation>
    </message>
    <message>
        <source>The system carries IPv6 inside IPv4 (IP protocol 41), which counts as ordinary IPv6; everything takes the way over the tunnel&apos;s other end, mostly a broker.</source>
        <translation>يحمل النظام IPv6 داخل IPv4 (بروتوكول IP رقم 41)، ويُعدّ ذلك IPv6 عاديًا؛ ويمرّ كل شيء عبر الطرف الآخر للنفق، وهو غالبًا وسيط.</translation>
    </message>
    <message>
        <source>It needs a tunnel broker, administrator rights, and a router that lets IP protocol 41 through; not every one does.</source>
        <translation>يحتاج إلى وسيط أنفاق وصلاحيات المدير وموجّه يسمح ببروتوكول IP رقم 41؛ وليس كل موجّه كذلك.</translation>
    </message>
    <message>
        <source>It needs a tunnel broker and administrator rights; none is set up here.</source>
        <translation>يحتاج إلى وسيط أنفاق وصلاحيات المدير؛ ولم يُعدّ أي منها هنا.</translation>
    </message>
    <message>
        <source>The system&apos;s own Teredo is on. It lives on other people&apos;s servers and relays, of which few are left, so nothing here relies on it.</source>
        <translation>نفق Teredo الخاص بالنظام مفعّل. وهو يعتمد على خوادم ومرحّلات لأناس آخرين لم يبق منها إلا القليل، فلا يعتمد عليه شيء هنا.</translation>
    </message>
    <message>
        <source>The system has none, and none is needed: between friends Culvert&apos;s tunnel does the same without servers and administrator rights.</source>
        <translation>ليس لدى النظام واحد، ولا حاجة إليه: فبين الأصدقاء يفعل نفق Culvert الشيء نفسه دون خوادم ولا صلاحيات المدير.</translation>
    </message>
    <message>
        <source>Not needed: you are both in the same network.</source>
        <translation>لا حاجة إليه: كلاكما في الشبكة نفسها.</translation>
    </message>
    <message>
        <source>This peer&apos;s port can be reached over IPv4, so the tunnel leads there.</source>
        <translation>يمكن الوصول إلى منفذ هذا الطرف عبر IPv4، فالنفق يقود إليه.</translation>
    </message>
    <message>
        <source>This peer has no open port, but you have: the peer starts, and the tunnel leads here.</source>
        <translation>ليس لهذا الطرف منفذ مفتوح، ولكن لديك واحد: يبدأ هو، والنفق يقود إلى هنا.</translation>
    </message>
    <message>
        <source>Neither of you has an open port. It works only if both start at once and both routers let that through.</source>
        <translation>ليس لأيٍّ منكما منفذ مفتوح. ولا ينجح إلا إذا بدأتما معًا وسمح الموجّهان بذلك.</translation>
    </message>
    <message>
        <source>Culvert has no port at the moment.</source>
        <translation>ليس لدى Culvert منفذ في الوقت الحالي.</translation>
    </message>
    <message>
        <source>It carries IPv6 inside UDP over IPv4, and this computer has no IPv4.</source>
        <translation>يحمل IPv6 داخل UDP عبر IPv4، وليس لدى هذا الحاسوب IPv4.</translation>
    </message>
    <message>
        <source>IPv6 inside UDP over IPv4, made by Culvert itself. Peers can start to your open port, and you to theirs.</source>
        <translation>IPv6 داخل UDP عبر IPv4، ينشئه Culvert بنفسه. تستطيع الأطراف البدء نحو منفذك المفتوح، وأنت نحو منافذها.</translation>
    </message>
    <message>
        <source>IPv6 inside UDP over IPv4, made by Culvert itself. It leads to every peer with an open port; yours is not open.</source>
        <translation>IPv6 داخل UDP عبر IPv4، ينشئه Culvert بنفسه. يقود إلى كل طرف له منفذ مفتوح؛ ومنفذك غير مفتوح.</translation>
    </message>
    <message>
        <source>A contact rang you over IPv4, and it came in.</source>
        <translation>رنّت لك جهة اتصال عبر IPv4، ووصلت الرنّة.</translation>
    </message>
    <message>
        <source>A contact rang you over IPv6, and it came in.</source>
        <translation>رنّت لك جهة اتصال عبر IPv6، ووصلت الرنّة.</translation>
    </message>
    <message>
        <source>A stranger&apos;s packet comes in at this address.</source>
        <translation>تصل حزم الغرباء أيضًا إلى هذا العنوان.</translation>
    </message>
    <message>
        <source>A contact rang you over IPv4, and nothing came in.</source>
        <translation>رنّت لك جهة اتصال عبر IPv4، ولم يصل شيء.</translation>
    </message>
    <message>
        <source>A contact rang you over IPv6, and nothing came in.</source>
        <translation>رنّت لك جهة اتصال عبر IPv6، ولم يصل شيء.</translation>
    </message>
    <message>
        <source>Your router or firewall lets in only those to whom you wrote first. A single packet can get lost, too: ask once more to be sure.</source>
        <translation>لا يسمح موجّهك أو جدار الحماية بالدخول إلا لمن كتبتَ إليه أولًا. وقد تضيع حزمة واحدة أيضًا: اطلب مرة أخرى لتتأكد.</translation>
    </message>
    <message>
        <source>A contact was asked to ring you over IPv4.</source>
        <translation>طُلب من جهة اتصال أن ترنّ لك عبر IPv4.</translation>
    </message>
    <message>
        <source>A contact was asked to ring you over IPv6.</source>
        <translation>طُلب من جهة اتصال أن ترنّ لك عبر IPv6.</translation>
    </message>
    <message>
        <source>It had rung a moment before, and did not again. Ask once more in some seconds.</source>
        <translation>كانت قد رنّت قبل لحظة ولم ترنّ ثانية. اطلب مرة أخرى بعد ثوانٍ.</translation>
    </message>
    <message>
        <source>It has no direct way to this address, so that its packet would prove nothing. Ask another one.</source>
        <translation>ليس لديها طريق مباشر إلى هذا العنوان، فلن تثبت حزمتها شيئًا. اطلب من غيرها.</translation>
    </message>
    <message>
        <source>It did not say whether it rang. Ask once more, or another one.</source>
        <translation>لم تقل إن كانت قد رنّت. اطلب مرة أخرى، أو من غيرها.</translation>
    </message>
    <message>
        <source>Its packet is waited for.</source>
        <translation>ننتظر حزمتها.</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>جهة الاتصال</translation>
    </message>
    <message>
        <source>Came in after</source>
        <translation>وصلت بعد</translation>
    </message>
    <message>
        <source>It came from a new port of an address that was spoken with. A router may let that in, and strangers not.</source>
        <translation>جاءت من منفذ جديد لعنوان جرى التحدث معه. قد يسمح الموجّه بذلك ولا يسمح للغرباء.</translation>
    </message>
</context>
<context>
    <name>PairOutlook</name>
    <message>
        <source>Your network lets no UDP packets through.</source>
        <translation>لا تسمح شبكتك بعبور حزم UDP.</translation>
    </message>
    <message>
        <source>Their network lets no UDP packets through.</source>
        <translation>لا تسمح شبكة الطرف الآخر بعبور حزم UDP.</translation>
    </message>
    <message>
        <source>Neither your network nor theirs lets UDP packets through.</source>
        <translation>لا شبكتك ولا شبكة الطرف الآخر تسمح بعبور حزم UDP.</translation>
    </message>
    <message>
        <source>You have only IPv4, and they have only IPv6.</source>
        <translation>ليس لديك سوى IPv4، وليس لدى الطرف الآخر سوى IPv6.</translation>
    </message>
    <message>
        <source>You have only IPv6, and they have only IPv4.</source>
        <translation>ليس لديك سوى IPv6، وليس لدى الطرف الآخر سوى IPv4.</translation>
    </message>
    <message>
        <source>Neither of you can be called from outside, and nobody tells the two of you where the other one is.</source>
        <translation>لا يمكن الاتصال بأيٍّ منكما من الخارج، ولا أحد يخبر أحدكما بمكان الآخر.</translation>
    </message>
    <message>
        <source>They cannot be called from outside, and do not have your address, so they cannot call you either.</source>
        <translation>لا يمكن الاتصال بالطرف الآخر من الخارج، وليس لديه عنوانك، فلا يستطيع هو أيضًا الاتصال بك.</translation>
    </message>
    <message>
        <source>Their router gives every contact another port, and so does yours.</source>
        <translation>يعطي موجّه الطرف الآخر كل جهة اتصال منفذًا مختلفًا، وكذلك الموجّه لديك.</translation>
    </message>
    <message>
        <source>Your router gives every contact another port, and theirs lets in only the ports that they have written to.</source>
        <translation>يعطي الموجّه لديك كل جهة اتصال منفذًا مختلفًا، ولا يسمح موجّه الطرف الآخر بالدخول إلا من المنافذ التي راسلها.</translation>
    </message>
    <message>
        <source>Their router gives every contact another port, and yours lets in only the ports that you have written to.</source>
        <translation>يعطي موجّه الطرف الآخر كل جهة اتصال منفذًا مختلفًا، ولا يسمح الموجّه لديك بالدخول إلا من المنافذ التي راسلتها.</translation>
    </message>
    <message>
        <source>Send them your address: it works when they add it.</source>
        <translation>أرسل عنوانك إلى الطرف الآخر: ينجح الأمر عندما يضيفه.</translation>
    </message>
    <message>
        <source>It works if one of you enters a third party that both of you can reach.</source>
        <translation>ينجح الأمر إذا أضاف أحدكما طرفًا ثالثًا يستطيع كلاكما الوصول إليه.</translation>
    </message>
    <message>
        <source>It works if you switch on UPnP in your router.</source>
        <translation>ينجح الأمر إذا فعّلت UPnP في الموجّه لديك.</translation>
    </message>
    <message>
        <source>It works if they switch on UPnP in their router.</source>
        <translation>ينجح الأمر إذا فعّل الطرف الآخر UPnP في موجّهه.</translation>
    </message>
    <message>
        <source>It works if one of you switches on UPnP in the router.</source>
        <translation>ينجح الأمر إذا فعّل أحدكما UPnP في الموجّه.</translation>
    </message>
    <message>
        <source>It works if both of you switch on UPnP in the router.</source>
        <translation>ينجح الأمر إذا فعّل كلاكما UPnP في الموجّه.</translation>
    </message>
    <message>
        <source>It works if your router lets IPv6 in to Culvert.</source>
        <translation>ينجح الأمر إذا سمح الموجّه لديك بدخول IPv6 إلى Culvert.</translation>
    </message>
    <message>
        <source>It works if their router lets IPv6 in to Culvert.</source>
        <translation>ينجح الأمر إذا سمح موجّه الطرف الآخر بدخول IPv6 إلى Culvert.</translation>
    </message>
    <message>
        <source>It works if the router of one of you lets IPv6 in to Culvert.</source>
        <translation>ينجح الأمر إذا سمح موجّه أحدكما بدخول IPv6 إلى Culvert.</translation>
    </message>
    <message>
        <source>It works if the routers of both of you let IPv6 in to Culvert.</source>
        <translation>ينجح الأمر إذا سمح موجّها كليكما بدخول IPv6 إلى Culvert.</translation>
    </message>
    <message>
        <source>It works if you change to a network that lets UDP through.</source>
        <translation>ينجح الأمر إذا انتقلت إلى شبكة تسمح بعبور UDP.</translation>
    </message>
    <message>
        <source>It works if they change to a network that lets UDP through.</source>
        <translation>ينجح الأمر إذا انتقل الطرف الآخر إلى شبكة تسمح بعبور UDP.</translation>
    </message>
    <message>
        <source>It works if one of you changes to a network that lets UDP through.</source>
        <translation>ينجح الأمر إذا انتقل أحدكما إلى شبكة تسمح بعبور UDP.</translation>
    </message>
    <message>
        <source>It works if both of you change to networks that let UDP through.</source>
        <translation>ينجح الأمر إذا انتقل كلاكما إلى شبكة تسمح بعبور UDP.</translation>
    </message>
    <message>
        <source>It works if your provider gives you IPv6.</source>
        <translation>ينجح الأمر إذا أعطاك مزوّد الخدمة IPv6.</translation>
    </message>
    <message>
        <source>It works if their provider gives them IPv6.</source>
        <translation>ينجح الأمر إذا أعطى مزوّدُ الطرف الآخر إياه IPv6.</translation>
    </message>
    <message>
        <source>It works if the provider of one of you gives you IPv6.</source>
        <translation>ينجح الأمر إذا أعطى مزوّدُ أحدكما إياه IPv6.</translation>
    </message>
    <message>
        <source>It works if the providers of both of you give you IPv6.</source>
        <translation>ينجح الأمر إذا أعطاكما المزوّدان IPv6.</translation>
    </message>
    <message>
        <source>It works if your provider gives you IPv4.</source>
        <translation>ينجح الأمر إذا أعطاك مزوّد الخدمة IPv4.</translation>
    </message>
    <message>
        <source>It works if their provider gives them IPv4.</source>
        <translation>ينجح الأمر إذا أعطى مزوّدُ الطرف الآخر إياه IPv4.</translation>
    </message>
    <message>
        <source>It works if the provider of one of you gives you IPv4.</source>
        <translation>ينجح الأمر إذا أعطى مزوّدُ أحدكما إياه IPv4.</translation>
    </message>
    <message>
        <source>It works if the providers of both of you give you IPv4.</source>
        <translation>ينجح الأمر إذا أعطاكما المزوّدان IPv4.</translation>
    </message>
    <message>
        <source>It works if your router gets a public IPv4 address: from your provider, or from the other router where there are two.</source>
        <translation>ينجح الأمر إذا حصل الموجّه لديك على عنوان IPv4 عام: من مزوّد الخدمة، أو من الموجّه الآخر إن كان هناك اثنان.</translation>
    </message>
    <message>
        <source>It works if their router gets a public IPv4 address: from their provider, or from the other router where there are two.</source>
        <translation>ينجح الأمر إذا حصل موجّه الطرف الآخر على عنوان IPv4 عام: من مزوّد خدمته، أو من الموجّه الآخر إن كان هناك اثنان.</translation>
    </message>
    <message>
        <source>It works if the router of one of you gets a public IPv4 address: from the provider, or from the other router where there are two.</source>
        <translation>ينجح الأمر إذا حصل موجّه أحدكما على عنوان IPv4 عام: من المزوّد، أو من الموجّه الآخر إن كان هناك اثنان.</translation>
    </message>
    <message>
        <source>It works if both your routers get public IPv4 addresses: from the provider, or from the other router where there are two.</source>
        <translation>ينجح الأمر إذا حصل موجّها كليكما على عنواني IPv4 عامّين: من المزوّد، أو من الموجّه الآخر إن كان هناك اثنان.</translation>
    </message>
    <message>
        <source>Then send each other your addresses once more.</source>
        <translation>ثم أرسِلا عنوانيكما أحدكما إلى الآخر من جديد.</translation>
    </message>
</context>
<context>
    <name>culvert::AddContactDialog</name>
    <message>
        <source>There is no Culvert address in this text. It begins with &quot;culvert:&quot;.</source>
        <translation>لا يوجد عنوان Culvert في هذا النص. يبدأ العنوان بـ «⁦culvert:⁩».</translation>
    </message>
    <message>
        <source>The address is cut off. Copy the whole of it.</source>
        <translation>العنوان مقطوع. انسخه كاملًا.</translation>
    </message>
    <message>
        <source>The address holds characters that none has. Copy it again from where it was shown.</source>
        <translation>في العنوان محارف لا توجد في أي عنوان. انسخه مجددًا من حيث عُرض.</translation>
    </message>
    <message>
        <source>The address is damaged: a character was changed, lost or doubled. Copy it again.</source>
        <translation>العنوان تالف: تغيّر محرف أو ضاع أو تكرّر. انسخه مجددًا.</translation>
    </message>
    <message>
        <source>The address was made by a newer Culvert, or its beginning is damaged. Update Culvert, or copy it again.</source>
        <translation>أنشأ العنوانَ إصدارٌ أحدث من Culvert، أو أن بدايته تالفة. حدّث Culvert، أو انسخه مجددًا.</translation>
    </message>
    <message>
        <source>Use the address from the clipboard</source>
        <translation>استخدام العنوان من الحافظة</translation>
    </message>
    <message>
        <source>This is a sound address.</source>
        <translation>هذا عنوان سليم.</translation>
    </message>
    <message>
        <source>Send request</source>
        <translation>إرسال الطلب</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Add a contact</source>
        <translation>إضافة جهة اتصال</translation>
    </message>
    <message>
        <source>Paste the address that your friend gave you. Text around it does no harm.</source>
        <translation>الصق العنوان الذي أعطاك إياه صديقك. ولا يضرّ أن يحيط به نص آخر.</translation>
    </message>
    <message>
        <source>Address of your friend</source>
        <translation>عنوان صديقك</translation>
    </message>
    <message>
        <source>Paste here</source>
        <translation>الصق هنا</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>ا&amp;لاسم</translation>
    </message>
    <message>
        <source>Empty: the name that they chose</source>
        <translation>فارغ: الاسم الذي اختاره صاحبه</translation>
    </message>
    <message>
        <source>&amp;Greeting</source>
        <translation>ال&amp;تحية</translation>
    </message>
    <message>
        <source>Tell them who you are</source>
        <translation>عرّف بنفسك</translation>
    </message>
    <message>
        <source>Read a QR code from a picture …</source>
        <translation>قراءة رمز QR من صورة…</translation>
    </message>
    <message>
        <source>A code on the screen: take a screenshot of it and copy that. Here no program may look at the screen by itself.</source>
        <translation>رمز على الشاشة: التقط صورة للشاشة وانسخها. لا يجوز هنا لأي برنامج أن ينظر إلى الشاشة من تلقاء نفسه.</translation>
    </message>
    <message>
        <source>Read a QR code from the screen</source>
        <translation>قراءة رمز QR من الشاشة</translation>
    </message>
    <message>
        <source>Read a QR code from the clipboard</source>
        <translation>قراءة رمز QR من الحافظة</translation>
    </message>
    <message>
        <source>A picture of a QR code</source>
        <translation>صورة رمز QR</translation>
    </message>
    <message>
        <source>Pictures (%1)</source>
        <translation>صور (%1)</translation>
    </message>
    <message>
        <source>The QR code holds no Culvert address.</source>
        <translation>لا يحوي رمز QR عنوان Culvert.</translation>
    </message>
    <message>
        <source>No QR code was found. It must be whole, and not too small.</source>
        <translation>لم يُعثر على رمز QR. يجب أن يكون كاملًا وألا يكون صغيرًا جدًا.</translation>
    </message>
    <message numerus="yes">
        <source>The greeting is too long by %n octet(s).</source>
        <translation>
            <numerusform>التحية أطول من المسموح بـ %n بايت.</numerusform>
            <numerusform>التحية أطول من المسموح ببايت واحد.</numerusform>
            <numerusform>التحية أطول من المسموح ببايتين.</numerusform>
            <numerusform>التحية أطول من المسموح بـ %n بايتات.</numerusform>
            <numerusform>التحية أطول من المسموح بـ %n بايتًا.</numerusform>
            <numerusform>التحية أطول من المسموح بـ %n بايت.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::Composer</name>
    <message>
        <source>Emoji</source>
        <translation>رموز تعبيرية</translation>
    </message>
    <message>
        <source>Emoji (%1)</source>
        <translation>رموز تعبيرية (%1)</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>إرسال</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
</context>
<context>
    <name>culvert::ComposerEdit</name>
    <message>
        <source>Write a message</source>
        <translation>اكتب رسالة</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>الرسالة</translation>
    </message>
</context>
<context>
    <name>culvert::ContactActions</name>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Remove contact</source>
        <translation>إزالة جهة الاتصال</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>إزالة ⁨%1⁩؟</translation>
    </message>
    <message>
        <source>Your conversation with them is deleted from this computer. Messages that still wait will not be delivered.</source>
        <translation>ستُحذف محادثتكما من هذا الحاسوب. ولن تُسلَّم الرسائل التي ما زالت تنتظر.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Block contact</source>
        <translation>حظر جهة الاتصال</translation>
    </message>
    <message>
        <source>Block %1?</source>
        <translation>حظر ⁨%1⁩؟</translation>
    </message>
    <message>
        <source>Nothing from them is shown or answered any more. They are not told.</source>
        <translation>لن يُعرض أي شيء من جهة الاتصال هذه ولن يُرَدّ عليه. ولن تُبلَّغ بذلك.</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>حظر</translation>
    </message>
</context>
<context>
    <name>culvert::ContactDelegate</name>
    <message>
        <source>No messages yet</source>
        <translation>لا توجد رسائل بعد</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>أنت: %1</translation>
    </message>
    <message>
        <source>Verified: the safety numbers were compared.</source>
        <translation>تم التحقق: قورن رقما الأمان.</translation>
    </message>
    <message>
        <source>Muted: new messages are not announced.</source>
        <translation>مكتومة: لا يُعلَن عن الرسائل الجديدة.</translation>
    </message>
</context>
<context>
    <name>culvert::ContactDialog</name>
    <message>
        <source>Contact</source>
        <translation>جهة الاتصال</translation>
    </message>
    <message>
        <source>Try again now</source>
        <translation>إعادة المحاولة الآن</translation>
    </message>
    <message>
        <source>Every known address is tried, and third parties and Teredo servers are asked.</source>
        <translation>يُجرَّب كل عنوان معروف، وتُسأل الأطراف الثالثة وخوادم Teredo.</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>الاتصال</translation>
    </message>
    <message>
        <source>Ways to this contact</source>
        <translation>المسارات إلى جهة الاتصال هذه</translation>
    </message>
    <message>
        <source>No way to them was tried yet.</source>
        <translation>لم يُجرَّب أي مسار إليها بعد.</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>المسار</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Last try</source>
        <translation>آخر محاولة</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>الذهاب والإياب</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>الفقد</translation>
    </message>
    <message>
        <source>Learnt from</source>
        <translation>المصدر</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>ما حدث</translation>
    </message>
    <message>
        <source>Nothing has happened since the start.</source>
        <translation>لم يحدث شيء منذ البدء.</translation>
    </message>
    <message>
        <source>Safety number</source>
        <translation>رقم الأمان</translation>
    </message>
    <message>
        <source>Compare it with theirs, in person or by telephone. When both are the same, nobody stands between you.</source>
        <translation>قارنه برقم الطرف الآخر وجهًا لوجه أو بالهاتف. إذا تطابقا فلا أحد يقف بينكما.</translation>
    </message>
    <message>
        <source>Mark as verified</source>
        <translation>وضع علامة «تم التحقق»</translation>
    </message>
    <message>
        <source>Block …</source>
        <translation>حظر…</translation>
    </message>
    <message>
        <source>Remove …</source>
        <translation>إزالة…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>You compared the numbers; they were the same.</source>
        <translation>قارنتَ الرقمين وكانا متطابقين.</translation>
    </message>
    <message>
        <source>Not compared yet.</source>
        <translation>لم تتم المقارنة بعد.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>غير معروف</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>من %1</translation>
    </message>
    <message>
        <source>any address</source>
        <translation>أي عنوان</translation>
    </message>
    <message>
        <source>Last try: %1</source>
        <translation>آخر محاولة: %1</translation>
    </message>
    <message>
        <source>Learnt from: %1</source>
        <translation>المصدر: %1</translation>
    </message>
    <message>
        <source>What is known of this contact</source>
        <translation>ما يُعرف عن جهة الاتصال هذه</translation>
    </message>
</context>
<context>
    <name>culvert::ContactListModel</name>
    <message>
        <source>Contact %1</source>
        <translation>جهة الاتصال ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>culvert::ConversationView</name>
    <message>
        <source>Reply</source>
        <translation>رد</translation>
    </message>
    <message>
        <source>React</source>
        <translation>تفاعل</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>تعديل</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>نسخ النص</translation>
    </message>
    <message>
        <source>Copy selected text</source>
        <translation>نسخ النص المحدد</translation>
    </message>
    <message>
        <source>Delete for both</source>
        <translation>حذف لدى الطرفين</translation>
    </message>
    <message>
        <source>Delete for me</source>
        <translation>حذف لديّ</translation>
    </message>
    <message>
        <source>Take back %1</source>
        <translation>سحب %1</translation>
    </message>
    <message>
        <source>Other …</source>
        <translation>آخر…</translation>
    </message>
    <message>
        <source>Reply to yourself</source>
        <translation>الرد على نفسك</translation>
    </message>
    <message>
        <source>Reply to %1</source>
        <translation>الرد على ⁨%1⁩</translation>
    </message>
    <message>
        <source>Edit message</source>
        <translation>تعديل الرسالة</translation>
    </message>
    <message>
        <source>Delete message</source>
        <translation>حذف الرسالة</translation>
    </message>
    <message>
        <source>Delete this message?</source>
        <translation>حذف هذه الرسالة؟</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>For both: the text goes at both ends, and a mark stays. For me: the other end keeps it.</source>
        <translation>لدى الطرفين: يُحذف النص عند كليكما وتبقى علامة. لديّ: يحتفظ به الطرف الآخر.</translation>
    </message>
    <message>
        <source>The other end keeps it.</source>
        <translation>يحتفظ به الطرف الآخر.</translation>
    </message>
    <message>
        <source>No program opened this link. Copy it, and open it where you like.</source>
        <translation>لم يفتح أي برنامج هذا الرابط. انسخه وافتحه حيث تشاء.</translation>
    </message>
    <message>
        <source>Contact details</source>
        <translation>تفاصيل جهة الاتصال</translation>
    </message>
    <message>
        <source>Disappearing messages</source>
        <translation>الرسائل المختفية</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>كتم</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>إلغاء الكتم</translation>
    </message>
    <message>
        <source>For %1</source>
        <comment>a time</comment>
        <translation>لمدة %1</translation>
    </message>
    <message>
        <source>Until I turn it off</source>
        <translation>حتى ألغيه</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>That message is not here any more.</source>
        <translation>لم تعد تلك الرسالة هنا.</translation>
    </message>
    <message>
        <source>New messages disappear %1 after reading.</source>
        <translation>تختفي الرسائل الجديدة بعد القراءة بمدة: %1.</translation>
    </message>
    <message>
        <source>Nothing written yet. Say hello to %1.</source>
        <translation>لم يُكتب شيء بعد. ألقِ التحية على ⁨%1⁩.</translation>
    </message>
    <message>
        <source>writes …</source>
        <translation>يكتب…</translation>
    </message>
    <message>
        <source>Conversation menu</source>
        <translation>قائمة المحادثة</translation>
    </message>
    <message>
        <source>You compared the safety numbers.</source>
        <translation>قارنتَ رقمَي الأمان.</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>تم التحقق</translation>
    </message>
    <message>
        <source>Muted: new messages are not announced.</source>
        <translation>مكتومة: لا يُعلَن عن الرسائل الجديدة.</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>مكتومة</translation>
    </message>
    <message>
        <source>disappearing messages</source>
        <translation>الرسائل المختفية</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>التفاصيل</translation>
    </message>
    <message>
        <source>Why messages wait</source>
        <translation>لماذا تنتظر الرسائل</translation>
    </message>
    <message>
        <source>Waiting to deliver, because %1</source>
        <translation>بانتظار التسليم، لأن %1</translation>
    </message>
    <message numerus="yes">
        <source>This message is too long by %n octet(s). Split it in two.</source>
        <translation>
            <numerusform>هذه الرسالة أطول من المسموح بـ %n بايت. قسّمها إلى اثنتين.</numerusform>
            <numerusform>هذه الرسالة أطول من المسموح ببايت واحد. قسّمها إلى اثنتين.</numerusform>
            <numerusform>هذه الرسالة أطول من المسموح ببايتين. قسّمها إلى اثنتين.</numerusform>
            <numerusform>هذه الرسالة أطول من المسموح بـ %n بايتات. قسّمها إلى اثنتين.</numerusform>
            <numerusform>هذه الرسالة أطول من المسموح بـ %n بايتًا. قسّمها إلى اثنتين.</numerusform>
            <numerusform>هذه الرسالة أطول من المسموح بـ %n بايت. قسّمها إلى اثنتين.</numerusform>
        </translation>
    </message>
    <message>
        <source>Message menu</source>
        <translation>قائمة الرسالة</translation>
    </message>
</context>
<context>
    <name>culvert::DbusNotifier</name>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>رد</translation>
    </message>
    <message>
        <source>Write an answer</source>
        <translation>اكتب ردًّا</translation>
    </message>
</context>
<context>
    <name>culvert::DeleteDialog</name>
    <message>
        <source>Delete the profile</source>
        <translation>حذف الملف الشخصي</translation>
    </message>
    <message>
        <source>Your keys, contacts and messages are deleted from this computer, for good. Your friends can no longer reach you, and are not asked.</source>
        <translation>ستُحذف مفاتيحك وجهات اتصالك ورسائلك من هذا الحاسوب نهائيًا. ولن يستطيع أصدقاؤك الوصول إليك بعد ذلك، ولن يُسألوا.</translation>
    </message>
    <message>
        <source>Type “%1” to confirm</source>
        <translation>اكتب «%1» للتأكيد</translation>
    </message>
    <message>
        <source>delete</source>
        <comment>the word that is to be typed</comment>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Delete everything</source>
        <translation>حذف كل شيء</translation>
    </message>
    <message>
        <source>Type the word “%1” into the last field.</source>
        <translation>اكتب الكلمة «%1» في الحقل الأخير.</translation>
    </message>
</context>
<context>
    <name>culvert::EmojiPicker</name>
    <message>
        <source>Nothing found. Try another word.</source>
        <translation>لم يُعثر على شيء. جرّب كلمة أخرى.</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>رموز تعبيرية</translation>
    </message>
    <message>
        <source>Search by English names</source>
        <translation>ابحث بالأسماء الإنجليزية</translation>
    </message>
    <message>
        <source>Search emoji</source>
        <translation>البحث في الرموز التعبيرية</translation>
    </message>
</context>
<context>
    <name>culvert::EventList</name>
    <message>
        <source>Show fewer</source>
        <translation>عرض أقل</translation>
    </message>
    <message numerus="yes">
        <source>Show all %n</source>
        <comment>events</comment>
        <translation>
            <numerusform>عرض الكل (%n)</numerusform>
            <numerusform>عرض الحدث</numerusform>
            <numerusform>عرض الحدثين</numerusform>
            <numerusform>عرض الأحداث الـ %n كلها</numerusform>
            <numerusform>عرض الكل، %n حدثًا</numerusform>
            <numerusform>عرض الكل، %n حدث</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::ExportDialog</name>
    <message>
        <source>Exported profiles (*.culvert)</source>
        <translation>ملفات شخصية مُصدَّرة (⁦*.culvert⁩)</translation>
    </message>
    <message>
        <source>Export the profile</source>
        <translation>تصدير الملف الشخصي</translation>
    </message>
    <message>
        <source>Your keys, contacts and messages go into one encrypted file. Never use the same profile on two computers at a time: each would miss messages of the other.</source>
        <translation>تُجمع مفاتيحك وجهات اتصالك ورسائلك في ملف واحد مشفّر. لا تستخدم الملف الشخصي نفسه على حاسوبين في وقت واحد: فستفوت كلًّا منهما رسائل الآخر.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>الملف</translation>
    </message>
    <message>
        <source>A passphrase for this file</source>
        <translation>عبارة مرور لهذا الملف</translation>
    </message>
    <message>
        <source>The passphrase again</source>
        <translation>عبارة المرور مجددًا</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>تصدير</translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation>اختر ملفًا.</translation>
    </message>
    <message>
        <source>Type a passphrase. Without it nobody can open the file.</source>
        <translation>اكتب عبارة مرور. فمن دونها لا يستطيع أحد فتح الملف.</translation>
    </message>
    <message>
        <source>The two passphrases differ. Type the same one twice.</source>
        <translation>عبارتا المرور مختلفتان. اكتب العبارة نفسها مرتين.</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>صُدِّر إلى ⁦%1⁩</translation>
    </message>
</context>
<context>
    <name>culvert::FindingView</name>
    <message>
        <source>%1 · since %2</source>
        <comment>how bad, time</comment>
        <translation>%1 · منذ %2</translation>
    </message>
    <message>
        <source>What helps: %1</source>
        <translation>ما يفيد: %1</translation>
    </message>
    <message>
        <source>Hide evidence</source>
        <translation>إخفاء الأدلة</translation>
    </message>
    <message>
        <source>Show evidence</source>
        <translation>إظهار الأدلة</translation>
    </message>
</context>
<context>
    <name>culvert::FirstRunPage</name>
    <message>
        <source>Welcome to Culvert</source>
        <translation>مرحبًا بك في Culvert</translation>
    </message>
    <message>
        <source>Messages go straight from your computer to your friend&apos;s. There is no account and no server that keeps them.</source>
        <translation>تذهب الرسائل مباشرة من حاسوبك إلى حاسوب صديقك. لا حساب، ولا خادم يحتفظ بها.</translation>
    </message>
    <message>
        <source>How friends see you at first</source>
        <translation>كيف يراك الأصدقاء أول مرة</translation>
    </message>
    <message>
        <source>Your &amp;name</source>
        <translation>ا&amp;سمك</translation>
    </message>
    <message>
        <source>Import a profile …</source>
        <translation>استيراد ملف شخصي…</translation>
    </message>
    <message>
        <source>Protect your messages</source>
        <translation>احمِ رسائلك</translation>
    </message>
    <message>
        <source>They are kept on this computer alone, and encrypted. What opens them?</source>
        <translation>تُحفظ على هذا الحاسوب وحده، مشفّرة. فما الذي يفتحها؟</translation>
    </message>
    <message>
        <source>Share your address</source>
        <translation>شارك عنوانك</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>الخطوة %1 من %2</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>التالي</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>إنشاء</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>ابدأ</translation>
    </message>
    <message>
        <source>Type a name that your friends know you by.</source>
        <translation>اكتب اسمًا يعرفك به أصدقاؤك.</translation>
    </message>
    <message>
        <source>Making your keys …</source>
        <translation>جارٍ إنشاء مفاتيحك…</translation>
    </message>
    <message>
        <source>Your picture, if you like</source>
        <translation>صورتك، إن أحببت</translation>
    </message>
    <message>
        <source>Friends whom you accepted see it, and nobody else.</source>
        <translation>يراها الأصدقاء الذين قبلتهم، دون غيرهم.</translation>
    </message>
</context>
<context>
    <name>culvert::HitDelegate</name>
    <message>
        <source>You: %1</source>
        <translation>أنت: %1</translation>
    </message>
</context>
<context>
    <name>culvert::ImportDialog</name>
    <message>
        <source>Import a profile</source>
        <translation>استيراد ملف شخصي</translation>
    </message>
    <message>
        <source>From a file that Culvert exported. Never use the same profile on two computers at a time: each would miss messages of the other.</source>
        <translation>من ملف صدّره Culvert. لا تستخدم الملف الشخصي نفسه على حاسوبين في وقت واحد: فستفوت كلًّا منهما رسائل الآخر.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>الملف</translation>
    </message>
    <message>
        <source>The passphrase of the file</source>
        <translation>عبارة مرور الملف</translation>
    </message>
    <message>
        <source>What opens the profile on this computer?</source>
        <translation>ما الذي يفتح الملف الشخصي على هذا الحاسوب؟</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>استيراد</translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation>اختر ملفًا.</translation>
    </message>
</context>
<context>
    <name>culvert::JumpDialog</name>
    <message>
        <source>Nothing has such a name.</source>
        <translation>لا شيء بهذا الاسم.</translation>
    </message>
    <message>
        <source>Jump to</source>
        <translation>الانتقال إلى</translation>
    </message>
    <message>
        <source>A contact, a setting, something to do</source>
        <translation>جهة اتصال أو إعداد أو إجراء</translation>
    </message>
    <message>
        <source>Places to jump to</source>
        <translation>أماكن الانتقال</translation>
    </message>
</context>
<context>
    <name>culvert::LaneLegend</name>
    <message>
        <source>What the lines mean: %1</source>
        <translation>معنى الخطوط: %1</translation>
    </message>
</context>
<context>
    <name>culvert::ListEditor</name>
    <message>
        <source>Move up</source>
        <translation>نقل إلى أعلى</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>نقل إلى أسفل</translation>
    </message>
</context>
<context>
    <name>culvert::MainPage</name>
    <message>
        <source>Share your address</source>
        <translation>شارك عنوانك</translation>
    </message>
    <message>
        <source>I have a friend&apos;s address</source>
        <translation>لديّ عنوان صديق</translation>
    </message>
    <message>
        <source>Choose a conversation, or press %1 and type a name.</source>
        <translation>اختر محادثة، أو اضغط ⁦%1⁩ واكتب اسمًا.</translation>
    </message>
</context>
<context>
    <name>culvert::MainWindow</name>
    <message>
        <source>Culvert</source>
        <translation>Culvert</translation>
    </message>
    <message>
        <source>Opening your messages …</source>
        <translation>جارٍ فتح رسائلك…</translation>
    </message>
    <message>
        <source>(%1) Culvert</source>
        <comment>title of the window; how many messages are unread</comment>
        <translation>(%1) Culvert</translation>
    </message>
    <message>
        <source>Your address is copied</source>
        <translation>نُسخ عنوانك</translation>
    </message>
    <message>
        <source>Trying every contact again</source>
        <translation>جارٍ تجربة كل جهات الاتصال من جديد</translation>
    </message>
    <message>
        <source>About Culvert</source>
        <translation>حول Culvert</translation>
    </message>
    <message>
        <source>Culvert %1</source>
        <translation>Culvert %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Messages from computer to computer, with nobody between.</source>
        <translation>رسائل من حاسوب إلى حاسوب، دون أحد بينهما.</translation>
    </message>
    <message>
        <source>Settings › %1</source>
        <comment>a page</comment>
        <translation>الإعدادات › %1</translation>
    </message>
</context>
<context>
    <name>culvert::MessageList</name>
    <message>
        <source>Jump to the newest message</source>
        <translation>الانتقال إلى أحدث رسالة</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>الرسائل</translation>
    </message>
    <message numerus="yes">
        <source>Jump to the newest message, %n new</source>
        <translation>
            <numerusform>الانتقال إلى أحدث رسالة، لا جديد</numerusform>
            <numerusform>الانتقال إلى أحدث رسالة، رسالة جديدة واحدة</numerusform>
            <numerusform>الانتقال إلى أحدث رسالة، رسالتان جديدتان</numerusform>
            <numerusform>الانتقال إلى أحدث رسالة، %n رسائل جديدة</numerusform>
            <numerusform>الانتقال إلى أحدث رسالة، %n رسالة جديدة</numerusform>
            <numerusform>الانتقال إلى أحدث رسالة، %n رسالة جديدة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::NetworkDialog</name>
    <message>
        <source>Network</source>
        <translation>الشبكة</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>فحص مجددًا</translation>
    </message>
    <message>
        <source>What am I looking at?</source>
        <translation>ما هذا الذي أراه؟</translation>
    </message>
    <message>
        <source>What was found out</source>
        <translation>ما تبيّن</translation>
    </message>
    <message>
        <source>On the left is this computer, on the right are your friends. Each line between is a way that packets can take. Your router sits in between: it shows the internet one address for your whole home, and drops what nobody inside has asked for. That is why you can often call out while friends can&apos;t call you.

A solid line works: somebody was seen to come through. A dashed one is promised, by your router or by an address, and nobody has tried it. A line with a cross doesn&apos;t work. A dotted one was not tested.

Third parties stand below: they hand over how to start a call, and never see a message. Press a part to read what is known about it, how, and what would help.</source>
        <translation>في جانب هذا الحاسوب، وفي الجانب المقابل أصدقاؤك. كل خط بينهما طريق يمكن أن تسلكه الحزم. ويقع الموجّه في الوسط: يُظهر للإنترنت عنوانًا واحدًا لبيتك كله، ويرفض ما لم يطلبه أحد في الداخل. لذلك كثيرًا ما تستطيع الاتصال بأصدقائك ولا يستطيعون الاتصال بك.

الخط المتصل يعمل: شوهد أحد يعبره. والخط المتقطع وعدٌ من الموجّه أو من عنوان، ولم يجرّبه أحد. والخط الذي عليه علامة × لا يعمل. والخط المنقّط لم يُختبر.

والأطراف الثالثة في الأسفل: تمرّر كيفية بدء الاتصال، ولا ترى رسالة أبدًا. اضغط على جزء لتقرأ ما يُعرف عنه وكيف عُرف وما يفيد.</translation>
    </message>
    <message>
        <source>Hide the explanation</source>
        <translation>إخفاء الشرح</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>ما حدث</translation>
    </message>
    <message>
        <source>Nothing has changed since the start.</source>
        <translation>لم يتغير شيء منذ البدء.</translation>
    </message>
    <message>
        <source>With private data</source>
        <translation>مع البيانات الخاصة</translation>
    </message>
    <message>
        <source>Names and addresses. Without them only the beginning of each address stays, which tells your provider, and contacts have numbers, so that you can show the report to others.</source>
        <translation>الأسماء والعناوين. من دونها لا يبقى من كل عنوان إلا بدايته التي تدلّ على المزوّد، وتحمل جهات الاتصال أرقامًا، كي تستطيع عرض التقرير على الآخرين.</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>نسخ التقرير</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Copied, without names and addresses</source>
        <translation>نُسخ دون أسماء وعناوين</translation>
    </message>
    <message>
        <source>Copied, with names and addresses</source>
        <translation>نُسخ مع الأسماء والعناوين</translation>
    </message>
    <message>
        <source>Being tested now</source>
        <translation>يجري الاختبار الآن</translation>
    </message>
    <message>
        <source>Last tested at %1</source>
        <translation>آخر اختبار في %1</translation>
    </message>
    <message>
        <source>Seen at %1</source>
        <translation>شوهد في %1</translation>
    </message>
</context>
<context>
    <name>culvert::NetworkPictureView</name>
    <message>
        <source>Picture of your network</source>
        <translation>صورة شبكتك</translation>
    </message>
    <message>
        <source>The arrow keys go from part to part, Enter shows what is known about one.</source>
        <translation>تنقلك مفاتيح الأسهم من جزء إلى آخر، ويعرض Enter ما يُعرف عن الجزء.</translation>
    </message>
</context>
<context>
    <name>culvert::NetworkSettings</name>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>Ask the router for an open port</source>
        <translation>طلب منفذ مفتوح من الموجّه</translation>
    </message>
    <message>
        <source>By PCP, NAT-PMP and UPnP. With one, friends can start a call to you over IPv4.</source>
        <translation>عبر PCP وNAT-PMP وUPnP. وبه يستطيع الأصدقاء بدء الاتصال بك عبر IPv4.</translation>
    </message>
    <message>
        <source>Find friends on the local network</source>
        <translation>العثور على الأصدقاء في الشبكة المحلية</translation>
    </message>
    <message>
        <source>Without internet, router or a current address. Others see that Culvert is used here, and not by whom.</source>
        <translation>دون إنترنت ولا موجّه ولا عنوان حالي. يرى الآخرون أن Culvert مستخدَم هنا، ولا يرون مَن يستخدمه.</translation>
    </message>
    <message>
        <source>Messages may go through a foreign Teredo relay</source>
        <translation>السماح بمرور الرسائل عبر مرحّل Teredo غريب</translation>
    </message>
    <message>
        <source>Where that is the better way. Whoever runs the relay sees who talks to whom and when, and nothing of what is said.</source>
        <translation>حيث يكون ذلك الطريق أفضل. يرى من يشغّل المرحّل من يحادث من ومتى، ولا يرى شيئًا مما يُقال.</translation>
    </message>
    <message>
        <source>Use TCP where UDP does not get through</source>
        <translation>استخدام TCP حيث لا يعبر UDP</translation>
    </message>
    <message>
        <source>Some networks let only TCP pass. Messages may take longer there.</source>
        <translation>لا تسمح بعض الشبكات إلا بعبور TCP. وقد تستغرق الرسائل هناك وقتًا أطول.</translation>
    </message>
    <message>
        <source>Use another port</source>
        <translation>استخدام منفذ آخر</translation>
    </message>
    <message>
        <source>Helps where the router leads this port to another computer. Friends hear of the new one by themselves; a port that you forwarded by hand must be forwarded anew.</source>
        <translation>يفيد حيث يوجّه الموجّه هذا المنفذ إلى حاسوب آخر. يعلم الأصدقاء بالمنفذ الجديد تلقائيًا؛ أما المنفذ الذي أعدت توجيهه يدويًا فعليك إعادة توجيهه من جديد.</translation>
    </message>
    <message>
        <source>Port %1</source>
        <translation>المنفذ %1</translation>
    </message>
    <message>
        <source>Culvert uses port %1 now</source>
        <translation>يستخدم Culvert المنفذ %1 الآن</translation>
    </message>
</context>
<context>
    <name>culvert::NotificationCenter</name>
    <message>
        <source>Somebody asks to become a contact</source>
        <translation>يطلب أحدهم أن يصبح جهة اتصال</translation>
    </message>
    <message>
        <source>New message</source>
        <translation>رسالة جديدة</translation>
    </message>
</context>
<context>
    <name>culvert::PathBadge</name>
    <message>
        <source>Connection: %1</source>
        <translation>الاتصال: %1</translation>
    </message>
</context>
<context>
    <name>culvert::PathWording</name>
    <message>
        <source>their address</source>
        <comment>where a way was learnt from</comment>
        <translation>عنوان الطرف الآخر</translation>
    </message>
    <message>
        <source>told while connected</source>
        <comment>where a way was learnt from</comment>
        <translation>أُبلغ به أثناء الاتصال</translation>
    </message>
    <message>
        <source>worked before</source>
        <comment>where a way was learnt from</comment>
        <translation>نجح من قبل</translation>
    </message>
    <message>
        <source>a third party</source>
        <comment>where a way was learnt from</comment>
        <translation>طرف ثالث</translation>
    </message>
    <message>
        <source>a packet of theirs</source>
        <comment>where a way was learnt from</comment>
        <translation>حزمة من الطرف الآخر</translation>
    </message>
    <message>
        <source>heard on the local network</source>
        <comment>where a way was learnt from</comment>
        <translation>سُمع في الشبكة المحلية</translation>
    </message>
    <message>
        <source>foretold from the NAT</source>
        <comment>where a way was learnt from</comment>
        <translation>توقُّع من سلوك NAT</translation>
    </message>
    <message>
        <source>a TCP connection of ours</source>
        <comment>where a way was learnt from</comment>
        <translation>اتصال TCP منا</translation>
    </message>
    <message>
        <source>stored</source>
        <comment>where a way was learnt from: known since before the start</comment>
        <translation>محفوظ</translation>
    </message>
    <message>
        <source>in use</source>
        <comment>state of a way</comment>
        <translation>قيد الاستخدام</translation>
    </message>
    <message>
        <source>works</source>
        <comment>state of a way</comment>
        <translation>يعمل</translation>
    </message>
    <message>
        <source>only measured</source>
        <comment>state of a way: it works, but the user does not let it carry messages</comment>
        <translation>للقياس فقط</translation>
    </message>
    <message>
        <source>no way there</source>
        <comment>state of a way: nothing of ours leads to it</comment>
        <translation>لا طريق إليه</translation>
    </message>
    <message>
        <source>not tried yet</source>
        <comment>state of a way</comment>
        <translation>لم يُجرَّب بعد</translation>
    </message>
    <message>
        <source>being tried</source>
        <comment>state of a way</comment>
        <translation>قيد التجربة</translation>
    </message>
    <message>
        <source>stopped answering</source>
        <comment>state of a way</comment>
        <translation>توقف عن الإجابة</translation>
    </message>
    <message>
        <source>no answer</source>
        <comment>state of a way</comment>
        <translation>لا جواب</translation>
    </message>
    <message>
        <source>This is the only way that answers.</source>
        <translation>هذا هو المسار الوحيد الذي يجيب.</translation>
    </message>
    <message>
        <source>This is the only way that works and may carry messages; you allow no foreign relay.</source>
        <translation>هذا هو المسار الوحيد الذي يعمل ويُسمح له بحمل الرسائل؛ فأنت لا تسمح بمرحّل غريب.</translation>
    </message>
    <message>
        <source>This way loses fewer packets than the next best one.</source>
        <translation>يفقد هذا المسار حزمًا أقل من المسار التالي في الأفضلية.</translation>
    </message>
    <message>
        <source>This way is faster than the next best one.</source>
        <translation>هذا المسار أسرع من المسار التالي في الأفضلية.</translation>
    </message>
    <message>
        <source>This way is as fast as the next best one, and of a kind that lasts longer.</source>
        <translation>هذا المسار بسرعة المسار التالي في الأفضلية، ومن نوع يدوم أطول.</translation>
    </message>
    <message>
        <source>The next best way is a TCP connection, where one lost packet holds up all that follow.</source>
        <translation>المسار التالي في الأفضلية اتصال TCP، وفيه تؤخّر حزمةٌ واحدة مفقودة كل ما بعدها.</translation>
    </message>
    <message>
        <source>The next best way goes through a relay that neither of you chose.</source>
        <translation>المسار التالي في الأفضلية يمرّ بمرحّل لم يختره أيٌّ منكما.</translation>
    </message>
    <message>
        <source>Another way would be better; it was left a short while ago, and has to prove itself first.</source>
        <translation>هناك مسار آخر أفضل؛ تُرك منذ قليل، وعليه أن يثبت جدارته أولًا.</translation>
    </message>
    <message>
        <source>The next best way is no better, or by too little to change.</source>
        <translation>المسار التالي في الأفضلية ليس أفضل، أو بفارق لا يستحق التغيير.</translation>
    </message>
    <message>
        <source>The way before stopped answering.</source>
        <translation>توقف المسار السابق عن الإجابة.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>kind of way, address</comment>
        <translation>%1، ⁦%2⁩</translation>
    </message>
    <message>
        <source>A way answered again after %1: %2.</source>
        <translation>أجاب مسار من جديد بعد %1: %2.</translation>
    </message>
    <message>
        <source>A way answered: %1.</source>
        <translation>أجاب مسار: %1.</translation>
    </message>
    <message>
        <source>Another way took over: %1. %2</source>
        <translation>حلّ مسار آخر محلّه: %1. %2</translation>
    </message>
    <message>
        <source>No way answers any more.</source>
        <translation>لم يعد أي مسار يجيب.</translation>
    </message>
    <message>
        <source>Their Culvert was started anew.</source>
        <translation>أُعيد تشغيل Culvert لدى الطرف الآخر.</translation>
    </message>
    <message>
        <source>A third party was asked to tell them where you are (handoff).</source>
        <translation>طُلب من طرف ثالث أن يخبر الطرف الآخر بمكانك (handoff).</translation>
    </message>
    <message>
        <source>A third party told where they are (handoff).</source>
        <translation>أخبر طرف ثالث بمكان الطرف الآخر (handoff).</translation>
    </message>
    <message>
        <source>They were rung through a Teredo server.</source>
        <translation>رُنّ للطرف الآخر عبر خادم Teredo.</translation>
    </message>
    <message>
        <source>They rang you.</source>
        <translation>رنّ لك الطرف الآخر.</translation>
    </message>
    <message>
        <source>They were heard on the local network.</source>
        <translation>سُمع الطرف الآخر في الشبكة المحلية.</translation>
    </message>
    <message>
        <source>Both of you try many ports, because a router gives each peer another one.</source>
        <translation>كلاكما يجرّب منافذ كثيرة، لأن موجّهًا يعطي كل طرف منفذًا مختلفًا.</translation>
    </message>
    <message>
        <source>Everything is tried anew.</source>
        <translation>يُجرَّب كل شيء من جديد.</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <comment>an event</comment>
        <translation>
            <numerusform>%1 (%n مرة)</numerusform>
            <numerusform>%1 (مرة واحدة)</numerusform>
            <numerusform>%1 (مرتين)</numerusform>
            <numerusform>%1 (%n مرات)</numerusform>
            <numerusform>%1 (%n مرة)</numerusform>
            <numerusform>%1 (%n مرة)</numerusform>
        </translation>
    </message>
    <message>
        <source>A Teredo server carries the first packets.</source>
        <translation>يحمل خادم Teredo الحزم الأولى.</translation>
    </message>
    <message>
        <source>One of you rings the other through a Teredo server.</source>
        <translation>يرنّ أحدكما للآخر عبر خادم Teredo.</translation>
    </message>
    <message>
        <source>A third party has to tell each of you where the other is.</source>
        <translation>على طرف ثالث أن يخبر كلًّا منكما بمكان الآخر.</translation>
    </message>
    <message>
        <source>One of you calls the other; nobody else is needed.</source>
        <translation>يتصل أحدكما بالآخر؛ ولا حاجة إلى أحد غيركما.</translation>
    </message>
    <message>
        <source>By all that is known of both networks you can meet: %1. %2</source>
        <comment>kind of way, what helps</comment>
        <translation>بحسب كل ما يُعرف عن الشبكتين يمكنكما أن تلتقيا: %1. %2</translation>
    </message>
    <message>
        <source>By all that is known of both networks you cannot meet.</source>
        <translation>بحسب كل ما يُعرف عن الشبكتين لا يمكنكما أن تلتقيا.</translation>
    </message>
    <message>
        <source>Too little is known of their network to say whether you can meet.</source>
        <translation>ما يُعرف عن شبكة الطرف الآخر أقل من أن يُقال معه هل يمكنكما أن تلتقيا.</translation>
    </message>
    <message>
        <source>now</source>
        <comment>time of the last try</comment>
        <translation>الآن</translation>
    </message>
    <message numerus="yes">
        <source>%n s ago</source>
        <comment>seconds</comment>
        <translation>
            <numerusform>قبل أقل من ثانية</numerusform>
            <numerusform>قبل ثانية</numerusform>
            <numerusform>قبل ثانيتين</numerusform>
            <numerusform>قبل %n ثوانٍ</numerusform>
            <numerusform>قبل %n ثانية</numerusform>
            <numerusform>قبل %n ثانية</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <comment>minutes</comment>
        <translation>
            <numerusform>قبل أقل من دقيقة</numerusform>
            <numerusform>قبل دقيقة</numerusform>
            <numerusform>قبل دقيقتين</numerusform>
            <numerusform>قبل %n دقائق</numerusform>
            <numerusform>قبل %n دقيقة</numerusform>
            <numerusform>قبل %n دقيقة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::PictureChooser</name>
    <message>
        <source>The file cannot be read.</source>
        <translation>تتعذّر قراءة الملف.</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>اختيار…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>اختيار صورة</translation>
    </message>
    <message>
        <source>Or drop a picture here, or paste one.</source>
        <translation>أو أفلت صورة هنا، أو الصقها.</translation>
    </message>
    <message>
        <source>Remove the picture</source>
        <translation>إزالة الصورة</translation>
    </message>
    <message>
        <source>A picture of yourself</source>
        <translation>صورة لك</translation>
    </message>
    <message>
        <source>Pictures (%1)</source>
        <translation>صور (%1)</translation>
    </message>
    <message>
        <source>There is no picture in the clipboard.</source>
        <translation>لا توجد صورة في الحافظة.</translation>
    </message>
</context>
<context>
    <name>culvert::PictureMaker</name>
    <message>
        <source>works</source>
        <comment>state of a lane in the picture of the network</comment>
        <translation>يعمل</translation>
    </message>
    <message>
        <source>not proven</source>
        <comment>state of a lane in the picture of the network</comment>
        <translation>غير مثبت</translation>
    </message>
    <message>
        <source>doesn&apos;t work</source>
        <comment>state of a lane in the picture of the network</comment>
        <translation>لا يعمل</translation>
    </message>
    <message>
        <source>not tested</source>
        <comment>state of a lane in the picture of the network</comment>
        <translation>لم يُختبر</translation>
    </message>
    <message>
        <source>You and friends</source>
        <comment>both directions of a way</comment>
        <translation>أنت والأصدقاء</translation>
    </message>
    <message>
        <source>You to friends</source>
        <comment>direction of a way</comment>
        <translation>منك إلى الأصدقاء</translation>
    </message>
    <message>
        <source>Friends to you</source>
        <comment>direction of a way</comment>
        <translation>من الأصدقاء إليك</translation>
    </message>
    <message>
        <source>not there</source>
        <comment>state of a lane in the picture of the network</comment>
        <translation>غير موجود</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>هذا الحاسوب</translation>
    </message>
    <message>
        <source>no network</source>
        <translation>لا شبكة</translation>
    </message>
    <message>
        <source>It is connected to no network.</source>
        <translation>غير متصل بأي شبكة.</translation>
    </message>
    <message>
        <source>IPv4 and IPv6</source>
        <translation>IPv4 وIPv6</translation>
    </message>
    <message>
        <source>IPv4 only</source>
        <translation>IPv4 فقط</translation>
    </message>
    <message>
        <source>IPv6 only</source>
        <translation>IPv6 فقط</translation>
    </message>
    <message>
        <source>local only</source>
        <comment>addresses that lead no farther than the local network</comment>
        <translation>محلي فقط</translation>
    </message>
    <message>
        <source>Addresses that this computer has, as its system says.</source>
        <translation>عناوين هذا الحاسوب كما يقول نظامه.</translation>
    </message>
    <message>
        <source>changes nothing</source>
        <comment>a router that does no NAT</comment>
        <translation>لا يغيّر شيئًا</translation>
    </message>
    <message>
        <source>open port</source>
        <comment>what the router did</comment>
        <translation>منفذ مفتوح</translation>
    </message>
    <message>
        <source>open port, says it</source>
        <comment>what the router did</comment>
        <translation>منفذ مفتوح، كما يقول</translation>
    </message>
    <message>
        <source>being asked</source>
        <comment>the router</comment>
        <translation>قيد السؤال</translation>
    </message>
    <message>
        <source>not asked</source>
        <comment>the router</comment>
        <translation>لم يُسأل</translation>
    </message>
    <message>
        <source>no open port</source>
        <comment>what the router did</comment>
        <translation>لا منفذ مفتوح</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>الموجّه</translation>
    </message>
    <message>
        <source>It stands between this computer and the internet, and decides what comes in.</source>
        <translation>يقع بين هذا الحاسوب والإنترنت، ويقرر ما يدخل.</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>لم يُوصَل إليه</translation>
    </message>
    <message>
        <source>Without a network there is no router.</source>
        <translation>من دون شبكة لا يوجد موجّه.</translation>
    </message>
    <message>
        <source>Packets pass it: it answered, or somebody behind it did.</source>
        <translation>تعبره الحزم: أجاب هو، أو أجاب أحد خلفه.</translation>
    </message>
    <message>
        <source>The system names it as the way out; nobody behind it has answered yet.</source>
        <translation>يسمّيه النظام طريقًا إلى الخارج؛ ولم يجب أحد خلفه بعد.</translation>
    </message>
    <message>
        <source>Somebody you had not called came through: friends can start a call to you.</source>
        <translation>عبر إليك من لم تتصل به: يستطيع الأصدقاء بدء الاتصال بك.</translation>
    </message>
    <message>
        <source>Your router or firewall drops what you did not ask for: you have to call first.</source>
        <translation>يرفض الموجّه أو جدار الحماية ما لم تطلبه: عليك أن تتصل أولًا.</translation>
    </message>
    <message>
        <source>The router says that it lets friends in; nobody has tried it yet.</source>
        <translation>يقول الموجّه إنه يسمح للأصدقاء بالدخول؛ ولم يجرّب ذلك أحد بعد.</translation>
    </message>
    <message>
        <source>Nobody has tried to reach you this way yet.</source>
        <translation>لم يحاول أحد الوصول إليك من هذا الطريق بعد.</translation>
    </message>
    <message>
        <source>Local network</source>
        <translation>الشبكة المحلية</translation>
    </message>
    <message>
        <source>Friends in your network were heard there; nothing leaves it.</source>
        <translation>سُمع هنا أصدقاء في شبكتك؛ ولا شيء يغادرها.</translation>
    </message>
    <message>
        <source>Culvert listens for friends in your network; none was heard yet.</source>
        <translation>يستمع Culvert إلى الأصدقاء في شبكتك؛ ولم يُسمع أحد بعد.</translation>
    </message>
    <message>
        <source>switched off</source>
        <comment>a way</comment>
        <translation>معطّل</translation>
    </message>
    <message>
        <source>Friends in your own network are not looked for.</source>
        <translation>لا يُبحث عن الأصدقاء في شبكتك.</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>Your provider or router gives this computer no IPv6 address.</source>
        <translation>لا يعطي المزوّد أو الموجّه هذا الحاسوب عنوان IPv6.</translation>
    </message>
    <message>
        <source>Somebody outside has answered over IPv6.</source>
        <translation>أجاب أحد في الخارج عبر IPv6.</translation>
    </message>
    <message>
        <source>There is an IPv6 address; nobody has answered over it yet.</source>
        <translation>يوجد عنوان IPv6؛ ولم يجب أحد عبره بعد.</translation>
    </message>
    <message>
        <source>IPv4</source>
        <translation>IPv4</translation>
    </message>
    <message>
        <source>This computer has no IPv4 address.</source>
        <translation>ليس لهذا الحاسوب عنوان IPv4.</translation>
    </message>
    <message>
        <source>Somebody outside has seen your packets.</source>
        <translation>رأى أحد في الخارج حزمك.</translation>
    </message>
    <message>
        <source>There is an IPv4 address; nobody outside has answered yet.</source>
        <translation>يوجد عنوان IPv4؛ ولم يجب أحد في الخارج بعد.</translation>
    </message>
    <message>
        <source>Only TCP gets through: this network drops UDP packets.</source>
        <translation>لا يعبر إلا TCP: هذه الشبكة ترفض حزم UDP.</translation>
    </message>
    <message>
        <source>TCP only</source>
        <comment>state of a lane in the picture of the network</comment>
        <translation>TCP فقط</translation>
    </message>
    <message>
        <source>Tunnel</source>
        <comment>IPv6 inside UDP over IPv4</comment>
        <translation>النفق</translation>
    </message>
    <message>
        <source>A friend is connected by it: IPv6 packets inside IPv4 ones.</source>
        <translation>صديق متصل عبره: حزم IPv6 داخل حزم IPv4.</translation>
    </message>
    <message>
        <source>A Teredo server has answered: IPv6 packets pass inside IPv4 ones.</source>
        <translation>أجاب خادم Teredo: تعبر حزم IPv6 داخل حزم IPv4.</translation>
    </message>
    <message>
        <source>IPv6 packets inside IPv4 ones; nobody has tried it yet.</source>
        <translation>حزم IPv6 داخل حزم IPv4؛ ولم يجرّبه أحد بعد.</translation>
    </message>
    <message>
        <source>It could be used: IPv6 packets inside IPv4 ones. Nobody needs it now.</source>
        <translation>يمكن استخدامه: حزم IPv6 داخل حزم IPv4. ولا يحتاج إليه أحد الآن.</translation>
    </message>
    <message>
        <source>IPv6 packets inside IPv4 ones don&apos;t get through here.</source>
        <translation>لا تعبر هنا حزم IPv6 داخل حزم IPv4.</translation>
    </message>
    <message>
        <source>Third parties</source>
        <translation>الأطراف الثالثة</translation>
    </message>
    <message>
        <source>none</source>
        <comment>third parties</comment>
        <translation>لا يوجد</translation>
    </message>
    <message>
        <source>Nobody hands over calls when both of you have new addresses.</source>
        <translation>لا أحد يمرّر الاتصالات عندما يكون لكليكما عنوانان جديدان.</translation>
    </message>
    <message>
        <source>%1 of %2 answer</source>
        <comment>third parties</comment>
        <translation>يجيب %1 من %2</translation>
    </message>
    <message>
        <source>They hand over how to start a call, and never a message. %1 went through them since the start.</source>
        <translation>تمرّر كيفية بدء الاتصال، ولا تمرّر رسالة أبدًا. عبر منها ⁨%1⁩ منذ البدء.</translation>
    </message>
    <message>
        <source>Teredo servers</source>
        <translation>خوادم Teredo</translation>
    </message>
    <message>
        <source>They tell how your router treats packets, and carry the first ones.</source>
        <translation>تخبر كيف يعامل الموجّه الحزم، وتحمل الحزم الأولى.</translation>
    </message>
    <message>
        <source>not needed</source>
        <comment>Teredo servers</comment>
        <translation>لا حاجة إليها</translation>
    </message>
    <message>
        <source>%1 of %2 answer</source>
        <comment>Teredo servers</comment>
        <translation>يجيب %1 من %2</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <comment>contacts</comment>
        <translation>
            <numerusform>لا مزيد</numerusform>
            <numerusform>وواحد آخر</numerusform>
            <numerusform>واثنان آخران</numerusform>
            <numerusform>و%n آخرون</numerusform>
            <numerusform>و%n آخرون</numerusform>
            <numerusform>و%n آخرون</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connected</source>
        <comment>contacts</comment>
        <translation>
            <numerusform>لا أحد متصل</numerusform>
            <numerusform>واحد متصل</numerusform>
            <numerusform>اثنان متصلان</numerusform>
            <numerusform>%n متصلون</numerusform>
            <numerusform>%n متصلون</numerusform>
            <numerusform>%n متصلون</numerusform>
        </translation>
    </message>
    <message>
        <source>The list in the main window shows all of them.</source>
        <translation>تعرضهم قائمة النافذة الرئيسية جميعًا.</translation>
    </message>
</context>
<context>
    <name>culvert::PictureWords</name>
    <message>
        <source>Culvert cannot read this as a picture.</source>
        <translation>لا يستطيع Culvert قراءة هذا كصورة.</translation>
    </message>
    <message>
        <source>This picture is too large.</source>
        <translation>هذه الصورة كبيرة جدًا.</translation>
    </message>
</context>
<context>
    <name>culvert::ProblemBar</name>
    <message>
        <source>Dismiss</source>
        <translation>تجاهل</translation>
    </message>
    <message>
        <source>The file with your messages was damaged. What could be read was saved: %1, %2. The damaged file is kept as %3.</source>
        <translation>كان ملف رسائلك تالفًا. حُفظ ما أمكنت قراءته: %1، %2. واحتُفظ بالملف التالف باسم ⁦%3⁩.</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n رسالة</numerusform>
            <numerusform>رسالة واحدة</numerusform>
            <numerusform>رسالتان</numerusform>
            <numerusform>%n رسائل</numerusform>
            <numerusform>%n رسالة</numerusform>
            <numerusform>%n رسالة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact(s)</source>
        <translation>
            <numerusform>%n جهة اتصال</numerusform>
            <numerusform>جهة اتصال واحدة</numerusform>
            <numerusform>جهتا اتصال</numerusform>
            <numerusform>%n جهات اتصال</numerusform>
            <numerusform>%n جهة اتصال</numerusform>
            <numerusform>%n جهة اتصال</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) cannot be read and are not shown; nothing was deleted.</source>
        <translation>
            <numerusform>لا رسائل تتعذّر قراءتها.</numerusform>
            <numerusform>رسالة واحدة تتعذّر قراءتها ولا تُعرض؛ لم يُحذف شيء.</numerusform>
            <numerusform>رسالتان تتعذّر قراءتهما ولا تُعرضان؛ لم يُحذف شيء.</numerusform>
            <numerusform>%n رسائل تتعذّر قراءتها ولا تُعرض؛ لم يُحذف شيء.</numerusform>
            <numerusform>%n رسالة تتعذّر قراءتها ولا تُعرض؛ لم يُحذف شيء.</numerusform>
            <numerusform>%n رسالة تتعذّر قراءتها ولا تُعرض؛ لم يُحذف شيء.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact(s) cannot be read and are not shown; nothing was deleted.</source>
        <translation>
            <numerusform>لا جهات اتصال تتعذّر قراءتها.</numerusform>
            <numerusform>جهة اتصال واحدة تتعذّر قراءتها ولا تُعرض؛ لم يُحذف شيء.</numerusform>
            <numerusform>جهتا اتصال تتعذّر قراءتهما ولا تُعرضان؛ لم يُحذف شيء.</numerusform>
            <numerusform>%n جهات اتصال تتعذّر قراءتها ولا تُعرض؛ لم يُحذف شيء.</numerusform>
            <numerusform>%n جهة اتصال تتعذّر قراءتها ولا تُعرض؛ لم يُحذف شيء.</numerusform>
            <numerusform>%n جهة اتصال تتعذّر قراءتها ولا تُعرض؛ لم يُحذف شيء.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::ProtectDialog</name>
    <message>
        <source>Change the protection</source>
        <translation>تغيير الحماية</translation>
    </message>
    <message>
        <source>What is to open your messages from now on?</source>
        <translation>ما الذي يفتح رسائلك من الآن فصاعدًا؟</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>تغيير</translation>
    </message>
    <message>
        <source>The protection is changed</source>
        <translation>تغيّرت الحماية</translation>
    </message>
</context>
<context>
    <name>culvert::ProtectionChoice</name>
    <message>
        <source>A &amp;passphrase</source>
        <translation>&amp;عبارة مرور</translation>
    </message>
    <message>
        <source>The system&apos;s &amp;keyring</source>
        <translation>&amp;حلقة مفاتيح النظام</translation>
    </message>
    <message>
        <source>Asking whether there is one …</source>
        <translation>جارٍ السؤال عن وجودها…</translation>
    </message>
    <message>
        <source>&amp;Nothing</source>
        <translation>&amp;لا شيء</translation>
    </message>
    <message>
        <source>Anyone who can read the files of this computer can then read your messages and write in your name.</source>
        <translation>عندئذٍ يستطيع كل من يمكنه قراءة ملفات هذا الحاسوب أن يقرأ رسائلك وأن يكتب باسمك.</translation>
    </message>
    <message>
        <source>You type it at every start. Nobody can recover it, so keep it safe.</source>
        <translation>تكتبها عند كل بدء. لا يستطيع أحد استعادتها، فاحفظها في مكان آمن.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>عبارة المرور</translation>
    </message>
    <message>
        <source>Passphrase again</source>
        <translation>عبارة المرور مجددًا</translation>
    </message>
    <message>
        <source>It holds the key already.</source>
        <translation>فيها المفتاح من قبل.</translation>
    </message>
    <message>
        <source>It opens by itself when you are logged in.</source>
        <translation>تُفتح تلقائيًا عند تسجيل دخولك.</translation>
    </message>
    <message>
        <source>No keyring answers on this system.</source>
        <translation>لا تجيب أي حلقة مفاتيح في هذا النظام.</translation>
    </message>
    <message>
        <source>Type a passphrase, or choose another way.</source>
        <translation>اكتب عبارة مرور، أو اختر طريقة أخرى.</translation>
    </message>
    <message>
        <source>The two passphrases differ. Type the same one twice.</source>
        <translation>عبارتا المرور مختلفتان. اكتب العبارة نفسها مرتين.</translation>
    </message>
</context>
<context>
    <name>culvert::QrReader</name>
    <message>
        <source>The file cannot be read.</source>
        <translation>تتعذّر قراءة الملف.</translation>
    </message>
    <message>
        <source>The file is too large for a picture of a code.</source>
        <translation>الملف أكبر من أن يكون صورة رمز.</translation>
    </message>
    <message>
        <source>This is no picture that can be read. PNG and JPEG can.</source>
        <translation>هذه ليست صورة تمكن قراءتها. تمكن قراءة PNG وJPEG.</translation>
    </message>
    <message>
        <source>The picture is too large. Cut out the code.</source>
        <translation>الصورة كبيرة جدًا. اقتطع الرمز منها.</translation>
    </message>
    <message>
        <source>The picture is damaged.</source>
        <translation>الصورة تالفة.</translation>
    </message>
</context>
<context>
    <name>culvert::QrView</name>
    <message>
        <source>QR code of your address</source>
        <translation>رمز QR لعنوانك</translation>
    </message>
</context>
<context>
    <name>culvert::ReachabilityLine</name>
    <message>
        <source>Looking at your network …</source>
        <translation>جارٍ فحص شبكتك…</translation>
    </message>
    <message>
        <source>Some tests are still running.</source>
        <translation>ما زالت بعض الاختبارات جارية.</translation>
    </message>
</context>
<context>
    <name>culvert::ReportWording</name>
    <message>
        <source>Ways considered</source>
        <comment>card of the network report</comment>
        <translation>الطرق المدروسة</translation>
    </message>
    <message>
        <source>Good</source>
        <comment>how bad a finding is</comment>
        <translation>جيد</translation>
    </message>
    <message>
        <source>Note</source>
        <comment>how bad a finding is</comment>
        <translation>ملاحظة</translation>
    </message>
    <message>
        <source>Warning</source>
        <comment>how bad a finding is</comment>
        <translation>تنبيه</translation>
    </message>
    <message>
        <source>Problem</source>
        <comment>how bad a finding is</comment>
        <translation>مشكلة</translation>
    </message>
    <message>
        <source>Address families</source>
        <comment>card of the network report</comment>
        <translation>عائلات العناوين</translation>
    </message>
    <message>
        <source>Local network</source>
        <comment>card of the network report</comment>
        <translation>الشبكة المحلية</translation>
    </message>
    <message>
        <source>Port mapping</source>
        <comment>card of the network report</comment>
        <translation>تعيين المنافذ</translation>
    </message>
    <message>
        <source>NAT behaviour</source>
        <comment>card of the network report</comment>
        <translation>سلوك NAT</translation>
    </message>
    <message>
        <source>Firewall</source>
        <comment>card of the network report</comment>
        <translation>جدار الحماية</translation>
    </message>
    <message>
        <source>Teredo</source>
        <comment>card of the network report</comment>
        <translation>Teredo</translation>
    </message>
    <message>
        <source>Third parties</source>
        <comment>card of the network report</comment>
        <translation>الأطراف الثالثة</translation>
    </message>
    <message>
        <source>Native IPv6</source>
        <translation>IPv6 الأصلي</translation>
    </message>
    <message>
        <source>6to4</source>
        <translation>6to4</translation>
    </message>
    <message>
        <source>6rd</source>
        <translation>6rd</translation>
    </message>
    <message>
        <source>6in4, a tunnel broker</source>
        <translation>6in4، وسيط أنفاق</translation>
    </message>
    <message>
        <source>The system&apos;s own Teredo</source>
        <translation>نفق Teredo الخاص بالنظام</translation>
    </message>
    <message>
        <source>Culvert&apos;s tunnel</source>
        <translation>نفق Culvert</translation>
    </message>
    <message>
        <source>Usable</source>
        <comment>a way to reach peers</comment>
        <translation>صالحة</translation>
    </message>
    <message>
        <source>Not tested</source>
        <comment>a way to reach peers</comment>
        <translation>لم تُختبر</translation>
    </message>
    <message>
        <source>There, not usable</source>
        <comment>a way to reach peers</comment>
        <translation>موجودة، غير صالحة</translation>
    </message>
    <message>
        <source>Not usable</source>
        <comment>a way to reach peers</comment>
        <translation>غير صالحة</translation>
    </message>
    <message>
        <source>Try again</source>
        <comment>button of a finding</comment>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Use another port</source>
        <comment>button of a finding</comment>
        <translation>استخدام منفذ آخر</translation>
    </message>
    <message>
        <source>Add a third party …</source>
        <comment>button of a finding</comment>
        <translation>إضافة طرف ثالث…</translation>
    </message>
    <message>
        <source>Add a Teredo server …</source>
        <comment>button of a finding</comment>
        <translation>إضافة خادم Teredo…</translation>
    </message>
    <message>
        <source>Switch it on</source>
        <comment>button of a finding</comment>
        <translation>تفعيل</translation>
    </message>
    <message>
        <source>Allow TCP</source>
        <comment>button of a finding</comment>
        <translation>السماح بـ TCP</translation>
    </message>
    <message>
        <source>not used</source>
        <comment>how a Teredo server does</comment>
        <translation>غير مستخدَم</translation>
    </message>
    <message>
        <source>name not found</source>
        <comment>how a Teredo server does</comment>
        <translation>لم يُعثر على الاسم</translation>
    </message>
    <message>
        <source>not asked</source>
        <comment>how a Teredo server does</comment>
        <translation>لم يُسأل</translation>
    </message>
    <message>
        <source>being asked</source>
        <comment>how a Teredo server does</comment>
        <translation>قيد السؤال</translation>
    </message>
    <message>
        <source>answers</source>
        <comment>how a Teredo server does</comment>
        <translation>يجيب</translation>
    </message>
    <message>
        <source>in use</source>
        <comment>how a Teredo server does</comment>
        <translation>قيد الاستخدام</translation>
    </message>
    <message>
        <source>no answer</source>
        <comment>how a Teredo server does</comment>
        <translation>لا جواب</translation>
    </message>
    <message>
        <source>answers badly</source>
        <comment>how a Teredo server does</comment>
        <translation>يجيب إجابة سيئة</translation>
    </message>
    <message>
        <source>The network is gone.</source>
        <translation>انقطعت الشبكة.</translation>
    </message>
    <message>
        <source>There is a network.</source>
        <translation>توجد شبكة.</translation>
    </message>
    <message>
        <source>This computer got the address %1.</source>
        <translation>حصل هذا الحاسوب على العنوان ⁦%1⁩.</translation>
    </message>
    <message>
        <source>This computer lost the address %1.</source>
        <translation>فقد هذا الحاسوب العنوان ⁦%1⁩.</translation>
    </message>
    <message>
        <source>Culvert uses port %1 from here on.</source>
        <translation>يستخدم Culvert المنفذ ⁦%1⁩ من الآن.</translation>
    </message>
    <message>
        <source>The router opened a port: %1.</source>
        <translation>فتح الموجّه منفذًا: ⁦%1⁩.</translation>
    </message>
    <message>
        <source>Somebody came in through the router&apos;s open port %1.</source>
        <translation>دخل أحد عبر المنفذ المفتوح في الموجّه ⁦%1⁩.</translation>
    </message>
    <message>
        <source>The router&apos;s open port %1 is gone.</source>
        <translation>لم يعد المنفذ المفتوح في الموجّه ⁦%1⁩ موجودًا.</translation>
    </message>
    <message>
        <source>The router opened no port.</source>
        <translation>لم يفتح الموجّه أي منفذ.</translation>
    </message>
    <message>
        <source>The router lets IPv6 packets in to %1 (pinhole).</source>
        <translation>يسمح الموجّه لحزم IPv6 بالدخول إلى ⁦%1⁩ (pinhole).</translation>
    </message>
    <message>
        <source>The router lets IPv6 packets in to %1 no longer (pinhole).</source>
        <translation>لم يعد الموجّه يسمح لحزم IPv6 بالدخول إلى ⁦%1⁩ (pinhole).</translation>
    </message>
    <message>
        <source>From outside you look like %1.</source>
        <translation>تبدو من الخارج بالعنوان ⁦%1⁩.</translation>
    </message>
    <message>
        <source>Friends can start a call to you over %1.</source>
        <translation>يستطيع الأصدقاء بدء الاتصال بك عبر %1.</translation>
    </message>
    <message>
        <source>Friends can&apos;t start a call to you over %1.</source>
        <translation>لا يستطيع الأصدقاء بدء الاتصال بك عبر %1.</translation>
    </message>
    <message>
        <source>The third party %1 answers.</source>
        <translation>الطرف الثالث ⁦%1⁩ يجيب.</translation>
    </message>
    <message>
        <source>The third party %1 doesn&apos;t answer any more.</source>
        <translation>لم يعد الطرف الثالث ⁦%1⁩ يجيب.</translation>
    </message>
    <message>
        <source>A Teredo server gave the tunnel an address: %1.</source>
        <translation>أعطى خادم Teredo النفق عنوانًا: ⁦%1⁩.</translation>
    </message>
    <message>
        <source>The tunnel&apos;s Teredo address is gone.</source>
        <translation>لم يعد عنوان Teredo للنفق موجودًا.</translation>
    </message>
    <message>
        <source>The network lets no UDP packets through.</source>
        <translation>لا تسمح الشبكة بعبور حزم UDP.</translation>
    </message>
    <message>
        <source>UDP packets get through.</source>
        <translation>تعبر حزم UDP.</translation>
    </message>
    <message>
        <source>All tests are over.</source>
        <translation>انتهت كل الاختبارات.</translation>
    </message>
</context>
<context>
    <name>culvert::RequestCard</name>
    <message>
        <source>They want to talk to you, and they have your address. Accept only if you know who this is.</source>
        <translation>يريد التحدث إليك، ولديه عنوانك. لا تقبل إلا إذا كنت تعرف من هو.</translation>
    </message>
    <message>
        <source>Waiting for them to accept. Your request reaches them as soon as both of you are online. %1</source>
        <translation>بانتظار القبول. يصل طلبك حالما يكون كلاكما متصلًا. %1</translation>
    </message>
    <message>
        <source>They are blocked: nothing from them is shown or answered. Remove them to forget them altogether.</source>
        <translation>جهة الاتصال هذه محظورة: لا يُعرض شيء منها ولا يُرَدّ عليه. أزِلها لنسيانها تمامًا.</translation>
    </message>
    <message>
        <source>Safety number; theirs must be the same</source>
        <translation>رقم الأمان؛ يجب أن يكون رقم الطرف الآخر مطابقًا</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>قبول</translation>
    </message>
    <message>
        <source>Block …</source>
        <translation>حظر…</translation>
    </message>
    <message>
        <source>Remove …</source>
        <translation>إزالة…</translation>
    </message>
    <message>
        <source>“%1”</source>
        <comment>what they wrote with their request</comment>
        <translation>«⁨%1⁩»</translation>
    </message>
    <message>
        <source>Your request has reached them. You can write as soon as they accept it.</source>
        <translation>وصل طلبك. يمكنك الكتابة حالما يُقبل.</translation>
    </message>
</context>
<context>
    <name>culvert::RingRow</name>
    <message>
        <source>Ask a contact to ring me …</source>
        <translation>اطلب من جهة اتصال أن ترنّ لي …</translation>
    </message>
    <message>
        <source>Do strangers get in? A contact sends one packet, from a port that you never wrote to.</source>
        <translation>هل يستطيع الغرباء الدخول؟ ترسل جهة اتصال حزمة واحدة من منفذ لم تكتب إليه قط.</translation>
    </message>
    <message>
        <source>A contact is being asked.</source>
        <translation>يجري الآن سؤال جهة اتصال.</translation>
    </message>
    <message>
        <source>Nobody is connected whose Culvert is new enough to ring.</source>
        <translation>لا أحد من المتصلين لديه إصدار من Culvert حديث بما يكفي ليرنّ.</translation>
    </message>
    <message>
        <source>No contact is connected who could ring you.</source>
        <translation>لا توجد جهة اتصال متصلة يمكنها أن ترنّ لك.</translation>
    </message>
    <message>
        <source>%1 was asked to ring you</source>
        <translation>طُلب من %1 أن يرنّ لك</translation>
    </message>
</context>
<context>
    <name>culvert::SearchField</name>
    <message>
        <source>Empty the search field</source>
        <translation>إفراغ حقل البحث</translation>
    </message>
</context>
<context>
    <name>culvert::SearchResults</name>
    <message>
        <source>In the conversation with %1: %2</source>
        <translation>في المحادثة مع ⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>الرسائل</translation>
    </message>
    <message>
        <source>Messages that were found</source>
        <translation>الرسائل التي عُثر عليها</translation>
    </message>
    <message>
        <source>No message has words that begin so.</source>
        <translation>لا توجد رسالة فيها كلمات تبدأ هكذا.</translation>
    </message>
    <message numerus="yes">
        <source>The newest %n message(s) are shown. Type more to find older ones.</source>
        <translation>
            <numerusform>تُعرض أحدث الرسائل. اكتب المزيد للعثور على الأقدم.</numerusform>
            <numerusform>تُعرض أحدث رسالة. اكتب المزيد للعثور على الأقدم.</numerusform>
            <numerusform>تُعرض أحدث رسالتين. اكتب المزيد للعثور على الأقدم.</numerusform>
            <numerusform>تُعرض أحدث %n رسائل. اكتب المزيد للعثور على الأقدم.</numerusform>
            <numerusform>تُعرض أحدث %n رسالة. اكتب المزيد للعثور على الأقدم.</numerusform>
            <numerusform>تُعرض أحدث %n رسالة. اكتب المزيد للعثور على الأقدم.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::ServerLists</name>
    <message>
        <source>Key %1 …</source>
        <comment>the beginning of a third party&apos;s key</comment>
        <translation>المفتاح ⁦%1 …⁩</translation>
    </message>
    <message>
        <source>no answer</source>
        <comment>a third party</comment>
        <translation>لا جواب</translation>
    </message>
    <message>
        <source>answers, %1</source>
        <comment>a third party; a round trip</comment>
        <translation>يجيب، ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>state of a server; a round trip</comment>
        <translation>%1، ⁨%2⁩</translation>
    </message>
    <message>
        <source>Address string of a third party</source>
        <translation>سلسلة عنوان طرف ثالث</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>إضافة</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>There is none. You can still be reached where your network lets friends in.</source>
        <translation>لا يوجد. يمكن الوصول إليك مع ذلك حيث تسمح شبكتك بدخول الأصدقاء.</translation>
    </message>
    <message>
        <source>Your third parties</source>
        <translation>أطرافك الثالثة</translation>
    </message>
    <message>
        <source>A friend or a server of your own that both of you can reach. It hands over how to start a call, and never a message. Of those that answer as quickly, the upper ones are asked first.</source>
        <translation>صديق أو خادم لك يستطيع كلاكما الوصول إليه. يمرّر كيفية بدء الاتصال، ولا يمرّر رسالة أبدًا. ومن بين المتساوية في السرعة تُسأل العليا أولًا.</translation>
    </message>
    <message>
        <source>Host name or IPv4 address</source>
        <translation>اسم مضيف أو عنوان IPv4</translation>
    </message>
    <message>
        <source>There is none.</source>
        <translation>لا يوجد.</translation>
    </message>
    <message>
        <source>Your Teredo servers</source>
        <translation>خوادم Teredo الخاصة بك</translation>
    </message>
    <message>
        <source>They tell how your router treats packets, and let friends ring you. Culvert asks the one first that has answered best.</source>
        <translation>تخبر كيف يعامل الموجّه الحزم، وتتيح للأصدقاء أن يرنّوا لك. يسأل Culvert أولًا الخادم الذي كانت أجوبته أفضل.</translation>
    </message>
</context>
<context>
    <name>culvert::SettingCatalog</name>
    <message>
        <source>Profile</source>
        <translation>الملف الشخصي</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>الخصوصية</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>الشبكة</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>الإشعارات</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>المظهر</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>التخزين</translation>
    </message>
    <message>
        <source>About</source>
        <translation>حول</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>اختصارات لوحة المفاتيح</translation>
    </message>
    <message>
        <source>Everything can be done with the keyboard.</source>
        <translation>كل شيء يمكن فعله بلوحة المفاتيح.</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>مفاتيح أزرار اختصار</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>الإصدار</translation>
    </message>
    <message>
        <source>Messages from computer to computer, with nobody between.</source>
        <translation>رسائل من حاسوب إلى حاسوب، دون أحد بينهما.</translation>
    </message>
    <message>
        <source>My name</source>
        <translation>اسمي</translation>
    </message>
    <message>
        <source>How new friends see you at first. Who knows you already keeps the name they have.</source>
        <translation>كيف يراك الأصدقاء الجدد أول مرة. ومن يعرفك من قبل يحتفظ بالاسم الذي لديه.</translation>
    </message>
    <message>
        <source>My address</source>
        <translation>عنواني</translation>
    </message>
    <message>
        <source>Friends add you with it. It holds the way to you of this moment.</source>
        <translation>به يضيفك الأصدقاء. وفيه الطريق إليك في هذه اللحظة.</translation>
    </message>
    <message>
        <source>share copy QR code link</source>
        <translation>مشاركة نسخ رمز QR رابط</translation>
    </message>
    <message>
        <source>Invitations</source>
        <translation>الدعوات</translation>
    </message>
    <message>
        <source>An address for one person or place. Revoke it, and strangers who hold it can no longer ask; friends stay friends.</source>
        <translation>عنوان لشخص واحد أو مكان واحد. أبطِله فلا يستطيع الغرباء الذين يحملونه أن يطلبوا بعد ذلك؛ ويبقى الأصدقاء أصدقاء.</translation>
    </message>
    <message>
        <source>token spam revoke</source>
        <translation>رمز إزعاج إبطال سحب</translation>
    </message>
    <message>
        <source>Read receipts</source>
        <translation>إيصالات القراءة</translation>
    </message>
    <message>
        <source>Friends see which of their messages you have read, and you see which of yours they have.</source>
        <translation>يرى الأصدقاء أي رسائلهم قرأت، وترى أي رسائلك قرؤوا.</translation>
    </message>
    <message>
        <source>seen ticks</source>
        <translation>شوهد علامات</translation>
    </message>
    <message>
        <source>Show that you are writing</source>
        <translation>إظهار أنك تكتب</translation>
    </message>
    <message>
        <source>Friends see it while you write to them.</source>
        <translation>يراه الأصدقاء بينما تكتب إليهم.</translation>
    </message>
    <message>
        <source>typing hint</source>
        <translation>كتابة تلميح</translation>
    </message>
    <message>
        <source>Find friends on the local network</source>
        <translation>العثور على الأصدقاء في الشبكة المحلية</translation>
    </message>
    <message>
        <source>Without internet, router or a current address. Others see that Culvert is used here, and not by whom.</source>
        <translation>دون إنترنت ولا موجّه ولا عنوان حالي. يرى الآخرون أن Culvert مستخدَم هنا، ولا يرون مَن يستخدمه.</translation>
    </message>
    <message>
        <source>LAN beacon discovery</source>
        <translation>شبكة محلية اكتشاف LAN</translation>
    </message>
    <message>
        <source>Use foreign Teredo relays</source>
        <translation>استخدام مرحّلات Teredo غريبة</translation>
    </message>
    <message>
        <source>Where that is the better way. Whoever runs the relay sees who talks to whom and when, and nothing of what is said.</source>
        <translation>حيث يكون ذلك الطريق أفضل. يرى من يشغّل المرحّل من يحادث من ومتى، ولا يرى شيئًا مما يُقال.</translation>
    </message>
    <message>
        <source>IP ordinary route</source>
        <translation>IP الطريق العادي</translation>
    </message>
    <message>
        <source>Friends may help friends find each other</source>
        <translation>السماح للأصدقاء بمساعدة أصدقائهم على التلاقي</translation>
    </message>
    <message>
        <source>Contacts who know each other hand over calls, never messages. They see who of them take part.</source>
        <translation>جهات الاتصال التي يعرف بعضها بعضًا تمرّر الاتصالات، لا الرسائل. وترى مَن منها يشارك.</translation>
    </message>
    <message>
        <source>courier handoff introduce</source>
        <translation>تمرير وسيط تعريف</translation>
    </message>
    <message>
        <source>Who can reach you</source>
        <translation>من يستطيع الوصول إليك</translation>
    </message>
    <message>
        <source>What your network does, port mapping included, and what would help.</source>
        <translation>ما تفعله شبكتك، بما فيه تعيين المنافذ، وما يفيد.</translation>
    </message>
    <message>
        <source>NAT firewall port router mapping diagnostics</source>
        <translation>NAT جدار الحماية منفذ موجّه راوتر تعيين تشخيص</translation>
    </message>
    <message>
        <source>TCP where UDP does not get through</source>
        <translation>TCP حيث لا يعبر UDP</translation>
    </message>
    <message>
        <source>Some networks let only TCP pass. Messages may take longer there.</source>
        <translation>لا تسمح بعض الشبكات إلا بعبور TCP. وقد تستغرق الرسائل هناك وقتًا أطول.</translation>
    </message>
    <message>
        <source>Search for friends behind difficult routers</source>
        <translation>البحث عن الأصدقاء خلف موجّهات صعبة</translation>
    </message>
    <message>
        <source>Tries hundreds of ports for some seconds. Behind a provider&apos;s router, which many share, only if you say so.</source>
        <translation>يجرّب مئات المنافذ لبضع ثوانٍ. وخلف موجّه المزوّد الذي يشترك فيه كثيرون، لا يفعل إلا إذا أذنت.</translation>
    </message>
    <message>
        <source>symmetric NAT hole punching</source>
        <translation>NAT متناظر ثقب ثقب المنافذ</translation>
    </message>
    <message>
        <source>Third parties</source>
        <translation>الأطراف الثالثة</translation>
    </message>
    <message>
        <source>rendezvous</source>
        <translation>تلاقٍ وسيط</translation>
    </message>
    <message>
        <source>Teredo servers</source>
        <translation>خوادم Teredo</translation>
    </message>
    <message>
        <source>They tell how your router behaves, and ring friends who cannot hear you. The most reliable one is used.</source>
        <translation>تخبر كيف يتصرف الموجّه، وترنّ للأصدقاء الذين لا يسمعونك. ويُستخدم أكثرها موثوقية.</translation>
    </message>
    <message>
        <source>doorbell</source>
        <translation>جرس الباب</translation>
    </message>
    <message>
        <source>Notify me of messages</source>
        <translation>إشعاري بالرسائل</translation>
    </message>
    <message>
        <source>While you look elsewhere. Requests of strangers are told as well.</source>
        <translation>ما دمت تنظر إلى شيء آخر. ويُعلَن عن طلبات الغرباء أيضًا.</translation>
    </message>
    <message>
        <source>sound alert popup</source>
        <translation>صوت تنبيه نافذة منبثقة</translation>
    </message>
    <message>
        <source>A notification shows</source>
        <translation>يعرض الإشعار</translation>
    </message>
    <message>
        <source>What others may read over your shoulder.</source>
        <translation>ما قد يقرؤه الآخرون من فوق كتفك.</translation>
    </message>
    <message>
        <source>hide text privacy preview</source>
        <translation>إخفاء نص خصوصية معاينة</translation>
    </message>
    <message>
        <source>Icon beside the clock</source>
        <translation>أيقونة بجانب الساعة</translation>
    </message>
    <message>
        <source>It tells whether something is unread.</source>
        <translation>تخبر إن كان هناك ما لم يُقرأ.</translation>
    </message>
    <message>
        <source>tray</source>
        <translation>شريط النظام علبة</translation>
    </message>
    <message>
        <source>Stay reachable when the window is closed</source>
        <translation>البقاء متاحًا عند إغلاق النافذة</translation>
    </message>
    <message>
        <source>The icon beside the clock brings it back.</source>
        <translation>تعيدها الأيقونة التي بجانب الساعة.</translation>
    </message>
    <message>
        <source>tray background quit</source>
        <translation>شريط النظام خلفية إنهاء</translation>
    </message>
    <message>
        <source>Start when I log in</source>
        <translation>البدء عند تسجيل دخولي</translation>
    </message>
    <message>
        <source>Friends can reach you without your thinking of it.</source>
        <translation>يستطيع الأصدقاء الوصول إليك دون أن تفكر في الأمر.</translation>
    </message>
    <message>
        <source>login autostart boot</source>
        <translation>تسجيل الدخول بدء تلقائي إقلاع</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>السمة</translation>
    </message>
    <message>
        <source>The colours of the window.</source>
        <translation>ألوان النافذة.</translation>
    </message>
    <message>
        <source>dark light night high contrast colors</source>
        <translation>داكن فاتح ليلي تباين عالٍ ألوان</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>حجم النص</translation>
    </message>
    <message>
        <source>Everything that holds text grows with it.</source>
        <translation>يكبر معه كل ما فيه نص.</translation>
    </message>
    <message>
        <source>font zoom scale large small</source>
        <translation>خط تكبير مقياس كبير صغير</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>الكثافة</translation>
    </message>
    <message>
        <source>How much room each conversation has in the list.</source>
        <translation>المساحة التي تأخذها كل محادثة في القائمة.</translation>
    </message>
    <message>
        <source>compact comfortable spacing</source>
        <translation>متراص مريح تباعد</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>Dates and numbers follow it.</source>
        <translation>تتبعها التواريخ والأرقام.</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>الحركة</translation>
    </message>
    <message>
        <source>Whether things slide and fade, or are just there.</source>
        <translation>هل تنزلق الأشياء وتتلاشى، أم تظهر مباشرة.</translation>
    </message>
    <message>
        <source>animation reduce</source>
        <translation>تحريك رسوم متحركة تقليل</translation>
    </message>
    <message>
        <source>What is stored</source>
        <translation>ما هو مخزَّن</translation>
    </message>
    <message>
        <source>All of it is on this computer alone.</source>
        <translation>كله على هذا الحاسوب وحده.</translation>
    </message>
    <message>
        <source>size disk space database</source>
        <translation>حجم قرص مساحة قاعدة بيانات</translation>
    </message>
    <message>
        <source>Check everything that is stored</source>
        <translation>فحص كل ما هو مخزَّن</translation>
    </message>
    <message>
        <source>Reads each message once, which takes some seconds for a hundred thousand.</source>
        <translation>يقرأ كل رسالة مرة، ويستغرق ذلك بضع ثوانٍ لمئة ألف رسالة.</translation>
    </message>
    <message>
        <source>verify damage repair</source>
        <translation>تحقق تلف إصلاح</translation>
    </message>
    <message>
        <source>Give room back to the disk</source>
        <translation>إعادة المساحة إلى القرص</translation>
    </message>
    <message>
        <source>What removed messages took. Messages wait meanwhile.</source>
        <translation>ما كانت تشغله الرسائل المحذوفة. وتنتظر الرسائل في أثناء ذلك.</translation>
    </message>
    <message>
        <source>compact vacuum clean</source>
        <translation>ضغط تنظيف تفريغ</translation>
    </message>
    <message>
        <source>Export the profile</source>
        <translation>تصدير الملف الشخصي</translation>
    </message>
    <message>
        <source>Everything in one encrypted file, as a copy or for another computer.</source>
        <translation>كل شيء في ملف واحد مشفّر، نسخةً احتياطية أو لحاسوب آخر.</translation>
    </message>
    <message>
        <source>backup move save</source>
        <translation>نسخ احتياطي نقل حفظ</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>الحماية</translation>
    </message>
    <message>
        <source>What opens your messages: a passphrase, the system&apos;s keyring, or nothing.</source>
        <translation>ما الذي يفتح رسائلك: عبارة مرور، أو حلقة مفاتيح النظام، أو لا شيء.</translation>
    </message>
    <message>
        <source>password passphrase keyring encryption</source>
        <translation>كلمة مرور عبارة مرور حلقة مفاتيح تعمية تشفير</translation>
    </message>
    <message>
        <source>Delete the profile</source>
        <translation>حذف الملف الشخصي</translation>
    </message>
    <message>
        <source>Keys, contacts and messages, for good.</source>
        <translation>المفاتيح وجهات الاتصال والرسائل، نهائيًا.</translation>
    </message>
    <message>
        <source>erase remove reset</source>
        <translation>مسح إزالة تصفير</translation>
    </message>
    <message>
        <source>My picture</source>
        <translation>صورتي</translation>
    </message>
    <message>
        <source>Friends whom you accepted see it, and nobody else.</source>
        <translation>يراها الأصدقاء الذين قبلتهم، دون غيرهم.</translation>
    </message>
    <message>
        <source>photo avatar image face</source>
        <translation>صورة شخصية رمزية وجه</translation>
    </message>
    <message>
        <source>Friends&apos; computers that hand over a call when an address is out of date. They never carry a message. Of those that answer as quickly, the upper ones are asked first.</source>
        <translation>حواسيب أصدقاء تمرّر الاتصال عندما يكون عنوان قديمًا. لا تحمل رسالة أبدًا. ومن بين المتساوية في السرعة تُسأل العليا أولًا.</translation>
    </message>
</context>
<context>
    <name>culvert::SettingControls</name>
    <message>
        <source>Name and text</source>
        <translation>الاسم والنص</translation>
    </message>
    <message>
        <source>Name only</source>
        <translation>الاسم فقط</translation>
    </message>
    <message>
        <source>Neither</source>
        <translation>لا هذا ولا ذاك</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>حسب النظام</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>فاتح</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>داكن</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>تباين عالٍ</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>مريح</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>متراص</translation>
    </message>
    <message>
        <source>On</source>
        <translation>تشغيل</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>size of text in per cent</comment>
        <translation>⁦%1%⁩</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>تلقائي</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>دائمًا</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>أبدًا</translation>
    </message>
    <message>
        <source>Share …</source>
        <translation>مشاركة…</translation>
    </message>
    <message>
        <source>Show …</source>
        <translation>عرض…</translation>
    </message>
    <message>
        <source>There is none.</source>
        <translation>لا يوجد.</translation>
    </message>
    <message>
        <source>Whom or what it is for</source>
        <translation>لمن أو لأي غرض</translation>
    </message>
    <message>
        <source>New invitation</source>
        <translation>دعوة جديدة</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>إبطال</translation>
    </message>
    <message>
        <source>Copy its address</source>
        <translation>نسخ عنوانها</translation>
    </message>
    <message>
        <source>The new address is copied</source>
        <translation>نُسخ العنوان الجديد</translation>
    </message>
    <message>
        <source>The address is copied</source>
        <translation>نُسخ العنوان</translation>
    </message>
    <message>
        <source>somebody who is no contact</source>
        <translation>شخص ليس من جهات الاتصال</translation>
    </message>
    <message>
        <source>My address</source>
        <translation>عنواني</translation>
    </message>
    <message>
        <source>Without a label</source>
        <comment>an invitation</comment>
        <translation>بلا تسمية</translation>
    </message>
    <message>
        <source>made on %1</source>
        <comment>a date</comment>
        <translation>أُنشئت في %1</translation>
    </message>
    <message>
        <source>nobody used it</source>
        <translation>لم يستخدمها أحد</translation>
    </message>
    <message>
        <source>used by %1</source>
        <translation>استخدمها ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1, %2, %3 on the disk.</source>
        <translation>%1، %2، ⁨%3⁩ على القرص.</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n رسالة</numerusform>
            <numerusform>رسالة واحدة</numerusform>
            <numerusform>رسالتان</numerusform>
            <numerusform>%n رسائل</numerusform>
            <numerusform>%n رسالة</numerusform>
            <numerusform>%n رسالة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact(s)</source>
        <translation>
            <numerusform>%n جهة اتصال</numerusform>
            <numerusform>جهة اتصال واحدة</numerusform>
            <numerusform>جهتا اتصال</numerusform>
            <numerusform>%n جهات اتصال</numerusform>
            <numerusform>%n جهة اتصال</numerusform>
            <numerusform>%n جهة اتصال</numerusform>
        </translation>
    </message>
    <message>
        <source>Older and damaged copies take another %1.</source>
        <translation>تشغل النسخ القديمة والتالفة ⁨%1⁩ إضافية.</translation>
    </message>
    <message>
        <source>All is well: %1 and %2 can be read.</source>
        <translation>كل شيء سليم: تمكن قراءة %1 و%2.</translation>
    </message>
    <message>
        <source>The file was damaged. What could be read is in a new one, and the old one is kept.</source>
        <translation>كان الملف تالفًا. ما أمكنت قراءته في ملف جديد، واحتُفظ بالقديم.</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) cannot be read.</source>
        <translation>
            <numerusform>لا رسائل تتعذّر قراءتها.</numerusform>
            <numerusform>رسالة واحدة تتعذّر قراءتها.</numerusform>
            <numerusform>رسالتان تتعذّر قراءتهما.</numerusform>
            <numerusform>%n رسائل تتعذّر قراءتها.</numerusform>
            <numerusform>%n رسالة تتعذّر قراءتها.</numerusform>
            <numerusform>%n رسالة تتعذّر قراءتها.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact(s) cannot be read.</source>
        <translation>
            <numerusform>لا جهات اتصال تتعذّر قراءتها.</numerusform>
            <numerusform>جهة اتصال واحدة تتعذّر قراءتها.</numerusform>
            <numerusform>جهتا اتصال تتعذّر قراءتهما.</numerusform>
            <numerusform>%n جهات اتصال تتعذّر قراءتها.</numerusform>
            <numerusform>%n جهة اتصال تتعذّر قراءتها.</numerusform>
            <numerusform>%n جهة اتصال تتعذّر قراءتها.</numerusform>
        </translation>
    </message>
    <message>
        <source>Check</source>
        <translation>فحص</translation>
    </message>
    <message>
        <source>Tidy up</source>
        <translation>ترتيب</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>تصدير…</translation>
    </message>
    <message>
        <source>Change …</source>
        <translation>تغيير…</translation>
    </message>
    <message>
        <source>Delete …</source>
        <translation>حذف…</translation>
    </message>
    <message>
        <source>Reading everything …</source>
        <translation>جارٍ قراءة كل شيء…</translation>
    </message>
    <message>
        <source>Tidying up …</source>
        <translation>جارٍ الترتيب…</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>تم.</translation>
    </message>
</context>
<context>
    <name>culvert::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>بحث</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>البحث في الإعدادات</translation>
    </message>
    <message>
        <source>Pages of settings</source>
        <translation>صفحات الإعدادات</translation>
    </message>
    <message>
        <source>No setting matches.</source>
        <translation>لا يوجد إعداد مطابق.</translation>
    </message>
</context>
<context>
    <name>culvert::ShareDialog</name>
    <message>
        <source>Share my address</source>
        <translation>مشاركة عنواني</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>culvert::SharePanel</name>
    <message>
        <source>Copy address</source>
        <translation>نسخ العنوان</translation>
    </message>
    <message>
        <source>Your address</source>
        <translation>عنوانك</translation>
    </message>
    <message>
        <source>Your address is being put together …</source>
        <translation>جارٍ تجميع عنوانك…</translation>
    </message>
    <message>
        <source>Send this to a friend, over any channel. When they add it in their Culvert, you will be asked to accept.</source>
        <translation>أرسل هذا إلى صديق عبر أي قناة. عندما يضيفه في Culvert لديه، سيُطلب منك القبول.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>تم النسخ</translation>
    </message>
    <message>
        <source>Your address has changed since you copied it. Copy it again, and send that.</source>
        <translation>تغيّر عنوانك منذ نسختَه. انسخه مجددًا وأرسل الجديد.</translation>
    </message>
</context>
<context>
    <name>culvert::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>اختصارات لوحة المفاتيح</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>في كل مكان</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>culvert::Sidebar</name>
    <message>
        <source>Network: who can reach you</source>
        <translation>الشبكة: من يستطيع الوصول إليك</translation>
    </message>
    <message>
        <source>Add a contact</source>
        <translation>إضافة جهة اتصال</translation>
    </message>
    <message>
        <source>No contact has such a name.</source>
        <translation>لا توجد جهة اتصال بهذا الاسم.</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>المحادثات</translation>
    </message>
    <message>
        <source>Search with %1</source>
        <translation>البحث بـ ⁦%1⁩</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>بحث</translation>
    </message>
    <message>
        <source>Search the conversation with %1</source>
        <translation>البحث في المحادثة مع ⁨%1⁩</translation>
    </message>
    <message>
        <source>Search contacts and messages</source>
        <translation>البحث في جهات الاتصال والرسائل</translation>
    </message>
</context>
<context>
    <name>culvert::Sparkline</name>
    <message>
        <source>Round trip over time</source>
        <translation>زمن الذهاب والإياب على مرّ الوقت</translation>
    </message>
    <message>
        <source>Nothing was measured yet.</source>
        <translation>لم يُقَس شيء بعد.</translation>
    </message>
    <message>
        <source>nothing was lost</source>
        <translation>لم يُفقد شيء</translation>
    </message>
    <message>
        <source>%1 of %2 probes were lost</source>
        <translation>فُقد %1 من %2 من حزم القياس</translation>
    </message>
    <message numerus="yes">
        <source>Last %n minutes</source>
        <comment>length of time</comment>
        <translation>
            <numerusform>آخر %n دقيقة</numerusform>
            <numerusform>آخر دقيقة</numerusform>
            <numerusform>آخر دقيقتين</numerusform>
            <numerusform>آخر %n دقائق</numerusform>
            <numerusform>آخر %n دقيقة</numerusform>
            <numerusform>آخر %n دقيقة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n seconds</source>
        <comment>length of time</comment>
        <translation>
            <numerusform>آخر %n ثانية</numerusform>
            <numerusform>آخر ثانية</numerusform>
            <numerusform>آخر ثانيتين</numerusform>
            <numerusform>آخر %n ثوانٍ</numerusform>
            <numerusform>آخر %n ثانية</numerusform>
            <numerusform>آخر %n ثانية</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: round trips of %2 to %3, %4.</source>
        <comment>span, shortest, longest, what was lost</comment>
        <translation>%1: ذهاب وإياب من ⁨%2⁩ إلى ⁨%3⁩، %4.</translation>
    </message>
</context>
<context>
    <name>culvert::StorageDialog</name>
    <message>
        <source>Choose …</source>
        <translation>اختيار…</translation>
    </message>
    <message>
        <source>The passphrase that opens it now</source>
        <translation>عبارة المرور التي تفتحه الآن</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>No keyring answers on this system.</source>
        <translation>لا تجيب أي حلقة مفاتيح في هذا النظام.</translation>
    </message>
</context>
<context>
    <name>culvert::TrayIcon</name>
    <message>
        <source>&amp;Open Culvert</source>
        <translation>&amp;فتح Culvert</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>إ&amp;نهاء</translation>
    </message>
    <message numerus="yes">
        <source>Culvert: %n unread message(s)</source>
        <translation>
            <numerusform>Culvert: لا رسائل غير مقروءة</numerusform>
            <numerusform>Culvert: رسالة واحدة غير مقروءة</numerusform>
            <numerusform>Culvert: رسالتان غير مقروءتين</numerusform>
            <numerusform>Culvert: ‏%n رسائل غير مقروءة</numerusform>
            <numerusform>Culvert: ‏%n رسالة غير مقروءة</numerusform>
            <numerusform>Culvert: ‏%n رسالة غير مقروءة</numerusform>
        </translation>
    </message>
    <message>
        <source>Culvert</source>
        <translation>Culvert</translation>
    </message>
</context>
<context>
    <name>culvert::UnlockPage</name>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>Welcome back</source>
        <translation>أهلًا بعودتك</translation>
    </message>
    <message>
        <source>Opening your messages</source>
        <translation>جارٍ فتح رسائلك</translation>
    </message>
    <message>
        <source>Type your passphrase to open your messages.</source>
        <translation>اكتب عبارة المرور لفتح رسائلك.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring holds the key. It may ask you for its own password.</source>
        <translation>المفتاح في حلقة مفاتيح النظام. وقد تطلب منك كلمة مرورها.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>عبارة المرور</translation>
    </message>
    <message>
        <source>Type your passphrase.</source>
        <translation>اكتب عبارة المرور.</translation>
    </message>
    <message>
        <source>No keyring answers on this system, and the key of your messages is in one.</source>
        <translation>لا تجيب أي حلقة مفاتيح في هذا النظام، ومفتاح رسائلك في واحدة منها.</translation>
    </message>
    <message>
        <source>This passphrase does not open your messages. Check Caps Lock and try again.</source>
        <translation>لا تفتح عبارة المرور هذه رسائلك. تحقق من Caps Lock وأعد المحاولة.</translation>
    </message>
    <message>
        <source>Opening …</source>
        <translation>جارٍ الفتح…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
</context>
<context>
    <name>culvert::WindowActions</name>
    <message>
        <source>&amp;Culvert</source>
        <translation>&amp;Culvert</translation>
    </message>
    <message>
        <source>Con&amp;tact</source>
        <translation>&amp;جهة الاتصال</translation>
    </message>
    <message>
        <source>&amp;Message</source>
        <translation>&amp;رسالة</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;عرض</translation>
    </message>
    <message>
        <source>C&amp;onnection</source>
        <translation>الا&amp;تصال</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;مساعدة</translation>
    </message>
    <message>
        <source>&amp;Add contact …</source>
        <translation>&amp;إضافة جهة اتصال…</translation>
    </message>
    <message>
        <source>&amp;Share my address …</source>
        <translation>&amp;مشاركة عنواني…</translation>
    </message>
    <message>
        <source>&amp;Copy my address</source>
        <translation>&amp;نسخ عنواني</translation>
    </message>
    <message>
        <source>S&amp;ettings …</source>
        <translation>الإ&amp;عدادات…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>إنها&amp;ء</translation>
    </message>
    <message>
        <source>&amp;Details and connection …</source>
        <translation>الت&amp;فاصيل والاتصال…</translation>
    </message>
    <message>
        <source>&amp;Mute …</source>
        <translation>&amp;كتم…</translation>
    </message>
    <message>
        <source>D&amp;isappearing messages …</source>
        <translation>الرسائل ال&amp;مختفية…</translation>
    </message>
    <message>
        <source>&amp;Block …</source>
        <translation>&amp;حظر…</translation>
    </message>
    <message>
        <source>&amp;Remove …</source>
        <translation>إ&amp;زالة…</translation>
    </message>
    <message>
        <source>&amp;Reply</source>
        <translation>&amp;رد</translation>
    </message>
    <message>
        <source>Re&amp;act …</source>
        <translation>تفا&amp;عل…</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;تعديل</translation>
    </message>
    <message>
        <source>&amp;Delete …</source>
        <translation>&amp;حذف…</translation>
    </message>
    <message>
        <source>&amp;Insert emoji …</source>
        <translation>إدرا&amp;ج رمز تعبيري…</translation>
    </message>
    <message>
        <source>&amp;Jump to the newest message</source>
        <translation>الانتقال إلى أحد&amp;ث رسالة</translation>
    </message>
    <message>
        <source>&amp;Jump to …</source>
        <translation>الا&amp;نتقال إلى…</translation>
    </message>
    <message>
        <source>&amp;Search contacts and messages</source>
        <translation>ال&amp;بحث في جهات الاتصال والرسائل</translation>
    </message>
    <message>
        <source>&amp;Find in this conversation</source>
        <translation>ب&amp;حث في هذه المحادثة</translation>
    </message>
    <message>
        <source>&amp;Next conversation</source>
        <translation>المحادثة ال&amp;تالية</translation>
    </message>
    <message>
        <source>&amp;Previous conversation</source>
        <translation>المحادثة ال&amp;سابقة</translation>
    </message>
    <message>
        <source>&amp;Close conversation or search</source>
        <translation>إ&amp;غلاق المحادثة أو البحث</translation>
    </message>
    <message>
        <source>&amp;Retry connections</source>
        <translation>إ&amp;عادة محاولة الاتصال</translation>
    </message>
    <message>
        <source>&amp;Network …</source>
        <translation>الش&amp;بكة…</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>ا&amp;ختصارات لوحة المفاتيح</translation>
    </message>
    <message>
        <source>&amp;About Culvert</source>
        <translation>&amp;حول Culvert</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>إرسال الرسالة</translation>
    </message>
    <message>
        <source>Begin a new line in the message</source>
        <translation>بدء سطر جديد في الرسالة</translation>
    </message>
    <message>
        <source>Edit the last message, where nothing is typed</source>
        <translation>تعديل الرسالة الأخيرة، حيث لم يُكتب شيء</translation>
    </message>
    <message>
        <source>Reply to the chosen message</source>
        <translation>الرد على الرسالة المختارة</translation>
    </message>
    <message>
        <source>React to the chosen message</source>
        <translation>التفاعل مع الرسالة المختارة</translation>
    </message>
    <message>
        <source>Edit the chosen message</source>
        <translation>تعديل الرسالة المختارة</translation>
    </message>
    <message>
        <source>Delete the chosen message</source>
        <translation>حذف الرسالة المختارة</translation>
    </message>
    <message>
        <source>Jump to the newest message</source>
        <translation>الانتقال إلى أحدث رسالة</translation>
    </message>
    <message>
        <source>Go to the next control</source>
        <translation>الانتقال إلى عنصر التحكم التالي</translation>
    </message>
    <message>
        <source>Move in a list</source>
        <translation>التنقل في قائمة</translation>
    </message>
    <message>
        <source>Open a menu</source>
        <translation>فتح قائمة</translation>
    </message>
    <message>
        <source>Alt and the underlined letter</source>
        <translation>Alt مع الحرف الذي تحته خط</translation>
    </message>
    <message>
        <source>Close what is on top</source>
        <translation>إغلاق ما في الأعلى</translation>
    </message>
</context>
<context>
    <name>culvert::Wording</name>
    <message>
        <source>Direct, IPv6</source>
        <comment>badge</comment>
        <translation>مباشر، IPv6</translation>
    </message>
    <message>
        <source>Direct, IPv4</source>
        <comment>badge</comment>
        <translation>مباشر، IPv4</translation>
    </message>
    <message>
        <source>Tunnel</source>
        <comment>badge: IPv6 inside UDP over IPv4</comment>
        <translation>نفق</translation>
    </message>
    <message>
        <source>Same network</source>
        <comment>badge</comment>
        <translation>الشبكة نفسها</translation>
    </message>
    <message>
        <source>Connecting</source>
        <comment>badge</comment>
        <translation>جارٍ الاتصال</translation>
    </message>
    <message>
        <source>Can&apos;t connect</source>
        <comment>badge</comment>
        <translation>تعذّر الاتصال</translation>
    </message>
    <message>
        <source>You are connected directly, over IPv6 from end to end.</source>
        <translation>أنتما متصلان مباشرة، عبر IPv6 من الطرف إلى الطرف.</translation>
    </message>
    <message>
        <source>You are connected directly, over IPv4 through a forwarded port.</source>
        <translation>أنتما متصلان مباشرة، عبر IPv4 بمنفذ مُعاد التوجيه.</translation>
    </message>
    <message>
        <source>You are connected directly, over IPv4 through a hole that both sides opened.</source>
        <translation>أنتما متصلان مباشرة، عبر IPv4 بفتحة فتحها كلاكما.</translation>
    </message>
    <message>
        <source>You are connected directly, over TCP, because UDP does not get through. This may be slower.</source>
        <translation>أنتما متصلان مباشرة، عبر TCP، لأن UDP لا يعبر. وقد يكون ذلك أبطأ.</translation>
    </message>
    <message>
        <source>You are connected through a Teredo relay that neither of you chose. It sees who talks to whom, and nothing of what is said.</source>
        <translation>أنتما متصلان عبر مرحّل Teredo لم يختره أيٌّ منكما. يرى من يحادث من، ولا يرى شيئًا مما يُقال.</translation>
    </message>
    <message>
        <source>You are connected directly, with IPv6 packets inside IPv4 (Teredo).</source>
        <translation>أنتما متصلان مباشرة، بحزم IPv6 داخل IPv4 (Teredo).</translation>
    </message>
    <message>
        <source>You are both in the same network; nothing leaves it.</source>
        <translation>كلاكما في الشبكة نفسها؛ ولا شيء يغادرها.</translation>
    </message>
    <message>
        <source>Every known address of theirs is being tried.</source>
        <translation>تُجرَّب كل عناوين الطرف الآخر المعروفة.</translation>
    </message>
    <message>
        <source>No connection was tried yet.</source>
        <translation>لم يُجرَّب أي اتصال بعد.</translation>
    </message>
    <message>
        <source>none</source>
        <comment>kind of path</comment>
        <translation>لا يوجد</translation>
    </message>
    <message>
        <source>Same network</source>
        <translation>الشبكة نفسها</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>IPv4, forwarded port</source>
        <translation>IPv4، منفذ مُعاد التوجيه</translation>
    </message>
    <message>
        <source>Teredo tunnel</source>
        <translation>نفق Teredo</translation>
    </message>
    <message>
        <source>IPv4, opened by both</source>
        <translation>IPv4، فتحه كلاكما</translation>
    </message>
    <message>
        <source>Ordinary route, foreign relay</source>
        <comment>kind of path: through a Teredo relay of somebody else</comment>
        <translation>الطريق العادي، مرحّل غريب</translation>
    </message>
    <message>
        <source>TCP</source>
        <comment>kind of path</comment>
        <translation>TCP</translation>
    </message>
    <message>
        <source>online, %1 away</source>
        <translation>متصل، على بُعد ⁨%1⁩</translation>
    </message>
    <message>
        <source>online</source>
        <translation>متصل</translation>
    </message>
    <message>
        <source>not connected yet</source>
        <translation>لم يتصل بعد</translation>
    </message>
    <message>
        <source>connecting …</source>
        <translation>جارٍ الاتصال…</translation>
    </message>
    <message>
        <source>their address is missing</source>
        <translation>عنوان الطرف الآخر ناقص</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>غير متاح</translation>
    </message>
    <message>
        <source>this computer has no network</source>
        <translation>هذا الحاسوب بلا شبكة</translation>
    </message>
    <message>
        <source>No address of theirs is known. Ask them for a fresh address and add it again.</source>
        <translation>لا عنوان معروفًا للطرف الآخر. اطلب منه عنوانًا حديثًا وأضفه مجددًا.</translation>
    </message>
    <message>
        <source>They do not answer: they are offline, or their address changed. If they are online, ask them for a fresh address.</source>
        <translation>لا يجيب الطرف الآخر: إما أنه غير متصل، وإما أن عنوانه تغيّر. إن كان متصلًا فاطلب منه عنوانًا حديثًا.</translation>
    </message>
    <message>
        <source>This computer has no network. Connect it to one.</source>
        <translation>هذا الحاسوب بلا شبكة. صِله بشبكة.</translation>
    </message>
    <message>
        <source>their computer has not confirmed it yet.</source>
        <comment>Waiting to deliver, because …</comment>
        <translation>حاسوب الطرف الآخر لم يؤكد ذلك بعد.</translation>
    </message>
    <message>
        <source>no connection was tried yet.</source>
        <comment>Waiting to deliver, because …</comment>
        <translation>أي اتصال لم يُجرَّب بعد.</translation>
    </message>
    <message>
        <source>a connection is being made.</source>
        <comment>Waiting to deliver, because …</comment>
        <translation>الاتصال قيد الإنشاء.</translation>
    </message>
    <message>
        <source>no address of theirs is known.</source>
        <comment>Waiting to deliver, because …</comment>
        <translation>عنوان الطرف الآخر غير معروف.</translation>
    </message>
    <message>
        <source>they do not answer.</source>
        <comment>Waiting to deliver, because …</comment>
        <translation>الطرف الآخر لا يجيب.</translation>
    </message>
    <message>
        <source>your network and theirs let no connection through.</source>
        <comment>Waiting to deliver, because …</comment>
        <translation>شبكتك وشبكة الطرف الآخر لا تسمحان بأي اتصال.</translation>
    </message>
    <message>
        <source>this computer has no network.</source>
        <comment>Waiting to deliver, because …</comment>
        <translation>هذا الحاسوب بلا شبكة.</translation>
    </message>
    <message>
        <source>waiting</source>
        <comment>state of a message</comment>
        <translation>بالانتظار</translation>
    </message>
    <message>
        <source>sent</source>
        <comment>state of a message</comment>
        <translation>أُرسلت</translation>
    </message>
    <message>
        <source>delivered</source>
        <comment>state of a message</comment>
        <translation>تم تسليمها</translation>
    </message>
    <message>
        <source>read</source>
        <comment>state of a message</comment>
        <translation>مقروءة</translation>
    </message>
    <message>
        <source>not delivered: you removed or blocked this contact</source>
        <translation>لم تُسلَّم: أزلت جهة الاتصال هذه أو حظرتها</translation>
    </message>
    <message>
        <source>not delivered: their Culvert is too old for it</source>
        <translation>لم تُسلَّم: إصدار Culvert لدى الطرف الآخر أقدم من ذلك</translation>
    </message>
    <message>
        <source>not delivered</source>
        <translation>لم تُسلَّم</translation>
    </message>
    <message>
        <source>waiting for them to accept</source>
        <translation>بانتظار القبول</translation>
    </message>
    <message>
        <source>wants to talk to you</source>
        <translation>يريد التحدث إليك</translation>
    </message>
    <message>
        <source>contact</source>
        <translation>جهة اتصال</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>محظور</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>تم التحقق</translation>
    </message>
    <message numerus="yes">
        <source>%n unread message(s)</source>
        <translation>
            <numerusform>لا رسائل غير مقروءة</numerusform>
            <numerusform>رسالة واحدة غير مقروءة</numerusform>
            <numerusform>رسالتان غير مقروءتين</numerusform>
            <numerusform>%n رسائل غير مقروءة</numerusform>
            <numerusform>%n رسالة غير مقروءة</numerusform>
            <numerusform>%n رسالة غير مقروءة</numerusform>
        </translation>
    </message>
    <message>
        <source>in reply to you</source>
        <translation>ردًّا عليك</translation>
    </message>
    <message>
        <source>in reply to %1</source>
        <translation>ردًّا على ⁨%1⁩</translation>
    </message>
    <message>
        <source>edited</source>
        <comment>state of a message</comment>
        <translation>مُعدَّلة</translation>
    </message>
    <message>
        <source>you reacted with %1</source>
        <translation>تفاعلتَ بـ %1</translation>
    </message>
    <message>
        <source>%1 reacted with %2</source>
        <translation>تفاعل ⁨%1⁩ بـ %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>⁨%1⁩: %2</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>أنت: %1</translation>
    </message>
    <message>
        <source>You turned off disappearing messages.</source>
        <translation>أوقفتَ الرسائل المختفية.</translation>
    </message>
    <message>
        <source>%1 turned off disappearing messages.</source>
        <translation>أوقف ⁨%1⁩ الرسائل المختفية.</translation>
    </message>
    <message>
        <source>You set new messages to disappear %1 after reading.</source>
        <translation>جعلتَ الرسائل الجديدة تختفي بعد القراءة بمدة: %1.</translation>
    </message>
    <message>
        <source>%1 set new messages to disappear %2 after reading.</source>
        <translation>جعل ⁨%1⁩ الرسائل الجديدة تختفي بعد القراءة بمدة: %2.</translation>
    </message>
    <message>
        <source>You</source>
        <translation>أنت</translation>
    </message>
    <message>
        <source>You deleted this message.</source>
        <translation>حذفتَ هذه الرسالة.</translation>
    </message>
    <message>
        <source>This message was deleted.</source>
        <translation>حُذفت هذه الرسالة.</translation>
    </message>
    <message>
        <source>edited %1</source>
        <comment>a message, at a time</comment>
        <translation>عُدّلت %1</translation>
    </message>
    <message>
        <source>New messages</source>
        <translation>رسائل جديدة</translation>
    </message>
    <message>
        <source>A message that is not here any more</source>
        <translation>رسالة لم تعد هنا</translation>
    </message>
    <message>
        <source>disappears %1 after reading</source>
        <translation>تختفي بعد القراءة بمدة: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n week(s)</source>
        <translation>
            <numerusform>%n أسبوع</numerusform>
            <numerusform>أسبوع واحد</numerusform>
            <numerusform>أسبوعان</numerusform>
            <numerusform>%n أسابيع</numerusform>
            <numerusform>%n أسبوعًا</numerusform>
            <numerusform>%n أسبوع</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n يوم</numerusform>
            <numerusform>يوم واحد</numerusform>
            <numerusform>يومان</numerusform>
            <numerusform>%n أيام</numerusform>
            <numerusform>%n يومًا</numerusform>
            <numerusform>%n يوم</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n ساعة</numerusform>
            <numerusform>ساعة واحدة</numerusform>
            <numerusform>ساعتان</numerusform>
            <numerusform>%n ساعات</numerusform>
            <numerusform>%n ساعة</numerusform>
            <numerusform>%n ساعة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n ثانية</numerusform>
            <numerusform>ثانية واحدة</numerusform>
            <numerusform>ثانيتان</numerusform>
            <numerusform>%n ثوانٍ</numerusform>
            <numerusform>%n ثانية</numerusform>
            <numerusform>%n ثانية</numerusform>
        </translation>
    </message>
    <message>
        <source>now</source>
        <comment>less than a minute ago</comment>
        <translation>الآن</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes ago</comment>
        <translation>%1 د</translation>
    </message>
    <message>
        <source>%1 h</source>
        <comment>hours ago</comment>
        <translation>%1 س</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>date without year</comment>
        <translation>d MMM</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>date with year</comment>
        <translation>d MMM yyyy</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>أمس</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 م.ث</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>مكتوم</translation>
    </message>
    <message>
        <source>Draft: %1</source>
        <translation>مسودة: %1</translation>
    </message>
</context>
</TS>
