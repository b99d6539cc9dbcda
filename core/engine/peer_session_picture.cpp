// PeerSession, fifth part: profile pictures. They are octets here: nothing decodes them before the window.
#include "core/engine/peer_session.h"

#include "core/messenger/picture.h"

namespace culvert {

static_assert(wire::kPictureMax == kPictureOctetsMax);

// Strangers see none, and show us none.
bool PeerSession::sharesPictures() const {
    return m_sessionStarted && m_helloSeen && m_record.state == ContactState::Accepted &&
           (m_features & wire::kPictures) != 0;
}

void PeerSession::tellPicture() {
    if (!sharesPictures())
        return;
    const auto& id = m_context.picture.id;
    write(id ? wire::PictureToldFrame{id->octets} : wire::PictureToldFrame{});
}

void PeerSession::handle(const Now&, const wire::PictureToldFrame& frame) {
    if (!sharesPictures())
        return;
    if (frame.name)
        return m_pictures.told(PictureId{*frame.name}, m_record.picture);
    m_pictures.toldNone();
    forgetPicture();
}

void PeerSession::forgetPicture() {
    if (!std::exchange(m_record.picture, std::nullopt))
        return;
    m_context.out.writes.push_back(PutPicture{id(), {}});
    save();
}

// One that was changed meanwhile is told already, and asked for by its new name.
void PeerSession::handle(const Now&, const wire::PictureWantedFrame& frame) {
    if (sharesPictures() && m_context.picture.id == PictureId{frame.name})
        m_pictures.wanted();
}

void PeerSession::handle(const Now&, const wire::PictureFrame& frame) {
    if (!sharesPictures())
        return;
    const PictureId id = pictureIdOf(frame.octets);
    if (!m_pictures.take(id) || !isPicture(frame.octets))
        return;
    m_context.out.writes.push_back(PutPicture{m_record.id, frame.octets});
    m_record.picture = id;
    save();
}

void PeerSession::drivePictures(Instant now) {
    if (!sharesPictures())
        return;
    if (const auto missing = m_pictures.takeQuestion(now))
        write(wire::PictureWantedFrame{missing->octets});
    if (m_pictures.takeAnswer(now) && m_context.picture.id)
        write(wire::PictureFrame{m_context.picture.octets});
}

std::optional<Instant> PeerSession::nextPicture() const {
    return sharesPictures() ? m_pictures.next() : std::nullopt;
}

} // namespace culvert
