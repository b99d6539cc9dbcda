// Starts a program and says when its window can be used, seen from the X server, so that no program has to tell it of
// itself.
//
//   window_watch [--strip X,Y,W,H] [--like HASH] [--type TEXT] PROGRAM ARGUMENT...
//
// A window can be used when the strip of it looks as it should (like HASH; without one, when it has not changed for
// 3 s) and the program has answered a ping of the window manager's protocol (_NET_WM_PING), which is handled where
// keys and clicks are. One line of JSON tells milliseconds since before the program was started, by the clock and of
// the processor, all threads of it, and the strip's hash. With --type the text and Return are typed once the window can
// be used as it then is, and the times are counted from that Return on.
//
// The program runs until standard input ends. There must be no window manager.
#include <xcb/xcb.h>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

extern char** environ;

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kPollEvery = std::chrono::microseconds(500);
constexpr auto kStillFor = std::chrono::seconds(3); ///< also where others have the processor
constexpr auto kPatience = std::chrono::seconds(60);
constexpr std::uint16_t kWidthMin = 300; ///< of a main window

struct FreeDeleter {
    void operator()(void* memory) const { std::free(memory); }
};
template<typename T> using Owned = std::unique_ptr<T, FreeDeleter>;

struct Strip {
    std::int16_t x = 0, y = 0;
    std::uint16_t width = 64, height = 64;
};

struct Options {
    Strip strip;
    std::optional<std::uint64_t> like;
    std::string typed;
    char** command = nullptr;
};

pid_t program = 0; ///< what is watched

[[noreturn]] void die(const char* why) {
    std::fprintf(stderr, "window_watch: %s\n", why);
    if (program > 0)
        kill(program, SIGKILL);
    std::exit(2);
}

Options parse(int argc, char** argv) {
    Options options;
    int at = 1;
    for (; at + 1 < argc && std::strncmp(argv[at], "--", 2) == 0; at += 2) {
        const std::string name = argv[at], value = argv[at + 1];
        Strip& strip = options.strip;
        if (name == "--strip") {
            if (std::sscanf(value.c_str(), "%hd,%hd,%hu,%hu", &strip.x, &strip.y, &strip.width, &strip.height) != 4)
                die("--strip takes X,Y,W,H");
        } else if (name == "--like") {
            options.like = std::stoull(value, nullptr, 16);
        } else if (name == "--type") {
            options.typed = value;
        } else {
            die("unknown option");
        }
    }
    if (at >= argc)
        die("no program");
    options.command = argv + at;
    return options;
}

/// In milliseconds: what all threads of a process have had of the processor, and how long its first thread waited for
/// one because others had it.
struct Spent {
    double processor = 0, waited = 0;
};

Spent spentBy(pid_t process) {
    Spent spent;
    const std::string name = std::to_string(process);
    std::error_code error;
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + name + "/task", error)) {
        std::ifstream file(task.path() / "schedstat");
        double ran = 0, waited = 0;
        if (!(file >> ran >> waited))
            continue;
        spent.processor += ran / 1e6;
        if (task.path().filename() == name)
            spent.waited = waited / 1e6;
    }
    return spent;
}

class Watcher {
public:
    Watcher() : m_connection(xcb_connect(nullptr, nullptr)) {
        if (xcb_connection_has_error(m_connection))
            die("no X server");
        m_root = xcb_setup_roots_iterator(xcb_get_setup(m_connection)).data->root;
        // The second for the answers to pings, which Qt sends to who listens for that.
        const std::uint32_t mask = XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY | XCB_EVENT_MASK_STRUCTURE_NOTIFY;
        xcb_change_window_attributes(m_connection, m_root, XCB_CW_EVENT_MASK, &mask);
        m_protocols = atom("WM_PROTOCOLS");
        m_ping = atom("_NET_WM_PING");
    }

    void waitForWindow() {
        await([&](const xcb_generic_event_t& event) {
            if ((event.response_type & 0x7F) != XCB_MAP_NOTIFY)
                return false;
            const auto& mapped = reinterpret_cast<const xcb_map_notify_event_t&>(event);
            const Owned<xcb_get_geometry_reply_t> geometry(
                xcb_get_geometry_reply(m_connection, xcb_get_geometry(m_connection, mapped.window), nullptr));
            if (mapped.override_redirect || !geometry || geometry->width < kWidthMin)
                return false;
            m_window = mapped.window;
            return true;
        });
        // What a window manager would do.
        xcb_set_input_focus(m_connection, XCB_INPUT_FOCUS_PARENT, m_window, XCB_CURRENT_TIME);
        xcb_flush(m_connection);
    }

    /// Until the strip is `like`, or has been the same for 3 s; returns what it is, and when it became so.
    std::pair<std::uint64_t, Clock::time_point> waitForPicture(const Strip& strip, std::optional<std::uint64_t> like) {
        const auto begun = Clock::now();
        std::uint64_t last = hash(strip);
        auto since = begun;
        while (like ? last != *like : Clock::now() - since < kStillFor) {
            if (Clock::now() - begun > kPatience)
                die("the window does not come to look as it should");
            std::this_thread::sleep_for(kPollEvery);
            if (const std::uint64_t next = hash(strip); next != last) {
                last = next;
                since = Clock::now();
            }
        }
        return {last, since};
    }

    void ping() {
        xcb_client_message_event_t message{};
        message.response_type = XCB_CLIENT_MESSAGE;
        message.format = 32;
        message.window = m_window;
        message.type = m_protocols;
        message.data.data32[0] = m_ping;
        message.data.data32[1] = XCB_CURRENT_TIME;
        message.data.data32[2] = m_window;
        send(XCB_EVENT_MASK_NO_EVENT, message);
        await([&](const xcb_generic_event_t& event) {
            const auto& answer = reinterpret_cast<const xcb_client_message_event_t&>(event);
            return (event.response_type & 0x7F) == XCB_CLIENT_MESSAGE && answer.data.data32[0] == m_ping;
        });
    }

    void type(const std::string& text) {
        for (const char letter : text)
            press(static_cast<xcb_keysym_t>(letter));
        press(0xFF0D); // Return
    }

private:
    xcb_atom_t atom(const char* name) {
        const auto asked = xcb_intern_atom(m_connection, 0, static_cast<std::uint16_t>(std::strlen(name)), name);
        const Owned<xcb_intern_atom_reply_t> reply(xcb_intern_atom_reply(m_connection, asked, nullptr));
        return reply ? reply->atom : xcb_atom_t{XCB_ATOM_NONE};
    }

    template<typename Event> void send(std::uint32_t mask, const Event& event) {
        char octets[32]{};
        std::memcpy(octets, &event, sizeof event);
        xcb_send_event(m_connection, 0, m_window, mask, octets);
        xcb_flush(m_connection);
    }

    void press(xcb_keysym_t symbol) {
        xcb_key_press_event_t key{};
        key.detail = keyOf(symbol);
        key.root = m_root;
        key.event = m_window;
        key.same_screen = 1;
        for (const std::uint8_t kind : {XCB_KEY_PRESS, XCB_KEY_RELEASE}) {
            key.response_type = kind;
            send(XCB_EVENT_MASK_NO_EVENT, key);
        }
    }

    xcb_keycode_t keyOf(xcb_keysym_t symbol) {
        const xcb_setup_t* setup = xcb_get_setup(m_connection);
        const auto count = static_cast<std::uint8_t>(setup->max_keycode - setup->min_keycode + 1);
        const Owned<xcb_get_keyboard_mapping_reply_t> map(xcb_get_keyboard_mapping_reply(
            m_connection, xcb_get_keyboard_mapping(m_connection, setup->min_keycode, count), nullptr));
        const xcb_keysym_t* symbols = xcb_get_keyboard_mapping_keysyms(map.get());
        for (int i = 0; i < count; ++i)
            if (symbols[i * map->keysyms_per_keycode] == symbol)
                return static_cast<xcb_keycode_t>(setup->min_keycode + i);
        die("the keyboard has no such key");
    }

    std::uint64_t hash(const Strip& strip) {
        const auto asked = xcb_get_image(m_connection, XCB_IMAGE_FORMAT_Z_PIXMAP, m_window, strip.x, strip.y,
                                         strip.width, strip.height, ~0U);
        const Owned<xcb_get_image_reply_t> image(xcb_get_image_reply(m_connection, asked, nullptr));
        std::uint64_t value = 0xCBF29CE484222325; // FNV-1a
        for (int i = 0; image && i < xcb_get_image_data_length(image.get()); ++i)
            value = (value ^ xcb_get_image_data(image.get())[i]) * 0x100000001B3;
        return value;
    }

    template<typename Wanted> void await(Wanted wanted) {
        const auto begun = Clock::now();
        for (;;) {
            const Owned<xcb_generic_event_t> event(xcb_poll_for_event(m_connection));
            if (event && wanted(*event))
                return;
            if (Clock::now() - begun > kPatience)
                die("the program shows no window, or does not answer");
            if (!event)
                std::this_thread::sleep_for(kPollEvery);
        }
    }

    xcb_connection_t* m_connection; // for as long as the process lives
    xcb_window_t m_root = XCB_NONE, m_window = XCB_NONE;
    xcb_atom_t m_protocols = XCB_ATOM_NONE, m_ping = XCB_ATOM_NONE;
};

double since(Clock::time_point begun, Clock::time_point end = Clock::now()) {
    return std::chrono::duration<double, std::milli>(end - begun).count();
}

void watch(const Options& options) {
    Watcher watcher;
    auto begun = Clock::now();
    // Standard output is ours alone, so that it ends with us.
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    if (posix_spawn(&program, options.command[0], &actions, nullptr, options.command, environ) != 0)
        die("the program cannot be started");
    watcher.waitForWindow();
    const double mappedMs = since(begun);
    Spent before;
    if (!options.typed.empty()) {
        watcher.waitForPicture(options.strip, std::nullopt);
        watcher.ping();
        before = spentBy(program);
        watcher.type(options.typed);
        begun = Clock::now();
    }
    const auto [picture, at] = watcher.waitForPicture(options.strip, options.like);
    watcher.ping();
    const double usableMs = options.like ? since(begun) : since(begun, at);
    const Spent after = spentBy(program);
    std::printf("{\"pid\": %d, \"mapped\": %.1f, \"painted\": %.1f, \"usable\": %.1f, \"processor\": %.1f, "
                "\"waited\": %.1f, \"picture\": \"%llx\"}\n",
                static_cast<int>(program), mappedMs, since(begun, at), usableMs, after.processor - before.processor,
                after.waited - before.waited, static_cast<unsigned long long>(picture));
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    kill(program, SIGTERM);
    waitpid(program, nullptr, 0);
}

} // namespace

int main(int argc, char** argv) {
    watch(parse(argc, argv));
    return 0;
}
