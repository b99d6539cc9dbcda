<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>NetworkReport</name>
    <message>
        <source>Friends with IPv6 can reach you; others need you to call first</source>
        <translation>Freunde mit IPv6 erreichen dich; bei anderen musst du zuerst anrufen</translation>
    </message>
    <message>
        <source>Reachable over IPv6</source>
        <translation>Über IPv6 erreichbar</translation>
    </message>
    <message>
        <source>Friends with IPv6 can reach you if your router lets them in; others need you to call first</source>
        <translation>Freunde mit IPv6 erreichen dich, wenn dein Router sie einlässt; bei anderen musst du zuerst anrufen</translation>
    </message>
    <message>
        <source>Nobody can start a call to you; you can call out</source>
        <translation>Niemand kann dich anrufen; du kannst andere anrufen</translation>
    </message>
    <message>
        <source>You can call out only</source>
        <translation>Nur du kannst anrufen</translation>
    </message>
    <message>
        <source>This computer has no network</source>
        <translation>Dieser Computer hat kein Netz</translation>
    </message>
    <message>
        <source>No network</source>
        <translation>Kein Netz</translation>
    </message>
    <message>
        <source>Friends can reach you</source>
        <translation>Freunde erreichen dich</translation>
    </message>
    <message>
        <source>Friends can probably reach you</source>
        <translation>Freunde erreichen dich wahrscheinlich</translation>
    </message>
    <message>
        <source>Probably reachable</source>
        <translation>Wohl erreichbar</translation>
    </message>
    <message>
        <source>Finding out who can reach you</source>
        <translation>Es wird geprüft, wer dich erreicht</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>Prüft …</translation>
    </message>
    <message>
        <source>not tested</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>This computer has no IPv4 address.</source>
        <translation>Dieser Computer hat keine IPv4-Adresse.</translation>
    </message>
    <message>
        <source>This computer has an IPv4 address that the whole internet knows.</source>
        <translation>Dieser Computer hat eine IPv4-Adresse, die das ganze Internet kennt.</translation>
    </message>
    <message>
        <source>This computer&apos;s IPv4 address counts only in your own network.</source>
        <translation>Die IPv4-Adresse dieses Computers gilt nur in deinem eigenen Netz.</translation>
    </message>
    <message>
        <source>Friends elsewhere need an open port in your router to start a conversation with you over IPv4.</source>
        <translation>Freunde anderswo brauchen einen offenen Port in deinem Router, um über IPv4 ein Gespräch mit dir zu beginnen.</translation>
    </message>
    <message>
        <source>Private address (RFC 1918, RFC 6598)</source>
        <translation>Private Adresse (RFC 1918, RFC 6598)</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>This computer has no IPv6 address that the internet knows.</source>
        <translation>Dieser Computer hat keine IPv6-Adresse, die das Internet kennt.</translation>
    </message>
    <message>
        <source>Friends can&apos;t reach you over IPv6, which is the simplest way.</source>
        <translation>Freunde erreichen dich nicht über IPv6, den einfachsten Weg.</translation>
    </message>
    <message>
        <source>Switch on IPv6 in your router, or ask your provider for it.</source>
        <translation>Schalte IPv6 im Router ein, oder bitte deinen Anbieter darum.</translation>
    </message>
    <message>
        <source>There is IPv6, but only inside your own network.</source>
        <translation>Es gibt IPv6, aber nur in deinem eigenen Netz.</translation>
    </message>
    <message>
        <source>Friends in the same network can use it, others can&apos;t.</source>
        <translation>Freunde im selben Netz können es nutzen, andere nicht.</translation>
    </message>
    <message>
        <source>Unique local address (RFC 4193)</source>
        <translation>Lokale Adresse (RFC 4193)</translation>
    </message>
    <message>
        <source>This computer has IPv6.</source>
        <translation>Dieser Computer hat IPv6.</translation>
    </message>
    <message>
        <source>This computer has IPv6, but changes its address every day.</source>
        <translation>Dieser Computer hat IPv6, wechselt aber täglich die Adresse.</translation>
    </message>
    <message>
        <source>A friend who wasn&apos;t online for a day or two may not find you again over IPv6 alone.</source>
        <translation>Wer ein, zwei Tage nicht online war, findet dich über IPv6 allein vielleicht nicht wieder.</translation>
    </message>
    <message>
        <source>Allow a stable IPv6 address in the system&apos;s network settings, beside the temporary ones.</source>
        <translation>Erlaube in den Netzwerkeinstellungen des Systems neben den vorübergehenden eine feste IPv6-Adresse.</translation>
    </message>
    <message>
        <source>Temporary address (RFC 8981)</source>
        <translation>Vorübergehende Adresse (RFC 8981)</translation>
    </message>
    <message>
        <source>An IPv6 address of this computer is about to go.</source>
        <translation>Eine IPv6-Adresse dieses Computers läuft aus.</translation>
    </message>
    <message>
        <source>New conversations don&apos;t use it.</source>
        <translation>Neue Gespräche verwenden sie nicht.</translation>
    </message>
    <message>
        <source>Join the network again, so that the router gives out a new address.</source>
        <translation>Verbinde dich neu mit dem Netz, damit der Router eine neue Adresse vergibt.</translation>
    </message>
    <message>
        <source>Deprecated address (RFC 4862)</source>
        <translation>Auslaufende Adresse (RFC 4862)</translation>
    </message>
    <message>
        <source>What this computer sends goes through a VPN.</source>
        <translation>Was dieser Computer sendet, geht durch ein VPN.</translation>
    </message>
    <message>
        <source>Friends see the VPN&apos;s address, and your own router can&apos;t open a port there.</source>
        <translation>Freunde sehen die Adresse des VPN, und dort kann dein Router keinen Port öffnen.</translation>
    </message>
    <message>
        <source>Leave Culvert out of the VPN, or ask the VPN&apos;s provider for a forwarded port.</source>
        <translation>Nimm Culvert vom VPN aus, oder bitte dessen Anbieter um einen weitergeleiteten Port.</translation>
    </message>
    <message>
        <source>IPv4 leaves by</source>
        <translation>IPv4 geht hinaus über</translation>
    </message>
    <message>
        <source>IPv6 leaves by</source>
        <translation>IPv6 geht hinaus über</translation>
    </message>
    <message>
        <source>This computer has no network.</source>
        <translation>Dieser Computer hat kein Netz.</translation>
    </message>
    <message>
        <source>Nobody can talk with you, and messages wait.</source>
        <translation>Niemand kann mit dir sprechen, und Nachrichten warten.</translation>
    </message>
    <message>
        <source>Join a Wi-Fi network, or plug in a cable.</source>
        <translation>Verbinde dich mit einem WLAN, oder stecke ein Kabel an.</translation>
    </message>
    <message>
        <source>Culvert made an IPv6 address out of your open port.</source>
        <translation>Culvert hat aus deinem offenen Port eine IPv6-Adresse gemacht.</translation>
    </message>
    <message>
        <source>Friends with IPv6 and IPv4 reach you by IPv6 packets inside IPv4 ones, without any server.</source>
        <translation>Freunde mit IPv6 und IPv4 erreichen dich mit IPv6-Paketen in IPv4-Paketen, ohne jeden Server.</translation>
    </message>
    <message>
        <source>Teredo address (RFC 4380)</source>
        <translation>Teredo-Adresse (RFC 4380)</translation>
    </message>
    <message>
        <source>No tunnel address is needed: this computer has IPv6.</source>
        <translation>Es braucht keine Tunneladresse: Dieser Computer hat IPv6.</translation>
    </message>
    <message>
        <source>There is no tunnel address, because no open port is known that it could be made of.</source>
        <translation>Es gibt keine Tunneladresse, weil kein offener Port bekannt ist, aus dem sie gemacht werden könnte.</translation>
    </message>
    <message>
        <source>Rule (RFC 4380 §5.5)</source>
        <translation>Regel (RFC 4380 §5.5)</translation>
    </message>
    <message>
        <source>Whoever has native IPv6 is no Teredo client</source>
        <translation>Wer natives IPv6 hat, ist kein Teredo-Client</translation>
    </message>
    <message>
        <source>A third party hands over calls to you.</source>
        <translation>Ein Dritter übergibt dir Anrufe.</translation>
    </message>
    <message>
        <source>It passes on how to start a conversation, and never a message.</source>
        <translation>Er gibt weiter, wie ein Gespräch beginnt, und nie eine Nachricht.</translation>
    </message>
    <message>
        <source>A third party doesn&apos;t answer.</source>
        <translation>Ein Dritter antwortet nicht.</translation>
    </message>
    <message>
        <source>Friends who count on it can&apos;t call you through it.</source>
        <translation>Wer auf ihn zählt, kann dich nicht über ihn anrufen.</translation>
    </message>
    <message>
        <source>Ask whoever runs it whether it is on, and for its address of today.</source>
        <translation>Frag nach, ob er läuft, und nach seiner heutigen Adresse.</translation>
    </message>
    <message>
        <source>Key of the third party</source>
        <translation>Schlüssel des Dritten</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Laufzeit hin und zurück</translation>
    </message>
    <message>
        <source>It sees you as</source>
        <translation>Er sieht dich als</translation>
    </message>
    <message>
        <source>It is asked again after</source>
        <translation>Er wird wieder gefragt nach</translation>
    </message>
    <message>
        <source>No third party is set up.</source>
        <translation>Es ist kein Dritter eingerichtet.</translation>
    </message>
    <message>
        <source>When both you and a friend have new addresses, nobody can tell either of you.</source>
        <translation>Wenn du und ein Freund neue Adressen habt, kann es euch niemand sagen.</translation>
    </message>
    <message>
        <source>Ask a friend who can be reached to run one, and add its address.</source>
        <translation>Bitte jemanden, der erreichbar ist, einen zu betreiben, und füge dessen Adresse hinzu.</translation>
    </message>
    <message>
        <source>The router&apos;s words</source>
        <translation>Worte des Routers</translation>
    </message>
    <message>
        <source>Friends start a conversation with you over IPv4 through this port.</source>
        <translation>Durch diesen Port beginnen Freunde über IPv4 ein Gespräch mit dir.</translation>
    </message>
    <message>
        <source>Your router keeps a port open, and a packet came in through it.</source>
        <translation>Dein Router hält einen Port offen, und ein Paket kam durch ihn herein.</translation>
    </message>
    <message>
        <source>Your router keeps a port open, as its own table says; nobody came in through it yet.</source>
        <translation>Dein Router hält einen Port offen, wie seine eigene Tabelle sagt; noch kam niemand durch ihn herein.</translation>
    </message>
    <message>
        <source>Your router says that it keeps a port open; nobody came in through it yet.</source>
        <translation>Dein Router sagt, dass er einen Port offen hält; noch kam niemand durch ihn herein.</translation>
    </message>
    <message>
        <source>Your router isn&apos;t asked for an open port; that is switched off.</source>
        <translation>Dein Router wird um keinen offenen Port gebeten; das ist ausgeschaltet.</translation>
    </message>
    <message>
        <source>No router answered when it was asked for an open port.</source>
        <translation>Kein Router hat auf die Bitte um einen offenen Port geantwortet.</translation>
    </message>
    <message>
        <source>Switch on UPnP, NAT-PMP or PCP in your router.</source>
        <translation>Schalte UPnP, NAT-PMP oder PCP im Router ein.</translation>
    </message>
    <message>
        <source>Your router refused to open a port.</source>
        <translation>Dein Router hat es abgelehnt, einen Port zu öffnen.</translation>
    </message>
    <message>
        <source>Allow this computer to open ports in your router&apos;s settings, or forward the port there by hand.</source>
        <translation>Erlaube diesem Computer in den Einstellungen des Routers, Ports zu öffnen, oder leite den Port dort von Hand weiter.</translation>
    </message>
    <message>
        <source>Your router has no public address itself, so a port that it opens leads nowhere.</source>
        <translation>Dein Router hat selbst keine öffentliche Adresse; ein Port, den er öffnet, führt nirgendwohin.</translation>
    </message>
    <message>
        <source>Your router opened another port than the one that it was asked for.</source>
        <translation>Dein Router hat einen anderen Port geöffnet als den erbetenen.</translation>
    </message>
    <message>
        <source>Your router leads this port to another computer.</source>
        <translation>Dein Router leitet diesen Port an einen anderen Computer.</translation>
    </message>
    <message>
        <source>Your router opened no port; why is not known.</source>
        <translation>Dein Router hat keinen Port geöffnet; warum, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Forward the port in your router&apos;s settings by hand.</source>
        <translation>Leite den Port in den Einstellungen des Routers von Hand weiter.</translation>
    </message>
    <message>
        <source>Ask your provider for an IPv4 address of your own, or for IPv6.</source>
        <translation>Bitte deinen Anbieter um eine eigene IPv4-Adresse oder um IPv6.</translation>
    </message>
    <message>
        <source>Let one of the two routers pass everything on (bridge mode).</source>
        <translation>Lass einen der beiden Router alles weiterreichen (Bridge-Modus).</translation>
    </message>
    <message>
        <source>That does no harm: this computer is reached without it.</source>
        <translation>Das schadet nicht: Dieser Computer ist auch so erreichbar.</translation>
    </message>
    <message>
        <source>That does little harm: this computer has a public address itself.</source>
        <translation>Das schadet wenig: Dieser Computer hat selbst eine öffentliche Adresse.</translation>
    </message>
    <message>
        <source>Opened before</source>
        <translation>Zuvor geöffnet</translation>
    </message>
    <message>
        <source>Outer address and port</source>
        <translation>Äußere Adresse und Port</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>The router&apos;s own outer address</source>
        <translation>Eigene äußere Adresse des Routers</translation>
    </message>
    <message>
        <source>Granted for</source>
        <translation>Gewährt für</translation>
    </message>
    <message>
        <source>The same port for TCP</source>
        <translation>Derselbe Port für TCP</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>geöffnet</translation>
    </message>
    <message>
        <source>not opened</source>
        <translation>nicht geöffnet</translation>
    </message>
    <message>
        <source>being asked</source>
        <translation>wird gefragt</translation>
    </message>
    <message>
        <source>spoken</source>
        <translation>wird gesprochen</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>an answer that makes no sense</source>
        <translation>eine Antwort ohne Sinn</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>nicht gefragt</translation>
    </message>
    <message>
        <source>A router answered with something that makes no sense.</source>
        <translation>Ein Router hat etwas geantwortet, das keinen Sinn ergibt.</translation>
    </message>
    <message>
        <source>What it says isn&apos;t believed.</source>
        <translation>Was er sagt, wird nicht geglaubt.</translation>
    </message>
    <message>
        <source>Restart the router, and look for an update of its software.</source>
        <translation>Starte den Router neu, und such nach einer neuen Version seiner Software.</translation>
    </message>
    <message>
        <source>Your router lets friends in to Culvert&apos;s port over IPv6.</source>
        <translation>Dein Router lässt Freunde über IPv6 zum Port von Culvert.</translation>
    </message>
    <message>
        <source>Nothing has to be opened for IPv6: packets come in as it is.</source>
        <translation>Für IPv6 muss nichts geöffnet werden: Pakete kommen auch so herein.</translation>
    </message>
    <message>
        <source>Your router says that it lets friends in over IPv6; nobody came in yet.</source>
        <translation>Dein Router sagt, dass er Freunde über IPv6 einlässt; noch kam niemand herein.</translation>
    </message>
    <message>
        <source>Your router is being asked to let friends in over IPv6.</source>
        <translation>Dein Router wird gebeten, Freunde über IPv6 einzulassen.</translation>
    </message>
    <message>
        <source>Your router refused to let friends in over IPv6.</source>
        <translation>Dein Router hat es abgelehnt, Freunde über IPv6 einzulassen.</translation>
    </message>
    <message>
        <source>Friends can&apos;t start a conversation with you over IPv6, if the router&apos;s firewall is on.</source>
        <translation>Freunde können über IPv6 kein Gespräch mit dir beginnen, wenn die Firewall des Routers an ist.</translation>
    </message>
    <message>
        <source>Allow Culvert&apos;s port for this computer in the router&apos;s IPv6 firewall.</source>
        <translation>Erlaube in der IPv6-Firewall des Routers den Port von Culvert für diesen Computer.</translation>
    </message>
    <message>
        <source>No router offered to let friends in over IPv6.</source>
        <translation>Kein Router hat angeboten, Freunde über IPv6 einzulassen.</translation>
    </message>
    <message>
        <source>If the router&apos;s firewall is on, friends can&apos;t start a conversation with you over IPv6.</source>
        <translation>Wenn die Firewall des Routers an ist, können Freunde über IPv6 kein Gespräch mit dir beginnen.</translation>
    </message>
    <message>
        <source>Your router is being asked for an open port.</source>
        <translation>Dein Router wird um einen offenen Port gebeten.</translation>
    </message>
    <message>
        <source>For the address</source>
        <translation>Für die Adresse</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>endpoint-independent</source>
        <translation>endpunktunabhängig</translation>
    </message>
    <message>
        <source>address-dependent</source>
        <translation>adressabhängig</translation>
    </message>
    <message>
        <source>address- and port-dependent</source>
        <translation>adress- und portabhängig</translation>
    </message>
    <message>
        <source>a contact</source>
        <translation>einem Kontakt</translation>
    </message>
    <message>
        <source>a third party</source>
        <translation>einem Dritten</translation>
    </message>
    <message>
        <source>the router</source>
        <translation>dem Router</translation>
    </message>
    <message>
        <source>A contact sees you as</source>
        <translation>Ein Kontakt sieht dich als</translation>
    </message>
    <message>
        <source>A third party sees you as</source>
        <translation>Ein Dritter sieht dich als</translation>
    </message>
    <message>
        <source>A Teredo server is being asked how it sees this computer.</source>
        <translation>Ein Teredo-Server wird gefragt, wie er diesen Computer sieht.</translation>
    </message>
    <message>
        <source>No Teredo server answers as it must.</source>
        <translation>Kein Teredo-Server antwortet so, wie er muss.</translation>
    </message>
    <message>
        <source>Friends reach you all the same where your port is open.</source>
        <translation>Wo dein Port offen ist, erreichen dich Freunde trotzdem.</translation>
    </message>
    <message>
        <source>Name another Teredo server, or ask whoever runs it.</source>
        <translation>Gib einen anderen Teredo-Server an, oder frag, wer ihn betreibt.</translation>
    </message>
    <message>
        <source>A Teredo server saw that your open port works.</source>
        <translation>Ein Teredo-Server hat gesehen, dass dein offener Port funktioniert.</translation>
    </message>
    <message>
        <source>Friends with IPv6 and IPv4 reach you by IPv6 packets inside IPv4 ones; the server carries none of them.</source>
        <translation>Freunde mit IPv6 und IPv4 erreichen dich mit IPv6-Paketen in IPv4-Paketen; der Server befördert keines davon.</translation>
    </message>
    <message>
        <source>Behind your router Teredo lets in only whom you called before.</source>
        <translation>Hinter deinem Router lässt Teredo nur herein, wen du vorher angerufen hast.</translation>
    </message>
    <message>
        <source>A friend who can&apos;t reach you rings, and Culvert calls back without anybody in between. Both clocks must be right to two minutes for that.</source>
        <translation>Ein Freund, der dich nicht erreicht, klingelt, und Culvert ruft zurück, ohne dass jemand dazwischensteht. Dazu müssen beide Uhren auf zwei Minuten genau gehen.</translation>
    </message>
    <message>
        <source>Rings of friends</source>
        <translation>Klingeln von Freunden</translation>
    </message>
    <message>
        <source>Rings that Culvert sent</source>
        <translation>Klingeln von Culvert</translation>
    </message>
    <message>
        <source>Sent to find them</source>
        <translation>Gesendet, um sie zu finden</translation>
    </message>
    <message>
        <source>Heard of friends</source>
        <translation>Von Freunden gehört</translation>
    </message>
    <message>
        <source>Friends on your local network were heard there.</source>
        <translation>Freunde in deinem lokalen Netz wurden dort gehört.</translation>
    </message>
    <message>
        <source>Switch on “Find friends on the local network”.</source>
        <translation>Schalte „Freunde im lokalen Netz finden“ ein.</translation>
    </message>
    <message>
        <source>Where there is no internet, only those find you who know your present address.</source>
        <translation>Wo kein Internet ist, findet dich nur, wer deine jetzige Adresse kennt.</translation>
    </message>
    <message>
        <source>Friends on your local network are not looked for.</source>
        <translation>Freunde in deinem lokalen Netz werden nicht gesucht.</translation>
    </message>
    <message>
        <source>That takes no internet, no router and no current address, and clocks that differ by ten minutes at most. Others see that Culvert is used here, and not by whom.</source>
        <translation>Dazu braucht es kein Internet, keinen Router und keine aktuelle Adresse, und Uhren, die höchstens zehn Minuten auseinandergehen. Andere sehen, dass hier Culvert benutzt wird, und nicht, von wem.</translation>
    </message>
    <message>
        <source>Only friends on your local network can reach you</source>
        <translation>Nur Freunde in deinem lokalen Netz erreichen dich</translation>
    </message>
    <message>
        <source>Local network only</source>
        <translation>Nur lokales Netz</translation>
    </message>
    <message>
        <source>No address of this computer leads beyond its local network.</source>
        <translation>Keine Adresse dieses Computers führt über sein lokales Netz hinaus.</translation>
    </message>
    <message>
        <source>Friends there can talk with you; messages to others wait.</source>
        <translation>Freunde dort können mit dir sprechen; Nachrichten an andere warten.</translation>
    </message>
    <message>
        <source>Connect this network to a router.</source>
        <translation>Verbinde dieses Netz mit einem Router.</translation>
    </message>
    <message>
        <source>Friends on your local network find you there.</source>
        <translation>Freunde in deinem lokalen Netz finden dich dort.</translation>
    </message>
    <message>
        <source>This system lets nobody ring over IPv6.</source>
        <translation>Bei diesem System kann über IPv6 niemand klingeln.</translation>
    </message>
    <message>
        <source>Friends who have IPv4 alone need another way to find you.</source>
        <translation>Freunde, die nur IPv4 haben, brauchen einen anderen Weg zu dir.</translation>
    </message>
    <message>
        <source>Friends need nothing kept open to reach or ring you.</source>
        <translation>Damit Freunde dich erreichen oder bei dir klingeln, muss nichts offen gehalten werden.</translation>
    </message>
    <message>
        <source>Friends can ring you through any Teredo server, past your firewall.</source>
        <translation>Freunde können durch jeden Teredo-Server bei dir klingeln, auch durch deine Firewall.</translation>
    </message>
    <message>
        <source>Sent to keep that way open</source>
        <translation>Gesendet, damit der Weg offen bleibt</translation>
    </message>
    <message>
        <source>one octet about twice a minute</source>
        <translation>etwa zweimal in der Minute ein Byte</translation>
    </message>
    <message>
        <source>Friends can ring you through your Teredo server.</source>
        <translation>Freunde können durch deinen Teredo-Server bei dir klingeln.</translation>
    </message>
    <message>
        <source>Culvert rang friends who didn&apos;t answer.</source>
        <translation>Culvert hat bei Freunden geklingelt, die nicht geantwortet haben.</translation>
    </message>
    <message>
        <source>They call back as soon as they hear it. Both clocks must be right to two minutes.</source>
        <translation>Sie rufen zurück, sobald sie es hören. Beide Uhren müssen auf zwei Minuten genau gehen.</translation>
    </message>
    <message>
        <source>Friends call through the server, and you then reach each other straight.</source>
        <translation>Freunde rufen über den Server, danach erreicht ihr einander direkt.</translation>
    </message>
    <message>
        <source>Friends are told no address that a server made.</source>
        <translation>Freunde erfahren keine Adresse, die ein Server gebildet hat.</translation>
    </message>
    <message>
        <source>Teredo is of little use here: your router shows each peer another port.</source>
        <translation>Teredo nützt hier wenig: Dein Router zeigt jedem Gegenüber einen anderen Port.</translation>
    </message>
    <message>
        <source>Only friends whose routers let in any port can reach you by it.</source>
        <translation>Nur Freunde, deren Router jeden Port hereinlässt, können dich darüber erreichen.</translation>
    </message>
    <message>
        <source>its name leads to no usable address</source>
        <translation>sein Name führt zu keiner brauchbaren Adresse</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>antwortet</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Benutzung</translation>
    </message>
    <message>
        <source>doesn&apos;t say how it sees you</source>
        <translation>sagt nicht, wie er dich sieht</translation>
    </message>
    <message>
        <source>its second address doesn&apos;t answer</source>
        <translation>seine zweite Adresse antwortet nicht</translation>
    </message>
    <message>
        <source>shows you at another address again and again</source>
        <translation>zeigt dich immer wieder unter einer anderen Adresse</translation>
    </message>
    <message>
        <source>doesn&apos;t answer</source>
        <translation>antwortet nicht</translation>
    </message>
    <message>
        <source>Teredo server</source>
        <translation>Teredo-Server</translation>
    </message>
    <message>
        <source>Another Teredo server</source>
        <translation>Ein anderer Teredo-Server</translation>
    </message>
    <message>
        <source>How it does</source>
        <translation>Wie es ihm geht</translation>
    </message>
    <message>
        <source>a Teredo server</source>
        <translation>ein Teredo-Server</translation>
    </message>
    <message>
        <source>A Teredo server sees you as</source>
        <translation>Ein Teredo-Server sieht dich als</translation>
    </message>
    <message>
        <source>The router sees you as</source>
        <translation>Der Router sieht dich als</translation>
    </message>
    <message>
        <source>Your router puts its own IPv4 address in the place of this computer&apos;s.</source>
        <translation>Dein Router setzt seine eigene IPv4-Adresse an die Stelle der Adresse dieses Computers.</translation>
    </message>
    <message>
        <source>Your router shows everybody the same IPv4 address and port.</source>
        <translation>Dein Router zeigt allen dieselbe IPv4-Adresse und denselben Port.</translation>
    </message>
    <message>
        <source>A conversation that both sides open at once gets through.</source>
        <translation>Ein Gespräch, das beide Seiten zugleich beginnen, kommt zustande.</translation>
    </message>
    <message>
        <source>Mapping (RFC 4787)</source>
        <translation>Abbildung (RFC 4787)</translation>
    </message>
    <message>
        <source>Filtering (RFC 4787)</source>
        <translation>Filterung (RFC 4787)</translation>
    </message>
    <message>
        <source>Ports vary by destination</source>
        <translation>Ports hängen vom Ziel ab</translation>
    </message>
    <message>
        <source>Port preserved (RFC 4787)</source>
        <translation>Port beibehalten (RFC 4787)</translation>
    </message>
    <message>
        <source>More than one NAT</source>
        <translation>Mehr als ein NAT</translation>
    </message>
    <message>
        <source>Remembers a silent connection for at least</source>
        <translation>Merkt sich eine stille Verbindung mindestens</translation>
    </message>
    <message>
        <source>Has forgotten it after</source>
        <translation>Hat sie vergessen nach</translation>
    </message>
    <message>
        <source>Your router shows each peer another port.</source>
        <translation>Dein Router zeigt jeder Gegenstelle einen anderen Port.</translation>
    </message>
    <message>
        <source>That does little harm as long as your open port works.</source>
        <translation>Das schadet wenig, solange dein offener Port funktioniert.</translation>
    </message>
    <message>
        <source>Open a port in your router: switch on UPnP there, or forward Culvert&apos;s port by hand.</source>
        <translation>Öffne einen Port im Router: Schalte dort UPnP ein, oder leite den Port von Culvert von Hand weiter.</translation>
    </message>
    <message>
        <source>There is another router between yours and the internet.</source>
        <translation>Zwischen deinem Router und dem Internet steht noch einer.</translation>
    </message>
    <message>
        <source>A port that your router opens leads only as far as the other one.</source>
        <translation>Ein Port, den dein Router öffnet, führt nur bis zum anderen.</translation>
    </message>
    <message>
        <source>Your provider shares one IPv4 address among many customers.</source>
        <translation>Dein Anbieter teilt eine IPv4-Adresse unter vielen Kunden auf.</translation>
    </message>
    <message>
        <source>Shared address space (RFC 6598)</source>
        <translation>Geteilter Adressbereich (RFC 6598)</translation>
    </message>
    <message>
        <source>Computers behind your router reach each other by its outer address, too.</source>
        <translation>Computer hinter deinem Router erreichen einander auch über seine äußere Adresse.</translation>
    </message>
    <message>
        <source>Computers behind your router don&apos;t reach each other by its outer address.</source>
        <translation>Computer hinter deinem Router erreichen einander nicht über seine äußere Adresse.</translation>
    </message>
    <message>
        <source>That does no harm: in the same network Culvert goes the direct way.</source>
        <translation>Das schadet nicht: Im selben Netz nimmt Culvert den direkten Weg.</translation>
    </message>
    <message>
        <source>Hairpinning (RFC 4787)</source>
        <translation>Hairpinning (RFC 4787)</translation>
    </message>
    <message>
        <source>Your router forgets a silent connection too soon.</source>
        <translation>Dein Router vergisst eine stille Verbindung zu früh.</translation>
    </message>
    <message>
        <source>Culvert has to send something more often, which takes battery.</source>
        <translation>Culvert muss öfter etwas senden; das braucht Strom.</translation>
    </message>
    <message>
        <source>Set the router&apos;s UDP timeout to two minutes or more, if it has such a setting.</source>
        <translation>Stelle die UDP-Zeitgrenze des Routers auf zwei Minuten oder mehr, wenn er so eine Einstellung hat.</translation>
    </message>
    <message>
        <source>The least allowed (RFC 4787 §4.3)</source>
        <translation>Das Mindeste (RFC 4787 §4.3)</translation>
    </message>
    <message>
        <source>Tried by</source>
        <translation>Versucht von</translation>
    </message>
    <message>
        <source>Sent from</source>
        <translation>Gesendet von</translation>
    </message>
    <message>
        <source>an address that nothing was sent to before</source>
        <translation>einer Adresse, an die zuvor nichts gesendet wurde</translation>
    </message>
    <message>
        <source>an address that was spoken with, from a new port</source>
        <translation>einem neuen Port einer schon bekannten Adresse</translation>
    </message>
    <message>
        <source>It came in</source>
        <translation>Es kam an</translation>
    </message>
    <message>
        <source>Sent to</source>
        <translation>Gesendet an</translation>
    </message>
    <message>
        <source>Whether friends can start over IPv4 was not tested.</source>
        <translation>Ob Freunde über IPv4 beginnen können, wurde nicht geprüft.</translation>
    </message>
    <message>
        <source>A contact or a third party has to send a packet to find out.</source>
        <translation>Ein Kontakt oder ein Dritter muss dafür ein Paket schicken.</translation>
    </message>
    <message>
        <source>Friends can start a conversation with you over IPv4.</source>
        <translation>Freunde können über IPv4 ein Gespräch mit dir beginnen.</translation>
    </message>
    <message>
        <source>Nobody gets in to this computer over IPv4 without being called.</source>
        <translation>Niemand kommt ungerufen über IPv4 zu diesem Computer.</translation>
    </message>
    <message>
        <source>Let Culvert through the firewall of this computer.</source>
        <translation>Lass Culvert durch die Firewall dieses Computers.</translation>
    </message>
    <message>
        <source>Why that is no proof</source>
        <translation>Warum das nichts beweist</translation>
    </message>
    <message>
        <source>the router may let in any port of an address that was spoken with</source>
        <translation>der Router lässt vielleicht jeden Port einer schon bekannten Adresse ein</translation>
    </message>
    <message>
        <source>Through the open port</source>
        <translation>Durch den offenen Port</translation>
    </message>
    <message>
        <source>a packet from outside came in</source>
        <translation>ein Paket von außen kam herein</translation>
    </message>
    <message>
        <source>Whether friends can start over IPv6 was not tested.</source>
        <translation>Ob Freunde über IPv6 beginnen können, wurde nicht geprüft.</translation>
    </message>
    <message>
        <source>Friends can start a conversation with you over IPv6.</source>
        <translation>Freunde können über IPv6 ein Gespräch mit dir beginnen.</translation>
    </message>
    <message>
        <source>A firewall keeps out friends who start over IPv6.</source>
        <translation>Eine Firewall hält Freunde ab, die über IPv6 anrufen.</translation>
    </message>
    <message>
        <source>Friends can&apos;t start a conversation with you over IPv6.</source>
        <translation>Freunde können über IPv6 kein Gespräch mit dir beginnen.</translation>
    </message>
    <message>
        <source>Others see this computer&apos;s own IPv4 address; nothing changes it on the way.</source>
        <translation>Andere sehen die eigene IPv4-Adresse dieses Computers; unterwegs ändert sie niemand.</translation>
    </message>
    <message>
        <source>What happens to your IPv4 address on the way was not tested.</source>
        <translation>Was unterwegs mit deiner IPv4-Adresse geschieht, wurde nicht geprüft.</translation>
    </message>
    <message>
        <source>It takes two others, contacts or third parties, who tell what they see.</source>
        <translation>Dafür müssen zwei andere, Kontakte oder Dritte, sagen, was sie sehen.</translation>
    </message>
    <message>
        <source>This computer has no IPv6 of its own. Where a provider gives it, it is the best way.</source>
        <translation>Dieser Computer hat kein eigenes IPv6. Wo ein Anbieter es gibt, ist es der beste Weg.</translation>
    </message>
    <message>
        <source>The best way: packets go straight to every peer that has IPv6.</source>
        <translation>Der beste Weg: Pakete gehen geradeaus zu allen, die IPv6 haben.</translation>
    </message>
    <message>
        <source>The best way: both of you have IPv6, and packets go straight.</source>
        <translation>Der beste Weg: Ihr habt beide IPv6, und Pakete gehen geradeaus.</translation>
    </message>
    <message>
        <source>This peer has no IPv6 of its own.</source>
        <translation>Die Gegenstelle hat kein eigenes IPv6.</translation>
    </message>
    <message>
        <source>Only the provider&apos;s router does it. If it does, this computer sees ordinary IPv6: see there.</source>
        <translation>Nur der Router des Anbieters macht es. Wenn ja, sieht dieser Computer gewöhnliches IPv6: siehe dort.</translation>
    </message>
    <message>
        <source>Only the provider can switch it on, in the router it gave you (RFC 5969). No IPv6 comes out of yours.</source>
        <translation>Nur der Anbieter kann es einschalten, in seinem Router (RFC 5969). Aus deinem kommt kein IPv6.</translation>
    </message>
    <message>
        <source>It needs a tunnel broker and administrator rights; none is set up here.</source>
        <translation>Es braucht einen Tunnelvermittler und Verwalterrechte; hier ist keiner eingerichtet.</translation>
    </message>
    <message>
        <source>The system&apos;s own Teredo is on. It lives on other people&apos;s servers and relays, of which few are left, so nothing here relies on it.</source>
        <translation>Das Teredo des Systems ist an. Es lebt von fremden Servern und Relays, von denen wenige übrig sind; darauf verlässt sich hier nichts.</translation>
    </message>
    <message>
        <source>Not needed: you are both in the same network.</source>
        <translation>Nicht nötig: Ihr seid beide im selben Netz.</translation>
    </message>
    <message>
        <source>This peer&apos;s port can be reached over IPv4, so the tunnel leads there.</source>
        <translation>Der Port der Gegenstelle ist über IPv4 erreichbar; dorthin führt der Tunnel.</translation>
    </message>
    <message>
        <source>This peer has no open port, but you have: the peer starts, and the tunnel leads here.</source>
        <translation>Die Gegenstelle hat keinen offenen Port, aber du: Sie beginnt, und der Tunnel führt hierher.</translation>
    </message>
    <message>
        <source>Neither of you has an open port. It works only if both start at once and both routers let that through.</source>
        <translation>Keiner von euch hat einen offenen Port. Es geht nur, wenn beide zugleich beginnen und beide Router das durchlassen.</translation>
    </message>
    <message>
        <source>Culvert has no port at the moment.</source>
        <translation>Culvert hat im Moment keinen Port.</translation>
    </message>
    <message>
        <source>It carries IPv6 inside UDP over IPv4, and this computer has no IPv4.</source>
        <translation>Er trägt IPv6 in UDP über IPv4, und dieser Computer hat kein IPv4.</translation>
    </message>
    <message>
        <source>IPv6 inside UDP over IPv4, made by Culvert itself. Peers can start to your open port, and you to theirs.</source>
        <translation>IPv6 in UDP über IPv4, von Culvert selbst gemacht. Andere erreichen deinen offenen Port, und du ihren.</translation>
    </message>
    <message>
        <source>IPv6 inside UDP over IPv4, made by Culvert itself. It leads to every peer with an open port; yours is not open.</source>
        <translation>IPv6 in UDP über IPv4, von Culvert selbst gemacht. Er führt zu allen, die einen offenen Port haben; deiner ist nicht offen.</translation>
    </message>
    <message>
        <source>opened, as the router says</source>
        <translation>geöffnet, sagt der Router</translation>
    </message>
    <message>
        <source>Octets through third parties</source>
        <translation>Bytes über Dritte</translation>
    </message>
    <message>
        <source>Culvert&apos;s UDP port</source>
        <translation>UDP-Port von Culvert</translation>
    </message>
    <message>
        <source>Perhaps over IPv6</source>
        <translation>Vielleicht über IPv6</translation>
    </message>
    <message>
        <source>Friends can probably not start a call to you; you can call out</source>
        <translation>Freunde können dich wohl nicht anrufen; du kannst andere anrufen</translation>
    </message>
    <message>
        <source>Probably not reachable</source>
        <translation>Wohl nicht erreichbar</translation>
    </message>
    <message>
        <source>Ask your provider for an IPv4 address of your own.</source>
        <translation>Bitte deinen Anbieter um eine eigene IPv4-Adresse.</translation>
    </message>
    <message>
        <source>Friends who have only IPv4 can&apos;t talk with you.</source>
        <translation>Freunde, die nur IPv4 haben, können nicht mit dir sprechen.</translation>
    </message>
    <message>
        <source>Start Culvert without the options --no-mapping and --bind.</source>
        <translation>Starte Culvert ohne die Optionen --no-mapping und --bind.</translation>
    </message>
    <message>
        <source>Friends can&apos;t start a conversation with you over IPv4; you have to start it.</source>
        <translation>Freunde können über IPv4 kein Gespräch mit dir beginnen; du musst es tun.</translation>
    </message>
    <message>
        <source>Unless the port is forwarded by hand, friends can&apos;t start a conversation with you over IPv4; you have to start it.</source>
        <translation>Wenn der Port nicht von Hand weitergeleitet ist, können Freunde über IPv4 kein Gespräch mit dir beginnen; du musst es tun.</translation>
    </message>
    <message>
        <source>Friends behind a router of their own often can&apos;t talk with you over IPv4, unless one of you has an open port.</source>
        <translation>Freunde hinter einem eigenen Router können über IPv4 oft nicht mit dir sprechen, außer einer von euch hat einen offenen Port.</translation>
    </message>
    <message>
        <source>Friends can&apos;t start a conversation with you over IPv4, whatever your router does.</source>
        <translation>Freunde können über IPv4 kein Gespräch mit dir beginnen, was auch immer dein Router tut.</translation>
    </message>
    <message>
        <source>That does no harm: packets come in all the same.</source>
        <translation>Das schadet nicht: Pakete kommen trotzdem herein.</translation>
    </message>
    <message>
        <source>Friends can&apos;t start a conversation with you over IPv4.</source>
        <translation>Freunde können über IPv4 kein Gespräch mit dir beginnen.</translation>
    </message>
    <message>
        <source>It needs a public IPv4 address on this computer: its packets (IP protocol 41) don&apos;t get through a NAT. Its public relays were given up as well (RFC 7526).</source>
        <translation>Es braucht eine öffentliche IPv4-Adresse an diesem Computer: Seine Pakete (IP-Protokoll 41) kommen durch kein NAT. Auch seine öffentlichen Relays wurden aufgegeben (RFC 7526).</translation>
    </message>
    <message>
        <source>It is set up, but the public relays that led to ordinary IPv6 were given up (RFC 7526), so hardly any peer can be reached.</source>
        <translation>Es ist eingerichtet, aber die öffentlichen Relays zum gewöhnlichen IPv6 wurden aufgegeben (RFC 7526); kaum jemand ist so erreichbar.</translation>
    </message>
    <message>
        <source>It would need administrator rights, and the public relays that led to ordinary IPv6 were given up (RFC 7526).</source>
        <translation>Es bräuchte Verwalterrechte, und die öffentlichen Relays zum gewöhnlichen IPv6 wurden aufgegeben (RFC 7526).</translation>
    </message>
    <message>
        <source>The system carries IPv6 inside IPv4 (IP protocol 41), which counts as ordinary IPv6; everything takes the way over the tunnel&apos;s other end, mostly a broker.</source>
        <translation>Das System trägt IPv6 in IPv4 (IP-Protokoll 41), das zählt als gewöhnliches IPv6; alles nimmt den Weg über das andere Ende des Tunnels, meist einen Vermittler.</translation>
    </message>
    <message>
        <source>It needs a tunnel broker, administrator rights, and a router that lets IP protocol 41 through; not every one does.</source>
        <translation>Es braucht einen Tunnelvermittler, Verwalterrechte und einen Router, der IP-Protokoll 41 durchlässt; das tut nicht jeder.</translation>
    </message>
    <message>
        <source>The system has none, and none is needed: between friends Culvert&apos;s tunnel does the same without servers and administrator rights.</source>
        <translation>Das System hat keines, und es braucht keines: Zwischen Freunden tut der Tunnel von Culvert dasselbe ohne Server und Verwalterrechte.</translation>
    </message>
    <message>
        <source>This network lets no UDP packets through. Culvert uses TCP.</source>
        <translation>Dieses Netz lässt keine UDP-Pakete durch. Culvert nimmt TCP.</translation>
    </message>
    <message>
        <source>You reach friends whose port is open for TCP too. Friends who call you need a third party.</source>
        <translation>Du erreichst Freunde, deren Port auch für TCP offen ist. Freunde, die dich anrufen, brauchen einen Dritten.</translation>
    </message>
    <message>
        <source>Ask whoever runs this network to let UDP through.</source>
        <translation>Bitte den Betreiber dieses Netzes, UDP durchzulassen.</translation>
    </message>
    <message>
        <source>none came from outside</source>
        <translation>keine kam von außen</translation>
    </message>
    <message>
        <source>came from outside</source>
        <translation>kamen von außen</translation>
    </message>
    <message>
        <source>Answers to UDP packets</source>
        <translation>Antworten auf UDP-Pakete</translation>
    </message>
    <message>
        <source>Answers over TCP</source>
        <translation>Antworten über TCP</translation>
    </message>
    <message>
        <source>opened with another number, which nobody knows</source>
        <translation>mit anderer Nummer geöffnet, die niemand kennt</translation>
    </message>
    <message>
        <source>Switch on “Ask the router for an open port”.</source>
        <translation>„Den Router um einen offenen Port bitten“ einschalten.</translation>
    </message>
    <message>
        <source>Use another port for Culvert.</source>
        <translation>Einen anderen Port für Culvert nehmen.</translation>
    </message>
    <message>
        <source>Use another port for Culvert, or take the old entry out of your router.</source>
        <translation>Einen anderen Port für Culvert nehmen oder den alten Eintrag im Router löschen.</translation>
    </message>
    <message>
        <source>A contact rang you over IPv4, and it came in.</source>
        <translation>Ein Kontakt hat über IPv4 bei dir geklingelt, und es kam an.</translation>
    </message>
    <message>
        <source>A contact rang you over IPv6, and it came in.</source>
        <translation>Ein Kontakt hat über IPv6 bei dir geklingelt, und es kam an.</translation>
    </message>
    <message>
        <source>A stranger&apos;s packet comes in at this address.</source>
        <translation>Auch Pakete von Fremden kommen unter dieser Adresse an.</translation>
    </message>
    <message>
        <source>A contact rang you over IPv4, and nothing came in.</source>
        <translation>Ein Kontakt hat über IPv4 bei dir geklingelt, und nichts kam an.</translation>
    </message>
    <message>
        <source>A contact rang you over IPv6, and nothing came in.</source>
        <translation>Ein Kontakt hat über IPv6 bei dir geklingelt, und nichts kam an.</translation>
    </message>
    <message>
        <source>Your router or firewall lets in only those to whom you wrote first. A single packet can get lost, too: ask once more to be sure.</source>
        <translation>Dein Router oder deine Firewall lässt nur herein, wem du zuerst geschrieben hast. Ein einzelnes Paket kann auch verloren gehen: Frag noch einmal, um sicher zu sein.</translation>
    </message>
    <message>
        <source>A contact was asked to ring you over IPv4.</source>
        <translation>Ein Kontakt wurde gebeten, über IPv4 bei dir zu klingeln.</translation>
    </message>
    <message>
        <source>A contact was asked to ring you over IPv6.</source>
        <translation>Ein Kontakt wurde gebeten, über IPv6 bei dir zu klingeln.</translation>
    </message>
    <message>
        <source>It had rung a moment before, and did not again. Ask once more in some seconds.</source>
        <translation>Er hatte kurz vorher geklingelt und tat es nicht noch einmal. Frag in einigen Sekunden wieder.</translation>
    </message>
    <message>
        <source>It has no direct way to this address, so that its packet would prove nothing. Ask another one.</source>
        <translation>Er hat keinen direkten Weg zu dieser Adresse; sein Paket würde nichts beweisen. Frag einen anderen.</translation>
    </message>
    <message>
        <source>It did not say whether it rang. Ask once more, or another one.</source>
        <translation>Er hat nicht gesagt, ob er geklingelt hat. Frag noch einmal oder einen anderen.</translation>
    </message>
    <message>
        <source>Its packet is waited for.</source>
        <translation>Auf sein Paket wird gewartet.</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>Came in after</source>
        <translation>Angekommen nach</translation>
    </message>
    <message>
        <source>It came from a new port of an address that was spoken with. A router may let that in, and strangers not.</source>
        <translation>Es kam von einem neuen Port einer Adresse, mit der schon gesprochen wurde. Ein Router kann das hereinlassen und Fremde nicht.</translation>
    </message>
</context>
<context>
    <name>PairOutlook</name>
    <message>
        <source>Then send each other your addresses once more.</source>
        <translation>Schickt euch danach noch einmal eure Adressen.</translation>
    </message>
    <message>
        <source>Your network lets no UDP packets through.</source>
        <translation>Dein Netz lässt keine UDP-Pakete durch.</translation>
    </message>
    <message>
        <source>Their network lets no UDP packets through.</source>
        <translation>Das andere Netz lässt keine UDP-Pakete durch.</translation>
    </message>
    <message>
        <source>Neither your network nor theirs lets UDP packets through.</source>
        <translation>Weder dein Netz noch das andere lässt UDP-Pakete durch.</translation>
    </message>
    <message>
        <source>You have only IPv4, and they have only IPv6.</source>
        <translation>Du hast nur IPv4, und die andere Seite hat nur IPv6.</translation>
    </message>
    <message>
        <source>You have only IPv6, and they have only IPv4.</source>
        <translation>Du hast nur IPv6, und die andere Seite hat nur IPv4.</translation>
    </message>
    <message>
        <source>Neither of you can be called from outside, and nobody tells the two of you where the other one is.</source>
        <translation>Keiner von euch kann von außen angerufen werden, und niemand sagt euch, wo der andere ist.</translation>
    </message>
    <message>
        <source>They cannot be called from outside, and do not have your address, so they cannot call you either.</source>
        <translation>Die andere Seite kann von außen nicht angerufen werden und hat deine Adresse nicht, kann also auch dich nicht anrufen.</translation>
    </message>
    <message>
        <source>Their router gives every contact another port, and so does yours.</source>
        <translation>Der andere Router gibt jedem Kontakt einen anderen Port, und deiner tut es auch.</translation>
    </message>
    <message>
        <source>Your router gives every contact another port, and theirs lets in only the ports that they have written to.</source>
        <translation>Dein Router gibt jedem Kontakt einen anderen Port, und der andere lässt nur Ports herein, an die geschrieben wurde.</translation>
    </message>
    <message>
        <source>Their router gives every contact another port, and yours lets in only the ports that you have written to.</source>
        <translation>Der andere Router gibt jedem Kontakt einen anderen Port, und deiner lässt nur Ports herein, an die du geschrieben hast.</translation>
    </message>
    <message>
        <source>Send them your address: it works when they add it.</source>
        <translation>Schicke der anderen Seite deine Adresse: Es geht, sobald sie dort hinzugefügt ist.</translation>
    </message>
    <message>
        <source>It works if one of you enters a third party that both of you can reach.</source>
        <translation>Es geht, wenn einer von euch einen Dritten einträgt, den ihr beide erreicht.</translation>
    </message>
    <message>
        <source>It works if you switch on UPnP in your router.</source>
        <translation>Es geht, wenn du in deinem Router UPnP einschaltest.</translation>
    </message>
    <message>
        <source>It works if they switch on UPnP in their router.</source>
        <translation>Es geht, wenn die andere Seite in ihrem Router UPnP einschaltet.</translation>
    </message>
    <message>
        <source>It works if one of you switches on UPnP in the router.</source>
        <translation>Es geht, wenn einer von euch im Router UPnP einschaltet.</translation>
    </message>
    <message>
        <source>It works if both of you switch on UPnP in the router.</source>
        <translation>Es geht, wenn ihr beide im Router UPnP einschaltet.</translation>
    </message>
    <message>
        <source>It works if your router lets IPv6 in to Culvert.</source>
        <translation>Es geht, wenn dein Router IPv6 zu Culvert hereinlässt.</translation>
    </message>
    <message>
        <source>It works if their router lets IPv6 in to Culvert.</source>
        <translation>Es geht, wenn der andere Router IPv6 zu Culvert hereinlässt.</translation>
    </message>
    <message>
        <source>It works if the router of one of you lets IPv6 in to Culvert.</source>
        <translation>Es geht, wenn der Router von einem von euch IPv6 zu Culvert hereinlässt.</translation>
    </message>
    <message>
        <source>It works if the routers of both of you let IPv6 in to Culvert.</source>
        <translation>Es geht, wenn eure beiden Router IPv6 zu Culvert hereinlassen.</translation>
    </message>
    <message>
        <source>It works if you change to a network that lets UDP through.</source>
        <translation>Es geht, wenn du in ein Netz wechselst, das UDP durchlässt.</translation>
    </message>
    <message>
        <source>It works if they change to a network that lets UDP through.</source>
        <translation>Es geht, wenn die andere Seite in ein Netz wechselt, das UDP durchlässt.</translation>
    </message>
    <message>
        <source>It works if one of you changes to a network that lets UDP through.</source>
        <translation>Es geht, wenn einer von euch in ein Netz wechselt, das UDP durchlässt.</translation>
    </message>
    <message>
        <source>It works if both of you change to networks that let UDP through.</source>
        <translation>Es geht, wenn ihr beide in Netze wechselt, die UDP durchlassen.</translation>
    </message>
    <message>
        <source>It works if your provider gives you IPv6.</source>
        <translation>Es geht, wenn dein Anbieter dir IPv6 gibt.</translation>
    </message>
    <message>
        <source>It works if their provider gives them IPv6.</source>
        <translation>Es geht, wenn der andere Anbieter IPv6 gibt.</translation>
    </message>
    <message>
        <source>It works if the provider of one of you gives you IPv6.</source>
        <translation>Es geht, wenn der Anbieter von einem von euch IPv6 gibt.</translation>
    </message>
    <message>
        <source>It works if the providers of both of you give you IPv6.</source>
        <translation>Es geht, wenn eure beiden Anbieter IPv6 geben.</translation>
    </message>
    <message>
        <source>It works if your provider gives you IPv4.</source>
        <translation>Es geht, wenn dein Anbieter dir IPv4 gibt.</translation>
    </message>
    <message>
        <source>It works if their provider gives them IPv4.</source>
        <translation>Es geht, wenn der andere Anbieter IPv4 gibt.</translation>
    </message>
    <message>
        <source>It works if the provider of one of you gives you IPv4.</source>
        <translation>Es geht, wenn der Anbieter von einem von euch IPv4 gibt.</translation>
    </message>
    <message>
        <source>It works if the providers of both of you give you IPv4.</source>
        <translation>Es geht, wenn eure beiden Anbieter IPv4 geben.</translation>
    </message>
    <message>
        <source>It works if your router gets a public IPv4 address: from your provider, or from the other router where there are two.</source>
        <translation>Es geht, wenn dein Router eine öffentliche IPv4-Adresse bekommt: vom Anbieter, oder vom anderen Router, wo es zwei sind.</translation>
    </message>
    <message>
        <source>It works if their router gets a public IPv4 address: from their provider, or from the other router where there are two.</source>
        <translation>Es geht, wenn der Router der anderen Seite eine öffentliche IPv4-Adresse bekommt: vom Anbieter, oder vom anderen Router, wo es zwei sind.</translation>
    </message>
    <message>
        <source>It works if the router of one of you gets a public IPv4 address: from the provider, or from the other router where there are two.</source>
        <translation>Es geht, wenn der Router von einem von euch eine öffentliche IPv4-Adresse bekommt: vom Anbieter, oder vom anderen Router, wo es zwei sind.</translation>
    </message>
    <message>
        <source>It works if both your routers get public IPv4 addresses: from the provider, or from the other router where there are two.</source>
        <translation>Es geht, wenn eure beiden Router öffentliche IPv4-Adressen bekommen: vom Anbieter, oder vom anderen Router, wo es zwei sind.</translation>
    </message>
</context>
<context>
    <name>culvert::AddContactDialog</name>
    <message>
        <source>Use the address from the clipboard</source>
        <translation>Adresse aus der Zwischenablage verwenden</translation>
    </message>
    <message>
        <source>This is a sound address.</source>
        <translation>Diese Adresse ist in Ordnung.</translation>
    </message>
    <message>
        <source>Send request</source>
        <translation>Anfrage senden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Add a contact</source>
        <translation>Kontakt hinzufügen</translation>
    </message>
    <message>
        <source>Paste the address that your friend gave you. Text around it does no harm.</source>
        <translation>Füge die Adresse ein, die du bekommen hast. Text ringsum schadet nicht.</translation>
    </message>
    <message>
        <source>Address of your friend</source>
        <translation>Adresse des Kontakts</translation>
    </message>
    <message>
        <source>Paste here</source>
        <translation>Hier einfügen</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Empty: the name that they chose</source>
        <translation>Leer: der selbst gewählte Name</translation>
    </message>
    <message>
        <source>&amp;Greeting</source>
        <translation>&amp;Gruß</translation>
    </message>
    <message>
        <source>Tell them who you are</source>
        <translation>Sag, wer du bist</translation>
    </message>
    <message numerus="yes">
        <source>The greeting is too long by %n octet(s).</source>
        <translation>
            <numerusform>Der Gruß ist um %n Byte zu lang.</numerusform>
            <numerusform>Der Gruß ist um %n Bytes zu lang.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no Culvert address in this text. It begins with &quot;culvert:&quot;.</source>
        <translation>In diesem Text ist keine Culvert-Adresse. Sie beginnt mit „culvert:“.</translation>
    </message>
    <message>
        <source>The address is cut off. Copy the whole of it.</source>
        <translation>Die Adresse ist abgeschnitten. Kopiere sie ganz.</translation>
    </message>
    <message>
        <source>The address holds characters that none has. Copy it again from where it was shown.</source>
        <translation>In der Adresse stehen Zeichen, die keine hat. Kopiere sie noch einmal von dort, wo sie gezeigt wurde.</translation>
    </message>
    <message>
        <source>The address is damaged: a character was changed, lost or doubled. Copy it again.</source>
        <translation>Die Adresse ist beschädigt: Ein Zeichen wurde verändert, verloren oder verdoppelt. Kopiere sie noch einmal.</translation>
    </message>
    <message>
        <source>The address was made by a newer Culvert, or its beginning is damaged. Update Culvert, or copy it again.</source>
        <translation>Die Adresse stammt von einem neueren Culvert, oder ihr Anfang ist beschädigt. Aktualisiere Culvert, oder kopiere sie noch einmal.</translation>
    </message>
    <message>
        <source>Read a QR code from a picture …</source>
        <translation>Einen QR-Code aus einem Bild lesen …</translation>
    </message>
    <message>
        <source>A code on the screen: take a screenshot of it and copy that. Here no program may look at the screen by itself.</source>
        <translation>Ein Code auf dem Bildschirm: Mach ein Bildschirmfoto davon und kopiere es. Hier darf kein Programm von sich aus auf den Bildschirm sehen.</translation>
    </message>
    <message>
        <source>Read a QR code from the screen</source>
        <translation>Einen QR-Code vom Bildschirm lesen</translation>
    </message>
    <message>
        <source>Read a QR code from the clipboard</source>
        <translation>Einen QR-Code aus der Zwischenablage lesen</translation>
    </message>
    <message>
        <source>A picture of a QR code</source>
        <translation>Ein Bild eines QR-Codes</translation>
    </message>
    <message>
        <source>Pictures (%1)</source>
        <translation>Bilder (%1)</translation>
    </message>
    <message>
        <source>The QR code holds no Culvert address.</source>
        <translation>Der QR-Code enthält keine Culvert-Adresse.</translation>
    </message>
    <message>
        <source>No QR code was found. It must be whole, and not too small.</source>
        <translation>Es wurde kein QR-Code gefunden. Er muss ganz zu sehen und darf nicht zu klein sein.</translation>
    </message>
</context>
<context>
    <name>culvert::Composer</name>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
    <message>
        <source>Emoji (%1)</source>
        <translation>Emoji (%1)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>culvert::ComposerEdit</name>
    <message>
        <source>Write a message</source>
        <translation>Nachricht schreiben</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
</context>
<context>
    <name>culvert::ContactActions</name>
    <message>
        <source>Remove contact</source>
        <translation>Kontakt entfernen</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>%1 entfernen?</translation>
    </message>
    <message>
        <source>Your conversation with them is deleted from this computer. Messages that still wait will not be delivered.</source>
        <translation>Euer Gespräch wird auf diesem Rechner gelöscht. Nachrichten, die noch warten, werden nicht zugestellt.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Block contact</source>
        <translation>Kontakt blockieren</translation>
    </message>
    <message>
        <source>Block %1?</source>
        <translation>%1 blockieren?</translation>
    </message>
    <message>
        <source>Nothing from them is shown or answered any more. They are not told.</source>
        <translation>Nichts von diesem Kontakt wird mehr gezeigt oder beantwortet. Der Kontakt erfährt es nicht.</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Blockieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>culvert::ContactDelegate</name>
    <message>
        <source>No messages yet</source>
        <translation>Noch keine Nachrichten</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>Du: %1</translation>
    </message>
    <message>
        <source>Verified: the safety numbers were compared.</source>
        <translation>Verifiziert: Die Sicherheitsnummern wurden verglichen.</translation>
    </message>
    <message>
        <source>Muted: new messages are not announced.</source>
        <translation>Stumm: Neue Nachrichten werden nicht gemeldet.</translation>
    </message>
</context>
<context>
    <name>culvert::ContactDialog</name>
    <message>
        <source>Contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>No way to them was tried yet.</source>
        <translation>Noch wurde kein Weg dorthin versucht.</translation>
    </message>
    <message>
        <source>Ways to this contact</source>
        <translation>Wege zu diesem Kontakt</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Laufzeit</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Safety number</source>
        <translation>Sicherheitsnummer</translation>
    </message>
    <message>
        <source>Compare it with theirs, in person or by telephone. When both are the same, nobody stands between you.</source>
        <translation>Vergleicht sie miteinander, persönlich oder am Telefon. Sind beide gleich, steht niemand zwischen euch.</translation>
    </message>
    <message>
        <source>Mark as verified</source>
        <translation>Als geprüft kennzeichnen</translation>
    </message>
    <message>
        <source>Block …</source>
        <translation>Blockieren …</translation>
    </message>
    <message>
        <source>Remove …</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>You compared the numbers; they were the same.</source>
        <translation>Ihr habt die Nummern verglichen; sie waren gleich.</translation>
    </message>
    <message>
        <source>Not compared yet.</source>
        <translation>Noch nicht verglichen.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>Von %1</translation>
    </message>
    <message>
        <source>any address</source>
        <translation>beliebiger Adresse</translation>
    </message>
    <message>
        <source>Try again now</source>
        <translation>Jetzt noch einmal versuchen</translation>
    </message>
    <message>
        <source>Every known address is tried, and third parties and Teredo servers are asked.</source>
        <translation>Jede bekannte Adresse wird versucht, Dritte und Teredo-Server werden gefragt.</translation>
    </message>
    <message>
        <source>Last try</source>
        <translation>Letzter Versuch</translation>
    </message>
    <message>
        <source>Learnt from</source>
        <translation>Bekannt durch</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Nothing has happened since the start.</source>
        <translation>Seit dem Start ist nichts geschehen.</translation>
    </message>
    <message>
        <source>Last try: %1</source>
        <translation>Letzter Versuch: %1</translation>
    </message>
    <message>
        <source>Learnt from: %1</source>
        <translation>Bekannt durch: %1</translation>
    </message>
    <message>
        <source>What is known of this contact</source>
        <translation>Was über diesen Kontakt bekannt ist</translation>
    </message>
</context>
<context>
    <name>culvert::ContactListModel</name>
    <message>
        <source>Contact %1</source>
        <translation>Kontakt %1</translation>
    </message>
</context>
<context>
    <name>culvert::ConversationView</name>
    <message>
        <source>Nothing written yet. Say hello to %1.</source>
        <translation>Noch nichts geschrieben. Sag %1 Hallo.</translation>
    </message>
    <message>
        <source>You compared the safety numbers.</source>
        <translation>Ihr habt die Sicherheitsnummern verglichen.</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>geprüft</translation>
    </message>
    <message>
        <source>Contact details</source>
        <translation>Einzelheiten zum Kontakt</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Why messages wait</source>
        <translation>Warum Nachrichten warten</translation>
    </message>
    <message>
        <source>Waiting to deliver, because %1</source>
        <translation>Wartet auf Zustellung, denn %1</translation>
    </message>
    <message numerus="yes">
        <source>This message is too long by %n octet(s). Split it in two.</source>
        <translation>
            <numerusform>Diese Nachricht ist um %n Byte zu lang. Teile sie.</numerusform>
            <numerusform>Diese Nachricht ist um %n Bytes zu lang. Teile sie.</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>Text kopieren</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>React</source>
        <translation>Reagieren</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Copy selected text</source>
        <translation>Markierten Text kopieren</translation>
    </message>
    <message>
        <source>Delete for both</source>
        <translation>Für beide löschen</translation>
    </message>
    <message>
        <source>Delete for me</source>
        <translation>Für mich löschen</translation>
    </message>
    <message>
        <source>Take back %1</source>
        <translation>%1 zurücknehmen</translation>
    </message>
    <message>
        <source>Other …</source>
        <translation>Andere …</translation>
    </message>
    <message>
        <source>Reply to yourself</source>
        <translation>Antwort an dich selbst</translation>
    </message>
    <message>
        <source>Reply to %1</source>
        <translation>Antwort an %1</translation>
    </message>
    <message>
        <source>Edit message</source>
        <translation>Nachricht bearbeiten</translation>
    </message>
    <message>
        <source>Delete message</source>
        <translation>Nachricht löschen</translation>
    </message>
    <message>
        <source>Delete this message?</source>
        <translation>Diese Nachricht löschen?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>For both: the text goes at both ends, and a mark stays. For me: the other end keeps it.</source>
        <translation>Für beide: Der Text verschwindet auf beiden Seiten, ein Hinweis bleibt. Für mich: Die andere Seite behält sie.</translation>
    </message>
    <message>
        <source>The other end keeps it.</source>
        <translation>Die andere Seite behält sie.</translation>
    </message>
    <message>
        <source>No program opened this link. Copy it, and open it where you like.</source>
        <translation>Kein Programm hat diesen Link geöffnet. Kopiere ihn und öffne ihn, wo du magst.</translation>
    </message>
    <message>
        <source>Disappearing messages</source>
        <translation>Verschwindende Nachrichten</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stummschalten</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Stummschaltung aufheben</translation>
    </message>
    <message>
        <source>For %1</source>
        <comment>a time</comment>
        <translation>Für %1</translation>
    </message>
    <message>
        <source>Until I turn it off</source>
        <translation>Bis ich es ausschalte</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>That message is not here any more.</source>
        <translation>Diese Nachricht ist nicht mehr da.</translation>
    </message>
    <message>
        <source>New messages disappear %1 after reading.</source>
        <translation>Neue Nachrichten verschwinden %1 nach dem Lesen.</translation>
    </message>
    <message>
        <source>writes …</source>
        <translation>schreibt …</translation>
    </message>
    <message>
        <source>Conversation menu</source>
        <translation>Menü der Unterhaltung</translation>
    </message>
    <message>
        <source>Muted: new messages are not announced.</source>
        <translation>Stumm: Neue Nachrichten werden nicht gemeldet.</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>disappearing messages</source>
        <translation>verschwindende Nachrichten</translation>
    </message>
    <message>
        <source>Message menu</source>
        <translation>Menü der Nachricht</translation>
    </message>
</context>
<context>
    <name>culvert::DbusNotifier</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Write an answer</source>
        <translation>Antwort schreiben</translation>
    </message>
</context>
<context>
    <name>culvert::DeleteDialog</name>
    <message>
        <source>Delete the profile</source>
        <translation>Das Profil löschen</translation>
    </message>
    <message>
        <source>Your keys, contacts and messages are deleted from this computer, for good. Your friends can no longer reach you, and are not asked.</source>
        <translation>Deine Schlüssel, Kontakte und Nachrichten werden auf diesem Rechner endgültig gelöscht. Freunde können dich dann nicht mehr erreichen, und niemand fragt sie.</translation>
    </message>
    <message>
        <source>Type “%1” to confirm</source>
        <translation>Tippe „%1“ zur Bestätigung</translation>
    </message>
    <message>
        <source>delete</source>
        <comment>the word that is to be typed</comment>
        <translation>löschen</translation>
    </message>
    <message>
        <source>Delete everything</source>
        <translation>Alles löschen</translation>
    </message>
    <message>
        <source>Type the word “%1” into the last field.</source>
        <translation>Tippe das Wort „%1“ in das letzte Feld.</translation>
    </message>
</context>
<context>
    <name>culvert::EmojiPicker</name>
    <message>
        <source>Nothing found. Try another word.</source>
        <translation>Nichts gefunden. Versuche ein anderes Wort.</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
    <message>
        <source>Search by English names</source>
        <translation>Mit englischen Namen suchen</translation>
    </message>
    <message>
        <source>Search emoji</source>
        <translation>Emoji suchen</translation>
    </message>
</context>
<context>
    <name>culvert::EventList</name>
    <message>
        <source>Show fewer</source>
        <translation>Weniger zeigen</translation>
    </message>
    <message numerus="yes">
        <source>Show all %n</source>
        <comment>events</comment>
        <translation>
            <numerusform>Alle %n zeigen</numerusform>
            <numerusform>Alle %n zeigen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::ExportDialog</name>
    <message>
        <source>Exported profiles (*.culvert)</source>
        <translation>Exportierte Profile (*.culvert)</translation>
    </message>
    <message>
        <source>Export the profile</source>
        <translation>Das Profil exportieren</translation>
    </message>
    <message>
        <source>Your keys, contacts and messages go into one encrypted file. Never use the same profile on two computers at a time: each would miss messages of the other.</source>
        <translation>Deine Schlüssel, Kontakte und Nachrichten kommen in eine verschlüsselte Datei. Benutze ein Profil nie auf zwei Rechnern zugleich: Jedem würden Nachrichten des anderen fehlen.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>A passphrase for this file</source>
        <translation>Eine Passphrase für diese Datei</translation>
    </message>
    <message>
        <source>The passphrase again</source>
        <translation>Die Passphrase noch einmal</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation>Wähle eine Datei.</translation>
    </message>
    <message>
        <source>Type a passphrase. Without it nobody can open the file.</source>
        <translation>Gib eine Passphrase ein. Ohne sie kann niemand die Datei öffnen.</translation>
    </message>
    <message>
        <source>The two passphrases differ. Type the same one twice.</source>
        <translation>Die beiden Passphrasen sind verschieden. Tippe zweimal dieselbe.</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>Exportiert nach %1</translation>
    </message>
</context>
<context>
    <name>culvert::FindingView</name>
    <message>
        <source>What helps: %1</source>
        <translation>Was hilft: %1</translation>
    </message>
    <message>
        <source>Hide evidence</source>
        <translation>Belege verbergen</translation>
    </message>
    <message>
        <source>Show evidence</source>
        <translation>Belege zeigen</translation>
    </message>
    <message>
        <source>%1 · since %2</source>
        <comment>how bad, time</comment>
        <translation>%1 · seit %2</translation>
    </message>
</context>
<context>
    <name>culvert::FirstRunPage</name>
    <message>
        <source>Welcome to Culvert</source>
        <translation>Willkommen bei Culvert</translation>
    </message>
    <message>
        <source>Messages go straight from your computer to your friend&apos;s. There is no account and no server that keeps them.</source>
        <translation>Nachrichten gehen geradewegs von deinem Rechner zu dem deiner Freunde. Es gibt kein Konto und keinen Server, der sie aufbewahrt.</translation>
    </message>
    <message>
        <source>How friends see you at first</source>
        <translation>So sehen dich Freunde zuerst</translation>
    </message>
    <message>
        <source>Your &amp;name</source>
        <translation>Dein &amp;Name</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Los geht’s</translation>
    </message>
    <message>
        <source>Type a name that your friends know you by.</source>
        <translation>Tippe einen Namen, unter dem Freunde dich kennen.</translation>
    </message>
    <message>
        <source>Making your keys …</source>
        <translation>Deine Schlüssel entstehen …</translation>
    </message>
    <message>
        <source>Protect your messages</source>
        <translation>Schütze deine Nachrichten</translation>
    </message>
    <message>
        <source>They are kept on this computer alone, and encrypted. What opens them?</source>
        <translation>Sie liegen nur auf diesem Rechner, und verschlüsselt. Was öffnet sie?</translation>
    </message>
    <message>
        <source>Share your address</source>
        <translation>Gib deine Adresse weiter</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Import a profile …</source>
        <translation>Ein Profil importieren …</translation>
    </message>
    <message>
        <source>Your picture, if you like</source>
        <translation>Dein Bild, wenn du magst</translation>
    </message>
    <message>
        <source>Friends whom you accepted see it, and nobody else.</source>
        <translation>Freunde, die du angenommen hast, sehen es, und sonst niemand.</translation>
    </message>
</context>
<context>
    <name>culvert::HitDelegate</name>
    <message>
        <source>You: %1</source>
        <translation>Du: %1</translation>
    </message>
</context>
<context>
    <name>culvert::ImportDialog</name>
    <message>
        <source>Import a profile</source>
        <translation>Ein Profil importieren</translation>
    </message>
    <message>
        <source>From a file that Culvert exported. Never use the same profile on two computers at a time: each would miss messages of the other.</source>
        <translation>Aus einer Datei, die Culvert exportiert hat. Benutze ein Profil nie auf zwei Rechnern zugleich: Jedem würden Nachrichten des anderen fehlen.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>The passphrase of the file</source>
        <translation>Die Passphrase der Datei</translation>
    </message>
    <message>
        <source>What opens the profile on this computer?</source>
        <translation>Was öffnet das Profil auf diesem Rechner?</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation>Wähle eine Datei.</translation>
    </message>
</context>
<context>
    <name>culvert::JumpDialog</name>
    <message>
        <source>Nothing has such a name.</source>
        <translation>Nichts heißt so.</translation>
    </message>
    <message>
        <source>Jump to</source>
        <translation>Springe zu</translation>
    </message>
    <message>
        <source>A contact, a setting, something to do</source>
        <translation>Ein Kontakt, eine Einstellung, etwas zu tun</translation>
    </message>
    <message>
        <source>Places to jump to</source>
        <translation>Mögliche Ziele</translation>
    </message>
</context>
<context>
    <name>culvert::LaneLegend</name>
    <message>
        <source>What the lines mean: %1</source>
        <translation>Was die Linien bedeuten: %1</translation>
    </message>
</context>
<context>
    <name>culvert::ListEditor</name>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
</context>
<context>
    <name>culvert::MainPage</name>
    <message>
        <source>Share your address</source>
        <translation>Gib deine Adresse weiter</translation>
    </message>
    <message>
        <source>I have a friend&apos;s address</source>
        <translation>Ich habe die Adresse eines Freundes</translation>
    </message>
    <message>
        <source>Choose a conversation, or press %1 and type a name.</source>
        <translation>Wähle ein Gespräch, oder drücke %1 und tippe einen Namen.</translation>
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
        <translation>Deine Nachrichten werden geöffnet …</translation>
    </message>
    <message>
        <source>Your address is copied</source>
        <translation>Deine Adresse ist kopiert</translation>
    </message>
    <message>
        <source>Trying every contact again</source>
        <translation>Jeder Kontakt wird neu versucht</translation>
    </message>
    <message>
        <source>About Culvert</source>
        <translation>Über Culvert</translation>
    </message>
    <message>
        <source>Culvert %1</source>
        <translation>Culvert %1</translation>
    </message>
    <message>
        <source>Messages from computer to computer, with nobody between.</source>
        <translation>Nachrichten von Rechner zu Rechner, mit niemandem dazwischen.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>(%1) Culvert</source>
        <comment>title of the window; how many messages are unread</comment>
        <translation>(%1) Culvert</translation>
    </message>
    <message>
        <source>Settings › %1</source>
        <comment>a page</comment>
        <translation>Einstellungen › %1</translation>
    </message>
</context>
<context>
    <name>culvert::MessageList</name>
    <message>
        <source>Jump to the newest message</source>
        <translation>Zur neuesten Nachricht springen</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message numerus="yes">
        <source>Jump to the newest message, %n new</source>
        <translation>
            <numerusform>Zur neuesten Nachricht springen, %n neue</numerusform>
            <numerusform>Zur neuesten Nachricht springen, %n neue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::NetworkDialog</name>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Neu prüfen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Seen at %1</source>
        <translation>Gesehen um %1</translation>
    </message>
    <message>
        <source>What was found out</source>
        <translation>Was herausgefunden wurde</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>What am I looking at?</source>
        <translation>Was sehe ich hier?</translation>
    </message>
    <message>
        <source>On the left is this computer, on the right are your friends. Each line between is a way that packets can take. Your router sits in between: it shows the internet one address for your whole home, and drops what nobody inside has asked for. That is why you can often call out while friends can&apos;t call you.

A solid line works: somebody was seen to come through. A dashed one is promised, by your router or by an address, and nobody has tried it. A line with a cross doesn&apos;t work. A dotted one was not tested.

Third parties stand below: they hand over how to start a call, and never see a message. Press a part to read what is known about it, how, and what would help.</source>
        <translation>Links steht dieser Computer, rechts stehen deine Freunde. Jede Linie dazwischen ist ein Weg, den Pakete nehmen können. Dein Router steht dazwischen: Er zeigt dem Internet eine einzige Adresse für dein ganzes Zuhause und verwirft, worum niemand drinnen gebeten hat. Darum kannst oft du anrufen, aber Freunde dich nicht.

Eine durchgezogene Linie geht: Jemand kam nachweislich durch. Eine gestrichelte ist versprochen, von deinem Router oder durch eine Adresse, und niemand hat sie versucht. Eine Linie mit einem Kreuz geht nicht. Eine gepunktete wurde nicht geprüft.

Darunter stehen Dritte: Sie vermitteln, wie ein Gespräch beginnt, und sehen nie eine Nachricht. Drücke auf einen Teil, um zu lesen, was über ihn bekannt ist, woher, und was helfen würde.</translation>
    </message>
    <message>
        <source>Hide the explanation</source>
        <translation>Erklärung ausblenden</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Nothing has changed since the start.</source>
        <translation>Seit dem Start hat sich nichts geändert.</translation>
    </message>
    <message>
        <source>With private data</source>
        <translation>Mit privaten Daten</translation>
    </message>
    <message>
        <source>Names and addresses. Without them only the beginning of each address stays, which tells your provider, and contacts have numbers, so that you can show the report to others.</source>
        <translation>Namen und Adressen. Ohne sie bleibt von jeder Adresse nur der Anfang, der deinen Anbieter verrät, und Kontakte haben Nummern, sodass du den Bericht anderen zeigen kannst.</translation>
    </message>
    <message>
        <source>Copied, without names and addresses</source>
        <translation>Kopiert, ohne Namen und Adressen</translation>
    </message>
    <message>
        <source>Copied, with names and addresses</source>
        <translation>Kopiert, mit Namen und Adressen</translation>
    </message>
    <message>
        <source>Being tested now</source>
        <translation>Wird gerade geprüft</translation>
    </message>
    <message>
        <source>Last tested at %1</source>
        <translation>Zuletzt geprüft um %1</translation>
    </message>
</context>
<context>
    <name>culvert::NetworkPictureView</name>
    <message>
        <source>Picture of your network</source>
        <translation>Bild deines Netzes</translation>
    </message>
    <message>
        <source>The arrow keys go from part to part, Enter shows what is known about one.</source>
        <translation>Die Pfeiltasten gehen von Teil zu Teil, Enter zeigt, was über einen bekannt ist.</translation>
    </message>
</context>
<context>
    <name>culvert::NetworkSettings</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Ask the router for an open port</source>
        <translation>Den Router um einen offenen Port bitten</translation>
    </message>
    <message>
        <source>By PCP, NAT-PMP and UPnP. With one, friends can start a call to you over IPv4.</source>
        <translation>Mit PCP, NAT-PMP und UPnP. Ist einer offen, können Freunde dich über IPv4 anrufen.</translation>
    </message>
    <message>
        <source>Find friends on the local network</source>
        <translation>Freunde im lokalen Netz finden</translation>
    </message>
    <message>
        <source>Without internet, router or a current address. Others see that Culvert is used here, and not by whom.</source>
        <translation>Ohne Internet, Router oder aktuelle Adresse. Andere sehen, dass hier Culvert benutzt wird, und nicht, von wem.</translation>
    </message>
    <message>
        <source>Messages may go through a foreign Teredo relay</source>
        <translation>Nachrichten dürfen über ein fremdes Teredo-Relay gehen</translation>
    </message>
    <message>
        <source>Where that is the better way. Whoever runs the relay sees who talks to whom and when, and nothing of what is said.</source>
        <translation>Wo das der bessere Weg ist. Wer das Relay betreibt, sieht, wer wann mit wem spricht, und nichts von dem, was gesagt wird.</translation>
    </message>
    <message>
        <source>Use TCP where UDP does not get through</source>
        <translation>TCP nehmen, wo UDP nicht durchkommt</translation>
    </message>
    <message>
        <source>Some networks let only TCP pass. Messages may take longer there.</source>
        <translation>Manche Netze lassen nur TCP durch. Nachrichten brauchen dort vielleicht länger.</translation>
    </message>
    <message>
        <source>Use another port</source>
        <translation>Anderen Port nehmen</translation>
    </message>
    <message>
        <source>Helps where the router leads this port to another computer. Friends hear of the new one by themselves; a port that you forwarded by hand must be forwarded anew.</source>
        <translation>Hilft, wo der Router diesen Port zu einem anderen Computer leitet. Freunde erfahren den neuen von selbst; einen Port, den du von Hand weiterleitest, musst du neu weiterleiten.</translation>
    </message>
    <message>
        <source>Port %1</source>
        <translation>Port %1</translation>
    </message>
    <message>
        <source>Culvert uses port %1 now</source>
        <translation>Culvert nimmt jetzt Port %1</translation>
    </message>
</context>
<context>
    <name>culvert::NotificationCenter</name>
    <message>
        <source>Somebody asks to become a contact</source>
        <translation>Jemand möchte Kontakt werden</translation>
    </message>
    <message>
        <source>New message</source>
        <translation>Neue Nachricht</translation>
    </message>
</context>
<context>
    <name>culvert::PathBadge</name>
    <message>
        <source>Connection: %1</source>
        <translation>Verbindung: %1</translation>
    </message>
</context>
<context>
    <name>culvert::PathWording</name>
    <message>
        <source>their address</source>
        <comment>where a way was learnt from</comment>
        <translation>ihre Adresse</translation>
    </message>
    <message>
        <source>told while connected</source>
        <comment>where a way was learnt from</comment>
        <translation>in Verbindung mitgeteilt</translation>
    </message>
    <message>
        <source>worked before</source>
        <comment>where a way was learnt from</comment>
        <translation>ging früher</translation>
    </message>
    <message>
        <source>a third party</source>
        <comment>where a way was learnt from</comment>
        <translation>ein Dritter</translation>
    </message>
    <message>
        <source>a packet of theirs</source>
        <comment>where a way was learnt from</comment>
        <translation>ein Paket von ihnen</translation>
    </message>
    <message>
        <source>heard on the local network</source>
        <comment>where a way was learnt from</comment>
        <translation>im lokalen Netz gehört</translation>
    </message>
    <message>
        <source>foretold from the NAT</source>
        <comment>where a way was learnt from</comment>
        <translation>aus dem NAT vorhergesagt</translation>
    </message>
    <message>
        <source>a TCP connection of ours</source>
        <comment>where a way was learnt from</comment>
        <translation>eine TCP-Verbindung von uns</translation>
    </message>
    <message>
        <source>stored</source>
        <comment>where a way was learnt from: known since before the start</comment>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>in use</source>
        <comment>state of a way</comment>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>works</source>
        <comment>state of a way</comment>
        <translation>geht</translation>
    </message>
    <message>
        <source>only measured</source>
        <comment>state of a way: it works, but the user does not let it carry messages</comment>
        <translation>nur gemessen</translation>
    </message>
    <message>
        <source>no way there</source>
        <comment>state of a way: nothing of ours leads to it</comment>
        <translation>kein Weg dorthin</translation>
    </message>
    <message>
        <source>not tried yet</source>
        <comment>state of a way</comment>
        <translation>noch nicht versucht</translation>
    </message>
    <message>
        <source>being tried</source>
        <comment>state of a way</comment>
        <translation>wird versucht</translation>
    </message>
    <message>
        <source>stopped answering</source>
        <comment>state of a way</comment>
        <translation>antwortet nicht mehr</translation>
    </message>
    <message>
        <source>no answer</source>
        <comment>state of a way</comment>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>The next best way is a TCP connection, where one lost packet holds up all that follow.</source>
        <translation>Der nächstbeste Weg ist eine TCP-Verbindung, in der ein verlorenes Paket alle folgenden aufhält.</translation>
    </message>
    <message>
        <source>The next best way goes through a relay that neither of you chose.</source>
        <translation>Der nächstbeste Weg geht über ein Relay, das keiner von euch gewählt hat.</translation>
    </message>
    <message>
        <source>Another way would be better; it was left a short while ago, and has to prove itself first.</source>
        <translation>Ein anderer Weg wäre besser; er wurde vor Kurzem verlassen und muss sich erst bewähren.</translation>
    </message>
    <message>
        <source>The next best way is no better, or by too little to change.</source>
        <translation>Der nächstbeste Weg ist nicht besser, oder zu wenig, um zu wechseln.</translation>
    </message>
    <message>
        <source>The way before stopped answering.</source>
        <translation>Der Weg davor antwortete nicht mehr.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>kind of way, address</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>A way answered again after %1: %2.</source>
        <translation>Nach %1 antwortete wieder ein Weg: %2.</translation>
    </message>
    <message>
        <source>A way answered: %1.</source>
        <translation>Ein Weg antwortete: %1.</translation>
    </message>
    <message>
        <source>Another way took over: %1. %2</source>
        <translation>Ein anderer Weg übernahm: %1. %2</translation>
    </message>
    <message>
        <source>No way answers any more.</source>
        <translation>Kein Weg antwortet mehr.</translation>
    </message>
    <message>
        <source>Their Culvert was started anew.</source>
        <translation>Ihr Culvert wurde neu gestartet.</translation>
    </message>
    <message>
        <source>A third party was asked to tell them where you are (handoff).</source>
        <translation>Ein Dritter wurde gebeten, ihnen zu sagen, wo du bist (Übergabe).</translation>
    </message>
    <message>
        <source>A third party told where they are (handoff).</source>
        <translation>Ein Dritter sagte, wo sie sind (Übergabe).</translation>
    </message>
    <message>
        <source>They were rung through a Teredo server.</source>
        <translation>Bei ihnen wurde über einen Teredo-Server geklingelt.</translation>
    </message>
    <message>
        <source>They rang you.</source>
        <translation>Sie haben bei dir geklingelt.</translation>
    </message>
    <message>
        <source>They were heard on the local network.</source>
        <translation>Sie wurden im lokalen Netz gehört.</translation>
    </message>
    <message>
        <source>Both of you try many ports, because a router gives each peer another one.</source>
        <translation>Ihr probiert beide viele Ports, weil ein Router jedem Gegenüber einen anderen gibt.</translation>
    </message>
    <message>
        <source>Everything is tried anew.</source>
        <translation>Alles wird neu versucht.</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <comment>an event</comment>
        <translation>
            <numerusform>%1 (%n-mal)</numerusform>
            <numerusform>%1 (%n-mal)</numerusform>
        </translation>
    </message>
    <message>
        <source>A Teredo server carries the first packets.</source>
        <translation>Ein Teredo-Server trägt die ersten Pakete.</translation>
    </message>
    <message>
        <source>One of you rings the other through a Teredo server.</source>
        <translation>Einer von euch klingelt über einen Teredo-Server beim anderen.</translation>
    </message>
    <message>
        <source>A third party has to tell each of you where the other is.</source>
        <translation>Ein Dritter muss jedem von euch sagen, wo der andere ist.</translation>
    </message>
    <message>
        <source>One of you calls the other; nobody else is needed.</source>
        <translation>Einer von euch ruft den anderen an; sonst braucht es niemanden.</translation>
    </message>
    <message>
        <source>By all that is known of both networks you can meet: %1. %2</source>
        <comment>kind of way, what helps</comment>
        <translation>Nach allem, was über beide Netze bekannt ist, könnt ihr euch treffen: %1. %2</translation>
    </message>
    <message>
        <source>By all that is known of both networks you cannot meet.</source>
        <translation>Nach allem, was über beide Netze bekannt ist, könnt ihr euch nicht treffen.</translation>
    </message>
    <message>
        <source>Too little is known of their network to say whether you can meet.</source>
        <translation>Über ihr Netz ist zu wenig bekannt, um zu sagen, ob ihr euch treffen könnt.</translation>
    </message>
    <message>
        <source>now</source>
        <comment>time of the last try</comment>
        <translation>jetzt</translation>
    </message>
    <message numerus="yes">
        <source>%n s ago</source>
        <comment>seconds</comment>
        <translation>
            <numerusform>vor %n s</numerusform>
            <numerusform>vor %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <comment>minutes</comment>
        <translation>
            <numerusform>vor %n min</numerusform>
            <numerusform>vor %n min</numerusform>
        </translation>
    </message>
    <message>
        <source>This is the only way that answers.</source>
        <translation>Dies ist der einzige Weg, der antwortet.</translation>
    </message>
    <message>
        <source>This is the only way that works and may carry messages; you allow no foreign relay.</source>
        <translation>Dies ist der einzige Weg, der geht und Nachrichten tragen darf; fremde Relays erlaubst du nicht.</translation>
    </message>
    <message>
        <source>This way loses fewer packets than the next best one.</source>
        <translation>Dieser Weg verliert weniger Pakete als der nächstbeste Weg.</translation>
    </message>
    <message>
        <source>This way is faster than the next best one.</source>
        <translation>Dieser Weg ist schneller als der nächstbeste Weg.</translation>
    </message>
    <message>
        <source>This way is as fast as the next best one, and of a kind that lasts longer.</source>
        <translation>Dieser Weg ist so schnell wie der nächstbeste Weg und von einer Art, die länger hält.</translation>
    </message>
</context>
<context>
    <name>culvert::PictureChooser</name>
    <message>
        <source>The file cannot be read.</source>
        <translation>Die Datei lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>Ein Bild wählen</translation>
    </message>
    <message>
        <source>Or drop a picture here, or paste one.</source>
        <translation>Oder zieh ein Bild hierher, oder füge eines ein.</translation>
    </message>
    <message>
        <source>Remove the picture</source>
        <translation>Das Bild entfernen</translation>
    </message>
    <message>
        <source>A picture of yourself</source>
        <translation>Ein Bild von dir</translation>
    </message>
    <message>
        <source>Pictures (%1)</source>
        <translation>Bilder (%1)</translation>
    </message>
    <message>
        <source>There is no picture in the clipboard.</source>
        <translation>In der Zwischenablage ist kein Bild.</translation>
    </message>
</context>
<context>
    <name>culvert::PictureMaker</name>
    <message>
        <source>works</source>
        <comment>state of a lane in the picture of the network</comment>
        <translation>geht</translation>
    </message>
    <message>
        <source>not proven</source>
        <comment>state of a lane in the picture of the network</comment>
        <translation>unbewiesen</translation>
    </message>
    <message>
        <source>doesn&apos;t work</source>
        <comment>state of a lane in the picture of the network</comment>
        <translation>geht nicht</translation>
    </message>
    <message>
        <source>not tested</source>
        <comment>state of a lane in the picture of the network</comment>
        <translation>ungeprüft</translation>
    </message>
    <message>
        <source>You and friends</source>
        <comment>both directions of a way</comment>
        <translation>Du und Freunde</translation>
    </message>
    <message>
        <source>You to friends</source>
        <comment>direction of a way</comment>
        <translation>Du zu Freunden</translation>
    </message>
    <message>
        <source>Friends to you</source>
        <comment>direction of a way</comment>
        <translation>Freunde zu dir</translation>
    </message>
    <message>
        <source>not there</source>
        <comment>state of a lane in the picture of the network</comment>
        <translation>nicht da</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser PC</translation>
    </message>
    <message>
        <source>no network</source>
        <translation>kein Netz</translation>
    </message>
    <message>
        <source>It is connected to no network.</source>
        <translation>Er ist mit keinem Netz verbunden.</translation>
    </message>
    <message>
        <source>IPv4 and IPv6</source>
        <translation>IPv4 und IPv6</translation>
    </message>
    <message>
        <source>IPv4 only</source>
        <translation>nur IPv4</translation>
    </message>
    <message>
        <source>IPv6 only</source>
        <translation>nur IPv6</translation>
    </message>
    <message>
        <source>local only</source>
        <comment>addresses that lead no farther than the local network</comment>
        <translation>nur lokal</translation>
    </message>
    <message>
        <source>Addresses that this computer has, as its system says.</source>
        <translation>Adressen dieses Computers, wie sein System sie nennt.</translation>
    </message>
    <message>
        <source>changes nothing</source>
        <comment>a router that does no NAT</comment>
        <translation>ändert nichts</translation>
    </message>
    <message>
        <source>open port</source>
        <comment>what the router did</comment>
        <translation>offener Port</translation>
    </message>
    <message>
        <source>open port, says it</source>
        <comment>what the router did</comment>
        <translation>offener Port, sagt er</translation>
    </message>
    <message>
        <source>being asked</source>
        <comment>the router</comment>
        <translation>wird gefragt</translation>
    </message>
    <message>
        <source>not asked</source>
        <comment>the router</comment>
        <translation>nicht gefragt</translation>
    </message>
    <message>
        <source>no open port</source>
        <comment>what the router did</comment>
        <translation>kein offener Port</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>It stands between this computer and the internet, and decides what comes in.</source>
        <translation>Er steht zwischen diesem Computer und dem Internet und entscheidet, was hereinkommt.</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>nicht erreicht</translation>
    </message>
    <message>
        <source>Without a network there is no router.</source>
        <translation>Ohne Netz gibt es keinen Router.</translation>
    </message>
    <message>
        <source>Packets pass it: it answered, or somebody behind it did.</source>
        <translation>Pakete kommen durch: Er hat geantwortet, oder jemand hinter ihm.</translation>
    </message>
    <message>
        <source>The system names it as the way out; nobody behind it has answered yet.</source>
        <translation>Das System nennt ihn als Weg hinaus; hinter ihm hat noch niemand geantwortet.</translation>
    </message>
    <message>
        <source>Somebody you had not called came through: friends can start a call to you.</source>
        <translation>Jemand, den du nicht angerufen hattest, kam durch: Freunde können dich anrufen.</translation>
    </message>
    <message>
        <source>Your router or firewall drops what you did not ask for: you have to call first.</source>
        <translation>Dein Router oder deine Firewall verwirft, worum du nicht gebeten hast: Du musst zuerst anrufen.</translation>
    </message>
    <message>
        <source>The router says that it lets friends in; nobody has tried it yet.</source>
        <translation>Der Router sagt, dass er Freunde hereinlässt; versucht hat es noch niemand.</translation>
    </message>
    <message>
        <source>Nobody has tried to reach you this way yet.</source>
        <translation>Niemand hat bisher versucht, dich so zu erreichen.</translation>
    </message>
    <message>
        <source>Local network</source>
        <translation>Lokales Netz</translation>
    </message>
    <message>
        <source>Friends in your network were heard there; nothing leaves it.</source>
        <translation>Freunde in deinem Netz wurden dort gehört; nichts verlässt es.</translation>
    </message>
    <message>
        <source>Culvert listens for friends in your network; none was heard yet.</source>
        <translation>Culvert horcht nach Freunden in deinem Netz; gehört wurde noch keiner.</translation>
    </message>
    <message>
        <source>switched off</source>
        <comment>a way</comment>
        <translation>ausgeschaltet</translation>
    </message>
    <message>
        <source>Friends in your own network are not looked for.</source>
        <translation>Freunde im eigenen Netz werden nicht gesucht.</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>Your provider or router gives this computer no IPv6 address.</source>
        <translation>Dein Anbieter oder Router gibt diesem Computer keine IPv6-Adresse.</translation>
    </message>
    <message>
        <source>Somebody outside has answered over IPv6.</source>
        <translation>Jemand draußen hat über IPv6 geantwortet.</translation>
    </message>
    <message>
        <source>There is an IPv6 address; nobody has answered over it yet.</source>
        <translation>Es gibt eine IPv6-Adresse; geantwortet hat darüber noch niemand.</translation>
    </message>
    <message>
        <source>IPv4</source>
        <translation>IPv4</translation>
    </message>
    <message>
        <source>This computer has no IPv4 address.</source>
        <translation>Dieser Computer hat keine IPv4-Adresse.</translation>
    </message>
    <message>
        <source>Somebody outside has seen your packets.</source>
        <translation>Jemand draußen hat deine Pakete gesehen.</translation>
    </message>
    <message>
        <source>There is an IPv4 address; nobody outside has answered yet.</source>
        <translation>Es gibt eine IPv4-Adresse; draußen hat noch niemand geantwortet.</translation>
    </message>
    <message>
        <source>Only TCP gets through: this network drops UDP packets.</source>
        <translation>Nur TCP kommt durch: Dieses Netz verwirft UDP-Pakete.</translation>
    </message>
    <message>
        <source>TCP only</source>
        <comment>state of a lane in the picture of the network</comment>
        <translation>nur TCP</translation>
    </message>
    <message>
        <source>Tunnel</source>
        <comment>IPv6 inside UDP over IPv4</comment>
        <translation>Tunnel</translation>
    </message>
    <message>
        <source>A friend is connected by it: IPv6 packets inside IPv4 ones.</source>
        <translation>Ein Freund ist darüber verbunden: IPv6-Pakete in IPv4-Paketen.</translation>
    </message>
    <message>
        <source>A Teredo server has answered: IPv6 packets pass inside IPv4 ones.</source>
        <translation>Ein Teredo-Server hat geantwortet: IPv6-Pakete kommen in IPv4-Paketen durch.</translation>
    </message>
    <message>
        <source>IPv6 packets inside IPv4 ones; nobody has tried it yet.</source>
        <translation>IPv6-Pakete in IPv4-Paketen; versucht hat es noch niemand.</translation>
    </message>
    <message>
        <source>It could be used: IPv6 packets inside IPv4 ones. Nobody needs it now.</source>
        <translation>Er wäre zu gebrauchen: IPv6-Pakete in IPv4-Paketen. Gerade braucht ihn niemand.</translation>
    </message>
    <message>
        <source>IPv6 packets inside IPv4 ones don&apos;t get through here.</source>
        <translation>IPv6-Pakete in IPv4-Paketen kommen hier nicht durch.</translation>
    </message>
    <message>
        <source>Third parties</source>
        <translation>Dritte</translation>
    </message>
    <message>
        <source>none</source>
        <comment>third parties</comment>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Nobody hands over calls when both of you have new addresses.</source>
        <translation>Niemand vermittelt Anrufe, wenn ihr beide neue Adressen habt.</translation>
    </message>
    <message>
        <source>%1 of %2 answer</source>
        <comment>third parties</comment>
        <translation>%1 von %2 antworten</translation>
    </message>
    <message>
        <source>They hand over how to start a call, and never a message. %1 went through them since the start.</source>
        <translation>Sie vermitteln, wie ein Gespräch beginnt, und nie eine Nachricht. Seit dem Start gingen %1 durch sie.</translation>
    </message>
    <message>
        <source>Teredo servers</source>
        <translation>Teredo-Server</translation>
    </message>
    <message>
        <source>They tell how your router treats packets, and carry the first ones.</source>
        <translation>Sie sagen, wie dein Router mit Paketen umgeht, und tragen die ersten.</translation>
    </message>
    <message>
        <source>not needed</source>
        <comment>Teredo servers</comment>
        <translation>nicht nötig</translation>
    </message>
    <message>
        <source>%1 of %2 answer</source>
        <comment>Teredo servers</comment>
        <translation>%1 von %2 antworten</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <comment>contacts</comment>
        <translation>
            <numerusform>%n weiterer</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connected</source>
        <comment>contacts</comment>
        <translation>
            <numerusform>%n verbunden</numerusform>
            <numerusform>%n verbunden</numerusform>
        </translation>
    </message>
    <message>
        <source>The list in the main window shows all of them.</source>
        <translation>Die Liste im Hauptfenster zeigt alle.</translation>
    </message>
</context>
<context>
    <name>culvert::PictureWords</name>
    <message>
        <source>Culvert cannot read this as a picture.</source>
        <translation>Das kann Culvert nicht als Bild lesen.</translation>
    </message>
    <message>
        <source>This picture is too large.</source>
        <translation>Dieses Bild ist zu groß.</translation>
    </message>
</context>
<context>
    <name>culvert::ProblemBar</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>The file with your messages was damaged. What could be read was saved: %1, %2. The damaged file is kept as %3.</source>
        <translation>Die Datei mit deinen Nachrichten war beschädigt. Gerettet wurde, was lesbar war: %1, %2. Die beschädigte Datei bleibt als %3 erhalten.</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n Nachricht</numerusform>
            <numerusform>%n Nachrichten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact(s)</source>
        <translation>
            <numerusform>%n Kontakt</numerusform>
            <numerusform>%n Kontakte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) cannot be read and are not shown; nothing was deleted.</source>
        <translation>
            <numerusform>%n Nachricht ist nicht lesbar und wird nicht gezeigt; gelöscht wurde nichts.</numerusform>
            <numerusform>%n Nachrichten sind nicht lesbar und werden nicht gezeigt; gelöscht wurde nichts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact(s) cannot be read and are not shown; nothing was deleted.</source>
        <translation>
            <numerusform>%n Kontakt ist nicht lesbar und wird nicht gezeigt; gelöscht wurde nichts.</numerusform>
            <numerusform>%n Kontakte sind nicht lesbar und werden nicht gezeigt; gelöscht wurde nichts.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::ProtectDialog</name>
    <message>
        <source>Change the protection</source>
        <translation>Den Schutz ändern</translation>
    </message>
    <message>
        <source>What is to open your messages from now on?</source>
        <translation>Was soll deine Nachrichten von nun an öffnen?</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>The protection is changed</source>
        <translation>Der Schutz ist geändert</translation>
    </message>
</context>
<context>
    <name>culvert::ProtectionChoice</name>
    <message>
        <source>A &amp;passphrase</source>
        <translation>Eine &amp;Passphrase</translation>
    </message>
    <message>
        <source>The system&apos;s &amp;keyring</source>
        <translation>Der &amp;Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>Asking whether there is one …</source>
        <translation>Es wird gefragt, ob es einen gibt …</translation>
    </message>
    <message>
        <source>&amp;Nothing</source>
        <translation>&amp;Nichts</translation>
    </message>
    <message>
        <source>Anyone who can read the files of this computer can then read your messages and write in your name.</source>
        <translation>Wer die Dateien dieses Rechners lesen kann, kann dann deine Nachrichten lesen und in deinem Namen schreiben.</translation>
    </message>
    <message>
        <source>You type it at every start. Nobody can recover it, so keep it safe.</source>
        <translation>Du tippst sie bei jedem Start. Niemand kann sie wiederherstellen; verwahre sie gut.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Passphrase again</source>
        <translation>Passphrase noch einmal</translation>
    </message>
    <message>
        <source>It holds the key already.</source>
        <translation>Er hat den Schlüssel schon.</translation>
    </message>
    <message>
        <source>It opens by itself when you are logged in.</source>
        <translation>Er öffnet sich von selbst, wenn du angemeldet bist.</translation>
    </message>
    <message>
        <source>No keyring answers on this system.</source>
        <translation>Auf diesem System antwortet kein Schlüsselbund.</translation>
    </message>
    <message>
        <source>Type a passphrase, or choose another way.</source>
        <translation>Gib eine Passphrase ein, oder wähle einen anderen Weg.</translation>
    </message>
    <message>
        <source>The two passphrases differ. Type the same one twice.</source>
        <translation>Die beiden Passphrasen sind verschieden. Tippe zweimal dieselbe.</translation>
    </message>
</context>
<context>
    <name>culvert::QrReader</name>
    <message>
        <source>The file cannot be read.</source>
        <translation>Die Datei lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>The file is too large for a picture of a code.</source>
        <translation>Die Datei ist zu groß für das Bild eines Codes.</translation>
    </message>
    <message>
        <source>This is no picture that can be read. PNG and JPEG can.</source>
        <translation>Das ist kein Bild, das sich lesen lässt. Bei PNG und JPEG geht es.</translation>
    </message>
    <message>
        <source>The picture is too large. Cut out the code.</source>
        <translation>Das Bild ist zu groß. Schneide den Code aus.</translation>
    </message>
    <message>
        <source>The picture is damaged.</source>
        <translation>Das Bild ist beschädigt.</translation>
    </message>
</context>
<context>
    <name>culvert::QrView</name>
    <message>
        <source>QR code of your address</source>
        <translation>QR-Code deiner Adresse</translation>
    </message>
</context>
<context>
    <name>culvert::ReachabilityLine</name>
    <message>
        <source>Looking at your network …</source>
        <translation>Dein Netz wird angesehen …</translation>
    </message>
    <message>
        <source>Some tests are still running.</source>
        <translation>Einige Prüfungen laufen noch.</translation>
    </message>
</context>
<context>
    <name>culvert::ReportWording</name>
    <message>
        <source>Ways considered</source>
        <comment>card of the network report</comment>
        <translation>Erwogene Wege</translation>
    </message>
    <message>
        <source>Good</source>
        <comment>how bad a finding is</comment>
        <translation>Gut</translation>
    </message>
    <message>
        <source>Note</source>
        <comment>how bad a finding is</comment>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Warning</source>
        <comment>how bad a finding is</comment>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Problem</source>
        <comment>how bad a finding is</comment>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Address families</source>
        <comment>card of the network report</comment>
        <translation>Adressfamilien</translation>
    </message>
    <message>
        <source>Local network</source>
        <comment>card of the network report</comment>
        <translation>Lokales Netz</translation>
    </message>
    <message>
        <source>Port mapping</source>
        <comment>card of the network report</comment>
        <translation>Offener Port</translation>
    </message>
    <message>
        <source>NAT behaviour</source>
        <comment>card of the network report</comment>
        <translation>Verhalten des NAT</translation>
    </message>
    <message>
        <source>Firewall</source>
        <comment>card of the network report</comment>
        <translation>Firewall</translation>
    </message>
    <message>
        <source>Teredo</source>
        <comment>card of the network report</comment>
        <translation>Teredo</translation>
    </message>
    <message>
        <source>Third parties</source>
        <comment>card of the network report</comment>
        <translation>Dritte</translation>
    </message>
    <message>
        <source>Native IPv6</source>
        <translation>Natives IPv6</translation>
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
        <translation>6in4, ein Tunnelvermittler</translation>
    </message>
    <message>
        <source>The system&apos;s own Teredo</source>
        <translation>Das Teredo des Systems</translation>
    </message>
    <message>
        <source>Culvert&apos;s tunnel</source>
        <translation>Der Tunnel von Culvert</translation>
    </message>
    <message>
        <source>Usable</source>
        <comment>a way to reach peers</comment>
        <translation>Nutzbar</translation>
    </message>
    <message>
        <source>Not tested</source>
        <comment>a way to reach peers</comment>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>There, not usable</source>
        <comment>a way to reach peers</comment>
        <translation>Da, nicht nutzbar</translation>
    </message>
    <message>
        <source>Not usable</source>
        <comment>a way to reach peers</comment>
        <translation>Nicht nutzbar</translation>
    </message>
    <message>
        <source>Try again</source>
        <comment>button of a finding</comment>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Use another port</source>
        <comment>button of a finding</comment>
        <translation>Anderen Port nehmen</translation>
    </message>
    <message>
        <source>Add a third party …</source>
        <comment>button of a finding</comment>
        <translation>Dritten hinzufügen …</translation>
    </message>
    <message>
        <source>Add a Teredo server …</source>
        <comment>button of a finding</comment>
        <translation>Teredo-Server hinzufügen …</translation>
    </message>
    <message>
        <source>Switch it on</source>
        <comment>button of a finding</comment>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>Allow TCP</source>
        <comment>button of a finding</comment>
        <translation>TCP erlauben</translation>
    </message>
    <message>
        <source>not used</source>
        <comment>how a Teredo server does</comment>
        <translation>nicht benutzt</translation>
    </message>
    <message>
        <source>name not found</source>
        <comment>how a Teredo server does</comment>
        <translation>Name nicht gefunden</translation>
    </message>
    <message>
        <source>not asked</source>
        <comment>how a Teredo server does</comment>
        <translation>nicht gefragt</translation>
    </message>
    <message>
        <source>being asked</source>
        <comment>how a Teredo server does</comment>
        <translation>wird gefragt</translation>
    </message>
    <message>
        <source>answers</source>
        <comment>how a Teredo server does</comment>
        <translation>antwortet</translation>
    </message>
    <message>
        <source>in use</source>
        <comment>how a Teredo server does</comment>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>no answer</source>
        <comment>how a Teredo server does</comment>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>answers badly</source>
        <comment>how a Teredo server does</comment>
        <translation>antwortet schlecht</translation>
    </message>
    <message>
        <source>The network is gone.</source>
        <translation>Das Netz ist weg.</translation>
    </message>
    <message>
        <source>There is a network.</source>
        <translation>Es gibt ein Netz.</translation>
    </message>
    <message>
        <source>This computer got the address %1.</source>
        <translation>Dieser Computer bekam die Adresse %1.</translation>
    </message>
    <message>
        <source>This computer lost the address %1.</source>
        <translation>Dieser Computer verlor die Adresse %1.</translation>
    </message>
    <message>
        <source>Culvert uses port %1 from here on.</source>
        <translation>Culvert nimmt von hier an Port %1.</translation>
    </message>
    <message>
        <source>The router opened a port: %1.</source>
        <translation>Der Router hat einen Port geöffnet: %1.</translation>
    </message>
    <message>
        <source>Somebody came in through the router&apos;s open port %1.</source>
        <translation>Jemand kam durch den offenen Port %1 des Routers herein.</translation>
    </message>
    <message>
        <source>The router&apos;s open port %1 is gone.</source>
        <translation>Der offene Port %1 des Routers ist weg.</translation>
    </message>
    <message>
        <source>The router opened no port.</source>
        <translation>Der Router hat keinen Port geöffnet.</translation>
    </message>
    <message>
        <source>The router lets IPv6 packets in to %1 (pinhole).</source>
        <translation>Der Router lässt IPv6-Pakete zu %1 herein (Pinhole).</translation>
    </message>
    <message>
        <source>The router lets IPv6 packets in to %1 no longer (pinhole).</source>
        <translation>Der Router lässt IPv6-Pakete zu %1 nicht mehr herein (Pinhole).</translation>
    </message>
    <message>
        <source>From outside you look like %1.</source>
        <translation>Von außen erscheinst du als %1.</translation>
    </message>
    <message>
        <source>Friends can start a call to you over %1.</source>
        <translation>Freunde können dich über %1 anrufen.</translation>
    </message>
    <message>
        <source>Friends can&apos;t start a call to you over %1.</source>
        <translation>Freunde können dich über %1 nicht anrufen.</translation>
    </message>
    <message>
        <source>The third party %1 answers.</source>
        <translation>Der Dritte %1 antwortet.</translation>
    </message>
    <message>
        <source>The third party %1 doesn&apos;t answer any more.</source>
        <translation>Der Dritte %1 antwortet nicht mehr.</translation>
    </message>
    <message>
        <source>A Teredo server gave the tunnel an address: %1.</source>
        <translation>Ein Teredo-Server gab dem Tunnel eine Adresse: %1.</translation>
    </message>
    <message>
        <source>The tunnel&apos;s Teredo address is gone.</source>
        <translation>Die Teredo-Adresse des Tunnels ist weg.</translation>
    </message>
    <message>
        <source>The network lets no UDP packets through.</source>
        <translation>Das Netz lässt keine UDP-Pakete durch.</translation>
    </message>
    <message>
        <source>UDP packets get through.</source>
        <translation>UDP-Pakete kommen durch.</translation>
    </message>
    <message>
        <source>All tests are over.</source>
        <translation>Alle Prüfungen sind vorbei.</translation>
    </message>
</context>
<context>
    <name>culvert::RequestCard</name>
    <message>
        <source>They want to talk to you, and they have your address. Accept only if you know who this is.</source>
        <translation>Möchte mit dir sprechen und hat deine Adresse. Nimm nur an, wenn du weißt, wer das ist.</translation>
    </message>
    <message>
        <source>Waiting for them to accept. Your request reaches them as soon as both of you are online. %1</source>
        <translation>Die Annahme steht noch aus. Deine Anfrage kommt an, sobald ihr beide online seid. %1</translation>
    </message>
    <message>
        <source>They are blocked: nothing from them is shown or answered. Remove them to forget them altogether.</source>
        <translation>Ist blockiert: nichts davon wird gezeigt oder beantwortet. Entferne den Kontakt, um ihn ganz zu vergessen.</translation>
    </message>
    <message>
        <source>Safety number; theirs must be the same</source>
        <translation>Sicherheitsnummer; beide müssen dieselbe haben</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Block …</source>
        <translation>Blockieren …</translation>
    </message>
    <message>
        <source>Remove …</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>“%1”</source>
        <comment>what they wrote with their request</comment>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>Your request has reached them. You can write as soon as they accept it.</source>
        <translation>Deine Anfrage ist angekommen. Sobald sie angenommen ist, kannst du schreiben.</translation>
    </message>
</context>
<context>
    <name>culvert::RingRow</name>
    <message>
        <source>Ask a contact to ring me …</source>
        <translation>Bei mir klingeln lassen …</translation>
    </message>
    <message>
        <source>Do strangers get in? A contact sends one packet, from a port that you never wrote to.</source>
        <translation>Kommen Fremde herein? Ein Kontakt sendet ein Paket, von einem Port, an den du nie geschrieben hast.</translation>
    </message>
    <message>
        <source>A contact is being asked.</source>
        <translation>Ein Kontakt wird gerade gefragt.</translation>
    </message>
    <message>
        <source>Nobody is connected whose Culvert is new enough to ring.</source>
        <translation>Niemand ist verbunden, dessen Culvert neu genug zum Klingeln ist.</translation>
    </message>
    <message>
        <source>No contact is connected who could ring you.</source>
        <translation>Kein Kontakt ist verbunden, der bei dir klingeln könnte.</translation>
    </message>
    <message>
        <source>%1 was asked to ring you</source>
        <translation>%1 wurde gebeten, bei dir zu klingeln</translation>
    </message>
</context>
<context>
    <name>culvert::SearchField</name>
    <message>
        <source>Empty the search field</source>
        <translation>Suchfeld leeren</translation>
    </message>
</context>
<context>
    <name>culvert::SearchResults</name>
    <message>
        <source>In the conversation with %1: %2</source>
        <translation>In der Unterhaltung mit %1: %2</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Messages that were found</source>
        <translation>Gefundene Nachrichten</translation>
    </message>
    <message>
        <source>No message has words that begin so.</source>
        <translation>Keine Nachricht hat Wörter, die so beginnen.</translation>
    </message>
    <message numerus="yes">
        <source>The newest %n message(s) are shown. Type more to find older ones.</source>
        <translation>
            <numerusform>Gezeigt wird die neueste Nachricht. Tippe mehr, um ältere zu finden.</numerusform>
            <numerusform>Gezeigt werden die neuesten %n Nachrichten. Tippe mehr, um ältere zu finden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>culvert::ServerLists</name>
    <message>
        <source>Key %1 …</source>
        <comment>the beginning of a third party&apos;s key</comment>
        <translation>Schlüssel %1 …</translation>
    </message>
    <message>
        <source>no answer</source>
        <comment>a third party</comment>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>answers, %1</source>
        <comment>a third party; a round trip</comment>
        <translation>antwortet, %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>state of a server; a round trip</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Address string of a third party</source>
        <translation>Adresse eines Dritten</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>There is none. You can still be reached where your network lets friends in.</source>
        <translation>Es gibt keine. Erreichbar bist du trotzdem, wo dein Netz Freunde hereinlässt.</translation>
    </message>
    <message>
        <source>Your third parties</source>
        <translation>Deine Dritten</translation>
    </message>
    <message>
        <source>A friend or a server of your own that both of you can reach. It hands over how to start a call, and never a message. Of those that answer as quickly, the upper ones are asked first.</source>
        <translation>Ein Freund oder ein eigener Server, den ihr beide erreicht. Er übergibt, wie ein Anruf beginnt, und nie eine Nachricht. Von denen, die gleich schnell antworten, werden die oberen zuerst gefragt.</translation>
    </message>
    <message>
        <source>Host name or IPv4 address</source>
        <translation>Rechnername oder IPv4-Adresse</translation>
    </message>
    <message>
        <source>There is none.</source>
        <translation>Es gibt keinen.</translation>
    </message>
    <message>
        <source>Your Teredo servers</source>
        <translation>Deine Teredo-Server</translation>
    </message>
    <message>
        <source>They tell how your router treats packets, and let friends ring you. Culvert asks the one first that has answered best.</source>
        <translation>Sie sagen, wie dein Router mit Paketen umgeht, und lassen Freunde bei dir klingeln. Culvert fragt zuerst den, der bisher am besten geantwortet hat.</translation>
    </message>
</context>
<context>
    <name>culvert::SettingCatalog</name>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Mitteilungen</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Everything can be done with the keyboard.</source>
        <translation>Alles geht auch mit der Tastatur.</translation>
    </message>
    <message>
        <source>keys</source>
        <translation>Tasten Kürzel</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Messages from computer to computer, with nobody between.</source>
        <translation>Nachrichten von Rechner zu Rechner, mit niemandem dazwischen.</translation>
    </message>
    <message>
        <source>My name</source>
        <translation>Mein Name</translation>
    </message>
    <message>
        <source>How new friends see you at first. Who knows you already keeps the name they have.</source>
        <translation>Wie neue Freunde dich zuerst sehen. Wer dich schon kennt, behält den Namen, den er hat.</translation>
    </message>
    <message>
        <source>My address</source>
        <translation>Meine Adresse</translation>
    </message>
    <message>
        <source>Friends add you with it. It holds the way to you of this moment.</source>
        <translation>Damit fügen Freunde dich hinzu. Sie enthält den Weg zu dir in diesem Moment.</translation>
    </message>
    <message>
        <source>share copy QR code link</source>
        <translation>teilen weitergeben kopieren QR-Code Link</translation>
    </message>
    <message>
        <source>Invitations</source>
        <translation>Einladungen</translation>
    </message>
    <message>
        <source>An address for one person or place. Revoke it, and strangers who hold it can no longer ask; friends stay friends.</source>
        <translation>Eine Adresse für eine Person oder einen Ort. Widerrufe sie, und Fremde, die sie haben, können nicht mehr anfragen; Freunde bleiben Freunde.</translation>
    </message>
    <message>
        <source>token spam revoke</source>
        <translation>Token Spam widerrufen</translation>
    </message>
    <message>
        <source>Find friends on the local network</source>
        <translation>Freunde im lokalen Netz finden</translation>
    </message>
    <message>
        <source>Without internet, router or a current address. Others see that Culvert is used here, and not by whom.</source>
        <translation>Ohne Internet, Router oder aktuelle Adresse. Andere sehen, dass hier Culvert benutzt wird, und nicht, von wem.</translation>
    </message>
    <message>
        <source>LAN beacon discovery</source>
        <translation>LAN finden WLAN</translation>
    </message>
    <message>
        <source>Use foreign Teredo relays</source>
        <translation>Fremde Teredo-Relays benutzen</translation>
    </message>
    <message>
        <source>Where that is the better way. Whoever runs the relay sees who talks to whom and when, and nothing of what is said.</source>
        <translation>Wo das der bessere Weg ist. Wer das Relay betreibt, sieht, wer wann mit wem spricht, und nichts von dem, was gesagt wird.</translation>
    </message>
    <message>
        <source>IP ordinary route</source>
        <translation>IP gewöhnliche Route</translation>
    </message>
    <message>
        <source>Who can reach you</source>
        <translation>Wer dich erreicht</translation>
    </message>
    <message>
        <source>What your network does, port mapping included, and what would help.</source>
        <translation>Was dein Netz tut, auch die Portweiterleitung, und was helfen würde.</translation>
    </message>
    <message>
        <source>NAT firewall port router mapping diagnostics</source>
        <translation>NAT Firewall Port Router Weiterleitung Diagnose</translation>
    </message>
    <message>
        <source>TCP where UDP does not get through</source>
        <translation>TCP, wo UDP nicht durchkommt</translation>
    </message>
    <message>
        <source>Some networks let only TCP pass. Messages may take longer there.</source>
        <translation>Manche Netze lassen nur TCP durch. Nachrichten brauchen dort vielleicht länger.</translation>
    </message>
    <message>
        <source>Search for friends behind difficult routers</source>
        <translation>Freunde hinter schwierigen Routern suchen</translation>
    </message>
    <message>
        <source>Tries hundreds of ports for some seconds. Behind a provider&apos;s router, which many share, only if you say so.</source>
        <translation>Probiert einige Sekunden lang Hunderte Ports. Hinter dem Router eines Anbieters, den sich viele teilen, nur, wenn du es sagst.</translation>
    </message>
    <message>
        <source>symmetric NAT hole punching</source>
        <translation>symmetrisches NAT Router</translation>
    </message>
    <message>
        <source>Third parties</source>
        <translation>Dritte</translation>
    </message>
    <message>
        <source>rendezvous</source>
        <translation>Rendezvous</translation>
    </message>
    <message>
        <source>Teredo servers</source>
        <translation>Teredo-Server</translation>
    </message>
    <message>
        <source>They tell how your router behaves, and ring friends who cannot hear you. The most reliable one is used.</source>
        <translation>Sie sagen, wie dein Router sich verhält, und klingeln bei Freunden, die dich nicht hören. Der zuverlässigste wird benutzt.</translation>
    </message>
    <message>
        <source>doorbell</source>
        <translation>Türklingel</translation>
    </message>
    <message>
        <source>Notify me of messages</source>
        <translation>Nachrichten melden</translation>
    </message>
    <message>
        <source>While you look elsewhere. Requests of strangers are told as well.</source>
        <translation>Während du woanders hinsiehst. Auch Anfragen von Fremden werden gemeldet.</translation>
    </message>
    <message>
        <source>sound alert popup</source>
        <translation>Meldung Hinweis Benachrichtigung</translation>
    </message>
    <message>
        <source>A notification shows</source>
        <translation>Eine Mitteilung zeigt</translation>
    </message>
    <message>
        <source>What others may read over your shoulder.</source>
        <translation>Was andere über deine Schulter lesen können.</translation>
    </message>
    <message>
        <source>hide text privacy preview</source>
        <translation>verbergen Text Vorschau</translation>
    </message>
    <message>
        <source>Icon beside the clock</source>
        <translation>Symbol neben der Uhr</translation>
    </message>
    <message>
        <source>It tells whether something is unread.</source>
        <translation>Es zeigt, ob etwas ungelesen ist.</translation>
    </message>
    <message>
        <source>tray</source>
        <translation>Infobereich Kontrollleiste</translation>
    </message>
    <message>
        <source>Stay reachable when the window is closed</source>
        <translation>Erreichbar bleiben, wenn das Fenster zu ist</translation>
    </message>
    <message>
        <source>The icon beside the clock brings it back.</source>
        <translation>Das Symbol neben der Uhr holt es zurück.</translation>
    </message>
    <message>
        <source>tray background quit</source>
        <translation>Hintergrund beenden schließen</translation>
    </message>
    <message>
        <source>Start when I log in</source>
        <translation>Beim Anmelden starten</translation>
    </message>
    <message>
        <source>Friends can reach you without your thinking of it.</source>
        <translation>Freunde erreichen dich, ohne dass du daran denken musst.</translation>
    </message>
    <message>
        <source>login autostart boot</source>
        <translation>Anmeldung Autostart</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>The colours of the window.</source>
        <translation>Wie das Fenster gefärbt ist.</translation>
    </message>
    <message>
        <source>dark light night high contrast colors</source>
        <translation>dunkel hell Nacht Kontrast Thema Design</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>Everything that holds text grows with it.</source>
        <translation>Alles, worin Text steht, wächst mit.</translation>
    </message>
    <message>
        <source>font zoom scale large small</source>
        <translation>Schrift Zoom groß klein</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>How much room each conversation has in the list.</source>
        <translation>Wie viel Platz jedes Gespräch in der Liste hat.</translation>
    </message>
    <message>
        <source>compact comfortable spacing</source>
        <translation>kompakt Abstand</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Dates and numbers follow it.</source>
        <translation>Datum und Zahlen richten sich danach.</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Whether things slide and fade, or are just there.</source>
        <translation>Ob Dinge gleiten und überblenden oder einfach da sind.</translation>
    </message>
    <message>
        <source>animation reduce</source>
        <translation>Animation verringern</translation>
    </message>
    <message>
        <source>Read receipts</source>
        <translation>Lesebestätigungen</translation>
    </message>
    <message>
        <source>Friends see which of their messages you have read, and you see which of yours they have.</source>
        <translation>Freunde sehen, welche ihrer Nachrichten du gelesen hast, und du siehst, welche von deinen sie gelesen haben.</translation>
    </message>
    <message>
        <source>seen ticks</source>
        <translation>gelesen Häkchen</translation>
    </message>
    <message>
        <source>Show that you are writing</source>
        <translation>Zeigen, dass du schreibst</translation>
    </message>
    <message>
        <source>Friends see it while you write to them.</source>
        <translation>Freunde sehen es, während du ihnen schreibst.</translation>
    </message>
    <message>
        <source>typing hint</source>
        <translation>tippen Hinweis</translation>
    </message>
    <message>
        <source>Friends may help friends find each other</source>
        <translation>Freunde dürfen Freunden helfen, einander zu finden</translation>
    </message>
    <message>
        <source>Contacts who know each other hand over calls, never messages. They see who of them take part.</source>
        <translation>Kontakte, die einander kennen, reichen Anrufe weiter, nie Nachrichten. Sie sehen, wer von ihnen mitmacht.</translation>
    </message>
    <message>
        <source>courier handoff introduce</source>
        <translation>Kurier Übergabe vorstellen</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>What is stored</source>
        <translation>Was gespeichert ist</translation>
    </message>
    <message>
        <source>All of it is on this computer alone.</source>
        <translation>Alles davon liegt nur auf diesem Rechner.</translation>
    </message>
    <message>
        <source>size disk space database</source>
        <translation>Größe Platz Festplatte Datenbank</translation>
    </message>
    <message>
        <source>Check everything that is stored</source>
        <translation>Alles Gespeicherte prüfen</translation>
    </message>
    <message>
        <source>Reads each message once, which takes some seconds for a hundred thousand.</source>
        <translation>Liest jede Nachricht einmal; bei hunderttausend dauert das einige Sekunden.</translation>
    </message>
    <message>
        <source>verify damage repair</source>
        <translation>prüfen Schaden reparieren</translation>
    </message>
    <message>
        <source>Give room back to the disk</source>
        <translation>Platz freigeben</translation>
    </message>
    <message>
        <source>What removed messages took. Messages wait meanwhile.</source>
        <translation>Was gelöschte Nachrichten belegten. Nachrichten warten so lange.</translation>
    </message>
    <message>
        <source>compact vacuum clean</source>
        <translation>aufräumen verkleinern komprimieren</translation>
    </message>
    <message>
        <source>Export the profile</source>
        <translation>Das Profil exportieren</translation>
    </message>
    <message>
        <source>Everything in one encrypted file, as a copy or for another computer.</source>
        <translation>Alles in einer verschlüsselten Datei, als Kopie oder für einen anderen Rechner.</translation>
    </message>
    <message>
        <source>backup move save</source>
        <translation>Sicherung Backup Umzug</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>Schutz</translation>
    </message>
    <message>
        <source>What opens your messages: a passphrase, the system&apos;s keyring, or nothing.</source>
        <translation>Was deine Nachrichten öffnet: eine Passphrase, der Schlüsselbund des Systems oder nichts.</translation>
    </message>
    <message>
        <source>password passphrase keyring encryption</source>
        <translation>Passwort Kennwort Passphrase Schlüsselbund Verschlüsselung</translation>
    </message>
    <message>
        <source>Delete the profile</source>
        <translation>Das Profil löschen</translation>
    </message>
    <message>
        <source>Keys, contacts and messages, for good.</source>
        <translation>Schlüssel, Kontakte und Nachrichten, endgültig.</translation>
    </message>
    <message>
        <source>erase remove reset</source>
        <translation>entfernen zurücksetzen</translation>
    </message>
    <message>
        <source>My picture</source>
        <translation>Mein Bild</translation>
    </message>
    <message>
        <source>Friends whom you accepted see it, and nobody else.</source>
        <translation>Freunde, die du angenommen hast, sehen es, und sonst niemand.</translation>
    </message>
    <message>
        <source>photo avatar image face</source>
        <translation>Foto Avatar Gesicht Profilbild</translation>
    </message>
    <message>
        <source>Friends&apos; computers that hand over a call when an address is out of date. They never carry a message. Of those that answer as quickly, the upper ones are asked first.</source>
        <translation>Rechner von Freunden, die einen Anruf übergeben, wenn eine Adresse veraltet ist. Nachrichten tragen sie nie. Von denen, die gleich schnell antworten, werden die oberen zuerst gefragt.</translation>
    </message>
</context>
<context>
    <name>culvert::SettingControls</name>
    <message>
        <source>Name and text</source>
        <translation>Name und Text</translation>
    </message>
    <message>
        <source>Name only</source>
        <translation>Nur den Namen</translation>
    </message>
    <message>
        <source>Neither</source>
        <translation>Keins von beiden</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>Bequem</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Kompakt</translation>
    </message>
    <message>
        <source>On</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>size of text in per cent</comment>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Share …</source>
        <translation>Weitergeben …</translation>
    </message>
    <message>
        <source>Show …</source>
        <translation>Zeigen …</translation>
    </message>
    <message>
        <source>There is none.</source>
        <translation>Es gibt keinen.</translation>
    </message>
    <message>
        <source>Whom or what it is for</source>
        <translation>Für wen oder was sie ist</translation>
    </message>
    <message>
        <source>New invitation</source>
        <translation>Neue Einladung</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Widerrufen</translation>
    </message>
    <message>
        <source>Copy its address</source>
        <translation>Ihre Adresse kopieren</translation>
    </message>
    <message>
        <source>The new address is copied</source>
        <translation>Die neue Adresse ist kopiert</translation>
    </message>
    <message>
        <source>The address is copied</source>
        <translation>Die Adresse ist kopiert</translation>
    </message>
    <message>
        <source>somebody who is no contact</source>
        <translation>jemand, der kein Kontakt ist</translation>
    </message>
    <message>
        <source>My address</source>
        <translation>Meine Adresse</translation>
    </message>
    <message>
        <source>Without a label</source>
        <comment>an invitation</comment>
        <translation>Ohne Beschriftung</translation>
    </message>
    <message>
        <source>made on %1</source>
        <comment>a date</comment>
        <translation>vom %1</translation>
    </message>
    <message>
        <source>nobody used it</source>
        <translation>niemand hat sie benutzt</translation>
    </message>
    <message>
        <source>used by %1</source>
        <translation>benutzt von %1</translation>
    </message>
    <message>
        <source>%1, %2, %3 on the disk.</source>
        <translation>%1, %2, %3 auf der Festplatte.</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n Nachricht</numerusform>
            <numerusform>%n Nachrichten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact(s)</source>
        <translation>
            <numerusform>%n Kontakt</numerusform>
            <numerusform>%n Kontakte</numerusform>
        </translation>
    </message>
    <message>
        <source>Older and damaged copies take another %1.</source>
        <translation>Ältere und beschädigte Kopien belegen weitere %1.</translation>
    </message>
    <message>
        <source>All is well: %1 and %2 can be read.</source>
        <translation>Alles in Ordnung: %1 und %2 sind lesbar.</translation>
    </message>
    <message>
        <source>The file was damaged. What could be read is in a new one, and the old one is kept.</source>
        <translation>Die Datei war beschädigt. Was lesbar war, ist in einer neuen; die alte bleibt erhalten.</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) cannot be read.</source>
        <translation>
            <numerusform>%n Nachricht ist nicht lesbar.</numerusform>
            <numerusform>%n Nachrichten sind nicht lesbar.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact(s) cannot be read.</source>
        <translation>
            <numerusform>%n Kontakt ist nicht lesbar.</numerusform>
            <numerusform>%n Kontakte sind nicht lesbar.</numerusform>
        </translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Tidy up</source>
        <translation>Aufräumen</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Change …</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Delete …</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Reading everything …</source>
        <translation>Alles wird gelesen …</translation>
    </message>
    <message>
        <source>Tidying up …</source>
        <translation>Es wird aufgeräumt …</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>Erledigt.</translation>
    </message>
</context>
<context>
    <name>culvert::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Pages of settings</source>
        <translation>Seiten der Einstellungen</translation>
    </message>
    <message>
        <source>No setting matches.</source>
        <translation>Keine Einstellung passt.</translation>
    </message>
</context>
<context>
    <name>culvert::ShareDialog</name>
    <message>
        <source>Share my address</source>
        <translation>Meine Adresse weitergeben</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>culvert::SharePanel</name>
    <message>
        <source>Copy address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Your address</source>
        <translation>Deine Adresse</translation>
    </message>
    <message>
        <source>Your address is being put together …</source>
        <translation>Deine Adresse entsteht …</translation>
    </message>
    <message>
        <source>Send this to a friend, over any channel. When they add it in their Culvert, you will be asked to accept.</source>
        <translation>Schick dies auf beliebigem Weg an Freunde. Fügen sie es in ihrem Culvert hinzu, wirst du gefragt, ob du annimmst.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Your address has changed since you copied it. Copy it again, and send that.</source>
        <translation>Deine Adresse hat sich geändert, seit du sie kopiert hast. Kopiere sie noch einmal, und verschicke diese.</translation>
    </message>
</context>
<context>
    <name>culvert::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>culvert::Sidebar</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>No contact has such a name.</source>
        <translation>Kein Kontakt heißt so.</translation>
    </message>
    <message>
        <source>Network: who can reach you</source>
        <translation>Netz: wer dich erreichen kann</translation>
    </message>
    <message>
        <source>Add a contact</source>
        <translation>Kontakt hinzufügen</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Gespräche</translation>
    </message>
    <message>
        <source>Search with %1</source>
        <translation>Suchen bei %1</translation>
    </message>
    <message>
        <source>Search the conversation with %1</source>
        <translation>Die Unterhaltung mit %1 durchsuchen</translation>
    </message>
    <message>
        <source>Search contacts and messages</source>
        <translation>Kontakte und Nachrichten durchsuchen</translation>
    </message>
</context>
<context>
    <name>culvert::Sparkline</name>
    <message>
        <source>Round trip over time</source>
        <translation>Laufzeit im Verlauf</translation>
    </message>
    <message>
        <source>Nothing was measured yet.</source>
        <translation>Noch wurde nichts gemessen.</translation>
    </message>
    <message>
        <source>nothing was lost</source>
        <translation>nichts ging verloren</translation>
    </message>
    <message>
        <source>%1 of %2 probes were lost</source>
        <translation>%1 von %2 Proben gingen verloren</translation>
    </message>
    <message numerus="yes">
        <source>Last %n minutes</source>
        <comment>length of time</comment>
        <translation>
            <numerusform>Letzte Minute</numerusform>
            <numerusform>Letzte %n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Last %n seconds</source>
        <comment>length of time</comment>
        <translation>
            <numerusform>Letzte Sekunde</numerusform>
            <numerusform>Letzte %n Sekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: round trips of %2 to %3, %4.</source>
        <comment>span, shortest, longest, what was lost</comment>
        <translation>%1: Laufzeiten von %2 bis %3, %4.</translation>
    </message>
</context>
<context>
    <name>culvert::StorageDialog</name>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>The passphrase that opens it now</source>
        <translation>Die Passphrase, die es jetzt öffnet</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>No keyring answers on this system.</source>
        <translation>Auf diesem System antwortet kein Schlüsselbund.</translation>
    </message>
</context>
<context>
    <name>culvert::TrayIcon</name>
    <message>
        <source>&amp;Open Culvert</source>
        <translation>Culvert &amp;öffnen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message numerus="yes">
        <source>Culvert: %n unread message(s)</source>
        <translation>
            <numerusform>Culvert: %n ungelesene Nachricht</numerusform>
            <numerusform>Culvert: %n ungelesene Nachrichten</numerusform>
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
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Welcome back</source>
        <translation>Willkommen zurück</translation>
    </message>
    <message>
        <source>Opening your messages</source>
        <translation>Deine Nachrichten werden geöffnet</translation>
    </message>
    <message>
        <source>Type your passphrase to open your messages.</source>
        <translation>Tippe deine Passphrase, um deine Nachrichten zu öffnen.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring holds the key. It may ask you for its own password.</source>
        <translation>Der Schlüsselbund des Systems hält den Schlüssel. Vielleicht fragt er nach seinem eigenen Passwort.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Type your passphrase.</source>
        <translation>Tippe deine Passphrase.</translation>
    </message>
    <message>
        <source>No keyring answers on this system, and the key of your messages is in one.</source>
        <translation>Auf diesem System antwortet kein Schlüsselbund, und in einem liegt der Schlüssel deiner Nachrichten.</translation>
    </message>
    <message>
        <source>This passphrase does not open your messages. Check Caps Lock and try again.</source>
        <translation>Diese Passphrase öffnet deine Nachrichten nicht. Prüfe die Feststelltaste und versuche es noch einmal.</translation>
    </message>
    <message>
        <source>Opening …</source>
        <translation>Wird geöffnet …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
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
        <translation>&amp;Kontakt</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>C&amp;onnection</source>
        <translation>&amp;Verbindung</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Add contact …</source>
        <translation>Kontakt &amp;hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Share my address …</source>
        <translation>Meine Adresse &amp;weitergeben …</translation>
    </message>
    <message>
        <source>&amp;Copy my address</source>
        <translation>Meine Adresse &amp;kopieren</translation>
    </message>
    <message>
        <source>S&amp;ettings …</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Details and connection …</source>
        <translation>&amp;Einzelheiten und Verbindung …</translation>
    </message>
    <message>
        <source>&amp;Block …</source>
        <translation>&amp;Blockieren …</translation>
    </message>
    <message>
        <source>&amp;Remove …</source>
        <translation>Ent&amp;fernen …</translation>
    </message>
    <message>
        <source>&amp;Jump to …</source>
        <translation>&amp;Springen zu …</translation>
    </message>
    <message>
        <source>&amp;Next conversation</source>
        <translation>&amp;Nächstes Gespräch</translation>
    </message>
    <message>
        <source>&amp;Previous conversation</source>
        <translation>&amp;Voriges Gespräch</translation>
    </message>
    <message>
        <source>&amp;Close conversation or search</source>
        <translation>Gespräch oder Suche s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Retry connections</source>
        <translation>Verbindungen &amp;neu versuchen</translation>
    </message>
    <message>
        <source>&amp;Network …</source>
        <translation>Ne&amp;tz …</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;About Culvert</source>
        <translation>&amp;Über Culvert</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>Die Nachricht senden</translation>
    </message>
    <message>
        <source>Begin a new line in the message</source>
        <translation>In der Nachricht eine neue Zeile beginnen</translation>
    </message>
    <message>
        <source>Go to the next control</source>
        <translation>Zum nächsten Bedienelement</translation>
    </message>
    <message>
        <source>Move in a list</source>
        <translation>In einer Liste gehen</translation>
    </message>
    <message>
        <source>Open a menu</source>
        <translation>Ein Menü öffnen</translation>
    </message>
    <message>
        <source>Alt and the underlined letter</source>
        <translation>Alt und der unterstrichene Buchstabe</translation>
    </message>
    <message>
        <source>Close what is on top</source>
        <translation>Schließen, was oben ist</translation>
    </message>
    <message>
        <source>&amp;Message</source>
        <translation>&amp;Nachricht</translation>
    </message>
    <message>
        <source>&amp;Mute …</source>
        <translation>&amp;Stummschalten …</translation>
    </message>
    <message>
        <source>D&amp;isappearing messages …</source>
        <translation>&amp;Verschwindende Nachrichten …</translation>
    </message>
    <message>
        <source>&amp;Reply</source>
        <translation>&amp;Antworten</translation>
    </message>
    <message>
        <source>Re&amp;act …</source>
        <translation>&amp;Reagieren …</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Delete …</source>
        <translation>&amp;Löschen …</translation>
    </message>
    <message>
        <source>&amp;Insert emoji …</source>
        <translation>&amp;Emoji einfügen …</translation>
    </message>
    <message>
        <source>&amp;Jump to the newest message</source>
        <translation>Zur &amp;neuesten Nachricht springen</translation>
    </message>
    <message>
        <source>Edit the last message, where nothing is typed</source>
        <translation>Die letzte Nachricht bearbeiten, wenn nichts getippt ist</translation>
    </message>
    <message>
        <source>Reply to the chosen message</source>
        <translation>Auf die gewählte Nachricht antworten</translation>
    </message>
    <message>
        <source>React to the chosen message</source>
        <translation>Auf die gewählte Nachricht reagieren</translation>
    </message>
    <message>
        <source>Edit the chosen message</source>
        <translation>Die gewählte Nachricht bearbeiten</translation>
    </message>
    <message>
        <source>Delete the chosen message</source>
        <translation>Die gewählte Nachricht löschen</translation>
    </message>
    <message>
        <source>Jump to the newest message</source>
        <translation>Zur neuesten Nachricht springen</translation>
    </message>
    <message>
        <source>&amp;Search contacts and messages</source>
        <translation>Kontakte und Nachrichten s&amp;uchen</translation>
    </message>
    <message>
        <source>&amp;Find in this conversation</source>
        <translation>In dieser Unterhaltung &amp;finden</translation>
    </message>
</context>
<context>
    <name>culvert::Wording</name>
    <message>
        <source>Direct, IPv6</source>
        <comment>badge</comment>
        <translation>Direkt, IPv6</translation>
    </message>
    <message>
        <source>Direct, IPv4</source>
        <comment>badge</comment>
        <translation>Direkt, IPv4</translation>
    </message>
    <message>
        <source>Tunnel</source>
        <comment>badge: IPv6 inside UDP over IPv4</comment>
        <translation>Tunnel</translation>
    </message>
    <message>
        <source>Same network</source>
        <comment>badge</comment>
        <translation>Selbes Netz</translation>
    </message>
    <message>
        <source>Connecting</source>
        <comment>badge</comment>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>Can&apos;t connect</source>
        <comment>badge</comment>
        <translation>Keine Verbindung</translation>
    </message>
    <message>
        <source>You are connected directly, over IPv6 from end to end.</source>
        <translation>Ihr seid direkt verbunden, über IPv6 von Ende zu Ende.</translation>
    </message>
    <message>
        <source>You are connected directly, over IPv4 through a forwarded port.</source>
        <translation>Ihr seid direkt verbunden, über IPv4 durch einen freigegebenen Port.</translation>
    </message>
    <message>
        <source>You are connected directly, over IPv4 through a hole that both sides opened.</source>
        <translation>Ihr seid direkt verbunden, über IPv4 durch eine Öffnung, die beide Seiten gemacht haben.</translation>
    </message>
    <message>
        <source>You are connected directly, with IPv6 packets inside IPv4 (Teredo).</source>
        <translation>Ihr seid direkt verbunden, mit IPv6-Paketen in IPv4 (Teredo).</translation>
    </message>
    <message>
        <source>You are both in the same network; nothing leaves it.</source>
        <translation>Ihr seid im selben Netz; nichts verlässt es.</translation>
    </message>
    <message>
        <source>Every known address of theirs is being tried.</source>
        <translation>Jede bekannte Adresse dieses Kontakts wird versucht.</translation>
    </message>
    <message>
        <source>No connection was tried yet.</source>
        <translation>Noch wurde keine Verbindung versucht.</translation>
    </message>
    <message>
        <source>none</source>
        <comment>kind of path</comment>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Same network</source>
        <translation>Selbes Netz</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>IPv4, forwarded port</source>
        <translation>IPv4, freigegebener Port</translation>
    </message>
    <message>
        <source>Teredo tunnel</source>
        <translation>Teredo-Tunnel</translation>
    </message>
    <message>
        <source>IPv4, opened by both</source>
        <translation>IPv4, beide geöffnet</translation>
    </message>
    <message>
        <source>online, %1 away</source>
        <translation>online, %1 entfernt</translation>
    </message>
    <message>
        <source>online</source>
        <translation>online</translation>
    </message>
    <message>
        <source>not connected yet</source>
        <translation>noch nicht verbunden</translation>
    </message>
    <message>
        <source>connecting …</source>
        <translation>verbindet …</translation>
    </message>
    <message>
        <source>their address is missing</source>
        <translation>die Adresse fehlt</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>this computer has no network</source>
        <translation>dieser Rechner hat kein Netz</translation>
    </message>
    <message>
        <source>No address of theirs is known. Ask them for a fresh address and add it again.</source>
        <translation>Keine Adresse dieses Kontakts ist bekannt. Bitte um eine frische Adresse und füge sie noch einmal hinzu.</translation>
    </message>
    <message>
        <source>They do not answer: they are offline, or their address changed. If they are online, ask them for a fresh address.</source>
        <translation>Keine Antwort: der Kontakt ist offline, oder die Adresse hat sich geändert. Ist er online, bitte um eine frische Adresse.</translation>
    </message>
    <message>
        <source>This computer has no network. Connect it to one.</source>
        <translation>Dieser Rechner hat kein Netz. Verbinde ihn mit einem.</translation>
    </message>
    <message>
        <source>their computer has not confirmed it yet.</source>
        <comment>Waiting to deliver, because …</comment>
        <translation>die Gegenstelle hat sie noch nicht bestätigt.</translation>
    </message>
    <message>
        <source>no connection was tried yet.</source>
        <comment>Waiting to deliver, because …</comment>
        <translation>noch wurde keine Verbindung versucht.</translation>
    </message>
    <message>
        <source>a connection is being made.</source>
        <comment>Waiting to deliver, because …</comment>
        <translation>eine Verbindung wird aufgebaut.</translation>
    </message>
    <message>
        <source>no address of theirs is known.</source>
        <comment>Waiting to deliver, because …</comment>
        <translation>keine Adresse des Kontakts ist bekannt.</translation>
    </message>
    <message>
        <source>they do not answer.</source>
        <comment>Waiting to deliver, because …</comment>
        <translation>der Kontakt antwortet nicht.</translation>
    </message>
    <message>
        <source>your network and theirs let no connection through.</source>
        <comment>Waiting to deliver, because …</comment>
        <translation>dein Netz und das andere lassen keine Verbindung zu.</translation>
    </message>
    <message>
        <source>this computer has no network.</source>
        <comment>Waiting to deliver, because …</comment>
        <translation>dieser Rechner hat kein Netz.</translation>
    </message>
    <message>
        <source>waiting</source>
        <comment>state of a message</comment>
        <translation>wartet</translation>
    </message>
    <message>
        <source>sent</source>
        <comment>state of a message</comment>
        <translation>gesendet</translation>
    </message>
    <message>
        <source>delivered</source>
        <comment>state of a message</comment>
        <translation>zugestellt</translation>
    </message>
    <message>
        <source>read</source>
        <comment>state of a message</comment>
        <translation>gelesen</translation>
    </message>
    <message>
        <source>not delivered: you removed or blocked this contact</source>
        <translation>nicht zugestellt: du hast diesen Kontakt entfernt oder blockiert</translation>
    </message>
    <message>
        <source>not delivered</source>
        <translation>nicht zugestellt</translation>
    </message>
    <message>
        <source>waiting for them to accept</source>
        <translation>Annahme steht noch aus</translation>
    </message>
    <message>
        <source>wants to talk to you</source>
        <translation>möchte mit dir sprechen</translation>
    </message>
    <message>
        <source>contact</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>blockiert</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>geprüft</translation>
    </message>
    <message numerus="yes">
        <source>%n unread message(s)</source>
        <translation>
            <numerusform>%n ungelesene Nachricht</numerusform>
            <numerusform>%n ungelesene Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>now</source>
        <comment>less than a minute ago</comment>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes ago</comment>
        <translation>%1 Min.</translation>
    </message>
    <message>
        <source>%1 h</source>
        <comment>hours ago</comment>
        <translation>%1 Std.</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>date without year</comment>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>date with year</comment>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>You are connected through a Teredo relay that neither of you chose. It sees who talks to whom, and nothing of what is said.</source>
        <translation>Ihr seid über ein Teredo-Relay verbunden, das keiner von euch gewählt hat. Es sieht, wer mit wem spricht, und nichts von dem, was gesagt wird.</translation>
    </message>
    <message>
        <source>Ordinary route, foreign relay</source>
        <comment>kind of path: through a Teredo relay of somebody else</comment>
        <translation>Gewöhnlicher Weg, fremdes Relay</translation>
    </message>
    <message>
        <source>You are connected directly, over TCP, because UDP does not get through. This may be slower.</source>
        <translation>Ihr seid direkt verbunden, über TCP, weil UDP nicht durchkommt. Das kann langsamer sein.</translation>
    </message>
    <message>
        <source>TCP</source>
        <comment>kind of path</comment>
        <translation>TCP</translation>
    </message>
    <message>
        <source>not delivered: their Culvert is too old for it</source>
        <translation>nicht zugestellt: Das Culvert der anderen Seite ist zu alt dafür</translation>
    </message>
    <message>
        <source>in reply to you</source>
        <translation>als Antwort an dich</translation>
    </message>
    <message>
        <source>in reply to %1</source>
        <translation>als Antwort an %1</translation>
    </message>
    <message>
        <source>edited</source>
        <comment>state of a message</comment>
        <translation>bearbeitet</translation>
    </message>
    <message>
        <source>you reacted with %1</source>
        <translation>du hast mit %1 reagiert</translation>
    </message>
    <message>
        <source>%1 reacted with %2</source>
        <translation>%1 hat mit %2 reagiert</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>Du: %1</translation>
    </message>
    <message>
        <source>You turned off disappearing messages.</source>
        <translation>Du hast verschwindende Nachrichten ausgeschaltet.</translation>
    </message>
    <message>
        <source>%1 turned off disappearing messages.</source>
        <translation>%1 hat verschwindende Nachrichten ausgeschaltet.</translation>
    </message>
    <message>
        <source>You set new messages to disappear %1 after reading.</source>
        <translation>Du lässt neue Nachrichten %1 nach dem Lesen verschwinden.</translation>
    </message>
    <message>
        <source>%1 set new messages to disappear %2 after reading.</source>
        <translation>%1 lässt neue Nachrichten %2 nach dem Lesen verschwinden.</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>You deleted this message.</source>
        <translation>Du hast diese Nachricht gelöscht.</translation>
    </message>
    <message>
        <source>This message was deleted.</source>
        <translation>Diese Nachricht wurde gelöscht.</translation>
    </message>
    <message>
        <source>edited %1</source>
        <comment>a message, at a time</comment>
        <translation>bearbeitet %1</translation>
    </message>
    <message>
        <source>New messages</source>
        <translation>Neue Nachrichten</translation>
    </message>
    <message>
        <source>A message that is not here any more</source>
        <translation>Eine Nachricht, die nicht mehr da ist</translation>
    </message>
    <message>
        <source>disappears %1 after reading</source>
        <translation>verschwindet %1 nach dem Lesen</translation>
    </message>
    <message numerus="yes">
        <source>%n week(s)</source>
        <translation>
            <numerusform>%n Woche</numerusform>
            <numerusform>%n Wochen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n Stunde</numerusform>
            <numerusform>%n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n Sekunde</numerusform>
            <numerusform>%n Sekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>muted</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>Draft: %1</source>
        <translation>Entwurf: %1</translation>
    </message>
</context>
</TS>
