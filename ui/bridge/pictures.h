// Pictures: profile pictures as images, read from core when somebody wants to show them.
//
// Thread safety: GUI thread.
// Invariant: what is not there, not read yet, damaged or of somebody blocked is a null image; whoever shows it paints
// the avatar that follows from the key.
#pragma once

#include "core/messenger/contact.h"

#include <QCache>
#include <QImage>
#include <QObject>
#include <QSet>

namespace culvert {

class MessengerBridge;

/// A bounded number of them; those that were not shown for long are read again.
class Pictures : public QObject {
    Q_OBJECT

public:
    static constexpr qsizetype kOctetsMax = 32 * 1024 * 1024;

    explicit Pictures(MessengerBridge& bridge);

    /// What is shown of a contact now; changed() follows where it has to be read first.
    QImage of(const Contact& contact);
    QImage own() const { return m_own; }
    /// How ours is painted without a picture: who knows our key says so.
    unsigned ownColorSeed() const { return m_ownColorSeed; }
    void setOwnColorSeed(unsigned seed);
    /// Another profile: everything is read anew.
    void reload();

signals:
    void changed(const culvert::ContactId& contact);
    void ownChanged();

private:
    /// One that was read, also where nothing came of it.
    struct Held {
        PictureId id;
        QImage image;
    };

    void ask(const ContactId& contact, const PictureId& id);
    void setOwn(const Bytes& octets);

    MessengerBridge& m_bridge;
    QCache<QString, Held> m_held{kOctetsMax};
    QSet<QString> m_asked; ///< contacts that core was asked about
    QImage m_own;
    unsigned m_ownColorSeed = 0;
};

} // namespace culvert
