// UiSettings: what the user chose for the window alone. One table holds the key and the default of each.
//
// Thread safety: GUI thread.
// Invariants:
//  1. Nothing here is secret, for the window needs it before the profile is open. It lies beside the store.
//  2. What stands in the file and makes no sense is read as the default.
#pragma once

#include <QMetaEnum>
#include <QObject>
#include <QSettings>

#include <algorithm>
#include <memory>
#include <type_traits>

namespace culvert {

/// Namespace of what is kept by name, so that the file says what it means.
namespace choice {
Q_NAMESPACE

/// Which colours.
enum class Theme { System, Light, Dark, HighContrast };
Q_ENUM_NS(Theme)
/// How much room rows have.
enum class Density { Comfortable, Compact };
Q_ENUM_NS(Density)
/// Whether things move.
enum class Motion { System, On, Off };
Q_ENUM_NS(Motion)
/// What a notification shows.
enum class Preview { NameAndText, NameOnly, Nothing };
Q_ENUM_NS(Preview)

} // namespace choice

/// One line of the table. All are kept in the profile's folder.
template<typename T> struct Setting {
    const char* key;
    T fallback;
    int low = 0;     ///< of numbers
    int high = 1000; ///< of numbers
};

/// The table.
namespace setting {
inline constexpr Setting<choice::Theme> kTheme{"appearance/theme", choice::Theme::System};
inline constexpr Setting<choice::Density> kDensity{"appearance/density", choice::Density::Comfortable};
inline constexpr Setting<int> kTextPercent{"appearance/text_percent", 100, 80, 200};
/// The short name of a language; empty: the system's.
inline constexpr Setting<QStringView> kLanguage{"appearance/language", u""};
inline constexpr Setting<choice::Motion> kMotion{"appearance/motion", choice::Motion::System};
inline constexpr Setting<bool> kNotify{"notifications/on", true};
inline constexpr Setting<choice::Preview> kPreview{"notifications/preview", choice::Preview::NameAndText};
inline constexpr Setting<bool> kTrayIcon{"window/tray_icon", true};
inline constexpr Setting<bool> kCloseToTray{"window/close_to_tray", true};
inline constexpr Setting<QByteArrayView> kGeometry{"window/geometry", ""};
} // namespace setting

/// Reads and writes the table. Every write is told at once and is on disk soon after.
class UiSettings : public QObject {
    Q_OBJECT

public:
    /// In `file`; an empty name keeps everything in memory.
    explicit UiSettings(const QString& file, QObject* parent = nullptr);

    template<typename T> auto get(const Setting<T>& entry) const {
        const QVariant kept = read(entry.key);
        if constexpr (std::is_enum_v<T>) {
            bool isKnown = false;
            const int number = QMetaEnum::fromType<T>().keyToValue(kept.toByteArray().constData(), &isKnown);
            return isKnown ? static_cast<T>(number) : entry.fallback;
        } else if constexpr (std::is_same_v<T, int>) {
            bool isNumber = false;
            const int number = kept.toInt(&isNumber);
            return isNumber ? std::clamp(number, entry.low, entry.high) : entry.fallback;
        } else if constexpr (std::is_same_v<T, QStringView>) {
            return kept.isValid() ? kept.toString() : entry.fallback.toString();
        } else if constexpr (std::is_same_v<T, QByteArrayView>) {
            return kept.isValid() ? kept.toByteArray() : entry.fallback.toByteArray();
        } else {
            return kept.isValid() ? kept.toBool() : entry.fallback;
        }
    }

    template<typename T, typename Value> void set(const Setting<T>& entry, const Value& value) {
        if constexpr (std::is_enum_v<T>)
            write(entry.key, QByteArray(QMetaEnum::fromType<T>().valueToKey(static_cast<int>(value))));
        else
            write(entry.key, QVariant::fromValue(value));
    }

signals:
    /// Something is other than it was.
    void changed();

private:
    QVariant read(const char* key) const;
    void write(const char* key, const QVariant& value);

    std::unique_ptr<QSettings> m_file;
    QVariantMap m_memory; ///< where there is no file
};

} // namespace culvert
