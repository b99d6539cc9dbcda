#include "ui/bridge/pictures.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/bridge/picture_codec.h"

namespace culvert {

Pictures::Pictures(MessengerBridge& bridge) : QObject(&bridge), m_bridge(bridge) {
    connect(&bridge, &MessengerBridge::ownPictureChanged, this, &Pictures::setOwn);
}

QImage Pictures::of(const Contact& contact) {
    if (!contact.picture || contact.state != ContactState::Accepted)
        return {};
    const Held* held = m_held.object(QString::fromStdString(contact.id.text()));
    if (held != nullptr && held->id == *contact.picture)
        return held->image;
    ask(contact.id, *contact.picture);
    return held != nullptr ? held->image : QImage(); // The one before, rather than a blink.
}

void Pictures::ask(const ContactId& contact, const PictureId& id) {
    const QString key = QString::fromStdString(contact.text());
    if (m_asked.contains(key))
        return;
    m_asked.insert(key);
    m_bridge.contactPicture(contact, this, [this, contact, key, id](const Result<Bytes>& octets) {
        m_asked.remove(key);
        const QImage image = octets ? decodePicture(*octets) : QImage();
        m_held.insert(key, new Held{id, image}, std::max<qsizetype>(1, image.sizeInBytes()));
        emit changed(contact);
    });
}

void Pictures::reload() {
    m_held.clear();
    m_bridge.ownPicture(this, [this](const Result<Bytes>& octets) { setOwn(octets ? *octets : Bytes{}); });
}

void Pictures::setOwnColorSeed(unsigned seed) {
    m_ownColorSeed = seed;
    emit ownChanged();
}

void Pictures::setOwn(const Bytes& octets) {
    m_own = octets.empty() ? QImage() : decodePicture(octets);
    emit ownChanged();
}

} // namespace culvert
