<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
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
    </context>
    <context>
        <name>culvert::Composer</name>
        <message>
            <source>Send</source>
            <translation>Senden</translation>
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
    </context>
    <context>
        <name>culvert::ContactDialog</name>
        <message>
            <source>in use</source>
            <translation>in Gebrauch</translation>
        </message>
        <message>
            <source>works</source>
            <translation>geht</translation>
        </message>
        <message>
            <source>no answer</source>
            <translation>keine Antwort</translation>
        </message>
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
            <source>Their address</source>
            <translation>Adresse dort</translation>
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
            <source>Messages</source>
            <translation>Nachrichten</translation>
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
    </context>
    <context>
        <name>culvert::FirstRunPage</name>
        <message>
            <source>Welcome to Culvert</source>
            <translation>Willkommen bei Culvert</translation>
        </message>
        <message>
            <source>Messages go straight from your computer to your friend's. There is no account and no server that keeps them.</source>
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
            <source>Protect your messages on this computer</source>
            <translation>Schutz deiner Nachrichten auf diesem Rechner</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Los geht’s</translation>
        </message>
        <message>
            <source>With a &amp;passphrase</source>
            <translation>Mit einer &amp;Passphrase</translation>
        </message>
        <message>
            <source>With the system's &amp;keyring</source>
            <translation>Mit dem &amp;Schlüsselbund des Systems</translation>
        </message>
        <message>
            <source>Asking whether there is one …</source>
            <translation>Es wird gefragt, ob es einen gibt …</translation>
        </message>
        <message>
            <source>&amp;Not at all</source>
            <translation>&amp;Gar nicht</translation>
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
            <source>It opens by itself when you are logged in.</source>
            <translation>Er öffnet sich von selbst, wenn du angemeldet bist.</translation>
        </message>
        <message>
            <source>No keyring answers on this system.</source>
            <translation>Auf diesem System antwortet kein Schlüsselbund.</translation>
        </message>
        <message>
            <source>Type a name that your friends know you by.</source>
            <translation>Tippe einen Namen, unter dem Freunde dich kennen.</translation>
        </message>
        <message>
            <source>Type a passphrase, or choose another protection.</source>
            <translation>Tippe eine Passphrase, oder wähle einen anderen Schutz.</translation>
        </message>
        <message>
            <source>The two passphrases differ. Type the same one twice.</source>
            <translation>Die beiden Passphrasen sind verschieden. Tippe zweimal dieselbe.</translation>
        </message>
        <message>
            <source>Making your keys …</source>
            <translation>Deine Schlüssel entstehen …</translation>
        </message>
    </context>
    <context>
        <name>culvert::MainPage</name>
        <message>
            <source>Share your address</source>
            <translation>Gib deine Adresse weiter</translation>
        </message>
        <message>
            <source>I have a friend's address</source>
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
            <source>&amp;Culvert</source>
            <translation>&amp;Culvert</translation>
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
            <source>&amp;Quit</source>
            <translation>&amp;Beenden</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <source>&amp;Search</source>
            <translation>&amp;Suchen</translation>
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
            <source>C&amp;onnection</source>
            <translation>&amp;Verbindung</translation>
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
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
        <message>
            <source>&amp;About Culvert</source>
            <translation>&amp;Über Culvert</translation>
        </message>
        <message>
            <source>Con&amp;tact</source>
            <translation>&amp;Kontakt</translation>
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
    </context>
    <context>
        <name>culvert::NetworkDialog</name>
        <message>
            <source>Not known yet; two peers have to tell what they see</source>
            <translation>Noch nicht bekannt; zwei Gegenstellen müssen sagen, was sie sehen</translation>
        </message>
        <message>
            <source>The router shows each peer another port, so opening from both sides is hard</source>
            <translation>Der Router zeigt jeder Gegenstelle einen anderen Port; von beiden Seiten zu öffnen ist schwer</translation>
        </message>
        <message>
            <source>The router shows every peer the same port, so opening from both sides works</source>
            <translation>Der Router zeigt allen denselben Port; von beiden Seiten zu öffnen geht</translation>
        </message>
        <message>
            <source>%1: not registered</source>
            <translation>%1: nicht angemeldet</translation>
        </message>
        <message>
            <source>%1: registered, %2 away</source>
            <translation>%1: angemeldet, %2 entfernt</translation>
        </message>
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
            <source>UDP port</source>
            <translation>UDP-Port</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>IPv6 addresses</source>
            <translation>IPv6-Adressen</translation>
        </message>
        <message>
            <source>IPv4 addresses</source>
            <translation>IPv4-Adressen</translation>
        </message>
        <message>
            <source>Port forwarding</source>
            <translation>Portfreigabe</translation>
        </message>
        <message>
            <source>The router said</source>
            <translation>Der Router sagte</translation>
        </message>
        <message>
            <source>Teredo address</source>
            <translation>Teredo-Adresse</translation>
        </message>
        <message>
            <source>Seen by others as</source>
            <translation>Andere sehen dich als</translation>
        </message>
        <message>
            <source>nobody told yet</source>
            <translation>noch hat es niemand gesagt</translation>
        </message>
        <message>
            <source>Router's ports</source>
            <translation>Ports des Routers</translation>
        </message>
        <message>
            <source>Third party</source>
            <translation>Dritte</translation>
        </message>
        <message>
            <source>Through third parties</source>
            <translation>Über Dritte</translation>
        </message>
        <message>
            <source>%1, set-up messages only</source>
            <translation>%1, nur zum Verbindungsaufbau</translation>
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
        <name>culvert::QrView</name>
        <message>
            <source>QR code of your address</source>
            <translation>QR-Code deiner Adresse</translation>
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
    </context>
    <context>
        <name>culvert::Sidebar</name>
        <message>
            <source>Search</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Search contacts</source>
            <translation>Kontakte suchen</translation>
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
            <source>The system's keyring holds the key. It may ask you for its own password.</source>
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
            <source>Can't connect</source>
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
            <source>They do not answer, and nobody can start a connection to you, because your router forwards no port. Switch on UPnP in your router, or in theirs.</source>
            <translation>Keine Antwort, und niemand kann dich anrufen, denn dein Router gibt keinen Port frei. Schalte UPnP in deinem Router ein, oder in dem der Gegenstelle.</translation>
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
            <source>they do not answer, and nobody can call you.</source>
            <comment>Waiting to deliver, because …</comment>
            <translation>der Kontakt antwortet nicht, und niemand kann dich anrufen.</translation>
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
            <source>They: %1, %2</source>
            <translation>Gegenüber: %1, %2</translation>
        </message>
        <message>
            <source>You: %1, %2, %3</source>
            <translation>Du: %1, %2, %3</translation>
        </message>
        <message>
            <source>Finding out who can reach you</source>
            <translation>Es wird geprüft, wer dich erreichen kann</translation>
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
            <source>Friends with IPv6 can reach you; others need you to call first</source>
            <translation>Freunde mit IPv6 erreichen dich; bei anderen musst du zuerst anrufen</translation>
        </message>
        <message>
            <source>Nobody can start a call to you; you can call out</source>
            <translation>Niemand kann dich anrufen; du kannst andere anrufen</translation>
        </message>
        <message>
            <source>This computer has no network</source>
            <translation>Dieser Rechner hat kein Netz</translation>
        </message>
        <message>
            <source>Checking …</source>
            <comment>who can reach me</comment>
            <translation>Wird geprüft …</translation>
        </message>
        <message>
            <source>Probably reachable</source>
            <translation>Wohl erreichbar</translation>
        </message>
        <message>
            <source>Reachable over IPv6</source>
            <translation>Über IPv6 erreichbar</translation>
        </message>
        <message>
            <source>You can call out only</source>
            <translation>Nur du kannst anrufen</translation>
        </message>
        <message>
            <source>No network</source>
            <translation>Kein Netz</translation>
        </message>
        <message>
            <source>Switched off</source>
            <translation>Ausgeschaltet</translation>
        </message>
        <message>
            <source>Asking the router …</source>
            <translation>Der Router wird gefragt …</translation>
        </message>
        <message>
            <source>The router says that it forwards %1; nobody came through yet.</source>
            <translation>Der Router sagt, er gebe %1 frei; noch kam niemand durch.</translation>
        </message>
        <message>
            <source>The router forwards %1; a contact came through.</source>
            <translation>Der Router gibt %1 frei; ein Kontakt kam durch.</translation>
        </message>
        <message>
            <source>It did not work; the reason is not known.</source>
            <translation>Es ging nicht; der Grund ist nicht bekannt.</translation>
        </message>
        <message>
            <source>No router answered. Switch on UPnP in your router.</source>
            <translation>Kein Router antwortete. Schalte UPnP in deinem Router ein.</translation>
        </message>
        <message>
            <source>The router refused to forward a port.</source>
            <translation>Der Router verweigerte die Portfreigabe.</translation>
        </message>
        <message>
            <source>The router itself has a private address: there is another router before it, or your provider shares one address among customers.</source>
            <translation>Der Router hat selbst eine private Adresse: vor ihm steht ein weiterer Router, oder dein Anbieter teilt eine Adresse unter Kunden auf.</translation>
        </message>
        <message>
            <source>The router gave another port than the one that was asked for.</source>
            <translation>Der Router gab einen anderen Port als den erbetenen.</translation>
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
    </context>
</TS>
