// NetworkPicture: what the picture of the network says, without a pixel: nodes, lanes, their states and words.
//
// A lane is a claim about packets: whether they pass, and whether anybody has seen that. Its state is told by its style
// (solid, dashed, broken, dotted), by a mark and by a word; colour only helps.
#pragma once

#include "core/messenger/network_report.h"
#include "ui/widgets/wording.h"

#include <QString>
#include <QVector>

#include <optional>

namespace culvert {

/// What is known of a lane.
enum class LaneState {
    Works,    ///< packets were seen to pass
    Claimed,  ///< somebody says that they would (a router, an address); nobody has seen it
    Broken,   ///< they do not, or there is no such thing here
    NotTested ///< nobody tried
};

/// One direction of a way, or both where they are the same.
struct PictureLane {
    LaneState state = LaneState::NotTested;
    QString word;          ///< two words at most: "works", "not tested"
    QString sentence;      ///< how that is known
    bool isTested = false; ///< a test of it runs now: packets move along it
};

/// What a node stands for.
enum class NodeKind { Computer, Router, ThirdParties, TeredoServers, Contact, MoreContacts };

/// A thing that one can point at.
struct PictureNode {
    NodeKind kind = NodeKind::Computer;
    QString name;
    QString word;     ///< how it does, in few words
    QString sentence; ///< the same with its reason
    QString card;     ///< the key of the card that tells more; empty: none
    PictureLane lane; ///< what leads to it: from this computer, the router, or a band
    std::optional<ContactId> contact{};
    BadgeState badge = BadgeState::Connecting; ///< of a contact
    int band = -1;                             ///< of a contact: the index of the band that it is reached by; -1: none
};

/// What a way to the internet is made of.
enum class BandKind { Local, Ipv6, Ipv4, Tunnel };

/// A way between here and friends. With two lanes the first leads out, the second in.
struct PictureBand {
    BandKind kind = BandKind::Ipv4;
    QString name;
    QVector<PictureLane> lanes;
    QString card;
};

/// Everything, in the order in which it is read.
struct NetworkPicture {
    static constexpr int kContactsMax = 5; ///< more are one node that says how many
    PictureNode computer, router;
    QVector<PictureBand> bands;
    QVector<PictureNode> helpers;
    QVector<PictureNode> contacts;
};

/// Pure functions from values to the picture.
class PictureMaker {
    Q_DECLARE_TR_FUNCTIONS(culvert::PictureMaker)

public:
    /// REQUIRES: report was made from status
    static NetworkPicture make(const NetworkStatus& status, const NetworkReport& report,
                               const std::vector<Contact>& contacts);
    static QString word(LaneState state);
    /// "You to friends: works. Friends to you: not tested."
    static QString describe(const PictureBand& band);
    /// What a direction of a band is called.
    static QString direction(const PictureBand& band, int lane);

private:
    struct Facts;
    static PictureNode computer(const Facts& facts);
    static PictureNode router(const Facts& facts);
    static QString mappingWord(const Facts& facts);
    static PictureBand localBand(const Facts& facts);
    static PictureBand ipv6Band(const Facts& facts);
    static PictureBand ipv4Band(const Facts& facts);
    static PictureBand tunnelBand(const Facts& facts);
    static PictureLane lane(LaneState state, const QString& sentence, bool isTested = false);
    static PictureLane missing(const QString& sentence);
    static PictureLane inward(Tested inbound, bool isClaimed, bool isTested);
    static PictureNode thirdParties(const Facts& facts);
    static PictureNode teredoServers(const Facts& facts);
    static void addContacts(const Facts& facts, NetworkPicture& picture);
    static PictureNode contactNode(const Contact& contact, const QVector<PictureBand>& bands);
};

} // namespace culvert
