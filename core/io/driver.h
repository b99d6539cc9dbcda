// Driver: a Messenger made of an Engine, two sockets, the clocks and the store.
//
// Threads: the engine's (a poll loop with nanosecond time-outs; everything of the engine happens there), the store's
// (ArchiveWorker) and UPnP's (UpnpAgent). Callers of Messenger's functions leave a task and go on.
// A reply to a command that writes is held until the store has committed what the command wrote.
#pragma once

#include "core/engine/engine.h"
#include "core/io/archive_worker.h"
#include "core/io/discovery_socket.h"
#include "core/io/gateway_keeper.h"
#include "core/io/host_resolver.h"
#include "core/io/native_echo_socket.h"
#include "core/io/network_monitor.h"
#include "core/io/network_schedule.h"
#include "core/io/os_random.h"
#include "core/io/socket_pair.h"
#include "core/io/system_clock.h"
#include "core/io/tcp_sockets.h"

#include <atomic>

namespace culvert {

/// What the user set on the command line.
struct DriverConfig {
    std::uint16_t port = 0;                       ///< 0: the profile's own
    std::vector<SocketAddress> bind;              ///< empty: every address; ports in it are ignored
    bool mapPort = true;                          ///< ask the router to forward it; never when `bind` is set
    bool allowReserved = false;                   ///< test networks with documentation addresses
    bool allowTcp = true;                         ///< false: not in this run, whatever the profile's settings say
    bool allowOrdinaryRoute = false;              ///< for this run, whatever the profile's settings say
    bool findsOnLan = true;                       ///< if the profile's settings allow it; never when `bind` is set
    std::vector<std::string> thirdParties;        ///< address strings, added when the profile opens
    std::vector<std::string> teredoServers;       ///< host names or IPv4 addresses, added like these
    std::unique_ptr<NativeEchoSocket> nativeEcho; ///< nothing: Teredo clients that ask are answered by the system alone
};

/// The real Messenger. Destroying it says goodbye to everyone, commits what waits and ends the threads.
class Driver final : public Messenger {
public:
    Driver(DriverConfig config, std::unique_ptr<Archive> archive);
    ~Driver() override;

    /// Starts the threads; opens the profile when its key lies beside the store.
    void start();
    /// Says goodbye and ends the engine's thread: no event and no reply comes after it.
    void stop();
    /// Called when the engine cannot run at all (no port, unreadable profile). REQUIRES: before start()
    void setFatalListener(std::function<void(const Error&)> listener) { m_fatal = std::move(listener); }

    void addListener(Listener listener) override;
    /// Opening until the engine runs: whoever sees Open can give commands.
    ProfileState profileState() const override;
    void createProfile(ProfileRequest request, Reply<std::string> reply) override;
    void unlockProfile(std::string secret, Reply<std::string> reply) override;
    void ownAddress(Reply<std::string> reply) override;
    void ownName(Reply<std::string> reply) override;
    void setOwnName(std::string name, Reply<void> reply) override;
    void ownPicture(Reply<Bytes> reply) override;
    void setOwnPicture(Bytes octets, Reply<void> reply) override;
    void contactPicture(ContactId contact, Reply<Bytes> reply) override;
    void invitations(Reply<std::vector<Invitation>> reply) override;
    void createInvitation(std::string label, Reply<Invitation> reply) override;
    void revokeInvitation(InvitationId invitation, Reply<void> reply) override;
    void addContact(AddContactRequest request, Reply<ContactId> reply) override;
    void contacts(Reply<std::vector<Contact>> reply) override;
    void acceptContact(ContactId contact, Reply<void> reply) override;
    void removeContact(ContactId contact, Reply<void> reply) override;
    void blockContact(ContactId contact, Reply<void> reply) override;
    void verifyContact(ContactId contact, Reply<void> reply) override;
    void sendMessage(ContactId contact, OutgoingMessage message, Reply<MessageId> reply) override;
    void editMessage(ContactId contact, MessageId id, std::string text, Reply<void> reply) override;
    void deleteMessage(ContactId contact, MessageRef target, DeleteFrom from, Reply<void> reply) override;
    void react(ContactId contact, MessageRef target, std::string reaction, Reply<void> reply) override;
    void setTyping(ContactId contact, bool isTyping, Reply<void> reply) override;
    void muteContact(ContactId contact, std::optional<WallTime> until, Reply<void> reply) override;
    void setDraft(ContactId contact, std::string text, Reply<void> reply) override;
    void setDisappearing(ContactId contact, std::uint32_t seconds, Reply<void> reply) override;
    void messagesAfter(ContactId contact, std::uint64_t after, std::size_t limit,
                       Reply<std::vector<Message>> reply) override;
    void findMessage(ContactId contact, MessageRef ref, Reply<Message> reply) override;
    void messages(ContactId contact, std::uint64_t before, std::size_t limit,
                  Reply<std::vector<Message>> reply) override;
    void markRead(ContactId contact, Reply<void> reply) override;
    void search(SearchRequest request, Reply<SearchPage> reply) override;
    void storageInfo(Reply<StorageInfo> reply) override;
    void verifyStore(Reply<StoreCheck> reply) override;
    void compactStore(Reply<void> reply) override;
    void protectProfile(ProtectRequest request, Reply<void> reply) override;
    void exportProfile(ExportRequest request, Reply<void> reply) override;
    void importProfile(ImportRequest request, Reply<std::string> reply) override;
    void deleteProfile(std::string secret, Reply<void> reply) override;
    void connection(ContactId contact, Watch watch, Reply<ConnectionInfo> reply) override;
    void retryContact(ContactId contact, Reply<void> reply) override;
    void askToRing(ContactId contact, Reply<void> reply) override;
    void networkStatus(Reply<NetworkStatus> reply) override;
    void retryConnections(Reply<void> reply) override;
    void settings(Reply<Settings> reply) override;
    void setSettings(Settings settings, Reply<void> reply) override;
    void changePort(Reply<std::uint16_t> reply) override;
    void addThirdParty(std::string address, Reply<void> reply) override;
    void removeThirdParty(std::string key, Reply<void> reply) override;
    void moveThirdParty(std::string key, std::string before, Reply<void> reply) override;
    void thirdParties(Reply<std::vector<ThirdPartyStatus>> reply) override;
    void addTeredoServer(std::string host, Reply<void> reply) override;
    void removeTeredoServer(std::string host, Reply<void> reply) override;
    /// As Engine::handleMetered(); any thread. Systems that cannot tell leave it out.
    void setMetered(bool isMetered);
    void teredoServers(Reply<std::vector<TeredoServerStatus>> reply) override;

private:
    using Task = std::function<void(const Now&)>;

    void post(Task task);
    void wake();
    void loop();
    void runTasks(const Now& now);
    void receive();
    void driveTcp();
    void pollNetwork(const Now& now);
    void driveGateway(const Now& now);
    void driveResolver(const Now& now);
    bool mayMapPort() const { return m_config.mapPort && m_config.bind.empty(); }
    bool mayChangePort() const { return m_config.port == 0 && m_config.bind.empty(); }
    Result<std::uint16_t> moveToAnotherPort(const Now& now);
    void keepGatewayAsWanted(const Now& now);
    void startGateway(const Now& now);
    void endGateway(const Now& now);
    void pollSuspend(const Now& now);
    void waitForInput(const Now& now);
    void drain(const Now& now);
    void committed(std::uint64_t ticket, Result<void> result);
    void launch(Reply<std::string> reply, const ArchiveSnapshot& snapshot);
    void loadAndLaunch(Archive& archive, Reply<std::string> reply);
    void tell(const MessengerEvent& event);
    void leave(const Now& now);
    void endEngine(const Now& now);
    void searchOn(SearchRequest request, SearchPage found, Reply<SearchPage> reply);
    std::unique_ptr<UdpSocket> makeWakeSocket();

    // Runs `command` on the engine's thread and replies when what it wrote is committed.
    template<typename T, typename Command> void command(Reply<T> reply, Command run);
    // Runs `ask` on the store's thread while a profile is open.
    template<typename T, typename Ask> void askStore(Reply<T> reply, Ask ask);
    // Asks the archive on its thread and replies on the engine's.
    template<typename T, typename Question> void ask(const ContactId& contact, Reply<T> reply, Question question);
    void amend(const ContactId& contact, Amendment amendment, Reply<void> reply);

    DriverConfig m_config;
    OsRandom m_random;
    std::vector<Listener> m_listeners;
    std::function<void(const Error&)> m_fatal;

    std::mutex m_mutex;
    std::vector<Task> m_tasks;
    std::atomic<bool> m_stop = false, m_isLaunched = false;

    // The engine's thread alone:
    std::unique_ptr<Engine> m_engine;
    std::optional<bool> m_isMetered;
    std::unique_ptr<Engine> m_leaving; // said goodbye, and waits until its last writes are committed
    SocketPair m_sockets;
    TcpSockets m_tcp;
    DiscoverySocket m_discovery{LocalDiscovery::group()};
    DiscoverySocket m_beacons4{kLanGroup4, GroupPort::Ours}, m_beacons6{kLanGroup6, GroupPort::Ours};
    std::unique_ptr<UdpSocket> m_wakeSocket;  // a loopback socket that ends the wait
    std::unique_ptr<GatewayKeeper> m_gateway; // nothing where routers are not to be asked
    HostResolver m_resolver;                  // of the Teredo servers' names
    NetworkMonitor m_monitor;
    NetworkSchedule m_schedule;
    SuspendWatch m_suspendWatch;
    std::uint64_t m_committedTicket = 0;
    std::multimap<std::uint64_t, std::function<void()>> m_heldReplies;

    std::unique_ptr<ArchiveWorker> m_worker;
    std::thread m_thread;
};

} // namespace culvert
