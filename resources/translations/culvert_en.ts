<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>culvert::AddContactDialog</name>
    <message numerus="yes">
        <source>The greeting is too long by %n octet(s).</source>
        <translation>
            <numerusform>The greeting is too long by %n octet.</numerusform>
            <numerusform>The greeting is too long by %n octets.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::ConversationView</name>
    <message numerus="yes">
        <source>This message is too long by %n octet(s). Split it in two.</source>
        <translation>
            <numerusform>This message is too long by %n octet. Split it in two.</numerusform>
            <numerusform>This message is too long by %n octets. Split it in two.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::EventList</name>
    <message numerus="yes">
        <source>Show all %n</source>
        <comment>events</comment>
        <translation>
            <numerusform>Show all %n</numerusform>
            <numerusform>Show all %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::MessageList</name>
    <message numerus="yes">
        <source>Jump to the newest message, %n new</source>
        <translation>
            <numerusform>Jump to the newest message, %n new</numerusform>
            <numerusform>Jump to the newest message, %n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::PathWording</name>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <comment>an event</comment>
        <translation>
            <numerusform>%1 (%n time)</numerusform>
            <numerusform>%1 (%n times)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s ago</source>
        <comment>seconds</comment>
        <translation>
            <numerusform>%n s ago</numerusform>
            <numerusform>%n s ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <comment>minutes</comment>
        <translation>
            <numerusform>%n min ago</numerusform>
            <numerusform>%n min ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::PictureMaker</name>
    <message numerus="yes">
        <source>%n more</source>
        <comment>contacts</comment>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connected</source>
        <comment>contacts</comment>
        <translation>
            <numerusform>%n connected</numerusform>
            <numerusform>%n connected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::ProblemBar</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact(s)</source>
        <translation>
            <numerusform>%n contact</numerusform>
            <numerusform>%n contacts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) cannot be read and are not shown; nothing was deleted.</source>
        <translation>
            <numerusform>%n message cannot be read and is not shown; nothing was deleted.</numerusform>
            <numerusform>%n messages cannot be read and are not shown; nothing was deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact(s) cannot be read and are not shown; nothing was deleted.</source>
        <translation>
            <numerusform>%n contact cannot be read and is not shown; nothing was deleted.</numerusform>
            <numerusform>%n contacts cannot be read and are not shown; nothing was deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::SearchResults</name>
    <message numerus="yes">
        <source>The newest %n message(s) are shown. Type more to find older ones.</source>
        <translation>
            <numerusform>The newest message is shown. Type more to find older ones.</numerusform>
            <numerusform>The newest %n messages are shown. Type more to find older ones.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::SettingControls</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact(s)</source>
        <translation>
            <numerusform>%n contact</numerusform>
            <numerusform>%n contacts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) cannot be read.</source>
        <translation>
            <numerusform>%n message cannot be read.</numerusform>
            <numerusform>%n messages cannot be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact(s) cannot be read.</source>
        <translation>
            <numerusform>%n contact cannot be read.</numerusform>
            <numerusform>%n contacts cannot be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::Sparkline</name>
    <message numerus="yes">
        <source>Last %n minutes</source>
        <comment>length of time</comment>
        <translation>
            <numerusform>Last minute</numerusform>
            <numerusform>Last %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n seconds</source>
        <comment>length of time</comment>
        <translation>
            <numerusform>Last second</numerusform>
            <numerusform>Last %n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::TrayIcon</name>
    <message numerus="yes">
        <source>Culvert: %n unread message(s)</source>
        <translation>
            <numerusform>Culvert: %n unread message</numerusform>
            <numerusform>Culvert: %n unread messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::Wording</name>
    <message numerus="yes">
        <source>%n unread message(s)</source>
        <translation>
            <numerusform>%n unread message</numerusform>
            <numerusform>%n unread messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s)</source>
        <translation>
            <numerusform>%n week</numerusform>
            <numerusform>%n weeks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
</context>
</TS>
