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
        <name>culvert::Wording</name>
        <message numerus="yes">
            <source>%n unread message(s)</source>
            <translation>
                <numerusform>%n unread message</numerusform>
                <numerusform>%n unread messages</numerusform>
            </translation>
        </message>
    </context>
</TS>
